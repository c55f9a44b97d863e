import { expect, test } from 'vitest';
import { MANIFESTS, readManifest } from '../../src/engine/books/manifest.ts';
import { entryEntity, manifestEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { manifestsBehind } from '../support/manifests.ts';

const accountId = 'acc';
const subject = { accountId, id: 's-1', regionId: 'r', domainId: 'dom' };
const taken = { accountId, headId: 'd-1', snapshotId: 's-1' };
const FOREVER = Number.POSITIVE_INFINITY;

async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness();
  await harness.tree.createHead({ accountId, nodeId: 'd-1', domainId: 'dom', regionId: 'r', chainId: 'd-1' }, []);
  await harness.settle();
  return harness;
}

const keysOf = ({ objects }: EngineHarness, id: string) =>
  [...objects.stored.keys()].filter((key) => key.startsWith(`${MANIFESTS}${accountId}/${id}/`));

function told({ objects }: EngineHarness, key = '') {
  const manifest = readManifest(objects.stored.get(key) ?? Buffer.alloc(0));
  if (typeof manifest === 'string') throw new Error(manifest);
  return manifest;
}

test('whoever takes a snapshot may write its manifest: then nothing is left to do, for the disk neither', async () => {
  const harness = await scene();
  await harness.tree.snapshot({ ...taken, about: async () => ({ snapshot: 'known' }) }, () => []);
  expect(harness.catalogue.rows(entryEntity)).toEqual([]);
  expect(harness.messages).toEqual([]);
  const [key, ...others] = keysOf(harness, 's-1');
  expect(others).toEqual([]);
  expect(told(harness, key)).toMatchObject({ number: 0, node: { id: 's-1' }, about: { snapshot: 'known' } });
  expect(harness.catalogue.rows(manifestEntity).map(({ nodeId }) => nodeId)).toEqual(['d-1']);
  expect(keysOf(harness, 'd-1')).toHaveLength(1);
  expect(manifestsBehind(harness)).toEqual([]);
});

test('where the store takes no manifest, a worker is woken for it', async () => {
  const harness = await scene();
  const broken = { ...harness.objects, put: async () => Promise.reject(new Error('down')) };
  const tree = createVersionTree({ ...harness.deps, objects: () => broken });
  expect(await tree.snapshot({ ...taken, about: async () => ({}) }, () => [])).toMatchObject({ ok: true });
  const [entry] = harness.catalogue.rows(entryEntity);
  expect(harness.messages).toEqual([{ kind: 'entry', shard: entry?.shard, id: entry?.id }]);
  await harness.settle();
  expect(manifestsBehind(harness)).toEqual([]);
});

test('a first manifest that comes after a later one is not written any more', async () => {
  const harness = await scene();
  await harness.tree.snapshot(taken, () => []);
  const [first] = harness.catalogue.rows(entryEntity);
  await harness.catalogue.transact([harness.tree.noted(subject)]);
  const [later] = harness.catalogue.rows(entryEntity).filter(({ id }) => id !== first?.id);
  for (const entry of [later, first]) await harness.worker.run(entry?.shard ?? -1, entry?.id ?? '', FOREVER);
  expect(harness.catalogue.rows(entryEntity)).toEqual([]);
  expect(keysOf(harness, 's-1').map((key) => told(harness, key).number)).toEqual([1]);
});

test('one that comes before is removed by the later one', async () => {
  const harness = await scene();
  await harness.tree.snapshot(taken, () => []);
  await harness.settle();
  expect(keysOf(harness, 's-1').map((key) => told(harness, key).number)).toEqual([0]);
  await harness.catalogue.transact([harness.tree.noted(subject)]);
  await harness.settle();
  expect(keysOf(harness, 's-1').map((key) => told(harness, key).number)).toEqual([1]);
});

test('one that comes when the snapshot is gone does not bring it back', async () => {
  const harness = await scene();
  await harness.tree.snapshot(taken, () => []);
  const first = harness.catalogue.rows(entryEntity).find(({ manifest }) => manifest === 0);
  await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
  while (harness.catalogue.rows(entryEntity).some(({ id }) => id !== first?.id)) {
    for (const { shard, id } of harness.catalogue.rows(entryEntity)) {
      if (id !== first?.id) await harness.worker.run(shard, id, FOREVER);
    }
  }
  expect(harness.catalogue.rows(nodeEntity).map(({ id }) => id)).toEqual(['d-1']);
  await harness.worker.run(first?.shard ?? -1, first?.id ?? '', FOREVER);
  expect(keysOf(harness, 's-1').map((key) => told(harness, key).node)).toEqual([undefined]);
});

test('a head that somebody has changed since it was read is refused, and none of the caller’s writes is to blame', async () => {
  const harness = await scene();
  const head = await harness.tree.get(accountId, 'd-1');
  await harness.tree.snapshot({ ...taken, snapshotId: 's-0' }, () => []);
  expect(await harness.tree.snapshot({ ...taken, head }, () => [])).toEqual({ ok: false, refused: [] });
  const now = await harness.tree.get(accountId, 'd-1');
  const again = await harness.tree.snapshot({ ...taken, head: now }, () => []);
  expect(again).toMatchObject({ ok: true, value: { parentId: 's-0' } });
});
