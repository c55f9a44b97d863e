import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CLIENT_ERROR_CODES } from '../src/client/errors.ts';
import { ERROR_CODES } from '../src/platform/errors.ts';
import { FIELD_ROLES, MUTATION_ROLES, QUERY_ROLES } from '../src/service/api/permissions.ts';
import { type Extras, extrasOf, thrownIn } from './reference/extras.ts';
import { referencePages } from './reference/pages.ts';

/**
 * docs/reference is made from schema/, from the table of roles and from the registries of error
 * codes: `npm run docs:reference` writes it. As a gate it fails when a page is old, missing or
 * extra.
 */
const root = resolve(import.meta.dirname, '..');
const FOLDER = join(root, 'docs/reference');
const SERVICE_SIDE = 'src/{platform,engine,service}/**/*.ts';
const CLIENT_SIDE = 'src/{client,attach,nbd,cli,local}/**/*.ts';

const pages = referencePages({
  schema: Object.fromEntries(
    globSync('schema/*.graphql', { cwd: root })
      .sort()
      .map((file) => [basename(file, '.graphql'), readFileSync(join(root, file), 'utf8')]),
  ),
  roles: { queries: QUERY_ROLES, mutations: MUTATION_ROLES, fields: FIELD_ROLES },
  registries: [
    {
      title: 'Codes of the service',
      about: 'The registry is `src/platform/errors.ts`. Each answer also carries `requestId`.',
      codes: ERROR_CODES,
      extras: extrasIn(SERVICE_SIDE),
    },
    {
      title: 'Codes of the client',
      about: 'The command line and the client library add these. The registry is `src/client/errors.ts`.',
      codes: CLIENT_ERROR_CODES,
      extras: extrasIn(CLIENT_SIDE),
    },
  ],
});

const present = readNames();
const extra = present.filter((name) => !pages.has(name));
const old = [...pages].filter(([name, text]) => !present.includes(name) || readFileSync(at(name), 'utf8') !== text);
if (process.argv.includes('--write')) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of old) writeFileSync(at(name), text);
  for (const name of extra) rmSync(at(name));
} else {
  for (const name of [...old.map(([name]) => name), ...extra]) {
    console.error(`docs/reference/${name} is old: npm run docs:reference`);
  }
  process.exitCode = old.length + extra.length === 0 ? 0 : 1;
}
console.log(`${pages.size} pages, ${old.length + extra.length} of them changed`);

function extrasIn(pattern: string): Extras {
  const files = globSync(pattern, { cwd: root }).sort();
  return extrasOf(files.flatMap((file) => thrownIn(file, readFileSync(join(root, file), 'utf8'))));
}

function at(name: string): string {
  return join(FOLDER, name);
}

function readNames(): string[] {
  try {
    return readdirSync(FOLDER);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // nothing was made yet
    throw error;
  }
}
