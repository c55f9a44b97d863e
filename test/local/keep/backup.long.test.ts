import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../../support/files-below.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { eventually } from '../running.ts';
import { ended, expectContents, randomFile, refusal, started, tryStart, varve } from './installation.ts';

/** Whole installations, one after the other. */
const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;
let folder: string;
let data: string;
let plain: string;
let sealed: string;

beforeAll(async () => {
  await cliBuilt();
  folder = mkdtempSync(join(tmpdir(), 'varve-backup-'));
  data = join(folder, 'data');
  plain = randomFile(folder, 'plain', 5 * MIB);
  sealed = randomFile(folder, 'sealed', 3 * MIB);
  await using running = await started(data);
  await varve(data, 'service', 'open', '--accept-terms');
  await varve(data, 'disk', 'import', plain, '--name', 'plain');
  await varve(data, 'disk', 'import', sealed, '--name', 'sealed', '--encrypted');
  await varve(data, 'snapshot', 'create', 'plain', '--name', 'first');
  await eventually(() => existsSync(join(data, 'objects/manifests')));
  await ended(running);
}, TIMEOUT.timeout);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

const anObject = (of: string): string =>
  filesBelow(join(of, 'objects/objects')).find((path) => statSync(path).size > MIB / 4) ?? '';

/** Starts what was restored, and holds it against what was backed up. */
async function expectWhole(restored: string): Promise<void> {
  await using running = await started(restored);
  await expectContents(restored, ['disk', 'export', 'plain'], plain);
  await expectContents(restored, ['disk', 'export', 'sealed'], sealed);
  await expectContents(restored, ['snapshot', 'export', 'first'], plain);
  const scrub = await varve(restored, 'scrub');
  expect(scrub).toMatchObject({ status: 'SUCCEEDED', damaged: 0, wrongCounts: 0, findings: [] });
  await ended(running);
}

describe('a backup', TIMEOUT, () => {
  it('is made while the server runs, by links, and again of what is new alone', async () => {
    await using running = await started(data);
    const first = await varve(data, 'server', 'backup', at('online'));
    expect(first).toMatchObject({ copied: 0, there: 0, missing: [], withKeys: false });
    expect(first.linked).toBe(first.objects.count + first.manifests.count);
    expect(statSync(anObject(at('online'))).nlink).toBe(2);
    const other = randomFile(folder, 'other', MIB);
    await varve(data, 'disk', 'import', other, '--name', 'other');
    const second = await varve(data, 'server', 'backup', at('online'));
    expect(second.there).toBeGreaterThanOrEqual(first.objects.count);
    expect(second.linked).toBeGreaterThan(0);
    expect(second.objects.count).toBe(first.objects.count + 3); // two blocks and their page
    await varve(data, 'disk', 'delete', 'other');
    expect(readdirSync(at('online')).filter((name) => name.startsWith('catalogue-'))).toHaveLength(1);
    expect(existsSync(join(data, 'removed'))).toBe(false);
    await ended(running);
  });

  it('comes back into a new folder, where a scrub finds nothing', async () => {
    await varve(data, 'server', 'backup', at('whole')); // stopped: this process does the work
    const told = await varve(at('restored'), 'server', 'restore', at('whole'), '--verify');
    expect(told).toMatchObject({ copied: 0, withKeys: false, missing: [] });
    const refused = await tryStart(at('restored'));
    expect(refused.stderr).toContain('keys.json is missing');
    copyFileSync(join(data, 'keys.json'), join(at('restored'), 'keys.json'));
    await expectWhole(at('restored'));
  });

  it('brings keys.json back where it was asked for', async () => {
    expect(await varve(data, 'server', 'backup', at('open'), '--with-keys')).toMatchObject({ withKeys: true });
    await varve(at('opened'), 'server', 'restore', at('open'));
    expect(statSync(join(at('opened'), 'keys.json')).mode & 0o777).toBe(0o600);
    await expectWhole(at('opened'));
  });

  it('lies on another file system as copies', async () => {
    const elsewhere = mkdtempSync('/dev/shm/varve-backup-');
    try {
      const told = await varve(data, 'server', 'backup', join(elsewhere, 'backup'));
      expect(told).toMatchObject({ linked: 0, there: 0 });
      expect(told.copied).toBe(told.objects.count + told.manifests.count);
      const again = await varve(data, 'server', 'backup', join(elsewhere, 'backup'));
      expect(again).toMatchObject({ linked: 0, copied: 0, there: told.copied });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe('one sentence for', TIMEOUT, () => {
  it('a place that is of no backup', async () => {
    mkdirSync(at('full'));
    writeFileSync(join(at('full'), 'letter.txt'), 'mine');
    expect((await refusal(data, 'server', 'backup', at('full'))).message).toContain('holds "letter.txt"');
    expect((await refusal(data, 'server', 'backup', join(data, 'backup'))).message).toContain(
      'lies in the data folder',
    );
    expect((await refusal(data, 'server', 'backup', '/proc/varve')).message).toContain('could not go on');
    expect((await refusal(at('nothing'), 'server', 'backup', at('x'))).message).toContain('There is no data folder at');
  });

  it('a backup that is not whole', async () => {
    await varve(data, 'server', 'backup', at('cut'));
    rmSync(join(at('cut'), 'varve-backup.json'));
    expect((await refusal(at('new'), 'server', 'restore', at('cut'))).message).toContain('holds no whole backup');
    expect((await refusal(at('new'), 'server', 'restore', at('nowhere'))).message).toContain('holds no whole backup');
    expect(existsSync(at('new'))).toBe(false);
  });

  it('a folder that holds something', async () => {
    await varve(data, 'server', 'backup', at('good'));
    expect((await refusal(data, 'server', 'restore', at('good'))).message).toContain('is a data folder already');
    expect((await refusal(at('full'), 'server', 'restore', at('good'))).message).toContain('holds "letter.txt"');
  });

  it('a backup that is damaged, which goes on when it was mended', async () => {
    await varve(data, 'server', 'backup', at('hurt'));
    const object = anObject(at('hurt'));
    const kept = at('kept');
    copyFileSync(object, kept);
    rmSync(object);
    const cut = await refusal(at('mended'), 'server', 'restore', at('hurt'));
    expect(cut).toMatchObject({ code: 'ObjectDamaged', message: expect.stringContaining('1 objects') });
    const refused = await tryStart(at('mended'));
    expect(refused.stderr).toContain('was interrupted');
    copyFileSync(kept, object);
    truncateSync(object, 1000);
    expect((await refusal(at('mended'), 'server', 'restore', at('hurt'))).code).toBe('ObjectDamaged');
    rmSync(object);
    copyFileSync(kept, object);
    expect((await varve(at('mended'), 'server', 'restore', at('hurt'))).there).toBeGreaterThan(0);

    writeFileSync(object, Buffer.alloc(statSync(kept).size));
    expect((await refusal(at('unread'), 'server', 'restore', at('hurt'), '--verify')).code).toBe('ObjectDamaged');
    const catalogue = readdirSync(at('hurt')).find((name) => name.startsWith('catalogue-')) ?? '';
    truncateSync(join(at('hurt'), catalogue), 8192);
    const other = await refusal(at('other-restore'), 'server', 'restore', at('hurt'));
    expect(other).toMatchObject({ code: 'ObjectDamaged', message: expect.stringContaining('not as it was backed up') });
  });
});
