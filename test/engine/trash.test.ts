import { expect, test } from 'vitest';
import { getNode } from '../../src/engine/books/nodes.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { accountId, prepared, write } from '../support/fault-operations.ts';
import { refusedWith } from '../support/history-checks.ts';
import { faultsAfterRecovery, readable } from '../support/recovery.ts';

/** Something happens right before the first transaction of whoever uses these. */
function meanwhile({ deps }: EngineHarness, something: () => Promise<unknown>): EngineDeps {
  let isDone = false;
  const transact: EngineDeps['catalogue']['transact'] = async (writes) => {
    if (!isDone) {
      isDone = true;
      await something();
    }
    return deps.catalogue.transact(writes);
  };
  return { ...deps, catalogue: { ...deps.catalogue, transact } };
}

const snapshot = { accountId, nodeId: 's-2' };
const disk = { accountId, nodeId: 'd-3' };

test('10.1: the writer of a disk is none any more once it has been in the recycle bin', async () => {
  const harness = await prepared(90);
  const { tree } = harness;
  const held = await tree.hold({ accountId, headId: 'd-3' }, () => []);
  const fence = held.ok ? held.value.writerFence : undefined;
  await tree.trash(disk, []);
  await tree.untrash(disk, []);
  const { version: expectedVersion = -1 } = (await tree.get(accountId, 'd-3')) ?? {};
  const change = { accountId, headId: 'd-3', expectedVersion, writes: [], trims: [{ start: 0, count: 1 }] };
  await refusedWith('LeaseLost', tree.commit({ ...change, fence }));
  await tree.commit(change);
});

test.each(['s-2', 'd-3'])('10.1: of a restore and a purge of %s at the same moment, one is refused', async (nodeId) => {
  for (const isSettled of [true, false]) {
    const harness = await prepared(90);
    const { tree } = harness;
    await tree.trash({ accountId, nodeId }, []);
    if (isSettled) await harness.settle();
    const slow = createVersionTree(meanwhile(harness, () => tree.purge({ accountId, nodeId }, [])));
    await refusedWith('NotFound', slow.untrash({ accountId, nodeId }, []));
    expect(await faultsAfterRecovery(harness)).toEqual([]);
    expect([...(await readable(harness)).keys()]).not.toContain(nodeId);
  }
});

test('10.1: of a purge and a restore at the same moment, the restore first, the purge is refused', async () => {
  const harness = await prepared(90);
  const before = await readable(harness);
  await harness.tree.trash(snapshot, []);
  const slow = createVersionTree(meanwhile(harness, () => harness.tree.untrash(snapshot, [])));
  await refusedWith('NotFound', slow.purge(snapshot, []));
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  expect(await readable(harness)).toEqual(before);
});

test('10.1: a commit to a disk that goes into the recycle bin at the same moment is refused', async () => {
  for (const isSaved of [true, false]) {
    const harness = await prepared(90);
    // Its manifest is still to follow then.
    if (!isSaved) await write(harness, harness.deps, 'd-3', [40]);
    const before = (await readable(harness)).get('d-3');
    const deps = meanwhile(harness, () => harness.tree.trash(disk, []));
    await refusedWith('NotFound', write(harness, deps, 'd-3', [50, 51, 52]));
    expect((await readable(harness)).get('d-3')).toBe(`in the recycle bin: ${before}`);
  }
});

test('10.1: a clone of a snapshot that goes into the recycle bin at the same moment is refused', async () => {
  const harness = await prepared(90);
  const slow = createVersionTree(meanwhile(harness, () => harness.tree.trash(snapshot, [])));
  const clone = { accountId, nodeId: 'd-9', domainId: 'dom', regionId: 'r', chainId: 'd-9', fromId: 's-2' };
  await refusedWith('NotFound', slow.createHead(clone, []));
});

test('10.1: a snapshot with one child stays where it is, and its neighbours collapse around it', async () => {
  const harness = await prepared(90);
  const { tree, deps } = harness;
  const before = await readable(harness);
  await tree.trash({ accountId, nodeId: 's-1' }, []);
  await tree.remove({ accountId, nodeId: 's-3' }, []);
  await harness.settle();
  expect(await findFaults(harness)).toEqual([]);
  expect(await getNode(deps, accountId, 's-1')).toMatchObject({ trashed: true, hidden: false });
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  await tree.untrash({ accountId, nodeId: 's-1' }, []);
  before.delete('s-3');
  expect(await readable(harness)).toEqual(before);
});
