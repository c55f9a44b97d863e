import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, COMMIT, encodeBlock, readBlocks } from '../support/blocks.ts';
import {
  ACQUIRE,
  acquire,
  COMMIT_DRAFT,
  commit,
  commitInput,
  leased,
  MINUTE_MS,
  OPEN_DRAFT,
  RENEW,
  refused,
  releaseLease,
  renew,
  TTL_MS,
} from '../support/leases.ts';
import { createDisk, getDisk } from '../support/operations.ts';

const GONE = 'query ($id: ID!) { node(id: $id) { id } }';

let api: TestApi;
let account: TestAccount;
let disk: Told;
beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(async () => {
  account = await api.createAccount();
  disk = await createDisk(account);
});
afterAll(() => api.close());

describe('9.3: one writer at a time', () => {
  test('9.3: a lease tells who has the disk, and how to keep it', async () => {
    const { lease, disk: after } = await acquire(account, disk.id);
    expect(lease).toMatchObject({ diskId: disk.id, holder: 'host-a', fence: 1, renewAfterMs: 5000, flushRequest: 0 });
    expect(Date.parse(lease.expiresAt) - Date.parse(lease.acquiredAt)).toBe(TTL_MS);
    expect(after).toMatchObject({
      status: 'IN_USE',
      instances: [{ id: lease.instanceId, name: 'host-a', kind: 'HOST' }],
    });
    expect((await leased(account, disk.id)).lease).toEqual(lease);
  });

  test('9.3: a second one is refused with the name of the holder, until the lease expires', async () => {
    const { lease } = await acquire(account, disk.id);
    for (const holder of ['host-b', 'host-a']) {
      expect(await refused(account, ACQUIRE, { diskId: disk.id, holder })).toMatchObject({
        code: 'DiskLocked',
        diskId: disk.id,
        holder: 'host-a',
        fence: lease.fence,
        expiresAt: lease.expiresAt,
      });
    }
    api.clock.advance(TTL_MS);
    expect((await leased(account, disk.id)).lease).toBeNull();
    const next = await acquire(account, disk.id, { holder: 'host-b' });
    expect(next.lease.fence).toBeGreaterThan(lease.fence);
    expect(next.disk.instances).toMatchObject([{ name: 'host-b' }]);
  });

  test('9.3: commits go with the fence; without it the disk is locked, with an old one the lease is lost', async () => {
    const { lease } = await acquire(account, disk.id);
    const version = await commit(account, disk.id, { text: 'one', version: 0, fence: lease.fence });
    const without = await commitInput(account, disk.id, { text: 'two', version });
    expect(await refused(account, COMMIT, without)).toMatchObject({ code: 'DiskLocked', holder: 'host-a' });
    for (const fence of [lease.fence - 1, lease.fence + 1]) {
      expect(await refused(account, COMMIT, { ...without, fence })).toMatchObject({
        code: 'LeaseLost',
        holder: 'host-a',
      });
    }
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'one' });
  });

  test('9.3: a stolen lease fences its holder off, whatever it has under way', async () => {
    const first = await acquire(account, disk.id);
    const late = await commitInput(account, disk.id, { text: 'late', version: 0, fence: first.lease.fence });
    const second = await acquire(account, disk.id, { holder: 'host-b', steal: true });
    expect(second.disk.instances).toMatchObject([{ name: 'host-b' }]);
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost', holder: 'host-b' });
    const { diskId, fence } = first.lease;
    expect(await refused(account, RENEW, { diskId, fence })).toMatchObject({ code: 'LeaseLost', holder: 'host-b' });
    await releaseLease(account, disk.id, fence);
    expect((await leased(account, disk.id)).lease.holder).toBe('host-b');
    await commit(account, disk.id, { text: 'new', version: 0, fence: second.lease.fence });
  });

  test('9.3: an expired lease goes on as long as nobody took its place', async () => {
    const { lease } = await acquire(account, disk.id);
    api.clock.advance(4 * MINUTE_MS);
    const version = await commit(account, disk.id, { text: 'late', version: 0, fence: lease.fence });
    const revived = await renew(account, disk.id, lease.fence);
    expect(Date.parse(revived.expiresAt)).toBeGreaterThan(api.clock.now());
    expect(revived).toMatchObject({ fence: lease.fence, acquiredAt: lease.acquiredAt });
    const other = await commitInput(account, disk.id, { text: 'other', version });
    expect(await refused(account, COMMIT, other)).toMatchObject({ code: 'DiskLocked' });
  });

  test('9.3: who writes without a lease after one has expired keeps its holder out', async () => {
    const { lease } = await acquire(account, disk.id);
    api.clock.advance(TTL_MS);
    const version = await commit(account, disk.id, { text: 'other', version: 0 });
    expect(await leased(account, disk.id)).toMatchObject({ status: 'AVAILABLE', instances: [] });
    const late = await commitInput(account, disk.id, { text: 'late', version, fence: lease.fence });
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
    expect(await refused(account, RENEW, { diskId: disk.id, fence: lease.fence })).toMatchObject({ code: 'LeaseLost' });
  });

  test('9.3: drafts are opened and committed under the fence', async () => {
    const { lease } = await acquire(account, disk.id);
    const input = { diskId: disk.id, expectedVersion: 0 };
    expect(await refused(account, OPEN_DRAFT, input)).toMatchObject({ code: 'DiskLocked' });
    expect(await refused(account, OPEN_DRAFT, { ...input, fence: 99 })).toMatchObject({ code: 'LeaseLost' });
    const { openDraft } = await account.call(OPEN_DRAFT, { input: { ...input, fence: lease.fence } });
    const draftId = openDraft.draft.id;
    await commit(account, draftId, { text: 'much', version: 0 });
    expect(await refused(account, COMMIT_DRAFT, { draftId })).toMatchObject({ code: 'DiskLocked' });
    expect(await refused(account, COMMIT_DRAFT, { draftId, fence: 99 })).toMatchObject({ code: 'LeaseLost' });
    await account.call(COMMIT_DRAFT, { input: { draftId, fence: lease.fence } });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'much' });
  });

  test('9.3: a draft of somebody without a lease waits for the end of one', async () => {
    const { openDraft } = await account.call(OPEN_DRAFT, { input: { diskId: disk.id, expectedVersion: 0 } });
    const draftId = openDraft.draft.id;
    await commit(account, draftId, { text: 'much', version: 0 });
    await acquire(account, disk.id);
    expect(await refused(account, COMMIT_DRAFT, { draftId })).toMatchObject({ code: 'DiskLocked' });
    api.clock.advance(TTL_MS);
    await account.call(COMMIT_DRAFT, { input: { draftId } });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'much' });
    expect((await getDisk(account, disk.id)).status).toBe('AVAILABLE');
  });

  test('9.3: released, the disk is as it was, and the old fence is worth nothing', async () => {
    const { lease } = await acquire(account, disk.id);
    expect(await releaseLease(account, disk.id, lease.fence)).toEqual({
      id: disk.id,
      status: 'AVAILABLE',
      lease: null,
      instances: [],
    });
    await releaseLease(account, disk.id, lease.fence);
    const late = await commitInput(account, disk.id, { text: 'late', version: 0, fence: lease.fence });
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
    await commit(account, disk.id, { text: 'free', version: 0 });
    expect((await account.call(GONE, { id: lease.instanceId })).node).toBeNull();
  });

  test('9.3, 4.12: the same token takes it once, and does not take it back', async () => {
    const input = { clientToken: 'once' };
    const { lease } = await acquire(account, disk.id, input);
    expect((await acquire(account, disk.id, input)).lease).toEqual(lease);
    expect(await refused(account, ACQUIRE, { diskId: disk.id, holder: 'x', ...input })).toMatchObject({
      code: 'IdempotentParameterMismatch',
    });
    await acquire(account, disk.id, { holder: 'host-b', steal: true });
    expect(await refused(account, ACQUIRE, { diskId: disk.id, holder: 'host-a', ...input })).toMatchObject({
      code: 'LeaseLost',
      holder: 'host-b',
    });
  });

  test('9.3: a disk that is held can be kept for reading, and is not disturbed by it', async () => {
    const { fence } = (await acquire(account, disk.id)).lease;
    await commit(account, disk.id, { text: 'before', version: 0, fence });
    expect(await refused(account, OPEN_DRAFT, { diskId: disk.id, expectedVersion: 1 })).toMatchObject({
      code: 'DiskLocked',
    });
    const input = { diskId: disk.id, expectedVersion: 1, forReading: true };
    const { draft } = (await account.call(OPEN_DRAFT, { input })).openDraft;
    await commit(account, disk.id, { text: 'after', version: 1, fence });
    const map = 'query ($input: BlockMapInput!) { blockMap(input: $input) { blocks { id } } }';
    const blocks = async (source: string) => (await account.call(map, { input: { source } })).blockMap.blocks;
    expect(await blocks(draft.id)).toEqual([{ id: encodeBlock(blockOf('before')).id }]);
    expect(await blocks(disk.id)).toEqual([{ id: encodeBlock(blockOf('after')).id }]);
    expect(await refused(account, COMMIT_DRAFT, { draftId: draft.id })).toMatchObject({ code: 'DiskLocked' });
  });
});
