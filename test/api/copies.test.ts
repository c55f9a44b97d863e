import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { pagesOfKeys } from '../../src/platform/objects/pages-of-keys.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { sweepCopies } from '../../src/service/copies/sweep.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, encodeBlock, readBlocks, writeBlocks } from '../support/blocks.ts';
import { CANCEL_COPY, COPY_SNAPSHOT, cancelCopy, copySnapshot, getCopy, openOther, workOn } from '../support/copies.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getSnapshot,
  isThere,
  ROLLBACK_DISK,
  releaseDisk,
  SET_QUOTA,
  setQuota,
} from '../support/operations.ts';

const BLOCK = 512 * 1024;
const MINUTE_MS = 60_000;
const CREATE_IMAGE = `mutation ($id: ID!) {
  createImage(input: { snapshotId: $id }) { image { region root } }
}`;
const SCRUB_KEY = `mutation ($keyId: String!, $region: String!) {
  startScrub(input: { keyId: $keyId, region: $region }) { scrub { id } }
}`;
const READ_SCRUB = `query ($id: ID!) {
  scrub(id: $id) { status versionsRead objectsRead wrongCounts }
}`;
const FOREVER = Number.POSITIVE_INFINITY;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi({ apart: true });
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
  await openOther(account);
});

/** A disk with two blocks, and a snapshot of it. */
async function withSnapshot(input: object = {}): Promise<{ disk: Told; snapshot: Told }> {
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('one'), 1500: blockOf('two') });
  return { disk, snapshot: await createSnapshot(account, disk.id, input) };
}

async function objectsOf(region: string, domainId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of pagesOfKeys(api.service.objects(region), objectKey(domainId, '' as never)))
    keys.push(...page.map(({ key }) => key));
  return keys;
}

/** The service over a store of the other region that refuses copies as told. */
function withTrouble(error: Error): TestApi['service'] {
  const { service, engine } = api;
  const broken = { ...service.objects(OTHER_REGION), copyFrom: () => Promise.reject(error) };
  const objects = (region: string) => (region === OTHER_REGION ? broken : service.objects(region));
  return { ...service, objects, tree: createVersionTree({ ...engine, objects }) };
}

