import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

/**
 * A query that worked with the last release must work with this one: compares the SDL with that of
 * the last tag `v…`.
 */
const tag = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n')[0];

if (tag === undefined || tag === '') {
  console.log('No release yet: nothing that the schema could break.');
} else {
  const released = git('ls-tree', '--name-only', tag, 'schema/')
    .split('\n')
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => git('show', `${tag}:${file}`));
  const current = globSync('schema/*.graphql').map((file) => readFileSync(file, 'utf8'));
  const breaking = findBreakingChanges(buildSchema(released.join('\n')), buildSchema(current.join('\n')));
  for (const { type, description } of breaking) console.error(`${type}: ${description}`);
  console.log(`${breaking.length} breaking changes since ${tag}`);
  process.exitCode = breaking.length === 0 ? 0 : 1;
}

function git(...options: string[]): string {
  return execFileSync('git', options, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).trim();
}
