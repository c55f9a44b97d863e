import { readFile, writeFile } from 'node:fs/promises';
import { COMMANDS } from './commands/all.ts';
import { manNames } from './man.ts';
import { manual } from './manual.ts';

const root = new URL('../../', import.meta.url);
await writeFile(new URL('docs/cli.md', root), manual(COMMANDS));

// npm links the pages that are named here.
const path = new URL('package.json', root);
const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
const man = manNames(COMMANDS).map((name) => `dist/man/${name}`);
await writeFile(path, `${JSON.stringify({ ...manifest, man }, undefined, 2)}\n`);
