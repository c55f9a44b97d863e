import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { put, remove } from '../../../src/platform/catalogue/port.ts';
import { isoTime } from '../../../src/platform/clock.ts';
import { meter } from '../../../src/service/capacity/meter.ts';
import { ByteHours } from '../../../src/service/capacity/shares.ts';
import { usageOf } from '../../../src/service/capacity/usage.ts';
import {
  meteredDayEntity,
  meteredDayPageEntity,
  meteredHourEntity,
  meteredPageEntity,
} from '../../../src/service/model/capacity/metering-rows.ts';
import { sampleEntity } from '../../../src/service/model/capacity/rows.ts';
import { apportion } from '../../../src/service/model/money/apportion.ts';
import { FAULTS, injectFault } from '../../support/fault-injector.ts';
import { memoryService } from '../../support/memory-service.ts';
import { type Chain, createMetering, DAY_MS, HOUR_MS, type Metering, PLACE } from '../../support/metering.ts';

const START = Date.UTC(2027, 0, 1);
const TIME_LIMIT_MS = 120_000;

/** A state that was sampled, and for how many hours it stood from then on. */
interface Step {
  readonly storedBytes: number;
  readonly chains: readonly Chain[];
  readonly hours: number;
}

type Sums = Record<string, bigint>;
const keyOf = (id: string | undefined, team: string | undefined) => `${id ?? '-'} ${team ?? '-'}`;

async function sumsOf({ service }: Metering, from: number, until: number): Promise<Sums> {
  const { parts } = await usageOf(service.catalogue, PLACE, { from, until });
  return Object.fromEntries(
    parts.flatMap(({ id, tags, byteHours }) => (byteHours === 0n ? [] : [[keyOf(id, tags?.[0]?.value), byteHours]])),
  );
}

function addShares(sums: Sums, { storedBytes, chains }: Step): void {
  const holding = chains.filter(({ own }) => own > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
  const add = (key: string, bytes: bigint) => {
    if (bytes > 0n) sums[key] = (sums[key] ?? 0n) + bytes;
  };
  if (holding.length === 0) {
    add(keyOf(undefined, undefined), BigInt(storedBytes));
    return;
  }
  const shares = apportion(
    BigInt(storedBytes),
    holding.map(({ own }) => BigInt(own)),
  );
  for (const [at, { id, team }] of holding.entries()) add(keyOf(id, team), shares[at] ?? 0n);
}

const chain = (id: string) =>
  fc.record({ id: fc.constant(id), own: fc.integer({ min: 0, max: 50 }), team: fc.constantFrom('a', 'b') });
const step: fc.Arbitrary<Step> = fc.record({
  storedBytes: fc.integer({ min: 0, max: 2 ** 40 }),
  chains: fc.tuple(chain('d-1'), chain('d-2'), chain('d-3')),
  hours: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 })),
});

