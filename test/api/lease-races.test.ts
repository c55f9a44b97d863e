import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { COMMIT, readBlocks } from '../support/blocks.ts';
import { ACQUIRE, acquire, commit, commitInput, leased, RENEW, releaseLease, renew } from '../support/leases.ts';
import { createDisk, createSnapshot, getDisk, getSnapshot, ROLLBACK_DISK } from '../support/operations.ts';

const ROUNDS = 4;
let api: TestApi;
let account: TestAccount;
let disk: Told;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
beforeEach(async () => {
  disk = await createDisk(account);
});
afterAll(() => api.close());

/** What was answered, or the code of the refusal. */
const told = async (query: string, input: object): Promise<Told> =>
  account.call(query, { input }).catch((error: Error) => /"code": "(\w+)"/.exec(error.message)?.[1] ?? 'no code');

describe('9.3: calls at the same time', () => {
  test('9.3: of two that take a disk one has it, and the other is told who', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all(
        ['host-a', 'host-b', 'host-c'].map((holder) => told(ACQUIRE, { diskId: disk.id, holder })),
      );
      const [winner, ...others] = answers.filter((answer) => answer.acquireLease !== undefined);
      expect(others).toEqual([]);
      expect(answers.filter((answer) => answer === 'DiskLocked')).toHaveLength(2);
      const now = await leased(account, disk.id);
      expect(now.lease).toEqual(winner.acquireLease.lease);
      expect(now.instances).toMatchObject([{ name: now.lease.holder }]);
      await releaseLease(account, disk.id, now.lease.fence);
    }
    const { instances } = await account.call('{ instances { nodes { id } } }');
    expect(instances.nodes).toEqual([]);
  });

  test('9.3: a commit and the theft of its lease: it is before the theft, or not at all', async () => {
    let holder = (await acquire(account, disk.id)).lease;
    for (let round = 0; round < ROUNDS; round++) {
      const { version } = await getDisk(account, disk.id);
      const late = await commitInput(account, disk.id, { text: `late${round}`, version, fence: holder.fence });
      const [committed, stolen] = await Promise.all([
        told(COMMIT, late),
        acquire(account, disk.id, { holder: `host-${round}`, steal: true }),
      ]);
      const now = await readBlocks(account, disk.id);
      if (committed.commitBlocks === undefined) expect(committed).toBe('LeaseLost');
      else expect(now[0]).toBe(`late${round}`);
      expect(await told(COMMIT, { ...late, expectedVersion: stolen.disk.version + 1 })).toBe('LeaseLost');
      expect(await told(RENEW, { diskId: disk.id, fence: holder.fence })).toBe('LeaseLost');
      expect(await readBlocks(account, disk.id)).toEqual(now);
      holder = stolen.lease;
    }
    await releaseLease(account, disk.id, holder.fence);
  });

  test('9.3: a holder that slept through a theft, the thief’s commits and its end, gets nothing in', async () => {
    const first = (await acquire(account, disk.id)).lease;
    const late = await commitInput(account, disk.id, { text: 'late', version: 0, fence: first.fence });
    const second = (await acquire(account, disk.id, { holder: 'host-b', steal: true })).lease;
    await commit(account, disk.id, { text: 'thief', version: 0, fence: second.fence });
    await releaseLease(account, disk.id, second.fence);
    for (const expectedVersion of [0, 1, 2]) expect(await told(COMMIT, { ...late, expectedVersion })).toBe('LeaseLost');
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'thief' });
  });

  test('9.3, 4.4, 4.9: commit, snapshot, theft and rollback at once: each wholly or not at all', async () => {
    const { lease } = await acquire(account, disk.id);
    await commit(account, disk.id, { text: 'base', version: 0, fence: lease.fence });
    const base = await createSnapshot(account, disk.id);
    await renew(account, disk.id, lease.fence, 1);
    let { fence } = lease;
    let was = 'base';
    for (let round = 0; round < ROUNDS; round++) {
      const { version } = await getDisk(account, disk.id);
      const write = await commitInput(account, disk.id, { text: `w${round}`, version, fence });
      const back = { diskId: disk.id, snapshotId: base.id, breakLease: true };
      const [committed, begun, stolen, rolled] = await Promise.all([
        told(COMMIT, write),
        createSnapshot(account, disk.id).catch(() => undefined),
        told(ACQUIRE, { diskId: disk.id, holder: 'thief', steal: true }),
        told(ROLLBACK_DISK, back),
      ]);
      const outcomes = [committed, stolen, rolled].filter((outcome) => typeof outcome === 'string');
      for (const code of outcomes)
        expect(['LeaseLost', 'VersionConflict', 'SnapshotCreating', 'Throttled']).toContain(code);
      fence = (await acquire(account, disk.id, { steal: true })).lease.fence;
      // Whoever began a snapshot: it ends, with a state that the disk has had.
      if (begun !== undefined) {
        const done = await getSnapshot(account, begun.id);
        expect(done.status).toBe('ACCOMPLISHED');
        const [had = ''] = Object.values(await readBlocks(account, begun.id));
        expect(['base', `w${round}`, was]).toContain(had);
      }
      const [has = ''] = Object.values(await readBlocks(account, disk.id));
      expect(['base', `w${round}`, was]).toContain(has);
      was = has;
    }
  });
});