describe('7.1: the copy of a snapshot', () => {
  test('7.1 is PROGRESSING until every block is there, then makes disks and images', async () => {
    const { disk, snapshot } = await withSnapshot({ name: 'before the upgrade', tags: [{ key: 'k', value: 'v' }] });
    const begun = await copySnapshot(account, snapshot.id);
    const origin = { sourceSnapshotId: snapshot.id, sourceDiskId: disk.id, sourceRegion: REGION };
    const asSource = { name: 'before the upgrade', kind: 'MANUAL', tags: snapshot.tags };
    expect(begun).toMatchObject({ ...asSource, region: OTHER_REGION, status: 'PROGRESSING', root: 'empty' });
    expect(begun).toMatchObject({ progressPercent: 0, sizes: null, copy: { ...origin, problem: null } });
    expect(await workOn(api, account, begun.id)).toBe('done');
    const copy = await getCopy(account, begun.id);
    expect(copy).toMatchObject({ status: 'ACCOMPLISHED', progressPercent: 100, root: snapshot.root });
    expect(copy.copy).toMatchObject({ totalBytes: 2 * BLOCK, doneBytes: 2 * BLOCK, movedBlocks: 2 });
    const made = await createDisk(account, { snapshotId: copy.id, sizeBytes: undefined });
    expect(made).toMatchObject({ region: OTHER_REGION, status: 'AVAILABLE', root: snapshot.root });
    expect(await readBlocks(account, made.id)).toEqual({ 0: 'one', 1500: 'two' });
    const { createImage } = await account.call(CREATE_IMAGE, { id: copy.id });
    expect(createImage.image).toEqual({ region: OTHER_REGION, root: snapshot.root });
  });

  test('7.1 cannot roll back the source disk', async () => {
    const { disk, snapshot } = await withSnapshot();
    const { id: snapshotId } = await copySnapshot(account, snapshot.id);
    await workOn(api, account, snapshotId);
    const refusal = await account.refusal(ROLLBACK_DISK, { input: { diskId: disk.id, snapshotId } });
    expect(refusal.extensions.code).toBe('InvalidSnapshotDisk');
  });

  test('7.1 again sends only what has changed since', async () => {
    const { disk, snapshot } = await withSnapshot();
    const first = await copySnapshot(account, snapshot.id);
    await workOn(api, account, first.id);
    await writeBlocks(account, disk.id, 1, { 0: blockOf('changed'), 9: blockOf('two') });
    const second = await copySnapshot(account, (await createSnapshot(account, disk.id)).id);
    expect(second.type).toBe('INCREMENTAL');
    await workOn(api, account, second.id);
    const { copy, type, sizes } = await getCopy(account, second.id);
    expect(copy).toMatchObject({ totalBytes: 2 * BLOCK, doneBytes: 2 * BLOCK, movedBlocks: 1 });
    expect({ type, own: sizes.ownBytes }).toEqual({ type: 'INCREMENTAL', own: 2 * BLOCK });
    expect(await readBlocks(account, second.id)).toEqual({ 0: 'changed', 9: 'two', 1500: 'two' });
    const chain = await getChain(account, second.sourceDisk.id);
    expect(chain).toMatchObject({ region: OTHER_REGION, disk: null, snapshotCount: 2, nodes: { totalCount: 2 } });
  });

  test('7.1 holds its source until it is done, and is independent of it afterwards', async () => {
    const { disk, snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    await deleteSnapshots(account, [snapshot.id]);
    await releaseDisk(account, disk.id);
    await api.settle();
    await workOn(api, account, id);
    await api.settle();
    expect(await readBlocks(account, id)).toEqual({ 0: 'one', 1500: 'two' });
    expect(await isThere(account, snapshot.id)).toBe(false);
  });

  test('7.1 goes on where a worker stopped, in another invocation', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    expect(await workOn(api, account, id, { until: api.clock.now() })).toBe('more');
    const half = await getCopy(account, id);
    expect(half).toMatchObject({ status: 'PROGRESSING', copy: { movedBlocks: 1, doneBytes: BLOCK } });
    expect(await workOn(api, account, id)).toBe('done');
    expect(await workOn(api, account, id)).toBe('gone');
    expect((await getCopy(account, id)).copy).toMatchObject({ movedBlocks: 2 });
  });

  test('7.1 delivered to two workers is made once', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    await Promise.all([workOn(api, account, id), workOn(api, account, id)]);
    expect(await getCopy(account, id)).toMatchObject({ status: 'ACCOMPLISHED', root: snapshot.root });
    expect(await getChain(account, (await getCopy(account, id)).sourceDisk.id)).toMatchObject({ snapshotCount: 1 });
  });

  test('7.1 a store in trouble delays it, loses nothing, and is told', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    const on = withTrouble(new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1000 }));
    expect(await workOn(api, account, id, { on })).toBe('done');
    const problem = { code: 'Throttled', message: 'The object store is busy.' };
    const waiting = await getCopy(account, id);
    expect(waiting).toMatchObject({ status: 'PROGRESSING', copy: { problem } });
    api.clock.advance(20 * MINUTE_MS);
    await workOn(api, account, id, { on });
    expect((await getCopy(account, id)).copy.problem.since).toBe(waiting.copy.problem.since);
    api.clock.advance(40 * MINUTE_MS);
    expect((await sweepCopies(api.service, FOREVER)).woken).toBeGreaterThan(0);
    await workOn(api, account, id);
    expect(await getCopy(account, id)).toMatchObject({ status: 'ACCOMPLISHED', copy: { problem: null } });
  });

  test('7.1 one that goes on again wakes at once all that wait as it did', async () => {
    const { snapshot } = await withSnapshot();
    const [first, second] = [await copySnapshot(account, snapshot.id), await copySnapshot(account, snapshot.id)];
    const on = withTrouble(new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1000 }));
    for (let tries = 0; tries < 6; tries++) {
      for (const { id } of [first, second]) await workOn(api, account, id, { on });
      api.clock.advance(15 * MINUTE_MS);
    }
    await workOn(api, account, second.id, { on });
    expect(await workOn(api, account, second.id)).toBe('gone'); // it waits
    const sent: WorkMessage[] = [];
    const queue = { send: async (messages: readonly WorkMessage[]) => void sent.push(...messages) };
    expect(await workOn(api, account, first.id, { on: { ...api.service, queue } })).toBe('done');
    expect(sent).toContainEqual({ kind: 'copy', accountId: account.id, id: second.id });
    expect(await workOn(api, account, second.id)).toBe('done');
  });

  test('7.1 none waits any longer after a start', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    const on = withTrouble(new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1000 }));
    await workOn(api, account, id, { on });
    expect(await workOn(api, account, id)).toBe('gone');
    await sweepCopies(api.service, FOREVER);
    expect(await workOn(api, account, id)).toBe('gone');
    await sweepCopies(api.service, FOREVER, { isFirst: true });
    expect(await workOn(api, account, id)).toBe('done');
  });

  test('7.1 fails over a block of the source that is damaged, which is named', async () => {
    const { disk, snapshot } = await withSnapshot();
    const { id: objectId } = encodeBlock(blockOf('two'));
    const { domainId } = (await api.service.tree.get(account.id, disk.id)) ?? { domainId: '' };
    await api.service.objects(REGION).remove([objectKey(domainId, objectId)]);
    const { id } = await copySnapshot(account, snapshot.id);
    await workOn(api, account, id);
    const failed = await getCopy(account, id);
    expect(failed).toMatchObject({ status: 'FAILED', copy: { problem: { code: 'ObjectDamaged' } } });
    expect(failed.copy.problem.message).toContain(objectId);
    expect(await deleteSnapshots(account, [id])).toMatchObject([{ deleted: true, job: null }]);
    expect(await isThere(account, id)).toBe(false);
  });

  test('7.1 cancelled leaves nothing, and one that is done stays as it is', async () => {
    const { snapshot } = await withSnapshot();
    const { id, sourceDisk } = await copySnapshot(account, snapshot.id);
    await workOn(api, account, id, { until: api.clock.now() });
    expect(await cancelCopy(account, id)).toBe(true);
    expect(await isThere(account, id)).toBe(false);
    expect(await workOn(api, account, id)).toBe('gone');
    const chain = 'query ($id: ID!) { chain(id: $id) { id } }';
    const gone = await account.refusal(chain, { id: sourceDisk.id });
    expect(gone.extensions.code).toBe('NotFound');
    const done = await copySnapshot(account, snapshot.id);
    await workOn(api, account, done.id);
    expect(await cancelCopy(account, done.id)).toBe(false);
    expect(await cancelCopy(account, snapshot.id)).toBe(false);
    expect(await getSnapshot(account, done.id)).toMatchObject({ status: 'ACCOMPLISHED' });
  });

  test('7.1 in progress is cancelled by deleting it', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    expect(await deleteSnapshots(account, [id])).toMatchObject([{ deleted: true, job: null }]);
    expect(await isThere(account, id)).toBe(false);
    expect((await account.refusal(CANCEL_COPY, { input: { snapshotId: id } })).extensions.code).toBe('NotFound');
  });

  test('7.1 deleted frees its blocks there, and its chain goes with the last', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id);
    await workOn(api, account, id);
    const { domainId } = (await api.service.tree.get(account.id, id)) ?? { domainId: '' };
    expect((await objectsOf(OTHER_REGION, domainId)).length).toBeGreaterThan(2);
    await deleteSnapshots(account, [id]);
    await api.settle();
    expect(await getSnapshot(account, snapshot.id)).toMatchObject({ status: 'ACCOMPLISHED' });
    expect(await readBlocks(account, snapshot.id)).toEqual({ 0: 'one', 1500: 'two' });
  });

  test('7.1 has a retention of its own, which begins when it is there', async () => {
    const { snapshot } = await withSnapshot();
    const { id } = await copySnapshot(account, snapshot.id, { retentionDays: 1 });
    await workOn(api, account, id);
    const { createdAt, expiresAt } = await getSnapshot(account, id);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(24 * 60 * MINUTE_MS);
    api.clock.advance(25 * 60 * MINUTE_MS);
    await sweepExpired(api.service, FOREVER);
    expect(await isThere(account, id)).toBe(false);
    expect(await isThere(account, snapshot.id)).toBe(true);
  });
});

