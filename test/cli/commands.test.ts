import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';
import { camelCaseIn, rawBytesIn } from './plain-words.ts';
import { onTerminal } from './terminal.ts';
import { WRONG_COMMANDS } from './wrong-commands.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  await writeManyBlocks(cli.path('image.img'), 3);
  await writeFile(cli.path('empty.img'), '');
  await cli.json('disk', 'import', cli.path('image.img'), '--name', 'known');
  await cli.json('disk', 'create', 'twin', '--size', '1M');
  await cli.json('disk', 'create', 'twin', '--size', '1M');
  await cli.json('snapshot', 'create', 'known', '--name', 'first');
  await cli.json('disk', 'create', 'child', '--snapshot', 'first');
  await cli.json('snapshot', 'create', 'child', '--name', 'of-the-child');
});
afterAll(() => cli.close());

describe('a wrong command line or the wrong moment', () => {
  it.each(WRONG_COMMANDS)('$name', async ({ args, code, error: name, text, environment = {} }) => {
    await writeFile(cli.path('large.img'), Buffer.alloc(4 * BLOCK_BYTES));
    const json = await cli.run([...args, '--json'], { environment });
    expect({ code: json.code, stdout: json.stdout }, json.stderr).toEqual({
      code,
      stdout: name === 'SnapshotUsedByDisk' ? json.stdout : '',
    });
    const { error } = JSON.parse(json.stderr.trim().split('\n').at(-1) as string);
    expect(error.code).toBe(name);
    expect(error.message).toContain(text);
    expect(error.message).not.toContain('\n');
  });

  it.each(WRONG_COMMANDS.filter(({ error }) => error !== 'Unauthenticated'))(
    '$name: in plain words, with what to do next, on a terminal of 80 columns',
    async ({ args, code, environment = {} }) => {
      await writeFile(cli.path('large.img'), Buffer.alloc(4 * BLOCK_BYTES));
      const all = { ...process.env, ...cli.environment, NO_COLOR: '1', ...environment };
      const outcome = await onTerminal([...args], { line: 'y' }, { environment: all, columns: 80 });
      const text = outcome.stderr.slice(outcome.stderr.indexOf('varve: '));
      expect(outcome.code, text).toBe(code);
      expect([...camelCaseIn(text), ...rawBytesIn(text)], text).toEqual([]);
      expect(text.slice('varve: '.length)).toMatch(/varve [a-z]+|--[a-z]+/);
      expect(text.split('\n').filter((line) => line.length > 80 && line.includes(' '))).toEqual([]);
    },
  );

  it('says it in one sentence with a hint where no JSON is asked for', async () => {
    const { code, stdout, stderr } = await cli.run(['disk', 'show']);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'varve: DISK is missing: Id or name of the disk.\nSee: varve disk show --help\n',
    });
  });

  it('tells a refusal that stands among the results once', async () => {
    const { stdout, stderr } = await cli.run(['snapshot', 'delete', 'first']);
    expect(stdout).toMatch(/^Kept s-\w+: .*disk.* \(SnapshotUsedByDisk\)\n$/);
    expect(stderr).toBe(
      'varve: The snapshot was not deleted (SnapshotUsedByDisk).\nAdd --force to delete it all the same. The disk still works.\n',
    );
  });

  it('leaves an existing file alone without --force', async () => {
    await writeFile(cli.path('precious.img'), 'precious');
    expect((await cli.run(['disk', 'export', 'known', 'precious.img'])).code).toBe(4);
    expect(await readFile(cli.path('precious.img'), 'utf8')).toBe('precious');
    await cli.json('disk', 'export', 'known', 'precious.img', '--force');
    expect((await readFile(cli.path('precious.img'))).equals(await readFile(cli.path('image.img')))).toBe(true);
  });
});

