import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  CREATE_DISK,
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getDisk,
  getSnapshot,
  RELEASE_DISK,
  RESIZE_DISK,
  rollbackDisk,
  UPDATE_DISK,
} from '../support/operations.ts';

const ROUNDS = 3;
let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

async function writtenDisk(text: string) {
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf(text) });
  return disk;
}

/** Whether it was done; a refusal has one of these codes. */
async function outcome(call: Promise<unknown>, codes: readonly string[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    expect(codes.some((code) => (error as Error).message.includes(`"${code}"`))).toBe(true);
    return false;
  }
}

describe('calls at the same time', () => {
  test('4.6: a clone and the deletion of its snapshot: either there is a disk, or the snapshot is gone', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await writtenDisk(`cd${round}`);
      const snapshot = await createSnapshot(account, id);
      const [cloned, [deletion]] = await Promise.all([
        outcome(account.call(CREATE_DISK, { input: { snapshotId: snapshot.id } }), ['NotFound']),
        deleteSnapshots(account, [snapshot.id]),
      ]);
      expect(cloned).toBe(!deletion.deleted);
      if (cloned) expect(await getSnapshot(account, snapshot.id)).toMatchObject({ diskCount: 1 });
    }
  });

  test('3.8: a snapshot and the release of its disk: the chain counts what is there', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await writtenDisk(`sr${round}`);
      const [taken] = await Promise.all([
        outcome(account.call(CREATE_SNAPSHOT, { input: { diskId: id } }), ['NotFound']),
        account.call(RELEASE_DISK, { input: { diskId: id } }),
      ]);
      const chain = 'query ($id: ID!) { chain(id: $id) { snapshotCount disk { id } } }';
      if (taken) expect((await account.call(chain, { id })).chain).toEqual({ snapshotCount: 1, disk: null });
      else expect((await account.refusal(chain, { id })).extensions.code).toBe('NotFound');
    }
  });

  test('4.6: many deletions of one chain: each is done once, and all are counted', async () => {
    const { id } = await writtenDisk('many');
    const ids: string[] = [];
    for (let at = 0; at < 4; at++) {
      ids.push((await createSnapshot(account, id)).id);
      await writeBlocks(account, id, at + 1, { 0: blockOf(`many${at}`) });
    }
    const gone = ids.slice(0, 3);
    const results = await Promise.all([gone, gone.toReversed()].map((batch) => deleteSnapshots(account, batch)));
    const deleted = results.flat().filter((result) => result.deleted);
    expect(deleted.map(({ snapshotId }) => snapshotId).sort()).toEqual(gone.toSorted());
    await api.settle();
    expect(await getChain(account, id)).toMatchObject({ snapshotCount: 1, manualQuota: { used: 1 } });
    expect(await readBlocks(account, ids[3] ?? '')).toEqual({ 0: 'many2' });
  });

  test('4.9: a rollback with a safety snapshot and a commit: what was committed is on the disk or in the snapshot', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await writtenDisk(`old${round}`);
      const a = await createSnapshot(account, id);
      let safety: string | undefined;
      const [, written] = await Promise.all([
        outcome(
          rollbackDisk(account, id, a.id, { safetySnapshot: true }).then((done) => {
            safety = done.safetySnapshot.id;
          }),
          ['VersionConflict'],
        ),
        outcome(writeBlocks(account, id, 1, { 0: blockOf(`new${round}`) }), ['VersionConflict']),
      ]);
      const onDisk = await readBlocks(account, id);
      const kept = safety === undefined ? {} : await readBlocks(account, safety);
      if (written) expect([onDisk[0], kept[0]]).toContain(`new${round}`);
      else expect(onDisk).toEqual({ 0: `old${round}` });
    }
  });

  test('3.1, 3.4: changes of different things all count', async () => {
    const { id } = await createDisk(account, { name: 'before' });
    await Promise.all([
      account.call(UPDATE_DISK, { input: { diskId: id, name: 'after' } }),
      account.call(UPDATE_DISK, { input: { diskId: id, tags: [{ key: 'k' }] } }),
      account.call(RESIZE_DISK, { input: { diskId: id, sizeBytes: 2 ** 40 } }),
      account.call(UPDATE_DISK, { input: { diskId: id, deleteWithInstance: true } }),
    ]);
    expect(await getDisk(account, id)).toMatchObject({
      name: 'after',
      tags: [{ key: 'k', value: '' }],
      sizeBytes: 2 ** 40,
      deleteWithInstance: true,
    });
  });
});
