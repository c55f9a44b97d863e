import { readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { linkFaults, linksOf } from './links.ts';
import { allFiles } from './own-files.ts';

/** Every link of a Markdown file to a file or a heading of this repository leads somewhere. */
const files = allFiles();
const places = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
const read = (path: string): string => readFileSync(path, 'utf8');
const tree = { has: (path: string) => places.has(path), read };

const documents = files.filter((file) => file.endsWith('.md'));
const faults = documents.flatMap((document) =>
  linkFaults(document, tree).map(({ line, message }) => `${document}:${line}: ${message}`),
);

for (const fault of faults) console.error(fault);
const links = documents.flatMap((document) => linksOf(read(document)));
console.log(`${documents.length} documents, ${links.length} links, ${faults.length} lead nowhere`);
if (links.length === 0) throw new Error('No links were seen: the check itself is broken.');
process.exitCode = faults.length === 0 ? 0 : 1;

function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? ['.'] : [folder, ...foldersOf(folder)];
}
