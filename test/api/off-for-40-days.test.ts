import { describe, expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { accountOf, createKeyOf, type TestAccount } from '../support/api.ts';
import { type ClockWorld, clockWorld, DAY_MS, HOUR_MS, MINUTE_MS } from '../support/jumping-clock.ts';
import { commit } from '../support/lease-scene.ts';
import { acquire, leased, renew } from '../support/leases.ts';
import { MEMORY_ACCOUNT } from '../support/memory-service.ts';
import { createDisk, createSnapshot, GIB, isThere } from '../support/operations.ts';
import { createPolicy, getPolicy } from '../support/policies.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { autoSnapshots, guarded, slotsOf } from '../support/timer.ts';

const OFF_MS = 40 * DAY_MS;
const OPEN_DRAFT = 'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }';
const DISKS = '{ disks(first: 100) { nodes { id } } }';

async function worldWithAccount(options: Parameters<typeof clockWorld>[0] = {}) {
  const world = await clockWorld(options);
  const { service } = world;
  const key = await createKeyOf(service, MEMORY_ACCOUNT, 'ADMIN');
  const handle = createHandler(service, SILENT_LOG);
  return { world, account: accountOf({ service, handle, log: [] }, MEMORY_ACCOUNT, key) };
}

/** An account in use, when the machine is switched off. */
async function prepare(world: ClockWorld, account: TestAccount) {
  const policy = await createPolicy(account, { hours: [1], retentionDays: 30 });
  const [guardedDisk = ''] = await guarded(account, policy.id, 1);
  world.pass(DAY_MS + HOUR_MS);
  await world.minutes(2);
  const [auto] = await autoSnapshots(account, guardedDisk);

  const disk = await createDisk(account, { name: 'data' });
  await write(world, disk.id, 1);
  const kept: Record<string, string> = {};
  for (const [name, retentionDays] of [
    ['for ever', null],
    ['60 days', 60],
    ['7 days', 7],
  ] as const)
    kept[name] = (await createSnapshot(account, disk.id, { retentionDays })).id;
  await write(world, disk.id, 9); // the first block is now the snapshots' alone
  const { draft } = (await account.call(OPEN_DRAFT, { input: { diskId: disk.id, expectedVersion: 2 } })).openDraft;
  const held = await createDisk(account, { name: 'held' });
  const { lease } = await acquire(account, held.id);
  const expiresAt = new Date(world.service.clock.now() + 10 * DAY_MS).toISOString();
  const prepaid = await createDisk(account, { chargeType: 'PREPAID', expiresAt, sizeBytes: GIB });
  await world.minutes(2);
  return { policy, guardedDisk, auto, disk, kept, draft, held, lease, prepaid };
}

type Before = Awaited<ReturnType<typeof prepare>>;

async function write({ harness, service }: ClockWorld, diskId: string, value: number): Promise<void> {
  const row = await service.catalogue.get(diskEntity, { accountId: MEMORY_ACCOUNT, id: diskId });
  if (row === undefined) throw new Error('no disk');
  await commit(harness, service, row, { value });
}

/** What is there of all that has an end, by its name. */
async function there(world: ClockWorld, account: TestAccount, { kept, auto, draft, prepaid }: Before) {
  const found: string[] = [];
  for (const [name, id] of Object.entries(kept)) if (await isThere(account, id)) found.push(name);
  if (await isThere(account, auto.id)) found.push('auto, 30 days');
  // Nobody can go on with it once it is over; what it holds is kept all the same.
  const drafts = world.harness.catalogue.rows(draftEntity);
  if (drafts.some(({ id, state }) => id === draft.id && state === 'OPEN')) found.push('draft');
  const { nodes } = (await account.call(DISKS)).disks;
  if (nodes.some(({ id }: { readonly id: string }) => id === prepaid.id)) found.push('prepaid disk');
  return found;
}

const ALL = ['for ever', '60 days', '7 days', 'auto, 30 days', 'draft', 'prepaid disk'];
const NOT_OVER = ['for ever', '60 days'];

/** Objects that something refers to, and that are not stored. */
function lostObjects({ harness }: ClockWorld): string[] {
  return harness.catalogue
    .rows(objectEntity)
    .filter(({ refs, domainId, id }) => refs > 0 && !harness.objects.stored.has(objectKey(domainId, id as never)))
    .map(({ id }) => id);
}

/** One for the latest hour that was missed; then the policy goes on. */
async function policyGoesOn(world: ClockWorld, account: TestAccount, { policy, guardedDisk, auto }: Before) {
  const made = (await autoSnapshots(account, guardedDisk)).filter(({ id }) => id !== auto.id);
  expect(made).toHaveLength(1);
  const { nodes } = await slotsOf(account, policy.id);
  const now = world.service.clock.now();
  expect(nodes[0]).toMatchObject({ status: 'DONE', doneCount: 1, failedCount: 0, missedSlots: expect.any(Number) });
  expect(nodes[0].missedSlots).toBeGreaterThanOrEqual(39);
  expect(Date.parse(nodes[0].slotAt)).toBeGreaterThan(now - DAY_MS - HOUR_MS);
  const { nextRunAt } = await getPolicy(account, policy.id);
  expect(Date.parse(nextRunAt)).toBeGreaterThan(now);
  expect(Date.parse(nextRunAt)).toBeLessThanOrEqual(now + DAY_MS);
}

/** Its holder went with the machine; the next one needs no force. */
async function leaseIsFree(account: TestAccount, { held, lease }: Before) {
  expect((await leased(account, held.id)).lease).toBeNull();
  const next = await acquire(account, held.id, { holder: 'host-b' });
  expect(next.lease.fence).toBeGreaterThan(lease.fence);
  await renew(account, held.id, next.lease.fence);
}

describe('10.4: a machine that was simply off for 40 days', () => {
  test('deletes nothing in the first day, then what is over and nothing else; the rest goes on at once', async () => {
    const { world, account } = await worldWithAccount();
    const before = await prepare(world, account);
    expect(await there(world, account, before)).toEqual(ALL);
    world.restart(OFF_MS);
    await world.minutes(12);
    expect(await there(world, account, before)).toEqual(ALL);
    await policyGoesOn(world, account, before);
    await leaseIsFree(account, before);

    world.pass(23 * HOUR_MS);
    await world.minutes(2);
    expect(await there(world, account, before)).toEqual(ALL);
    world.pass(HOUR_MS);
    await world.minutes(15);
    expect(await there(world, account, before)).toEqual(NOT_OVER);
    world.pass(2 * DAY_MS);
    await world.minutes(10);
    expect(await there(world, account, before)).toEqual(NOT_OVER);
    expect(lostObjects(world)).toEqual([]);
  });

  test('deletes what is over at once where the store has a clock of its own, and nothing else', async () => {
    const { world, account } = await worldWithAccount({ storeNow: (now) => now });
    const before = await prepare(world, account);
    world.restart(OFF_MS);
    await world.minutes(12);
    expect(await there(world, account, before)).toEqual(NOT_OVER);
    await policyGoesOn(world, account, before);
    await leaseIsFree(account, before);
    world.pass(3 * DAY_MS);
    await world.minutes(10);
    expect(await there(world, account, before)).toEqual(NOT_OVER);
    expect(lostObjects(world)).toEqual([]);
    world.pass(60 * DAY_MS + MINUTE_MS);
    await world.minutes(2);
    expect(await there(world, account, before)).toEqual(['for ever']);
  });
});
