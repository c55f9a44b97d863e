import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { setTrashRetention } from '../../src/service/accounts/trash-hours.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { answerOfClock } from '../../src/service/figures/trust-clock.ts';
import { deleteImage } from '../../src/service/images/change.ts';
import { createImage } from '../../src/service/images/create.ts';
import { INSTALLATION } from '../../src/service/model/audit/rows.ts';
import { clockEntity } from '../../src/service/model/clocks/rows.ts';
import { eventOutboxEntity } from '../../src/service/model/events/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import { auditedService, recordsIn } from '../support/audit-scene.ts';
import { type ClockWorld, clockWorld, DAY_MS, HOUR_MS, MINUTE_MS } from '../support/jumping-clock.ts';
import { caller, newDisk } from '../support/lease-scene.ts';
import { FREE_DISK } from '../support/sweep-cases.ts';

const NAMED = { name: null, description: null, tags: [], clientToken: null };
const BY_PERSON = { force: true, by: 'PERSON' } as const;
const EMPTY = { snapshots: 0, disks: 0, images: 0 };

async function keptForAWeek({ service }: ClockWorld): Promise<void> {
  const { id: diskId } = await newDisk(service);
  await createSnapshot(service, caller, { ...NAMED, diskId, retentionDays: 7 });
}

async function newSnapshot({ service }: ClockWorld, diskId: string): Promise<string> {
  return (await createSnapshot(service, caller, { ...NAMED, diskId, retentionDays: null })).id;
}

const kept = ({ harness }: ClockWorld) => harness.catalogue.rows(snapshotEntity).length;
const told = ({ harness }: ClockWorld) => harness.catalogue.rows(eventOutboxEntity).map(({ type }) => type);
const heldSince = ({ harness }: ClockWorld) => harness.catalogue.rows(clockEntity)[0]?.heldSince;
const shown = ({ service }: ClockWorld) => isoTime(service.clock.now());
const ask = ({ service, watch }: ClockWorld, said: object) =>
  answerOfClock({ service, clockWatch: watch, expiredGraceMs: DAY_MS }, said);

describe('10.4: a hold is an event', () => {
  test('when it begins and when it ends, once each', async () => {
    const world = await clockWorld();
    expect([told(world), heldSince(world)]).toEqual([[], undefined]);
    world.setWrong(40 * DAY_MS);
    await world.minutes(3);
    expect(told(world)).toEqual(['clock.hold.began']);
    expect(heldSince(world)).toBe(world.now() + 40 * DAY_MS - 2 * MINUTE_MS);
    world.setWrong(50 * DAY_MS);
    await world.minutes(2);
    expect(told(world)).toEqual(['clock.hold.began']);
    world.setWrong(0);
    await world.minutes(3);
    expect(told(world).sort()).toEqual(['clock.hold.began', 'clock.hold.ended']);
    expect(heldSince(world)).toBeUndefined();
  });

  test('but not while the clock is behind, as then nothing is held', async () => {
    const world = await clockWorld();
    world.setWrong(-40 * DAY_MS);
    await world.minutes(3);
    expect([told(world), heldSince(world)]).toEqual([[], undefined]);
  });

  test('is told once by two janitors that look at the same time', async () => {
    const world = await clockWorld();
    world.setWrong(40 * DAY_MS);
    world.pass(MINUTE_MS);
    await Promise.all([world.watch.observe(), world.watch.observe()]);
    await world.minutes(1);
    expect(told(world)).toEqual(['clock.hold.began']);
  });
});