describe('7.1: an encrypted snapshot', () => {
  test('7.1 stays encrypted with the same key and data key; bytes stay as they are', async () => {
    const disk = await createDisk(account, { encrypted: true });
    const keysOf = async ({ encryption: { keyId, wrappedKey } }: Told) =>
      deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped: wrappedKey }));
    await writeBlocks(account, disk.id, 0, { 3: blockOf('secret') }, await keysOf(disk));
    const snapshot = await createSnapshot(account, disk.id);
    const { id } = await copySnapshot(account, snapshot.id);
    await workOn(api, account, id);
    const copy = await getCopy(account, id);
    expect(copy).toMatchObject({ encrypted: true, root: snapshot.root, encryption: { keyId: disk.encryption.keyId } });
    expect(copy.encryption.wrappedKey).not.toBe(disk.encryption.wrappedKey);
    expect(await readBlocks(account, id, await keysOf(copy))).toEqual({ 3: 'secret' });
    const clone = await createDisk(account, { snapshotId: id, sizeBytes: undefined });
    expect(clone).toMatchObject({ encrypted: true, status: 'AVAILABLE', encryption: copy.encryption });
    expect(await readBlocks(account, clone.id, await keysOf(clone))).toEqual({ 3: 'secret' });
    const back = await copySnapshot(account, id, { toRegion: REGION });
    await workOn(api, account, back.id);
    const home = await getCopy(account, back.id);
    expect(home).toMatchObject({ root: snapshot.root, encryption: disk.encryption, copy: { movedBlocks: 0 } });
  });

  test('7.1 is checked there by a scrub of all that is stored under its key', async () => {
    const disk = await createDisk(account, { encrypted: true });
    const { keyId, wrappedKey: wrapped } = disk.encryption;
    const keys = deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped }));
    await writeBlocks(account, disk.id, 0, { 0: blockOf('secret') }, keys);
    const { id } = await copySnapshot(account, (await createSnapshot(account, disk.id)).id);
    await workOn(api, account, id);
    const { startScrub } = await account.call(SCRUB_KEY, { keyId, region: OTHER_REGION });
    await runScrub(api.scrubs, { accountId: account.id, id: startScrub.scrub.id }, FOREVER);
    const { scrub } = await account.call(READ_SCRUB, { id: startScrub.scrub.id });
    expect(scrub).toMatchObject({ status: 'SUCCEEDED', versionsRead: 1, wrongCounts: 0 });
    expect(scrub.objectsRead).toBeGreaterThan(1);
  });

  test('7.1 whose key cannot be used there is refused before anything moves', async () => {
    const { id: snapshotId } = await createSnapshot(account, (await createDisk(account, { encrypted: true })).id);
    const keyFile = await readFile(api.keyFile, 'utf8');
    try {
      await writeFile(api.keyFile, '{"version":1,"keys":{}}', { mode: 0o600 });
      const refusal = await account.refusal(COPY_SNAPSHOT, { input: { snapshotId, toRegion: OTHER_REGION } });
      expect(refusal.extensions.code).toBe('KeyUnavailable');
    } finally {
      await writeFile(api.keyFile, keyFile, { mode: 0o600 });
    }
    const listed = await account.call(`{ snapshots(region: "${OTHER_REGION}") { nodes { id } } }`);
    expect(listed.snapshots.nodes).toEqual([]);
  });
});