describe('results under --json', () => {
  const disk = [
    'id', 'region', 'name', 'kind', 'category', 'sizeBytes', 'status', 'chargeType', 'expiresAt', 'encrypted', 'encryption',
    'deleteAutoSnapshots', 'deleteWithInstance', 'policy', 'origin', 'instances', 'tags', 'createdAt', 'version', 'root', 'sizes', 'reencryption', 'lease', 'unreadable',
  ]; // biome-ignore format: one list
  const snapshot = [
    'id', 'region', 'name', 'description', 'kind', 'sourceDisk', 'status', 'progressPercent', 'consistency', 'createdAt', 'retentionDays',
    'expiresAt', 'pinnedAt', 'keptInUse', 'policyId', 'usage', 'diskCount', 'tags', 'type', 'sizes', 'root', 'encrypted', 'encryption', 'unreadable',
  ]; // biome-ignore format: one list

  const instance = [
    'id', 'region', 'name', 'kind', 'status', 'systemDisk', 'dataDisks', 'deletionProtection', 'tags', 'createdAt',
  ]; // biome-ignore format: one list
  const image = [
    'id', 'region', 'name', 'description', 'ownerAccountId', 'owned', 'snapshotId', 'diskKind', 'sizeBytes', 'encrypted',
    'encryption', 'root', 'sharedWith', 'tags', 'createdAt', 'unreadable',
  ]; // biome-ignore format: one list
  const policy = [
    'id', 'region', 'name', 'hours', 'weekdays', 'timeZone', 'retentionDays', 'copyTargets', 'status', 'diskCount', 'nextRunAt',
    'tags', 'createdAt',
  ]; // biome-ignore format: one list
  const account = [
    'id', 'name', 'createdAt', 'status', 'arrearsSince', 'serviceStopsAt', 'snapshotsDeletedAt',
  ]; // biome-ignore format: one list
  const apiKey = ['id', 'name', 'role', 'regions', 'createdAt', 'createdBy', 'expiresAt', 'revokedAt'];

  it.each([
    [
      ['status'],
      ['endpoint', 'chosen', 'objectFolder', 'account', 'role', 'readOnly', 'deletionsHeldSince', 'regions'],
    ],
    [
      ['service', 'open'],
      ['region', 'opened', 'openedAt', 'acceptedTerms', 'acceptedTermsText', 'currentTerms', 'currentTermsText'],
    ],
    [['disk', 'show', 'known'], disk],
    [['policy', 'create', 'nightly', '--hours', '2,8-10', '--weekdays', '1-5', '--retention', 'forever'], policy],
    [['policy', 'show', 'nightly'], policy],
    [
      ['policy', 'list', '--name', 'night'],
      ['policies', 'more'],
    ],
    [['policy', 'update', 'nightly', '--retention', '7', '--pause'], policy],
    [['policy', 'apply', 'nightly', 'known'], ['results']],
    [
      ['policy', 'disks', 'nightly'],
      ['disks', 'more'],
    ],
    [
      ['policy', 'disks', 'nightly', '--without-policy'],
      ['disks', 'more'],
    ],
    [
      ['policy', 'runs', 'nightly', '--status', 'failed'],
      ['runs', 'more'],
    ],
    [
      ['policy', 'runs', '--disk', 'known'],
      ['runs', 'more'],
    ],
    [
      ['policy', 'slots', 'nightly'],
      ['slots', 'more'],
    ],
    [['policy', 'cancel', 'known'], ['results']],
    [['policy', 'update', 'nightly', '--resume', '--name', 'nights'], policy],
    [['disk', 'create', 'guarded', '--size', '1M', '--policy', 'nights'], disk],
    [['policy', 'delete', 'nights'], ['policyId']],
    [
      ['disk', 'list'],
      ['disks', 'more'],
    ],
    [['disk', 'create', 'fresh', '--size', '1G', '--tag', 'team=web'], disk],
    [['disk', 'resize', 'fresh', '2G'], disk],
    [
      ['disk', 'delete', 'fresh'],
      ['diskId', 'deletedSnapshotIds', 'restorableUntil', 'job'],
    ],
    [['image', 'create', 'first', 'golden', '--description', 'from the first'], image],
    [['image', 'show', 'golden'], image],
    [['image', 'update', 'golden', '--tag', 'os=none'], image],
    [
      ['image', 'list', '--name', 'gold'],
      ['images', 'more'],
    ],
    [
      ['image', 'list', '--shared-with-me'],
      ['images', 'more'],
    ],
    [['instance', 'create', 'web', '--image', 'golden', '--data-disk', 'logs:1G', '--keep-data-disks'], instance],
    [['instance', 'show', 'web'], instance],
    [
      ['instance', 'list', '--status', 'running'],
      ['instances', 'more'],
    ],
    [['instance', 'stop', 'web'], instance],
    [['instance', 'detach', 'web', 'logs'], disk],
    [['instance', 'attach', 'web', 'logs'], disk],
    [['disk', 'reinitialize', 'logs', '--start-instance'], disk],
    [['instance', 'stop', 'web'], instance],
    [
      ['instance', 'replace-system-disk', 'web', '--snapshot', 'first'],
      ['instance', 'releasedDiskId'],
    ],
    [['instance', 'start', 'web'], instance],
    [['instance', 'update', 'web', '--name', 'web2', '--unprotect'], instance],
    [['instance', 'stop', 'web2'], instance],
    [
      ['instance', 'release', 'web2'],
      ['instanceId', 'releasedDiskIds', 'detachedDiskIds'],
    ],
    [
      ['image', 'delete', 'golden'],
      ['imageId', 'restorableUntil'],
    ],
    [['account', 'show'], account],
    [
      ['key', 'list'],
      ['apiKeys', 'more'],
    ],
    [
      ['snapshot', 'show', 'first'],
      [...snapshot, 'copy'],
    ],
    [['snapshot', 'create', 'known', '--name', 'second', '--retention', '7'], snapshot],
    [
      ['snapshot', 'list', '--disk', 'known'],
      ['snapshots', 'more'],
    ],
    [
      ['snapshot', 'diff', 'first', 'second'],
      ['fromSnapshotId', 'toSnapshotId', 'sizeBytes', 'changedBytes', 'ranges'],
    ],
    [
      ['snapshot', 'rollback', 'first', '--safety-snapshot'],
      ['disk', 'safetySnapshot', 'loss', 'refusals', 'dryRun'],
    ],
    [
      ['snapshot', 'delete', 'second', '--preview'],
      ['objects', 'storedBytes', 'restorableUntil', 'freeFrom', 'results'],
    ],
    [['snapshot', 'delete', 'second'], ['results']],
    [
      ['chain', 'show', 'known'],
      [
        'id',
        'region',
        'disk',
        'capacity',
        'snapshotCount',
        'manualQuota',
        'autoQuota',
        'lastVerifiedAt',
        'damagedObjects',
        'nodes',
      ],
    ],
    [['quota', 'list', '--disk', 'known'], ['quotas']],
    [
      ['job', 'list'],
      ['jobs', 'more'],
    ],
    [
      ['completion', 'bash'],
      ['shell', 'script'],
    ],
  ])('%j', async (args, fields) => {
    const result = await cli.json(...args);
    expect(Object.keys(result).sort()).toEqual([...fields].sort());
  });

  it('keys: made with a secret that works until the key is revoked', async () => {
    const made = await cli.json('key', 'create', 'reader', '--role', 'VIEWER');
    const { apiKey: key, secret } = made as { apiKey: { id: string }; secret: string };
    expect(Object.keys(key).sort()).toEqual([...apiKey].sort());
    expect((await cli.run(['disk', 'list', '--api-key', secret])).code).toBe(0);
    await cli.json('key', 'revoke', key.id);
    expect((await cli.run(['disk', 'list', '--api-key', secret])).code).toBe(7);
  });

  it('4.10: recent work is kept across a rollback by a disk from a snapshot taken before it', async () => {
    await cli.json('instance', 'create', 'desk', '--snapshot', 'first', '--data-disk', 'work:4M');
    await writeManyBlocks(cli.path('monday.img'), 2);
    await cli.json('disk', 'sync', 'work', cli.path('monday.img'), '--zero-rest');
    await cli.json('snapshot', 'create', 'work', '--name', 'before');
    await writeManyBlocks(cli.path('tuesday.img'), 2);
    await cli.json('disk', 'sync', 'work', cli.path('tuesday.img'), '--zero-rest');
    await cli.json('snapshot', 'create', 'work', '--name', 'after');
    expect((await cli.run(['snapshot', 'rollback', 'before'])).stderr).toContain('STOPPED');
    await cli.json('instance', 'stop', 'desk');
    await cli.json('snapshot', 'rollback', 'before', '--start-instance');
    expect((await cli.json('instance', 'show', 'desk')).status).toBe('RUNNING');
    await cli.json('disk', 'create', 'recent', '--snapshot', 'after');
    await cli.json('instance', 'attach', 'desk', 'recent');
    await cli.json('disk', 'export', 'work', cli.path('work.out'));
    await cli.json('disk', 'export', 'recent', cli.path('recent.out'));
    const begins = async (out: string, image: string) => {
      const bytes = await readFile(cli.path(image));
      return (await readFile(cli.path(out))).subarray(0, bytes.length).equals(bytes);
    };
    expect(await begins('work.out', 'monday.img')).toBe(true);
    expect(await begins('recent.out', 'tuesday.img')).toBe(true);
    await cli.json('instance', 'detach', 'desk', 'recent');
    await cli.json('disk', 'delete', 'recent');
    await cli.json('instance', 'stop', 'desk');
    await cli.json('instance', 'release', 'desk');
  }, 300_000);

  it('are alone on standard output; people read the same in words', async () => {
    const { stdout, stderr } = await cli.run(['disk', 'import', 'image.img', '--name', 'spoken', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ writtenBlocks: 3, transferredBytes: 0 });
    expect(stderr).toContain('Importing to disk');
    expect(stderr).not.toContain('Another disk');
    const again = await cli.run(['disk', 'import', 'image.img', '--name', 'spoken']);
    const [, first, second] =
      /Another disk is named 'spoken' too \((d-\w+)\): name this one by its id, (d-\w+)\./.exec(again.stderr) ?? [];
    expect(first).toBe(JSON.parse(stdout).diskId);
    expect(again.stdout).toContain(`Disk ${second} is at version 1.`);
    await cli.json('disk', 'delete', second ?? '');
    const quiet = await cli.run(['disk', 'sync', 'spoken', 'image.img', '--quiet']);
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.stdout).toContain('was equal already');
    expect((await cli.run(['disk', 'list'])).stdout).toMatch(/^ID +NAME +SIZE +DATA +STATUS +CREATED \(UTC\)\n/);
  });
});

