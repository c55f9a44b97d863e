import { expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { entryEntity } from '../../src/engine/books/rows.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { faultsAfterRecovery, outlastGrace, recover } from '../support/recovery.ts';

const accountId = 'acc';
const domainId = 'dom';
const HOUR_MS = 3600_000;
const CONTENTS = [1, 2, 3, 4, 5];

async function write(harness: EngineHarness, headId: string, values: readonly number[], tree = harness.tree) {
  const writes = values.map((value, index) => ({ index, id: blockId(value) }));
  const node = await harness.tree.get(accountId, headId);
  await harness.storeBlocks(
    domainId,
    writes.map(({ id }) => id),
  );
  return tree.commit({ accountId, headId, expectedVersion: node?.version ?? -1, writes, trims: [] });
}

/**
 * The page of `CONTENTS` is dead, while another disk keeps its blocks alive. Tells the page's id.
 */
async function deadPage(): Promise<{ harness: EngineHarness; page: ObjectId }> {
  const harness = createEngineHarness(1, { stepObjects: 2, plannedPlaces: 4096 });
  for (const nodeId of ['d-1', 'd-2'])
    await harness.tree.createHead({ accountId, nodeId, domainId, regionId: 'r', chainId: nodeId }, []);
  await write(harness, 'd-2', [...CONTENTS].reverse());
  const { root } = await write(harness, 'd-1', CONTENTS);
  await write(harness, 'd-1', [9, 9, 9, 9, 9]);
  await recover(harness);
  return { harness, page: root as ObjectId };
}

test('I4: a large commit that makes a page again which is being reclaimed is refused, and can be undone', async () => {
  const { harness, page } = await deadPage();
  harness.clock.at += 25 * HOUR_MS;
  await createReclaimer(harness.deps, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(Number.POSITIVE_INFINITY);
  expect(harness.objects.stored.has(objectKey(domainId, page))).toBe(false);
  await expect(write(harness, 'd-1', CONTENTS)).rejects.toMatchObject({ code: 'ObjectTombstoned' });
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  expect((await write(harness, 'd-1', CONTENTS)).version).toBe(3);
});

test('I4: a page that had died before a large commit stays while its references are taken, however long that is', async () => {
  const { harness, page } = await deadPage();
  harness.clock.at += 23 * HOUR_MS;
  let left = 2;
  const transact: typeof harness.catalogue.transact = async (writes) => {
    const opens = writes.some(({ entity, kind }) => entity === entryEntity && kind === 'put');
    if (!opens && left-- === 0) return new Promise(() => undefined); // killed after a step or so
    return harness.catalogue.transact(writes);
  };
  void write(
    harness,
    'd-1',
    CONTENTS,
    createVersionTree({ ...harness.deps, catalogue: { ...harness.catalogue, transact } }),
  );
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(harness.catalogue.rows(entryEntity)).toMatchObject([{ phase: 'TAKING' }]);
  await outlastGrace(harness); // nobody works at the ledger all the while
  expect(harness.objects.stored.has(objectKey(domainId, page))).toBe(true);
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  expect(await findFaults(harness)).toEqual([]);
});
