import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { ended, expectContents, randomFile, tryVarve, varve } from '../keep/installation.ts';
import { eventually, startVarve, temporaryFolder } from '../running.ts';
import { STORES, type Store, startStore } from './stores.ts';

const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;

beforeAll(cliBuilt);

describe.each(STORES)('objects in a bucket of %s', (name) => {
  let store: Store;
  beforeAll(async () => {
    store = await startStore(name);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const start = async (data: string, ...more: readonly string[]) => {
    const running = startVarve(['--data', data, '--port', `${await freePort()}`, ...more], 'server', store.environment);
    await running.ready();
    return running;
  };

  it('an installation works with them, through latency and SlowDown', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const image = randomFile(folder.path, 'image', 8 * MIB);
    const bucket = await store.bucket();
    Object.assign(store.moody.moods, { latencyMs: 30, slowDownEach: 9 });
    {
      await using running = await start(data, '--objects', bucket);
      await varve(data, 'service', 'open', '--accept-terms');
      await varve(data, 'disk', 'import', image, '--name', 'disk');
      await varve(data, 'snapshot', 'create', 'disk', '--name', 'first');
      await expectContents(data, ['disk', 'export', 'disk'], image);
      await varve(data, 'disk', 'import', randomFile(folder.path, 'other', 2 * MIB), '--name', 'other', '--encrypted');
      await varve(data, 'scrub');
      expect(existsSync(join(data, 'objects'))).toBe(false);
      await ended(running);
    }
    const marker = readFileSync(join(data, 'varve.json'), 'utf8');
    expect(JSON.parse(marker)).toMatchObject({
      format: 3,
      complete: true,
      id: expect.any(String),
      objects: expect.any(String),
    });
    expect(marker).not.toContain(store.environment.AWS_SECRET_ACCESS_KEY);
    await using again = await start(data); // goes on with the bucket by itself
    await expectContents(data, ['snapshot', 'export', 'first'], image);
    await expectContents(data, ['disk', 'export', 'other'], join(folder.path, 'other'));
    const backup = await tryVarve(data, ['server', 'backup', join(folder.path, 'backup')]);
    expect(backup).toMatchObject({ code: 1, stderr: expect.stringContaining("the bucket's own affair") });
    const doctor = await tryVarve(data, ['doctor'], store.environment);
    expect(JSON.parse(doctor.stdout).findings).toContainEqual(
      expect.objectContaining({ topic: 'objects', level: 'ok' }),
    );
    await ended(again);
  });

  it('a machine that is lost comes back on another one, and the first one ends', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const [lost, next] = [join(folder.path, 'lost'), join(folder.path, 'next')];
    const image = randomFile(folder.path, 'image', 3 * MIB);
    const bucket = await store.bucket();
    Object.assign(store.moody.moods, { latencyMs: 10, slowDownEach: 11 });
    await using running = await start(lost, '--objects', bucket);
    await varve(lost, 'service', 'open', '--accept-terms');
    await varve(lost, 'disk', 'import', image, '--name', 'disk', '--encrypted');
    await varve(lost, 'snapshot', 'create', 'disk', '--name', 'first');
    await eventually(() => hasPut(store, bucket, 'manifests/local/s-'));
    mkdirSync(next, { mode: 0o700 });
    copyFileSync(join(lost, 'keys.json'), join(next, 'keys.json'));
    const rebuild = ['rebuild', '--from-bucket', '--objects', bucket];
    const refused = await tryVarve(next, rebuild, store.environment);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--take-over') });
    const report = await tryVarve(next, [...rebuild, '--take-over'], store.environment);
    expect(JSON.parse(report.stdout)).toMatchObject({ finished: true, losses: [], restored: expect.any(Number) });
    expect(await running.exit()).toBe(1);
    expect(running.stderr()).toContain(`taken over by ${next}`);
    const { code, stderr } = await tryVarve(lost, ['server', '--port', `${await freePort()}`], store.environment);
    expect([code, stderr]).toEqual([1, expect.stringContaining('belongs to another installation')]);
    await using again = await start(next);
    await expectContents(next, ['snapshot', 'export', 'first'], image);
    await ended(again);
  });
});

/** What a worker writes follows a call by moments. */
function hasPut(store: Store, bucket: string, key: string): boolean {
  const name = bucket.slice('s3://'.length).split('?')[0];
  return store.moody.requests.some(({ method, path }) => method === 'PUT' && path.startsWith(`/${name}/${key}`));
}