describe('10.4: the operator ends a hold', () => {
  test('having seen what is over by the clock', async () => {
    const world = await clockWorld();
    await keptForAWeek(world);
    const expiresAt = isoTime(world.now() + DAY_MS);
    await createDisk(world.service, caller, { ...FREE_DISK, chargeType: 'PREPAID', expiresAt });
    expect(await ask(world, {})).toMatchObject({ held: false, aheadSeconds: 0, due: { snapshots: 0, disks: 0 } });
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    expect(await ask(world, {})).toEqual({
      now: shown(world),
      held: true,
      aheadSeconds: (40 * DAY_MS + MINUTE_MS * 2) / 1000,
      due: { snapshots: 1, accounts: 0, disks: 1, drafts: 0, trash: EMPTY, more: false },
      released: false,
    });
    expect(kept(world)).toBe(1);
  });

  test('having seen what lies in the recycle bin and goes with it', async () => {
    const world = await clockWorld();
    const { service } = world;
    await setTrashRetention(service, caller, 24);
    const disk = await newDisk(service);
    const [over, later] = [await newSnapshot(world, disk.id), await newSnapshot(world, disk.id)];
    const { id: bare } = await createDisk(service, caller, FREE_DISK);
    const image = await createImage(service, caller, { ...NAMED, snapshotId: over });
    await deleteImage(service, caller, image.id);
    await deleteSnapshot(service, caller, over, BY_PERSON);
    await releaseDisk(service, caller, { diskId: bare, breakLease: false });
    expect((await ask(world, {})).due.trash).toEqual(EMPTY);
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    await deleteSnapshot(service, caller, later, BY_PERSON);
    expect(await ask(world, {})).toMatchObject({ held: true, due: { trash: { snapshots: 1, disks: 1, images: 1 } } });
    await ask(world, { trust: shown(world) });
    await world.minutes(1);
    expect(world.harness.catalogue.rows(trashEntity).map(({ id }) => id)).toEqual([later]);
    expect((await ask(world, {})).due.trash).toEqual(EMPTY);
  });

  test('and what was held back goes', async () => {
    const world = await clockWorld();
    await keptForAWeek(world);
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    expect(await ask(world, { trust: shown(world) })).toMatchObject({ held: false, released: true });
    await world.minutes(1);
    expect(kept(world)).toBe(0);
    expect(told(world).filter((type) => type.startsWith('clock.'))).toEqual(['clock.hold.began', 'clock.hold.ended']);
    expect(await ask(world, { trust: shown(world) })).toMatchObject({ held: false, released: false });
    world.pass(10 * DAY_MS);
    expect(await world.round()).toEqual({ kind: 'trusted', by: 'boot' });
  });

  test('and a clock that jumps after that is held again', async () => {
    const world = await clockWorld();
    world.restart(40 * DAY_MS);
    await world.minutes(1);
    await ask(world, { trust: shown(world) });
    world.setWrong(2 * HOUR_MS);
    await world.minutes(1);
    expect(await ask(world, {})).toMatchObject({ held: true, aheadSeconds: 7200 });
  });

  test('not while the clock of the store contradicts it', async () => {
    const world = await clockWorld({ storeNow: (now) => now });
    world.setWrong(40 * DAY_MS);
    await world.minutes(1);
    await expect(ask(world, { trust: shown(world) })).rejects.toMatchObject({ code: 'UnsupportedOperation' });
    expect(told(world)).toEqual(['clock.hold.began']);
  });

  test.each([42, 'soon', '2020-01-01T00:00:00Z'])('not for another instant than the clock shows: %j', async (trust) => {
    const world = await clockWorld();
    world.restart(40 * DAY_MS);
    await world.minutes(1);
    await expect(ask(world, { trust })).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field: 'trust' } });
    expect(told(world)).toEqual(['clock.hold.began']);
  });

  test('also while a janitor looks at it', async () => {
    const world = await clockWorld();
    world.restart(40 * DAY_MS);
    await world.minutes(1);
    world.pass(2 * MINUTE_MS);
    await Promise.all([world.watch.believe(world.service.catalogue), world.watch.observe()]);
    await world.minutes(1);
    expect(await ask(world, {})).toMatchObject({ held: false });
    expect(told(world).sort()).toEqual(['clock.hold.began', 'clock.hold.ended']);
  });
});

describe('8.6: what the operator says of the clock is in the audit of the installation', () => {
  const PLACES: readonly RecordPlace[] = ['BEFORE', 'WITHIN'];
  const asAudited = (world: ClockWorld, place: RecordPlace) => {
    const { service } = auditedService(world.harness, place);
    return (said: object) => ask({ ...world, service }, said);
  };
  const recorded = ({ harness }: ClockWorld) =>
    recordsIn(harness).map(({ accountId, actorKind, action, outcome, code }) => ({
      accountId,
      actorKind,
      action,
      outcome,
      ...(code !== undefined && { code }),
    }));
  const ACT = { accountId: INSTALLATION, actorKind: 'OPERATOR', action: 'operator.trustClock' };

  test.each(PLACES)('that it is right, and what was refused, but no look: %s', async (place) => {
    const world = await clockWorld();
    const say = asAudited(world, place);
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    await say({});
    expect(recorded(world)).toEqual([]);
    await expect(say({ trust: 'soon' })).rejects.toMatchObject({ code: 'InvalidParameter' });
    await say({ trust: shown(world) });
    expect(recorded(world)).toEqual([
      { ...ACT, outcome: 'REFUSED', code: 'InvalidParameter' },
      { ...ACT, outcome: 'ALLOWED' },
    ]);
  });

  test.each(PLACES)('not later than the hold has ended: %s', async (place) => {
    const world = await clockWorld();
    world.restart(40 * DAY_MS);
    await world.minutes(2);
    const { catalogue } = world.harness.deps;
    const records: number[] = [];
    const transact: Catalogue['transact'] = async (writes) => {
      const result = await catalogue.transact(writes);
      if (writes.some(({ entity }) => entity.name === clockEntity.name)) records.push(recorded(world).length);
      return result;
    };
    const { service } = auditedService(
      { deps: { ...world.harness.deps, catalogue: { ...catalogue, transact } } },
      place,
    );
    expect(await ask({ ...world, service }, { trust: shown(world) })).toMatchObject({ released: true });
    expect(records).toEqual([1]);
  });
});
