import { describe, expect, test } from 'vitest';
import { isoTime } from '../../src/platform/clock.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { watchClock } from '../../src/service/clocks/watch.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { clockEntity } from '../../src/service/model/clocks/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { type ClockWorld, clockWorld, DAY_MS, HOUR_MS, MINUTE_MS } from '../support/jumping-clock.ts';
import { caller, newDisk } from '../support/lease-scene.ts';
import { MEMORY_ACCOUNT } from '../support/memory-service.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { FREE_DISK } from '../support/sweep-cases.ts';

const AHEAD = 'the clock is ahead of what can be explained: nothing is deleted because of time until it is';
const BEHIND = 'the clock is behind what can be explained';
const AGAIN = 'the clock is explained again';

async function keptForAWeek({ service }: ClockWorld): Promise<void> {
  const { id: diskId } = await newDisk(service);
  const input = { diskId, name: null, description: null, tags: [], clientToken: null, retentionDays: 7 };
  await createSnapshot(service, caller, input);
}
const kept = ({ harness }: ClockWorld) => harness.catalogue.rows(snapshotEntity).length;
const clockRows = ({ harness }: ClockWorld) => harness.catalogue.rows(clockEntity);

describe('10.4: while the clock is ahead of what explains it', () => {
  test('nothing is deleted because of time, however long, and it is one event', async () => {
    const world = await clockWorld({ storeNow: (now) => now });
    await keptForAWeek(world);
    const expiresAt = isoTime(world.now() + DAY_MS);
    await createDisk(world.service, caller, { ...FREE_DISK, chargeType: 'PREPAID', expiresAt });
    await markInArrears(world.service, { account: MEMORY_ACCOUNT });
    world.setWrong(40 * DAY_MS);
    await world.minutes(3);
    expect(await world.round()).toMatchObject({ kind: 'ahead', byMs: 40 * DAY_MS });
    world.pass(6 * DAY_MS);
    await world.minutes(2);
    expect([kept(world), world.harness.catalogue.rows(diskEntity).length]).toEqual([1, 2]);
    expect(world.events.filter((message) => message.startsWith('the clock'))).toEqual([AHEAD]);
  });

  test('it heals by itself once the clock is right', async () => {
    const world = await clockWorld();
    await keptForAWeek(world);
    world.setWrong(40 * DAY_MS);
    await world.minutes(2);
    world.setWrong(0);
    world.pass(7 * DAY_MS);
    await world.minutes(1);
    expect(kept(world)).toBe(0);
    expect(world.events).toEqual([AHEAD, AGAIN]);
  });

  test('a clock that jumps in the middle of a round deletes nothing more', async () => {
    const { watch, service, setWrong } = await clockWorld();
    const now = () => service.clock.now();
    expect(watch.trust.mayDeleteByTime(now())).toBe(true);
    setWrong(40 * DAY_MS);
    expect(watch.trust.mayDeleteByTime(now())).toBe(false);
    expect(watch.trust.isTrusted(now())).toBe(false);
    setWrong(-40 * DAY_MS);
    expect(watch.trust.mayDeleteByTime(now())).toBe(true);
    expect(watch.trust.isTrusted(now())).toBe(false);
    setWrong(0);
    expect(watch.trust.isTrusted(now())).toBe(true);
  });
});

describe('10.4: a machine that was off for 40 days', () => {
  test('deletes nothing for a day, and then what is due', async () => {
    const world = await clockWorld();
    await keptForAWeek(world);
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    expect(kept(world)).toBe(1);
    world.pass(23 * HOUR_MS);
    await world.round();
    expect(kept(world)).toBe(1);
    world.pass(HOUR_MS);
    expect(await world.round()).toEqual({ kind: 'trusted', by: 'patience' });
    expect(kept(world)).toBe(0);
  });

  test('deletes what is due at once where the store has a clock of its own', async () => {
    const world = await clockWorld({ storeNow: (now) => now });
    await keptForAWeek(world);
    world.restart(40 * DAY_MS);
    await world.round();
    expect(kept(world)).toBe(0);
  });
});

test('10.4: a clock that is behind is an event, and deletes what is due', async () => {
  const world = await clockWorld();
  await keptForAWeek(world);
  world.pass(47 * DAY_MS);
  world.setWrong(-40 * DAY_MS);
  await world.round();
  expect(kept(world)).toBe(0);
  expect(world.events).toEqual([BEHIND]);
});

test('10.4: what is known of the clock is written once a minute at most', async () => {
  const world = await clockWorld();
  const written = () => clockRows(world)[0]?.step;
  expect(written()).toBe(1);
  for (let second = 0; second < 60; second++) {
    await world.watch.observe();
    world.pass(1000);
  }
  expect(written()).toBe(1);
  await world.watch.observe();
  expect(written()).toBe(2);
});

test('10.4: before the first look nothing may be deleted', async () => {
  const world = await clockWorld();
  const trust = watchClock({
    catalogue: world.service.catalogue,
    clock: world.service.clock,
    log: SILENT_LOG,
    system: () => ({ uptimeMs: 0, isSynchronised: true }),
    storeNow: () => undefined,
    elapsedMs: () => 0,
  }).trust;
  expect(trust.mayDeleteByTime(world.now())).toBe(false);
  expect(trust.isTrusted(world.now())).toBe(false);
  expect(trust.correct(MINUTE_MS)).toBe(MINUTE_MS);
});