describe('8.2: what each chain held, hour by hour', () => {
  test(
    'is that of a naive model, whatever is missing, and adds up to the region to the byte',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          const metering = createMetering(START);
          const sums: Sums = {};
          let [at, missing] = [START + 5 * HOUR_MS, 0];
          for (const one of steps) {
            await metering.hold(one.chains);
            await metering.sample(at, one.storedBytes);
            for (let hour = 0; hour < one.hours; hour++) addShares(sums, one);
            at += one.hours * HOUR_MS;
            missing += one.hours - 1;
          }
          expect(await sumsOf(metering, START, at)).toEqual(sums);
          const { course, parts } = await usageOf(metering.service.catalogue, PLACE, { from: START, until: at });
          expect(course.slice(0, 5)).toEqual(Array(5).fill(undefined));
          expect(course.filter((hour) => hour?.isMissing).length).toBe(missing);
          const whole = course.reduce((sum, hour) => sum + BigInt(hour?.bytes ?? 0), 0n);
          expect(parts.reduce((sum, { byteHours }) => sum + byteHours, 0n)).toBe(whole);
        }),
        { numRuns: 60 },
      );
    },
    TIME_LIMIT_MS,
  );

  test('is one part for the same tags, in whatever order a store answers key and value', () => {
    const sums = new ByteHours();
    sums.add({ id: 'd-1', tags: [{ key: 'team', value: 'a' }] }, 1n);
    sums.add({ id: 'd-1', tags: [{ value: 'a', key: 'team' }] }, 2n);
    expect(sums.all()).toMatchObject([{ id: 'd-1', byteHours: 3n }]);
  });

  test('a day keeps what its hours said when these are gone', async () => {
    const metering = createMetering(START);
    const { catalogue } = metering.service;
    for (let hour = 0; hour < 72; hour += 3) {
      await metering.hold([
        { id: 'd-1', own: 1 + hour },
        { id: 'd-2', own: 7, team: hour < 30 ? 'a' : 'b' },
      ]);
      await metering.sample(START + hour * HOUR_MS, 1_000_003 + hour);
    }
    const before = await sumsOf(metering, START, START + 3 * DAY_MS);
    const old = metering.harness.catalogue
      .rows(meteredPageEntity)
      .filter(({ hour }) => hour < isoTime(START + 2 * DAY_MS));
    expect(old.length).toBeGreaterThan(10);
    for (const row of old) await catalogue.transact([remove(meteredPageEntity, row)]);
    expect(await sumsOf(metering, START, START + 3 * DAY_MS)).toEqual(before);
    const later = await sumsOf(metering, START + DAY_MS, START + 3 * DAY_MS);
    expect(later).toMatchObject({ 'd-1 -': expect.any(BigInt) });
  });

  test('adds up to the region although a row of a day is gone before the others', async () => {
    const metering = createMetering(START);
    const { catalogue } = metering.harness;
    await metering.hold([{ id: 'd-1', own: 1 }]);
    for (const at of [START, START + DAY_MS]) await metering.sample(at, 1000);
    for (const row of catalogue.rows(meteredPageEntity)) await catalogue.transact([remove(meteredPageEntity, row)]);
    for (const row of catalogue.rows(meteredDayPageEntity))
      await catalogue.transact([remove(meteredDayPageEntity, row)]);
    expect(await sumsOf(metering, START, START + DAY_MS)).toEqual({ [keyOf(undefined, undefined)]: 24_000n });
  });

  test('adds up whatever came late, after its day had been added up', async () => {
    const [late, plain] = [createMetering(START), createMetering(START)];
    const held: readonly (readonly [number, number])[] = [
      [0, 10],
      [22, 20],
      [23, 40],
      [24, 80],
      [25, 80],
    ];
    for (const metering of [late, plain]) {
      for (const [hour, own] of held) {
        await metering.hold([
          { id: 'd-1', own },
          { id: 'd-2', own: 5 },
        ]);
        await metering.sample(START + hour * HOUR_MS, 1000 + own);
      }
    }
    // As if the row of hour 23 had come only after hour 24 was sampled.
    const { catalogue } = late.harness;
    const key = { ...PLACE, hour: isoTime(START + 23 * HOUR_MS) };
    const row = await catalogue.get(meteredHourEntity, key);
    for (const gone of [key, { ...PLACE, hour: isoTime(START + 24 * HOUR_MS) }])
      await catalogue.transact([remove(meteredHourEntity, gone)]);
    late.harness.clock.at = START + 24 * HOUR_MS + 2000;
    await meter(late.service, PLACE, isoTime(START + 24 * HOUR_MS), () => false);
    await catalogue.transact([put(meteredHourEntity, row as NonNullable<typeof row>)]);
    await late.sample(START + 26 * HOUR_MS, 1080);
    await plain.sample(START + 26 * HOUR_MS, 1080);
    const until = START + 27 * HOUR_MS;
    expect(await sumsOf(late, START, until)).toEqual(await sumsOf(plain, START, until));
  });

  test('of an hour that is over takes nothing of the next one away', async () => {
    const metering = createMetering(START);
    await metering.hold([{ id: 'd-1', own: 1 }]);
    await metering.sample(START, 10);
    await metering.sample(START + 2 * HOUR_MS, 20);
    const late = isoTime(START + HOUR_MS);
    const row = { ...PLACE, hour: late, at: late, storedBytes: 15, logicalBytes: 0, deduplicatedBytes: 0 };
    await metering.service.catalogue.transact([put(sampleEntity, { ...row, waitingBytes: 0, forgetAt: 0 })]);
    await meter(metering.service, PLACE, late, () => false);
    expect(metering.harness.catalogue.rows(meteredHourEntity)).toHaveLength(3);
  });

  test('hours keep their pages for 40 days, days and totals 400', async () => {
    const metering = createMetering(START);
    await metering.hold([{ id: 'd-1', own: 1 }]);
    await metering.sample(START, 5);
    await metering.sample(START + DAY_MS, 5);
    const { catalogue } = metering.harness;
    const days = ({ forgetAt }: { forgetAt: number }) => Math.round((forgetAt * 1000 - START) / DAY_MS);
    expect(catalogue.rows(meteredPageEntity).map(days).sort()).toContain(40);
    expect(catalogue.rows(meteredHourEntity).map(days)).toEqual([400, 401]);
    expect(catalogue.rows(meteredDayEntity).map(days)).toEqual([401]);
  });

  test('many chains with many tags are kept in rows that no store refuses', async () => {
    const metering = createMetering(START);
    const long = (at: number) => 'x'.repeat(250) + at;
    const chains = Array.from({ length: 1500 }, (_, at) => ({ id: `d-${at}`, own: 3, team: long(at) }));
    await metering.hold(chains);
    await metering.sample(START, 1_000_000);
    await metering.sample(START + DAY_MS, 1_000_000);
    expect(Object.keys(await sumsOf(metering, START, START + DAY_MS))).toHaveLength(1500);
    for (const row of metering.harness.catalogue.rows(meteredPageEntity))
      expect(JSON.stringify(row).length).toBeLessThan(300_000);
  });
});

