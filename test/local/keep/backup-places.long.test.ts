import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESTORING } from '../../../src/local/folder/contents.ts';
import { stagingOf } from '../../../src/local/keep/backup-place.ts';
import { backUpStopped } from '../../../src/local/keep/backup-stopped.ts';
import { remoteSource } from '../../../src/local/keep/fetch-backup.ts';
import { folderSource, restore } from '../../../src/local/keep/restore.ts';
import { openRemotePlace, type RemotePlace } from '../../../src/local/keep/s3-place.ts';
import { sendBackup } from '../../../src/local/keep/send-backup.ts';
import { createTestBucket, s3Settings } from '../../support/engines.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';
import { ended, expectContents, randomFile, refusal, started, varve } from './installation.ts';

const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;
let folder: string;
let data: string;
let image: string;
const at = (name: string) => join(folder, name);
const signal = new AbortController().signal;

beforeAll(async () => {
  await cliBuilt();
  folder = mkdtempSync(join(tmpdir(), 'varve-places-'));
  data = at('data');
  image = randomFile(folder, 'image', 20 * MIB);
  await using running = await started(data);
  await varve(data, 'disk', 'import', image, '--name', 'disk');
  await ended(running);
}, TIMEOUT.timeout);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectRestored(restored: string): Promise<void> {
  copyFileSync(join(data, 'keys.json'), join(restored, 'keys.json'));
  await using running = await started(restored);
  await expectContents(restored, ['disk', 'export', 'disk'], image);
  await ended(running);
}

describe('an object store as the place of a backup', TIMEOUT, () => {
  let place: RemotePlace;
  beforeAll(async () => {
    const { endpoint, region, credentials } = await s3Settings();
    process.env.AWS_ENDPOINT_URL_S3 = endpoint;
    process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
    process.env.AWS_REGION = region;
    process.env.VARVE_S3_PATH_STYLE = '1';
    place = openRemotePlace(`s3://${await createTestBucket()}/some/prefix`, process.env);
  });
  const backUpThere = async (to: RemotePlace) => {
    const report = await backUpStopped({ dataDir: data, to: stagingOf(data), withKeys: false }, {});
    return sendBackup({ folder: report.to, manifest: report }, to, { signal, progress: () => undefined });
  };

  it('goes on after an interruption, sends nothing twice, and comes back', async () => {
    await expect(restore(remoteSource(place), { to: at('early'), verify: false })).rejects.toThrow('no whole backup');
    let puts = 0;
    const put: RemotePlace['put'] = async (name, bytes) => {
      if (++puts > 20) throw new Error('the network is gone');
      await place.put(name, bytes);
    };
    await expect(backUpThere({ ...place, put })).rejects.toThrow('network');
    await expect(restore(remoteSource(place), { to: at('early'), verify: false })).rejects.toThrow('no whole backup');
    const second = await backUpThere(place);
    expect(second.there).toBeGreaterThan(10);
    expect(await backUpThere(place)).toMatchObject({ sent: 0 });

    const stopped = new AbortController();
    let fetched = 0;
    const get: RemotePlace['get'] = (name) => {
      if (++fetched > 35) stopped.abort(new Error('stopped'));
      return place.get(name);
    };
    const wish = { to: at('restored'), verify: true };
    await expect(restore(remoteSource({ ...place, get }), wish, { signal: stopped.signal })).rejects.toThrow('stopped');
    expect((await refusal(at('restored'), 'server')).message).toContain('was interrupted');
    const before = fetched;
    const counting: RemotePlace['get'] = (name) => {
      fetched++;
      return place.get(name);
    };
    const all = await restore(remoteSource({ ...place, get: counting }), wish);
    expect(fetched - before).toBeLessThan(all.objects.count + all.manifests.count);
    await expectRestored(at('restored'));
  });

  it('is the place of the command too', async () => {
    const bucket = await createTestBucket();
    const told = await varve(data, 'server', 'backup', `s3://${bucket}`);
    expect(told).toMatchObject({ to: `s3://${bucket}/`, linked: 0, there: 0 });
    expect(existsSync(stagingOf(data))).toBe(false);
    await varve(at('by-command'), 'server', 'restore', `s3://${bucket}`);
    await expectRestored(at('by-command'));
  });
});

describe('a backup or restore that is killed anywhere', TIMEOUT, () => {
  /** Kills the command after a while; whether it was quicker. */
  const killed = async (words: readonly string[], afterMs: number): Promise<boolean> => {
    const child = spawn(process.execPath, [LAUNCHER, ...words], { stdio: 'ignore' });
    const closed = once(child, 'close') as Promise<[number | null]>;
    await Promise.race([closed, sleep(afterMs)]);
    child.kill('SIGKILL');
    const [code] = await closed;
    return code === 0;
  };

  it('goes on, and what comes back is whole', async () => {
    const to = join(mkdtempSync('/dev/shm/varve-killed-'), 'backup'); // by copies
    try {
      for (let ms = 150; ms < 5000 && !(await killed(['server', 'backup', to, '--data', data], ms)); ms *= 1.6);
      await backUpStopped({ dataDir: data, to, withKeys: false }, {});
      const words = ['server', 'restore', to, '--data', at('by-kills')];
      for (let ms = 150; ms < 5000 && !(await killed(words, ms)); ms *= 1.6);
      const isThere = (name: string) => existsSync(join(at('by-kills'), name));
      // The last step removes the mark of a restore that is under way.
      if (!isThere('varve.json') || isThere(RESTORING))
        await restore(folderSource(to), { to: at('by-kills'), verify: true });
      await expectRestored(at('by-kills'));
    } finally {
      rmSync(join(to, '..'), { recursive: true });
    }
  });
});
