import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import { cliBuilt } from '../../support/launcher.ts';
import type { Asked, Refusal } from '../../support/moody-store.ts';
import { ended, expectContents, randomFile, tryVarve, varve } from '../keep/installation.ts';
import { type Running, startVarve, temporaryFolder } from '../running.ts';
import { STORES, type Store, startStore } from './stores.ts';

const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;

beforeAll(cliBuilt);

describe.each(STORES)('a bucket of %s that misbehaves while a server runs', TIMEOUT, (name) => {
  let store: Store;
  let folder: ReturnType<typeof temporaryFolder>;
  let data: string;
  let running: Running & AsyncDisposable;
  beforeAll(async () => {
    store = await startStore(name);
    folder = temporaryFolder();
    data = join(folder.path, 'data');
    const args = ['--data', data, '--port', `${await freePort()}`, '--objects', await store.bucket()];
    running = startVarve(args, 'server', store.environment);
    await running.ready();
  });
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  const image = (file: string) => randomFile(folder.path, file, 4 * MIB);
  const isBlock = ({ path }: Asked) => path.includes('/objects/');

  /** From the sixth request on. */
  const refuseSoon = (refusal: Refusal) => {
    const before = store.moody.requests.length;
    store.moody.moods.refuse = () => (store.moody.requests.length > before + 6 ? refusal : undefined);
  };

  it('that is busy for a while is waited for', async () => {
    const file = image('busy');
    refuseSoon({ status: 503, code: 'SlowDown' });
    const imported = varve(data, 'disk', 'import', file, '--name', 'busy');
    await sleep(15_000); // longer than a call tries again
    store.moody.moods.refuse = () => undefined;
    await imported;
    await expectContents(data, ['disk', 'export', 'busy'], file);
  });

  it('that finds the credentials expired ends a command, which goes on with new ones', async () => {
    const file = image('expired');
    refuseSoon({ status: 400, code: 'ExpiredToken' });
    const words = ['disk', 'import', file, '--name', 'expired', '--patience', '5s'];
    const { code, stderr } = await tryVarve(data, words);
    expect([code, stderr]).toEqual([1, expect.stringContaining('ExpiredToken')]);
    store.moody.moods.refuse = () => undefined;
    await varve(data, ...words);
    await expectContents(data, ['disk', 'export', 'expired'], file);
  });

  it.each<[string, () => void]>([
    [
      'does not find what it has',
      () => {
        store.moody.moods.refuse = (asked) =>
          asked.method === 'GET' && isBlock(asked) ? { status: 404, code: 'NoSuchKey' } : undefined;
      },
    ],
    [
      'gives other bytes',
      () => {
        store.moody.moods.bytes = (asked, bytes) => (isBlock(asked) ? Buffer.from(bytes).fill(7, 9) : bytes);
      },
    ],
  ])('that %s is not believed', async (what, lie) => {
    const disk = what.replaceAll(' ', '-');
    const file = image(disk);
    await varve(data, 'disk', 'import', file, '--name', disk);
    lie();
    const { code, stderr } = await tryVarve(data, ['disk', 'export', disk, `${file}.bad`, '--patience', '5s']);
    expect([code, stderr]).toEqual([5, expect.stringContaining('ObjectDamaged')]);
    Object.assign(store.moody.moods, { refuse: () => undefined, bytes: (_: Asked, bytes: Buffer) => bytes });
    await expectContents(data, ['disk', 'export', disk], file);
    await varve(data, 'scrub');
  });

  it('the server is still the same one', async () => {
    expect(running.stderr()).toBe('');
    await ended(running);
  });
});
