import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brokenBy } from './events/broken.ts';
import { eventSchemas } from './events/schemas.ts';

/**
 * schema/events is made from the registry of events: `npm run docs:events` writes it. As a gate it
 * fails when a schema is old, missing or extra, or would break a receiver that was written for the
 * last release (the last tag `v…`).
 */
const FOLDER = resolve(import.meta.dirname, '../schema/events');
const schemas = eventSchemas();
mkdirSync(FOLDER, { recursive: true });
const present = readdirSync(FOLDER);
const extra = present.filter((name) => !schemas.has(name));
const old = [...schemas].filter(
  ([name, text]) => !present.includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== text,
);
if (process.argv.includes('--write')) {
  for (const [name, text] of old) writeFileSync(join(FOLDER, name), text);
  for (const name of extra) rmSync(join(FOLDER, name));
} else {
  for (const name of [...old.map(([name]) => name), ...extra])
    console.error(`schema/events/${name} is old: npm run docs:events`);
  if (old.length + extra.length > 0) process.exitCode = 1;
}

const tag = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n')[0] ?? '';
const released = tag === '' ? [] : git('ls-tree', '--name-only', tag, 'schema/events/').split('\n').filter(Boolean);
const broken = released.flatMap((path) => {
  const name = path.slice('schema/events/'.length);
  const now = schemas.get(name);
  if (now === undefined) return [`${name} is gone`];
  return brokenBy(JSON.parse(git('show', `${tag}:${path}`)) as object, JSON.parse(now) as object).map(
    (fault) => `${name}: ${fault}`,
  );
});
for (const fault of broken) console.error(fault);
if (broken.length > 0) process.exitCode = 1;
console.log(`${schemas.size} types of events, ${old.length + extra.length} changed, ${broken.length} breaking changes`);

function git(...options: string[]): string {
  return execFileSync('git', options, { encoding: 'utf8' }).trim();
}
