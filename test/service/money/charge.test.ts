import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeOf, GIB, type Tariff } from '../../../src/service/model/money/charge.ts';
import { hoursIn, parseHour, parseMonth } from '../../../src/service/model/money/months.ts';

const MONTH = '2027-02';
const HOURS = hoursIn(MONTH);
const hour = (at: number) => new Date(Date.UTC(2027, 1, 1, at)).toISOString();
const held = (gib: number) => ({ bytes: gib * 2 ** 30, isMissing: false });
const everyHour = (gib: number) => Array.from({ length: HOURS }, () => held(gib));
const EIGHT_CENTS = { from: hour(0), perGibMonth: '8000000' };
const bought = (id: string, gib: number, from: number, until: number) => ({
  ...{ id, gib },
  from: hour(from),
  until: hour(until),
});

describe('8.2: a GiB-month', () => {
  test.each([
    ['2027-01', 744],
    ['2027-02', 672],
    ['2028-02', 696],
    ['2027-04', 720],
    ['0050-02', 672], // Date.UTC takes a year below 100 for one of the 20th century
  ])('of %s has %i hours', (month, hours) => expect(hoursIn(month)).toBe(hours));

  test('is one GiB in all hours of the month: it costs the price, whatever the month', () => {
    const tariff = { prices: [EIGHT_CENTS], packages: [] };
    expect(chargeOf(MONTH, everyHour(1), tariff).amount).toBe(8_000_000n);
    expect(chargeOf(MONTH, everyHour(1).slice(0, HOURS / 2), tariff).amount).toBe(4_000_000n);
  });

  test.each(['2027-13', '2027-1', '27-01', 7, undefined])('%s is no month', (text) => {
    expect(() => parseMonth('month', text)).toThrow('month: must be a month such as 2027-01');
  });

  test.each(['2027-01-01T00:30:00Z', '2027-02-30', 'now', '2027-01-01T00:00:00', 5, undefined])(
    '%s is no full hour',
    (text) => expect(() => parseHour('from', text)).toThrow('from: must be a date'),
  );
});

describe('8.2: packages', () => {
  test('the one that ends first is used up first, and what is beyond is charged', () => {
    const packages = [bought('late', 3, 0, 600), bought('early', 2, 0, 336)];
    const { packages: used, amount } = chargeOf(MONTH, everyHour(4), { prices: [EIGHT_CENTS], packages });
    const uses = Object.fromEntries(used.map(({ id, byteHours }) => [id, byteHours / GIB]));
    expect(uses).toEqual({ early: 2n * 336n, late: 2n * 336n + 3n * 264n });
    // 264 hours of 1 GiB beyond `late`, 72 of 4 GiB with no package at all.
    expect(amount).toBe((8_000_000n * (264n + 4n * 72n)) / BigInt(HOURS) + 1n);
  });

  test('cover nothing outside of their time, and need no price where they suffice', () => {
    const packages = [bought('one', 10, 10, 20)];
    const charge = chargeOf(MONTH, everyHour(1), { prices: [], packages });
    expect(charge.packages[0]?.byteHours).toBe(10n * GIB);
    expect(charge).toMatchObject({ unpricedByteHours: BigInt(HOURS - 10) * GIB, unpricedFrom: hour(0), amount: 0n });
    const all = [bought('all', 1, 0, HOURS)];
    expect(chargeOf(MONTH, everyHour(1), { prices: [], packages: all }).unpricedFrom).toBeUndefined();
  });
});

test('8.2: a price holds from its date on, until the next one', () => {
  const prices = [EIGHT_CENTS, { from: hour(336), perGibMonth: '4000000' }];
  const charge = chargeOf(MONTH, everyHour(1), { prices, packages: [] });
  expect(charge.prices.map(({ byteHours }) => byteHours / GIB)).toEqual([336n, 336n]);
  expect(charge.amount).toBe(6_000_000n);
});

/** Hour by hour and GiB by GiB, in exact fractions. */
function naive(course: readonly number[], { prices, packages }: Tariff): bigint {
  let sum = 0n;
  for (const [at, gib] of course.entries()) {
    for (let one = 0; one < gib; one++) {
      const size = packages.filter((p) => p.from <= hour(at) && hour(at) < p.until).reduce((all, p) => all + p.gib, 0);
      const [price] = prices.filter(({ from }) => from <= hour(at)).sort((a, b) => (a.from < b.from ? 1 : -1));
      if (one >= size) sum += BigInt(price?.perGibMonth ?? 0);
    }
  }
  const twice = 2n * sum + BigInt(HOURS);
  return twice / (2n * BigInt(HOURS));
}

test('8.2: packages and overage add up to what is held, as in a naive model', () => {
  const hours = fc.integer({ min: 0, max: HOURS });
  const packages = fc.array(fc.record({ gib: fc.integer({ min: 1, max: 5 }), from: hours, until: hours }), {
    maxLength: 4,
  });
  const prices = fc.array(fc.record({ from: hours, price: fc.bigInt({ min: 0n, max: 10n ** 12n }) }), { maxLength: 4 });
  const course = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(course, packages, prices, (gibs, some, book) => {
      const known = new Map(book.map(({ from, price }) => [hour(from), String(price)]));
      const tariff = {
        prices: [...known].map(([from, perGibMonth]) => ({ from, perGibMonth })),
        packages: some.map(({ gib, from, until }, at) => bought(`p${at}`, gib, from, until)),
      };
      const charge = chargeOf(MONTH, gibs.map(held), tariff);
      const sum = [...charge.packages, ...charge.prices].reduce((all, { byteHours }) => all + byteHours, 0n);
      expect(sum + charge.unpricedByteHours).toBe(charge.byteHours);
      expect(charge.amount).toBe(naive(gibs, tariff));
    }),
    { numRuns: 60 },
  );
});
