import { expect, test } from 'vitest';
import { edgeEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { collapse } from '../../src/engine/ledger/collapse.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import type { EngineHarness } from '../support/engine-harness.ts';
import { memoryService } from '../support/memory-service.ts';
import { meanwhile, type RebuildScene, rebuildScene, rebuilt, withCatalogue, work } from '../support/rebuild-scene.ts';
import { faultsAfterRecovery, readable } from '../support/recovery.ts';
import { caller, settleAll } from '../support/use-case-scene.ts';

const deletes = (harness: EngineHarness, snapshotId: string) =>
  deleteSnapshot(memoryService(harness.deps), caller, snapshotId, { force: true, by: 'SERVICE' });

/**
 * All but the snapshot that was deleted can be read, everything is counted right, and nothing alive
 * is freed.
 */
async function expectWhole({ lost }: RebuildScene, harness: EngineHarness, deleted: string): Promise<void> {
  await settleAll(harness);
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  const was = await readable(lost);
  was.delete(deleted);
  expect(await readable(harness)).toEqual(was);
}

test('what is deleted while a rebuild runs stays in the tree until all that stands below it is there', async () => {
  const scene = await rebuildScene(1);
  const harness = withCatalogue(scene.lost);
  const busy = meanwhile(harness, ['put', scene.clone], async () => {
    await deletes(harness, scene.first);
    for (let round = 0; round < 3; round++) await work(harness);
  });
  // refused where it counts what the snapshot is used for
  await rebuilt(busy).catch(() => rebuilt(busy));
  expect(harness.catalogue.rows(nodeEntity).find(({ id }) => id === scene.first)).toMatchObject({ hidden: true });
  await expectWhole(scene, harness, scene.first);
});

test('a node whose parent goes at the last moment is not restored below it, and is by the next call', async () => {
  const scene = await rebuildScene(2);
  const harness = withCatalogue(scene.lost);
  const { accountId } = caller;
  const busy = meanwhile(harness, ['put', scene.disk], async () => {
    await deletes(harness, scene.second);
    // A worker that has slept since before the rebuild began.
    expect(await collapse(harness.deps, { accountId, nodeId: scene.second })).toBeDefined();
  });
  await expect(rebuilt(busy)).rejects.toMatchObject({ code: 'Throttled' });
  expect(harness.catalogue.rows(nodeEntity).map(({ id }) => id)).not.toContain(scene.disk);
  for (let round = 0; round < 3; round++) await work(harness);
  expect(await rebuilt(harness)).toMatchObject({ finished: true, losses: [] });
  await expectWhole(scene, harness, scene.second);
});

test('a worker that knows only the other children of a hidden node does not take it out when one is restored', async () => {
  const scene = await rebuildScene(3);
  const harness = withCatalogue(scene.lost);
  const { accountId } = caller;
  let taken: unknown;
  await rebuilt(
    meanwhile(harness, ['put', scene.clone], async () => {
      await deletes(harness, scene.first);
      // Between its reading of the children and its transaction the clone is restored.
      const slow = meanwhile(harness, ['delete', scene.first], () => rebuilt(harness));
      taken = await collapse(slow.deps, { accountId, nodeId: scene.first });
    }),
  ).catch(() => undefined);
  expect(taken).toBeUndefined();
  expect(await rebuilt(harness, { intoNonEmpty: true })).toMatchObject({ finished: true, losses: [] });
  const children = harness.catalogue.rows(edgeEntity).filter(({ parentId }) => parentId === scene.first);
  expect(children.map(({ childId }) => childId).sort()).toEqual([scene.clone, scene.second].sort());
  await expectWhole(scene, harness, scene.first);
});
