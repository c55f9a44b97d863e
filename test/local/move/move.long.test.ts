import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';
import { STORES, type Store, startStore } from '../elsewhere/stores.ts';
import { ended, expectContents, randomFile, tryVarve, varve } from '../keep/installation.ts';
import { startVarve, temporaryFolder } from '../running.ts';

const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;

beforeAll(cliBuilt);

describe.each(STORES)('moving objects to a bucket of %s and back', (name) => {
  let store: Store;
  beforeAll(async () => {
    store = await startStore(name);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const start = async (data: string) => {
    const running = startVarve(['--data', data, '--port', `${await freePort()}`], 'server', store.environment);
    await running.ready();
    return running;
  };
  const move = async (data: string, to: string) => {
    const { code, stdout, stderr } = await tryVarve(data, ['server', 'move', '--to', to], store.environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  /** Kills the move once it has put so many objects; false if it was quicker. */
  const killedMove = async (data: string, to: string, puts: number): Promise<boolean> => {
    const args = [LAUNCHER, 'server', 'move', '--to', to, '--data', data];
    const before = store.moody.requests.length;
    const isPut = ({ method }: { readonly method: string }) => method === 'PUT';
    const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, ...store.environment } });
    const closed = once(child, 'close') as Promise<[number | null]>;
    while (child.exitCode === null && store.moody.requests.slice(before).filter(isPut).length < puts) await sleep(1);
    child.kill('SIGKILL');
    return (await closed)[0] === null;
  };

  it('is killed anywhere, goes on, and everything is there', TIMEOUT, async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const [plain, sealed] = ['plain', 'sealed'].map((file) => randomFile(folder.path, file, 6 * MIB)) as [
      string,
      string,
    ];
    const bucket = await store.bucket();
    Object.assign(store.moody.moods, { latencyMs: 20, slowDownEach: 13 });
    {
      await using running = await start(data);
      await varve(data, 'disk', 'import', plain, '--name', 'plain');
      await varve(data, 'disk', 'import', sealed, '--name', 'sealed', '--encrypted');
      const refused = await tryVarve(data, ['server', 'move', '--to', bucket], store.environment);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') });
      await ended(running);
    }
    expect(await killedMove(data, bucket, 3)).toBe(true);
    {
      // Until it has moved, it is where it was, and goes on.
      await using running = await start(data);
      expect(running.stdout()).toContain('was interrupted');
      await expectContents(data, ['disk', 'export', 'plain'], plain);
      await varve(data, 'disk', 'delete', 'plain');
      await varve(data, 'disk', 'import', plain, '--name', 'again');
      await ended(running);
    }
    for (let puts = 5; await killedMove(data, bucket, puts); puts += 9);
    const marker = () => JSON.parse(readFileSync(join(data, 'varve.json'), 'utf8'));
    if (marker().objects === undefined) await move(data, bucket);
    expect(marker()).not.toHaveProperty('movingTo');
    rmSync(join(data, 'objects'), { recursive: true });
    {
      await using running = await start(data);
      await expectContents(data, ['disk', 'export', 'again'], plain);
      await expectContents(data, ['disk', 'export', 'sealed'], sealed);
      await varve(data, 'scrub');
      await varve(data, 'disk', 'import', randomFile(folder.path, 'later', MIB), '--name', 'later');
      await ended(running);
    }
    expect(await move(data, 'folder')).toMatchObject({ to: 'folder', missing: [] });
    expect(marker()).toMatchObject({ format: 2 });
    expect(existsSync(join(data, 'objects/objects'))).toBe(true);
    store.moody.moods.refuse = () => ({ status: 403, code: 'AccessDenied' }); // not asked any more
    await using running = await start(data);
    await expectContents(data, ['disk', 'export', 'later'], join(folder.path, 'later'));
    await expectContents(data, ['disk', 'export', 'sealed'], sealed);
    await varve(data, 'scrub');
    await ended(running);
    store.moody.moods.refuse = () => undefined;
    // And once more: what the bucket has counts.
    expect(await move(data, bucket)).toMatchObject({ missing: [], there: expect.any(Number) });
  });
});