describe('7.1: a copy is refused', () => {
  const refused = async (input: object, key?: string) =>
    (await account.refusal(COPY_SNAPSHOT, { input }, key)).extensions;

  test('7.1 to its own region, to none that there is, and of what is not there', async () => {
    const { snapshot } = await withSnapshot();
    const own = { code: 'InvalidParameter', field: 'toRegion' };
    expect(await refused({ snapshotId: snapshot.id, toRegion: REGION })).toMatchObject(own);
    expect(await refused({ snapshotId: snapshot.id, toRegion: 'nowhere' })).toMatchObject(own);
    const { id } = await copySnapshot(account, snapshot.id);
    expect(await refused({ snapshotId: id, toRegion: REGION })).toMatchObject({ code: 'SnapshotNotReady' });
    const never = `s-${'0'.repeat(20)}`;
    expect(await refused({ snapshotId: never, toRegion: OTHER_REGION })).toMatchObject({ code: 'NotFound' });
  });

  test('7.1 where snapshots are not switched on, or the quota there is used up', async () => {
    const { snapshot } = await withSnapshot();
    const input = { snapshotId: snapshot.id, toRegion: OTHER_REGION };
    const other = await api.createAccount();
    const disk = await createDisk(other);
    const theirs = { snapshotId: (await createSnapshot(other, disk.id)).id, toRegion: OTHER_REGION };
    const closed = await other.refusal(COPY_SNAPSHOT, { input: theirs });
    expect(closed.extensions.code).toBe('SnapshotServiceNotOpened');
    await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 1);
    const quota = 'mutation ($i: SetQuotaInput!) { setQuota(input: $i) { quota { limit } } }';
    await account.call(quota, { i: { kind: 'MANUAL_SNAPSHOTS_PER_DISK', limit: 1, region: OTHER_REGION } });
    await copySnapshot(account, snapshot.id);
    expect(await refused(input)).toMatchObject({ code: 'QuotaExceeded', limit: 1, used: 1 });
  });

  test('7.1, 1.4 where the quota allows none at all', async () => {
    const { snapshot } = await withSnapshot();
    const quota = { kind: 'MANUAL_SNAPSHOTS_PER_DISK', limit: 0, region: OTHER_REGION };
    await account.call(SET_QUOTA, { input: quota });
    const input = { snapshotId: snapshot.id, toRegion: OTHER_REGION };
    expect(await refused(input)).toMatchObject({ code: 'QuotaExceeded', limit: 0, used: 0 });
  });

  test('7.1 to whoever may not operate, or sees only one of the regions', async () => {
    const { snapshot } = await withSnapshot();
    const input = { snapshotId: snapshot.id, toRegion: OTHER_REGION };
    expect(await refused(input, await account.createKey('VIEWER'))).toMatchObject({ code: 'Forbidden' });
    const here = await account.createKey('ADMIN', [REGION]);
    expect(await refused(input, here)).toMatchObject({ code: 'InvalidParameter', field: 'toRegion' });
    const there = await account.createKey('ADMIN', [OTHER_REGION]);
    expect(await refused(input, there)).toMatchObject({ code: 'NotFound' });
  });

  test('4.12 the same token begins one copy', async () => {
    const { snapshot } = await withSnapshot();
    const first = await copySnapshot(account, snapshot.id, { clientToken: 'once' });
    expect((await copySnapshot(account, snapshot.id, { clientToken: 'once' })).id).toBe(first.id);
    const other = { snapshotId: snapshot.id, toRegion: OTHER_REGION, name: 'another', clientToken: 'once' };
    expect(await refused(other)).toMatchObject({ code: 'IdempotentParameterMismatch' });
  });
});
