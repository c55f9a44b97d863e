import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';
import { MANIFESTS } from '../../src/engine/books/manifest.ts';
import { RECLAIM_TIMES, reclaim } from '../../src/engine/reclaim/reclaim.ts';
import { type RebuildOptions, rebuild } from '../../src/service/manifests/rebuild.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, COMMIT, readBlocks, writeBlocks } from '../support/blocks.ts';
import { openOther } from '../support/copies.ts';
import { acquire, commit, commitInput, leased, refused } from '../support/leases.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getDisk,
  getSnapshot,
  setQuota,
  UPDATE_SNAPSHOT,
} from '../support/operations.ts';
import { createPolicy, getPolicy } from '../support/policies.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const HOUR_MS = 3_600_000;
const CREATE_IMAGE = 'mutation ($input: CreateImageInput!) { createImage(input: $input) { image { id } } }';
const IMAGE = 'query ($id: ID!) { image(id: $id) { id name snapshotId sizeBytes tags { key value } } }';
const ACCOUNT = `{ snapshotService { opened openedAt acceptedTerms } quotas { kind limit used } policies { nodes { id name } }
  disks { nodes { id name } } snapshots { nodes { id name } } chains { nodes { id snapshotCount } } }`;

let before: TestApi;
let account: TestAccount;
const made = { disks: [] as string[], snapshots: [] as string[], image: '', policy: '' };

beforeAll(async () => {
  before = await createTestApi();
  account = await before.createAccount();
  const plain = await createDisk(account, { name: 'plain', tags: [{ key: 'role', value: 'db' }] });
  await writeBlocks(account, plain.id, 0, { 0: blockOf('a'), 1: blockOf('b'), 700: blockOf('c') });
  const first = await createSnapshot(account, plain.id, { name: 'first', description: 'of many', retentionDays: 9 });
  await writeBlocks(account, plain.id, 1, { 1: blockOf('d') });
  const second = await createSnapshot(account, plain.id);
  await openOther(account);
  const copyTargets = [{ region: OTHER_REGION, retentionDays: 90 }];
  const policy = await createPolicy(account, { name: 'nightly', hours: [3], retentionDays: 9, copyTargets });
  made.policy = policy.id;
  await createPolicy(account, { name: 'idle', retentionDays: null });
  const clone = await createDisk(account, { snapshotId: second.id, policyId: policy.id });
  await writeBlocks(account, clone.id, 0, { 5: blockOf('e') });
  await writeBlocks(account, plain.id, 2, { 2: blockOf('f') });
  const third = await createSnapshot(account, plain.id);
  made.image = (
    await account.call(CREATE_IMAGE, { input: { snapshotId: third.id, name: 'golden' } })
  ).createImage.image.id;
  await deleteSnapshots(account, [second.id], true); // two stand on it: it is hidden, and stays
  const sealed = await createDisk(account, { encrypted: true });
  await writeBlocks(account, sealed.id, 0, { 3: blockOf('secret') }, await keysOf(before, sealed));
  const secret = await createSnapshot(account, sealed.id);
  await account.call(UPDATE_SNAPSHOT, {
    input: { snapshotId: first.id, name: 'renamed', tags: [{ key: 'k', value: 'v' }] },
  });
  await setQuota(account, 'MANUAL_SNAPSHOTS_PER_DISK', 7);
  made.disks.push(plain.id, clone.id, sealed.id);
  made.snapshots.push(first.id, third.id, secret.id);
  await before.settle();
});
afterAll(() => before.close());

/**
 * Everything that can be asked, but for the disks' versions: those jump, so that nobody writes over
 * what he has not seen.
 */
async function answers(asked: TestAccount): Promise<Told> {
  const disks = await Promise.all(made.disks.map((id) => getDisk(asked, id)));
  return {
    account: await asked.call(ACCOUNT),
    disks: disks.map(({ version: _, ...disk }) => disk),
    snapshots: await Promise.all(made.snapshots.map((id) => getSnapshot(asked, id))),
    chains: await Promise.all(made.disks.map((id) => getChain(asked, id))),
    policy: await getPolicy(asked, made.policy),
    image: await asked.call(IMAGE, { id: made.image }),
    contents: await contents(asked),
  };
}

/** Of encrypted ones with the key that the rebuilt catalogue gives. */
async function contents(asked: TestAccount): Promise<Told> {
  const [, , sealedId = ''] = made.disks;
  const [, , secretId = ''] = made.snapshots;
  const keys = await keysOf(before, await getDisk(asked, sealedId));
  const sealed = [sealedId, secretId].map((id) => readBlocks(asked, id, keys));
  const plain = [...made.disks.slice(0, 2), ...made.snapshots.slice(0, 2), made.image];
  return Promise.all([...plain.map((id) => readBlocks(asked, id)), ...sealed]);
}

