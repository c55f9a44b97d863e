import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { parseSync } from 'oxc-parser';
import { cycles, type Import, violations } from './import-rules.ts';
import { longestChain, roomOf, upward } from './rooms.ts';

/**
 * Reads every import of the sources and says which of them the layers forbid. Run in the root of
 * the repository.
 */
const FOLDERS = ['src', 'functions', 'test', 'bench', '.ci'];

const files = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mts,js,mjs,cjs}`))
  .filter((file) => !file.includes('/dist/'))
  .sort();
const imports = files.flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
const arrows = upward(imports);
const problems = [
  ...files.filter(isHomeless).map((file) => `${file} is in no room of .ci/rooms.ts.`),
  ...arrows.map(({ from, to }) => `${from} imports ${to}: that points upwards, see .ci/rooms.ts.`),
  ...violations(imports).map(({ at, why }) => `${at.from} imports ${at.to}: ${why}.`),
  ...cycles(imports).map((ring) => `A cycle: ${[...ring, ring[0]].join(' -> ')}.`),
];

for (const problem of problems) console.error(problem);
const chain = longestChain(imports.filter(({ from, to }) => roomOf(from) !== undefined && roomOf(to) !== undefined));
console.log(`${files.length} files, ${imports.length} imports, ${problems.length} forbidden`);
console.log(
  `${arrows.length} upward; the longest chain has ${chain.length} files, from ${chain[0]} to ${chain.at(-1)}`,
);
if (imports.length === 0) throw new Error('No imports were seen: the check itself is broken.');
process.exitCode = problems.length === 0 ? 0 : 1;

function isHomeless(file: string): boolean {
  return file.startsWith('src/') && /\.tsx?$/.test(file) && roomOf(file) === undefined;
}

function importsOf(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    request: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ request: moduleRequest.value, typeOnly: isType }] : [],
    ),
  );
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(start, end));
    return literal?.[2] === undefined ? [] : [{ request: literal[2], typeOnly: false }];
  });
  return [...statics, ...reexports, ...dynamics].map(({ request, typeOnly }) => ({
    from: file,
    to: request.startsWith('.') ? join(dirname(file), request) : request,
    typeOnly,
  }));
}
