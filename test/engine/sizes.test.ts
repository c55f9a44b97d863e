import { expect, test } from 'vitest';
import { entryEntity } from '../../src/engine/books/rows.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { recover } from '../support/recovery.ts';

const accountId = 'acc';
const headId = 'd-1';

/**
 * A disk below a snapshot that has just been taken out: nobody knows the disk's own sizes until its
 * references are dropped.
 */
async function unmeasured(): Promise<EngineHarness> {
  const harness = createEngineHarness(1, { stepObjects: 1, plannedPlaces: 4096 });
  const { tree, worker, catalogue, clock } = harness;
  await tree.createHead({ accountId, nodeId: headId, domainId: 'dom', regionId: 'r', chainId: headId }, []);
  await harness.storeBlocks('dom', [blockId(1)]);
  await tree.commit({ accountId, headId, expectedVersion: 0, writes: [{ index: 0, id: blockId(1) }], trims: [] });
  await tree.snapshot({ accountId, headId, snapshotId: 's-1' }, () => []);
  await tree.remove({ accountId, nodeId: 's-1' }, []);
  for (const { shard, id, kind } of catalogue.rows(entryEntity)) {
    if (kind === 'COLLAPSE') await worker.run(shard, id, clock.now());
  }
  return harness;
}

test.each<[string, (harness: EngineHarness) => Promise<unknown>]>([
  ['a snapshot', ({ tree }) => tree.snapshot({ accountId, headId, snapshotId: 's-2' }, () => [])],
  ['a draft', ({ tree }) => tree.openDraft({ accountId, headId, draftId: 'dr-1', expectedVersion: 1 }, [])],
])('4.1: %s of a disk whose sizes are not known leaves the disk with known ones in the end', async (_what, act) => {
  const harness = await unmeasured();
  await act(harness);
  await recover(harness);
  expect(await findFaults(harness)).toEqual([]);
});