describe('8.2, 10.4: a clock that was wrong', () => {
  const ahead = { mayDeleteByTime: () => false, isTrusted: () => false, correct: (at: number) => at };

  test('samples nothing while it is known to be ahead: the hour is missing', async () => {
    const metering = createMetering(START);
    await metering.hold([{ id: 'd-1', own: 1 }]);
    await metering.sample(START, 10);
    await metering.sample(START + HOUR_MS, 99, { ...metering.service, trust: ahead });
    const { course } = await usageOf(metering.service.catalogue, PLACE, { from: START, until: START + 2 * HOUR_MS });
    expect(course).toEqual([
      { bytes: 10, isMissing: false },
      { bytes: 10, isMissing: true },
    ]);
  });

  test('leaves nothing behind: hours that had not come are sampled when they come', async () => {
    const metering = createMetering(START);
    const plain = createMetering(START);
    const until = START + 40 * HOUR_MS;
    for (const each of [metering, plain]) {
      await each.hold([{ id: 'd-1', own: 1 }]);
      await each.sample(START, 10);
    }
    // It jumps ahead, which adds up the day too soon, and comes back.
    await metering.hold([{ id: 'd-9', own: 500 }]);
    for (const hour of [26, 27, 30, 300]) await metering.sample(START + hour * HOUR_MS, 77_777);
    await metering.hold([{ id: 'd-9', own: 0 }]);
    for (const each of [metering, plain]) {
      for (const hour of [1, 2, 25, 26, 27, 30]) await each.sample(START + hour * HOUR_MS, 10 + hour);
    }
    expect(await sumsOf(metering, START, until)).toEqual(await sumsOf(plain, START, until));
  });

  test('takes nothing away while it is behind', async () => {
    const metering = createMetering(START);
    await metering.hold([{ id: 'd-1', own: 1 }]);
    await metering.sample(START + DAY_MS, 10);
    const behind = { ...ahead, mayDeleteByTime: () => true };
    await metering.sample(START, 10, { ...metering.service, trust: behind });
    expect(metering.harness.catalogue.rows(meteredHourEntity).map(({ hour }) => hour)).toEqual([
      isoTime(START + DAY_MS),
    ]);
  });
});

test(
  '8.2: whatever happens to any one call of a janitor that samples, the next one comes to the same',
  async () => {
    const begin = async () => {
      const metering = createMetering(START);
      await metering.hold([
        { id: 'd-1', own: 1, team: 'a' },
        { id: 'd-2', own: 2 },
      ]);
      for (const hour of [0, 1, 20]) await metering.sample(START + hour * HOUR_MS, 1000 + hour);
      metering.harness.clock.at = START + DAY_MS + 1000;
      return metering;
    };
    const hour = isoTime(START + DAY_MS);
    const whole = await begin();
    await whole.sample(START + DAY_MS, 5000);
    const expected = await sumsOf(whole, START, START + 30 * HOUR_MS);
    const run = (metering: Metering) => meter(metering.service, PLACE, hour, () => false);
    const sampled = async () => {
      const metering = await begin();
      const off = { mayDeleteByTime: () => false, isTrusted: () => false, correct: (at: number) => at };
      await metering.sample(START + DAY_MS, 5000, { ...metering.service, trust: off });
      return metering;
    };
    const counted = injectFault((await sampled()).harness.deps);
    await counted.run((deps) => meter(memoryService(deps), PLACE, hour, () => false));
    expect(counted.calls.length).toBeGreaterThan(12);
    for (let at = 0; at < counted.calls.length; at++) {
      for (const fault of FAULTS) {
        const metering = await sampled();
        const meanwhile = async () => void (await run(metering));
        const faulty = injectFault(metering.harness.deps, { at, fault, meanwhile });
        await faulty.run((deps) => meter(memoryService(deps), PLACE, hour, () => false));
        expect(faulty.reached()).toBe(true);
        await run(metering);
        expect(await sumsOf(metering, START, START + 30 * HOUR_MS), `${fault} at ${counted.calls[at]}`).toEqual(
          expected,
        );
      }
    }
  },
  TIME_LIMIT_MS,
);
