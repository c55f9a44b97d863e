import { expect, test } from 'vitest';
import { entryEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { createImage } from '../../src/service/images/create.ts';
import { accountEntity } from '../../src/service/model/accounts/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { policyEntity } from '../../src/service/model/policies/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { updatePolicy } from '../../src/service/policies/change.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { deletePolicy } from '../../src/service/policies/delete.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import type { EngineHarness } from '../support/engine-harness.ts';
import { manifestsBehind, newestManifests } from '../support/manifests.ts';
import { MEMORY_ACCOUNT, memoryService } from '../support/memory-service.ts';
import { damage, type RebuildScene, rebuildScene, rebuilt, withCatalogue, work } from '../support/rebuild-scene.ts';
import { faultsAfterRecovery, outlastGrace, readable } from '../support/recovery.ts';
import { caller, newDisk, settleAll, write } from '../support/use-case-scene.ts';

const OTHER = 'other';
const SCHEDULE = { region: null, hours: [3], weekdays: [1], retentionDays: null, timeZone: null, clientToken: null };

/** The scene with a second account that has a disk. */
async function twoAccounts(seed: number): Promise<RebuildScene> {
  const scene = await rebuildScene(seed);
  const { deps, clock } = scene.lost;
  await deps.catalogue.transact([put(accountEntity, { id: OTHER, name: OTHER, createdAt: isoTime(clock.at) })]);
  await createDisk(memoryService(deps), serviceCaller(OTHER), newDisk('theirs'));
  await settleAll(scene.lost);
  return scene;
}

const objectsOf = ({ objects }: EngineHarness) =>
  [...objects.stored.keys()].filter((key) => key.startsWith('objects/'));
const standing = ({ catalogue }: EngineHarness) =>
  catalogue.rows(entryEntity).flatMap(({ kind, phase, createdAt }) => (kind === 'REBUILD' ? [[phase, createdAt]] : []));

test('a rebuild of one account has nothing of the others freed', async () => {
  const { lost } = await twoAccounts(1);
  const harness = withCatalogue(lost);
  expect(await rebuilt(harness, { account: OTHER })).toMatchObject({ restored: 1, reclaimHeldBack: false });
  await settleAll(harness);
  await outlastGrace(harness);
  expect(objectsOf(harness)).toEqual(objectsOf(lost));
  expect(await rebuilt(harness, { intoNonEmpty: true })).toMatchObject({ losses: [], reclaimHeldBack: false });
  await settleAll(harness);
  expect(await faultsAfterRecovery(harness)).toEqual([]);
  expect(await readable(harness)).toEqual(await readable(lost));
});

test('a rebuild of one account ends none but its own hold on reclaim', async () => {
  const { lost, clone } = await twoAccounts(2);
  const harness = withCatalogue(lost);
  const mend = damage(harness, clone);
  const held = { finished: true, reclaimHeldBack: true };
  expect(await rebuilt(harness, {}, 0)).toMatchObject({ finished: false });
  expect(standing(harness)).toEqual([['TAKING', 0]]);
  expect(await rebuilt(harness, { account: OTHER })).toMatchObject({ ...held, losses: [] });
  expect(standing(harness)).toEqual([['TAKING', 0]]);
  expect(await rebuilt(harness)).toMatchObject(held);
  expect(standing(harness)).toEqual([['READY', 0]]);
  expect(await rebuilt(harness, { account: MEMORY_ACCOUNT })).toMatchObject(held);
  expect(standing(harness)).toEqual([
    ['READY', 0],
    ['READY', 0],
  ]);
  expect(await rebuilt(harness, { account: OTHER })).toMatchObject({ ...held, losses: [] });
  await outlastGrace(harness);
  expect(objectsOf(harness)).toEqual(objectsOf(lost));
  mend();
  expect(await rebuilt(harness)).toMatchObject({ losses: [], reclaimHeldBack: false });
  expect(standing(harness)).toEqual([]);
});

test('a snapshot whose loss was mended counts the disks and images that were there before it', async () => {
  const scene = await rebuildScene(3);
  const { lost, first } = scene;
  const named = { name: 'golden', description: null, tags: [], clientToken: null };
  await createImage(memoryService(lost.deps), caller, { snapshotId: first, ...named });
  await settleAll(lost);
  const harness = withCatalogue(lost);
  const mend = damage(harness, first);
  expect(await rebuilt(harness)).toMatchObject({ reclaimHeldBack: true });
  mend();
  expect(await rebuilt(harness)).toMatchObject({ restored: 1, losses: [], reclaimHeldBack: false });
  const snapshot = harness.catalogue.rows(snapshotEntity).find(({ id }) => id === first);
  expect(snapshot).toMatchObject({ diskCount: 1, imageCount: 1 });
});

test('a disk whose loss was mended is not taken for released', async () => {
  const { lost, disk } = await rebuildScene(4);
  const harness = withCatalogue(lost);
  const chain = () => harness.catalogue.rows(chainEntity).find(({ id }) => id === disk);
  const mend = damage(harness, disk);
  await rebuilt(harness);
  expect(chain()).toMatchObject({ diskReleased: true, autoCount: 1, manualCount: 1 });
  mend();
  expect(await rebuilt(harness)).toMatchObject({ restored: 1, losses: [] });
  expect(chain()).toMatchObject({ diskReleased: false, autoCount: 1, manualCount: 1 });
});

test('what was deleted just before a rebuild does not come back, though the bucket does not say so yet', async () => {
  const { lost, first, second } = await rebuildScene(5);
  for (const id of [second, first])
    await deleteSnapshot(memoryService(lost.deps), caller, id, { force: true, by: 'SERVICE' });
  for (let round = 0; round < 4; round++) await work(lost, ({ kind }) => kind !== 'SAVE');
  const before = await readable(lost);
  const ids = lost.catalogue.rows(nodeEntity).map(({ id }) => id);
  expect(ids).not.toContain(second);
  expect(await rebuilt(lost, { intoNonEmpty: true })).toMatchObject({ restored: 0, losses: [] });
  expect(lost.catalogue.rows(nodeEntity).map(({ id }) => id)).toEqual(ids);
  await settleAll(lost);
  expect(await faultsAfterRecovery(lost)).toEqual([]);
  expect(await readable(lost)).toEqual(before);
});

test('nor does a policy that was', async () => {
  const { lost } = await rebuildScene(7);
  const service = memoryService(lost.deps);
  const kept = await createPolicy(service, caller, { name: 'kept', tags: [], ...SCHEDULE });
  const gone = await createPolicy(service, caller, { name: 'gone', tags: [], ...SCHEDULE });
  await settleAll(lost);
  await deletePolicy(service, caller, gone.id);
  expect(await rebuilt(lost, { intoNonEmpty: true })).toMatchObject({ restored: 0, losses: [] });
  expect(lost.catalogue.rows(policyEntity).map(({ id }) => id)).toEqual([kept.id]);
});

test('after the table was put back to an earlier time, what it tells next is what counts', async () => {
  const { lost, disk, second } = await rebuildScene(6);
  const service = memoryService(lost.deps);
  const { id: policyId } = await createPolicy(service, caller, { name: 'as it was', tags: [], ...SCHEDULE });
  await settleAll(lost);
  const earlier = lost.catalogue.copy();
  for (const at of [1, 2, 3]) {
    await write(service, disk, [at]);
    await updatePolicy(service, caller, { policyId, name: `later ${at}` });
    await settleAll(lost);
  }
  await deleteSnapshot(service, caller, second, { force: true, by: 'SERVICE' });
  await settleAll(lost);

  const harness = withCatalogue(lost, earlier);
  expect(await rebuilt(harness, { intoNonEmpty: true })).toMatchObject({ restored: 0, losses: [] });
  await write(memoryService(harness.deps), disk, [7]);
  await settleAll(harness);
  expect(manifestsBehind(harness)).toEqual([]);
  const account = newestManifests(harness).get(`manifests/${MEMORY_ACCOUNT}/${MEMORY_ACCOUNT}/`);
  expect(account?.about).toMatchObject({ policies: [{ name: 'as it was' }] });
  const again = withCatalogue(harness);
  expect(await rebuilt(again)).toMatchObject({ losses: [] });
  expect(await readable(again)).toEqual(await readable(harness));
});
