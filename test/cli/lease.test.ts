import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishSnapshot } from '../../src/service/snapshots/finish.ts';
import { acquire, leased, renew } from '../support/leases.ts';
import { type CliHarness, createCliHarness, until, writeManyBlocks } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
let diskId: string;
let fence: number;
let name = 0;
beforeAll(async () => {
  cli = await createCliHarness();
  await writeManyBlocks(cli.path('image.img'), 2);
});
beforeEach(async () => {
  ({ diskId } = await cli.json('disk', 'import', cli.path('image.img'), '--name', `disk${++name}`));
  fence = (await acquire(cli.account, diskId, { holder: 'far-host' })).lease.fence;
});
afterAll(() => cli.close());

/**
 * Before a command that has to find the lease alive: it lasts for 30 seconds, of which the commands
 * before took some.
 */
const holdOn = () => renew(cli.account, diskId, fence);

/** The writer answers as soon as it is asked. */
async function answer(): Promise<void> {
  await vi.waitFor(async () => expect((await renew(cli.account, diskId, fence)).flushRequest).toBe(1), 60_000);
  await renew(cli.account, diskId, fence, 1);
}

describe('4.4, 9.3: snapshot create of a disk that is held open', () => {
  it('4.4, 9.3: waits for the writer, and says what it got', async () => {
    const created = cli.json('snapshot', 'create', diskId, '--name', `flushed${name}`);
    await answer();
    expect(await created).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'FLUSHED' });
    const { stdout } = await cli.run(['snapshot', 'show', `flushed${name}`]);
    expect(stdout).toContain('what was committed after its writer had flushed');
    expect((await cli.run(['snapshot', 'list', '--disk', diskId])).stdout).toMatch(/ACCOMPLISHED +FLUSHED/);
  });

  it('4.4, 9.3: does not wait with --no-wait', async () => {
    const begun = await cli.json('snapshot', 'create', diskId, '--no-wait');
    expect(begun).toMatchObject({ status: 'PROGRESSING', progressPercent: 0 });
    expect((await cli.run(['snapshot', 'show', begun.id])).stdout).toContain('is being asked to flush');
    expect((await cli.run(['snapshot', 'list', '--disk', diskId])).stdout).toMatch(/PROGRESSING +…/);
    await finishSnapshot(cli.api.service, { accountId: cli.account.id, id: begun.id }, 'COMMITTED');
    expect((await cli.run(['snapshot', 'show', begun.id])).stdout).toContain(
      'what was committed to the disk at that instant',
    );
  });

  it('4.4, 9.3: says that the writer did not answer', async () => {
    const created = cli.run(['snapshot', 'create', diskId, '--name', `unanswered${name}`]);
    const list = () => cli.json('snapshot', 'list', '--disk', diskId);
    const id = await until(async () => (await list()).snapshots[0]?.id, 'a snapshot in progress');
    await finishSnapshot(cli.api.service, { accountId: cli.account.id, id }, 'COMMITTED');
    expect((await created).stderr).toContain('What it has not committed is not in the snapshot');
  });

  it('4.6: says that it was cancelled', async () => {
    const creating = cli.run(['snapshot', 'create', diskId, '--json']);
    const list = () => cli.json('snapshot', 'list', '--disk', diskId);
    const [{ id }] = await vi.waitFor(async () => {
      const { snapshots } = await list();
      expect(snapshots).toHaveLength(1);
      return snapshots;
    }, 60_000);
    await cli.json('snapshot', 'delete', id);
    const { code, stderr } = await creating;
    expect(code).toBe(3);
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'NotFound', message: expect.stringContaining('cancelled') });
  });
});

describe('9.3: a disk that is held open', () => {
  it('9.3: is shown with its holder, and the host with its disks', async () => {
    expect((await cli.run(['disk', 'show', diskId])).stdout).toMatch(/Written by: +far-host, since 2/);
    await holdOn();
    expect(await cli.json('disk', 'show', diskId)).toMatchObject({ lease: { holder: 'far-host', fence } });
    expect((await cli.run(['instance', 'list'])).stdout).toMatch(/far-host +HOST +RUNNING/);
  });

  it('9.3: is not written to by sync and import, which name the holder', async () => {
    for (const args of [
      ['disk', 'sync', diskId, cli.path('image.img')],
      ['disk', 'import', cli.path('image.img'), '--disk', diskId],
    ]) {
      await holdOn();
      const { code, stderr } = await cli.run([...args, '--json']);
      expect(code).toBe(4);
      expect(JSON.parse(stderr).error).toMatchObject({ code: 'DiskLocked', holder: 'far-host' });
      expect(JSON.parse(stderr).error.message).toContain('held open for writing by far-host');
    }
  });

  it('9.3, 4.9: is taken from its writer with --break-lease', async () => {
    const created = cli.json('snapshot', 'create', diskId);
    await answer();
    const { id } = await created;
    await holdOn();
    const refused = await cli.run(['snapshot', 'rollback', id]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/held open for writing by far-host.*\n.*--break-lease/);
    expect((await cli.json('snapshot', 'rollback', id, '--break-lease')).disk.lease).toBeNull();
    expect((await leased(cli.account, diskId)).lease).toBeNull();
    const { lease } = await acquire(cli.account, diskId);
    expect((await cli.json('instance', 'detach', lease.instanceId, diskId, '--break-lease')).status).toBe('AVAILABLE');
    await acquire(cli.account, diskId);
    expect((await cli.json('disk', 'reinitialize', diskId, '--break-lease')).root).toBe('empty');
    await acquire(cli.account, diskId);
    expect(await cli.json('disk', 'delete', diskId, '--break-lease')).toMatchObject({ diskId });
  });
});
