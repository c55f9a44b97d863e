import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

/** The job that the release of a disk leaves, which no worker has done yet. */
async function releasedDisk(name: string): Promise<string> {
  const { id } = await createDisk(cli.account, { name });
  await cli.json('disk', 'delete', id);
  const { jobs } = await cli.json('job', 'list', '--disk', id);
  return jobs[0].id;
}

describe('varve job wait', () => {
  it('ends with 9 when its time is over, and with 0 once the work is done', async () => {
    const id = await releasedDisk('first');
    const early = await cli.run(['job', 'wait', id, '--timeout', '0.01s', '--json']);
    expect([early.code, JSON.parse(early.stdout)]).toEqual([
      9,
      { jobs: [{ id, status: 'PENDING', outcome: 'PENDING' }] },
    ]);
    expect(JSON.parse(early.stderr)).toMatchObject({ error: { code: 'TimedOut', pending: 1 } });
    await cli.api.settle();
    const done = await cli.run(['job', 'wait', id]);
    expect([done.code, done.stdout]).toEqual([0, `${id}: SUCCEEDED\n`]);
    // The worker of the release may still be at it, and then it says so.
    expect(done.stderr).toMatch(/^(waiting for 1 piece of work, 0 of 1 ended\n)?$/);
  });

  it('waits for snapshots too, and for several at once', async () => {
    const disk = await createDisk(cli.account, { name: 'kept' });
    const { id } = await createSnapshot(cli.account, disk.id, { name: 'kept' });
    const job = await releasedDisk('second');
    await cli.api.settle();
    const { jobs } = await cli.json('job', 'wait', id, job, id);
    expect(jobs).toEqual([
      { id, status: 'ACCOMPLISHED', outcome: 'SUCCEEDED' },
      { id: job, status: 'SUCCEEDED', outcome: 'SUCCEEDED' },
    ]);
  });

  it('ends with 1 when something was cancelled, and with 3 when there is none', async () => {
    const { id } = await cli.json('scrub', '--no-wait');
    await cli.json('scrub', 'cancel', id);
    const cancelled = await cli.run(['job', 'wait', id]);
    expect([cancelled.code, cancelled.stdout]).toEqual([1, `${id}: CANCELLED\n`]);
    expect(cancelled.stderr).toContain('1 of 1 failed or was cancelled.');
    expect((await cli.run(['job', 'wait', `j-${'0'.repeat(20)}`])).code).toBe(3);
  });
});