async function keysOf(api: TestApi, { encryption: { keyId, wrappedKey: wrapped } }: Told) {
  return deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped }));
}

const rebuilt = (api: TestApi, options: RebuildOptions = {}, until = FOREVER) =>
  rebuild(
    { engine: api.engine, regions: [REGION], random: api.service.random },
    { account: account.id, ...options },
    until,
  );

test('a catalogue made again from the bucket answers as the lost one did, and reclaim frees nothing that lives', async () => {
  const was = await answers(account);
  const after = await createTestApi({ after: before });
  try {
    const report = await rebuilt(after);
    expect(report).toMatchObject({ finished: true, losses: [], reclaimHeldBack: false, alreadyThere: 0 });
    expect(report.disks.map(({ diskId }) => diskId).sort()).toEqual([...made.disks].sort());
    const again = after.accountOf(account.id, report.apiKeys[0]?.apiKey ?? '');
    await after.settle();
    expect(await answers(again)).toEqual(was);
    const disk = await getDisk(again, made.disks[0] ?? '');
    await writeBlocks(again, disk.id, disk.version, { 9: blockOf('g') });
    for (let pass = 0; pass < 3; pass++) {
      after.clock.advance(25 * HOUR_MS);
      await reclaim(after.engine, RECLAIM_TIMES, { domainId: await domainOf(after), regionId: REGION }, FOREVER);
    }
    expect((await contents(again)).slice(1)).toEqual(was.contents.slice(1));
  } finally {
    await after.close();
  }
});

async function domainOf(api: TestApi): Promise<string> {
  const node = await api.service.tree.get(account.id, made.disks[0] ?? '');
  return node?.domainId ?? '';
}

test('a rebuild goes on where time ended, a second one is refused, and one that is forced changes nothing', async () => {
  const after = await createTestApi({ after: before });
  try {
    for (let calls = 1; ; calls++) {
      const report = await rebuilt(after, {}, 0);
      if (report.finished) break;
      expect(calls).toBeLessThan(100);
    }
    await expect(rebuilt(after)).rejects.toThrow(/has disks already/);
    await expect(rebuilt(after, { account: 'nobody' })).rejects.toThrow(/has no manifest of account nobody/);
    const report = await rebuilt(after, { intoNonEmpty: true });
    expect(report).toMatchObject({ finished: true, restored: 0, losses: [], apiKeys: [] });
  } finally {
    await after.close();
  }
});

test('a damaged manifest is named, and reclaim is held back until the loss is accepted', async () => {
  const { objects } = before;
  const { keys } = await objects.list(`${MANIFESTS}${account.id}/${made.snapshots[0]}/`, { limit: 10 });
  const key = keys.at(-1)?.key ?? '';
  const bytes = (await objects.get(key)) ?? Buffer.alloc(0);
  const after = await createTestApi({ after: before });
  try {
    await objects.put(key, Buffer.concat([bytes.subarray(0, 150), Buffer.from('x'), bytes.subarray(151)]));
    const damaged = await rebuilt(after);
    expect(damaged).toMatchObject({ finished: true, reclaimHeldBack: true });
    expect(damaged.losses).toEqual([{ what: key, why: expect.stringContaining('checksum') }]);
    await objects.put(key, bytes);
    expect(await rebuilt(after)).toMatchObject({ restored: 1, losses: [], reclaimHeldBack: false });
  } finally {
    await objects.put(key, bytes);
    await after.close();
  }
});

test('9.3: after a rebuild nobody holds a disk, and no fence from before is worth anything', async () => {
  const other = await before.createAccount();
  const disk = await createDisk(other);
  const { lease } = await acquire(other, disk.id);
  const written = await commit(other, disk.id, { text: 'held', version: 0, fence: lease.fence });
  await createSnapshot(other, disk.id); // in progress: it has no contents, and is not in the bucket
  await before.settle();
  const after = await createTestApi({ after: before });
  try {
    const { apiKeys } = await rebuilt(after, { account: other.id });
    const again = after.accountOf(other.id, apiKeys[0]?.apiKey ?? '');
    const now = await leased(again, disk.id);
    expect(now).toMatchObject({ status: 'AVAILABLE', lease: null, instances: [] });
    expect(now.version).toBeGreaterThan(written);
    const late = await commitInput(again, disk.id, { text: 'late', version: now.version, fence: lease.fence });
    expect(await refused(again, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
    expect((await acquire(again, disk.id)).lease.fence).toBeGreaterThan(lease.fence + 1000);
    expect(await readBlocks(again, disk.id)).toEqual({ 0: 'held' });
  } finally {
    await after.close();
  }
});
