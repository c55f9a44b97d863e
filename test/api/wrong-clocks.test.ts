import { beforeEach, describe, expect, test } from 'vitest';
import { type ClockWatch, watchClock } from '../../src/service/clocks/watch.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import type { Service } from '../../src/service/service.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import type { TestAccount } from '../support/api.ts';
import { acquire, leased, MINUTE_MS } from '../support/leases.ts';
import { createDisk, createSnapshot, getSnapshot, isThere } from '../support/operations.ts';
import { createPolicy, getPolicy } from '../support/policies.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { autoSnapshots, createTimer, DAY_MS, guarded, HOUR_MS, timedApi } from '../support/timer.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const JUMP_MS = 40 * DAY_MS;

const { api } = await timedApi();
/** How far the tests have let time pass. */
let passedMs: number;
let watch: ClockWatch;
let service: Service;
let account: TestAccount;
/** The first look of each test is explained, whatever the test before it has left. */
let isSynchronised = false;

beforeEach(async () => {
  passedMs = 0;
  const elapsedMs = () => performance.now() + passedMs;
  watch = watchClock({
    catalogue: api.catalogue,
    clock: api.clock,
    log: SILENT_LOG,
    system: () => ({ uptimeMs: elapsedMs(), isSynchronised }),
    storeNow: () => undefined,
    elapsedMs,
  });
  service = { ...api.service, trust: watch.trust };
  account = await api.createAccount();
  isSynchronised = true;
  await watch.observe();
  isSynchronised = false;
});
function pass(ms: number): void {
  passedMs += ms;
  api.clock.advance(ms);
}

/** A minute of the timer and the janitor, with its workers. */
async function round(): Promise<void> {
  await watch.observe();
  await createTimer({ service }).fire();
  await sweepLeases(service, FOREVER);
  await sweepOverdue(service, FOREVER);
  await sweepExpired(service, FOREVER);
}

async function wrongForOneTick(byMs: number, meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
  api.clock.advance(byMs);
  await meanwhile();
  await round();
  api.clock.advance(-byMs);
  await round();
}

describe('10.4: a clock that was 40 days ahead for one tick', () => {
  test('leaves the hours of today as they were', async () => {
    const toTheHour = HOUR_MS - (api.clock.now() % HOUR_MS);
    pass(toTheHour + 10 * MINUTE_MS);
    const policy = await createPolicy(account, { hours: Array.from({ length: 24 }, (_, hour) => hour) });
    const [diskId = ''] = await guarded(account, policy.id, 1);
    const before = (await getPolicy(account, policy.id)).nextRunAt;
    await wrongForOneTick(JUMP_MS);
    expect((await getPolicy(account, policy.id)).nextRunAt).toBe(before);
    const ofTheWrongClock = (await autoSnapshots(account, diskId)).length;
    pass(51 * MINUTE_MS);
    await round();
    expect(await autoSnapshots(account, diskId)).toHaveLength(ofTheWrongClock + 1);
  });

  test('leaves the lease of a killed writer no longer than any', async () => {
    const disk = await createDisk(account);
    await wrongForOneTick(JUMP_MS, () => acquire(account, disk.id));
    expect((await leased(account, disk.id)).lease).not.toBeNull();
    pass(6 * MINUTE_MS);
    await round();
    pass(6 * MINUTE_MS);
    await round();
    expect(await leased(account, disk.id)).toMatchObject({ status: 'AVAILABLE', lease: null, instances: [] });
  });

  test('deletes no snapshot whose retention it makes look over', async () => {
    const disk = await createDisk(account);
    const { id } = await createSnapshot(account, disk.id, { retentionDays: 7 });
    await wrongForOneTick(JUMP_MS);
    expect(await getSnapshot(account, id)).toMatchObject({ id, status: 'ACCOMPLISHED' });
    pass(7 * DAY_MS);
    await round();
    expect(await isThere(account, id)).toBe(false);
  });
});

test('10.4: a snapshot that a clock made which was 40 days behind is kept from when it was really made', async () => {
  const disk = await createDisk(account);
  let id = '';
  await wrongForOneTick(-JUMP_MS, async () => {
    ({ id } = await createSnapshot(account, disk.id, { retentionDays: 7 }));
  });
  const kept = await getSnapshot(account, id);
  expect(Date.parse(kept.createdAt)).toBeGreaterThan(api.clock.now() - HOUR_MS);
  expect(Date.parse(kept.expiresAt)).toBe(Date.parse(kept.createdAt) + 7 * DAY_MS);
  pass(7 * DAY_MS);
  await round();
  expect(await isThere(account, id)).toBe(false);
});