describe('the local installation', () => {
  it('is found from any folder below it, and its key goes nowhere else', async () => {
    const data = cli.path('.varve');
    const below = cli.path('some/folder');
    await mkdir(data);
    await mkdir(below, { recursive: true });
    const { endpoint } = await cli.json('status');
    await writeFile(join(data, 'endpoint.json'), JSON.stringify({ url: endpoint }));
    await writeFile(join(data, 'admin.key'), `${cli.account.key}\n`);
    const none = { VARVE_ENDPOINT: '', VARVE_API_KEY: '' };
    const found = await cli.run(['status', '--json'], { environment: none, cwd: below });
    expect(JSON.parse(found.stdout)).toMatchObject({ endpoint, role: 'ADMIN' });
    const elsewhere = await cli.run(['status', '--endpoint', 'http://127.0.0.1:9', '--json'], { environment: none });
    expect(elsewhere.code).toBe(7);
    expect(elsewhere.stderr).toContain('No API key is given');
    await rm(join(data, 'admin.key'));
    await mkdir(join(data, 'admin.key'));
    const unreadable = await cli.run(['status'], { environment: none, cwd: below });
    expect(unreadable.stderr).toContain(`varve: ${join(data, 'admin.key')} cannot be read (EISDIR).\n`);
  });
});
