import { describe, expect, test } from 'vitest';
import { manifestEntity } from '../../../src/engine/books/rows.ts';
import { put, remove } from '../../../src/platform/catalogue/port.ts';
import { isoTime } from '../../../src/platform/clock.ts';
import { accountEntity } from '../../../src/service/model/accounts/rows.ts';
import { monthEnd, monthStart } from '../../../src/service/model/money/months.ts';
import { statementEntity } from '../../../src/service/model/money/rows.ts';
import { answerOperator } from '../../../src/service/money/operator.ts';
import { openStatement } from '../../../src/service/money/statements.ts';
import {
  closedMonths,
  draftKey,
  homeOf,
  readClosed,
  statementKey,
} from '../../../src/service/money/stored-statements.ts';
import type { Service } from '../../../src/service/service.ts';
import { forkHarness } from '../../support/engine-harness.ts';
import { FAULTS, injectFault } from '../../support/fault-injector.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService, OTHER_MEMORY_REGION } from '../../support/memory-service.ts';
import { createMetering, HOUR_MS, type Metering } from '../../support/metering.ts';

const MONTH = '2027-01';
const NEXT = '2027-02';
const START = monthStart(MONTH);
const END = monthEnd(MONTH);
const TIME_LIMIT_MS = 120_000;
const GIB = 2 ** 30;

const price = (region: string, perGibMonth: string, from = '2027-01-01') => ({
  price: { region, currency: 'EUR', from, perGibMonth },
});
const close = (service: Service, closeMonth = MONTH) =>
  answerOperator(service, { account: MEMORY_ACCOUNT, closeMonth });
const closed = (service: Service, month = MONTH) => readClosed(service, MEMORY_ACCOUNT, month);

/** A GiB of two chains, for January and the first hours of February. */
async function january({ isPriced = true } = {}): Promise<Metering> {
  const metering = createMetering(START);
  const { service } = metering;
  await service.catalogue.transact([
    put(accountEntity, { id: MEMORY_ACCOUNT, name: 'Memory', createdAt: isoTime(START) }),
  ]);
  await metering.hold([
    { id: 'd-1', own: 1, team: 'a' },
    { id: 'd-2', own: 2 },
  ]);
  for (const hour of [0, 1, 300]) await metering.sample(START + hour * HOUR_MS, GIB);
  await metering.sample(END, GIB);
  await metering.sample(END + HOUR_MS, GIB);
  if (isPriced) {
    for (const region of [MEMORY_REGION, OTHER_MEMORY_REGION]) await answerOperator(service, price(region, '8000000'));
  }
  metering.harness.clock.at = END + HOUR_MS;
  return metering;
}

describe('8.2: closing a month', () => {
  test('makes a statement that nothing changes any more', async () => {
    const { service, harness } = await january();
    const first = await close(service);
    expect(first).toMatchObject({ month: MONTH, currency: 'EUR', total: '8000000', closedAt: isoTime(END + HOUR_MS) });
    const statement = await closed(service);
    expect(statement?.regions[0]).toMatchObject({ hours: 744, missingHours: 741, amount: '8000000' });
    expect(statement?.regions[0]?.parts.map(({ id, amount }) => [id, amount])).toEqual([
      ['d-1', '2666667'],
      ['d-2', '5333333'],
    ]);
    harness.clock.at += 24 * HOUR_MS;
    await answerOperator(service, price(MEMORY_REGION, '1'));
    expect(await close(service)).toEqual(first);
    expect(await closed(service)).toEqual(statement);
  });

  test('is refused before the month has ended, and its last hour with it', async () => {
    const { service, harness } = await january();
    const refused = { code: 'InvalidParameter', extra: { field: 'closeMonth' } };
    for (const at of [END - 1, END, END + HOUR_MS - 1]) {
      harness.clock.at = at;
      await expect(close(service), isoTime(at)).rejects.toMatchObject(refused);
    }
    harness.clock.at = END + HOUR_MS;
    await close(service);
    await expect(close(service, NEXT)).rejects.toMatchObject(refused);
    await expect(close(service, 'January')).rejects.toMatchObject(refused);
  });

  test('is refused by a clock that is ahead of what can be explained', async () => {
    const { service } = await january();
    const trust = { mayDeleteByTime: () => false, isTrusted: () => false, correct: (at: number) => at };
    await expect(close({ ...service, trust })).rejects.toMatchObject({ code: 'ClockNotTrusted' });
    expect(await closed(service)).toBeUndefined();
  });

  test('is refused without a price for what was held', async () => {
    const { service } = await january({ isPriced: false });
    const missing = { code: 'PriceMissing', extra: { region: MEMORY_REGION, from: isoTime(START) } };
    await expect(close(service)).rejects.toMatchObject(missing);
    await answerOperator(service, price(MEMORY_REGION, '0', '2027-01-02'));
    await expect(close(service)).rejects.toMatchObject(missing);
    await answerOperator(service, price(MEMORY_REGION, '0'));
    expect(await close(service)).toMatchObject({ total: '0' });
  });

  test(
    'twice at the same time gives one statement, whatever was set in between',
    async () => {
      const { service, harness } = await january();
      const before = injectFault(harness.deps);
      await before.run((deps) => close(memoryService(deps)));
      const count = before.calls.length;
      expect(count).toBeGreaterThan(10);
      for (let at = 0; at < count; at++) {
        const { service: other, harness: fresh } = await january();
        let theirs: object | undefined;
        const meanwhile = async () => {
          await answerOperator(other, price(MEMORY_REGION, '16000000'));
          fresh.clock.at += 5;
          theirs = await close(other);
        };
        const faulty = injectFault(fresh.deps, { at, fault: 'sleeps before', meanwhile });
        const own = await faulty.run((deps) => close(memoryService(deps)));
        expect(own.error).toBeUndefined();
        const said = await close(other);
        if (before.calls[at] !== 'objects.remove') expect(said, `at ${before.calls[at]}`).toEqual(theirs);
        expect(await closedMonths(other, MEMORY_ACCOUNT)).toEqual([MONTH]);
      }
      expect(await closed(service)).toBeDefined();
    },
    TIME_LIMIT_MS,
  );

  test(
    'whatever happens to any one of its calls, the operator who asks again gets the one statement',
    async () => {
      const { harness } = await january();
      const counted = injectFault(forkHarness(harness, 1).deps);
      await counted.run((deps) => close(memoryService(deps)));
      for (let at = 0; at < counted.calls.length; at++) {
        for (const fault of FAULTS) {
          const fork = forkHarness(harness, 2 + at);
          const service = memoryService(fork.deps);
          const faulty = injectFault(fork.deps, { at, fault, meanwhile: async () => undefined });
          await faulty.run((deps) => close(memoryService(deps)));
          const said = await closed(service);
          fork.clock.at += 7 * HOUR_MS;
          const place = `${fault} at ${counted.calls[at]} (${at})`;
          await close(service);
          const statement = await closed(service);
          if (said !== undefined) expect(statement, place).toEqual(said);
          expect(statement?.total, place).toBe('8000000');
          expect(await closedMonths(service, MEMORY_ACCOUNT), place).toEqual([MONTH]);
          expect(fork.catalogue.rows(manifestEntity), place).toMatchObject([{ nodeId: `statement-${MONTH}` }]);
          const { keys } = await fork.objects.list(`manifests/${MEMORY_ACCOUNT}/statement-`, { limit: 10 });
          expect(keys, place).toHaveLength(1);
        }
      }
    },
    TIME_LIMIT_MS,
  );

  test('outlives the catalogue: the bucket alone says what was closed', async () => {
    const { service, harness } = await january();
    await close(service);
    const statement = await closed(service);
    for (const row of harness.catalogue.rows(statementEntity)) {
      await service.catalogue.transact([remove(statementEntity, row)]);
    }
    harness.clock.at += HOUR_MS;
    await answerOperator(service, price(MEMORY_REGION, '1'));
    expect(await closed(service)).toEqual(statement);
    expect(await close(service)).toMatchObject({ total: '8000000', closedAt: statement?.closedAt });
    expect(harness.catalogue.rows(statementEntity)).toHaveLength(1);
  });
});

describe('8.2: later corrections', () => {
  const february = async ({ service, harness }: Metering) => {
    harness.clock.at = monthEnd(NEXT) + HOUR_MS;
    return close(service, NEXT);
  };

  test('of a price and of a package are lines of the next month, once', async () => {
    const metering = await january();
    const { service, harness } = metering;
    await close(service);
    await answerOperator(service, price(MEMORY_REGION, '10000000'));
    const open = { accountId: MEMORY_ACCOUNT, month: NEXT, currency: 'EUR', regions: service.regions };
    const correction = { ofMonth: MONTH, region: MEMORY_REGION, amount: '2000000' };
    harness.clock.at += HOUR_MS;
    expect(await openStatement(service, open)).toMatchObject({ corrections: [correction] });
    expect(await february(metering)).toMatchObject({ corrections: [correction], total: '12000000' });

    const bought = { region: MEMORY_REGION, gib: 1, from: '2027-01-01', until: '2027-02-01' };
    await answerOperator(service, { account: MEMORY_ACCOUNT, package: bought });
    harness.clock.at = monthEnd('2027-03') + HOUR_MS;
    expect(await close(service, '2027-03')).toMatchObject({
      corrections: [{ ...correction, amount: '-10000000' }],
      total: '0',
    });
    harness.clock.at = monthEnd('2027-04') + HOUR_MS;
    expect(await close(service, '2027-04')).toMatchObject({ corrections: [], total: '10000000' });
  });

  test('count once, although the closing with them was cut off on the way', async () => {
    const metering = await january();
    const { service, harness } = metering;
    await close(service);
    await answerOperator(service, price(MEMORY_REGION, '10000000'));
    expect(await february(metering)).toMatchObject({ corrections: [{ ofMonth: MONTH }] });
    const { sha256 = '' } =
      (await service.catalogue.get(statementEntity, { accountId: MEMORY_ACCOUNT, month: NEXT })) ?? {};
    const [home, place] = [homeOf(service), statementKey(MEMORY_ACCOUNT, NEXT)];
    await home.put(draftKey(MEMORY_ACCOUNT, NEXT, sha256), (await home.get(place)) as Buffer);
    await home.remove([place]);
    harness.clock.at = monthEnd('2027-03') + HOUR_MS;
    expect(await close(service, '2027-03')).toMatchObject({ corrections: [] });
    expect(await closedMonths(service, MEMORY_ACCOUNT)).toEqual([MONTH, NEXT, '2027-03']);
  });

  test('say nothing where nothing was set since, whatever samples are gone', async () => {
    const metering = await january();
    await close(metering.service);
    for (const entity of metering.harness.catalogue.entities()) {
      if (!entity.name.startsWith('metered')) continue;
      for (const row of metering.harness.catalogue.rows(entity))
        await metering.service.catalogue.transact([remove(entity, row as never)]);
    }
    expect(await february(metering)).toMatchObject({ corrections: [], total: '0' });
  });
});

test.each([
  [{ price: 5 }, 'price'],
  [{ price: { currency: 'EUR', from: '2027-01-01', perGibMonth: '1', region: 'nowhere' } }, 'price.region'],
  [{ price: { currency: 'euro', from: '2027-01-01', perGibMonth: '1' } }, 'price.currency'],
  [{ price: { currency: 'EUR', from: '2027-01-01T00:20:00Z', perGibMonth: '1' } }, 'price.from'],
  [{ price: { currency: 'EUR', from: '2027-01-01', perGibMonth: 0.5 } }, 'price.perGibMonth'],
  [{ price: { currency: 'EUR', from: '2027-01-01', perGibMonth: '-1' } }, 'price.perGibMonth'],
  [{ price: { currency: 'EUR', from: '2027-01-01', perGibMonth: '1' }, closeMonth: MONTH }, 'closeMonth'],
  [{ account: MEMORY_ACCOUNT, closeMonth: MONTH, currency: 'e' }, 'currency'],
  [{ account: MEMORY_ACCOUNT, closeMonth: MONTH, inArrears: false }, 'inArrears'],
  [{ closeMonth: MONTH }, 'account'],
  [{ account: MEMORY_ACCOUNT, package: { gib: 0, from: '2027-01-01', until: '2027-02-01' } }, 'package.gib'],
  [{ account: MEMORY_ACCOUNT, package: { gib: 1, from: '2027-02-01', until: '2027-02-01' } }, 'package.until'],
  [{ account: MEMORY_ACCOUNT, package: { gib: 1, until: '2027-02-01' } }, 'package.from'],
  [{ account: MEMORY_ACCOUNT, package: { gib: 1, from: '2027-01-01', until: '2027-02-01', note: 1 } }, 'package.note'],
  [
    { account: MEMORY_ACCOUNT, package: { gib: 1, from: '2027-01-01', until: '2027-02-01', token: '' } },
    'package.token',
  ],
])('8.2: the operator’s %j is refused with the name of the field', async (event, field) => {
  const { service } = await january();
  await expect(answerOperator(service, event)).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field } });
});

test('8.2: an unknown account is refused, and a package is added once for a token', async () => {
  const { service } = await january();
  const bought = { gib: 5, from: '2027-01-01', until: '2027-02-01', token: 'one' };
  await expect(answerOperator(service, { account: 'nobody', package: bought })).rejects.toMatchObject({
    code: 'NotFound',
  });
  const first = await answerOperator(service, { account: MEMORY_ACCOUNT, package: bought });
  expect(await answerOperator(service, { account: MEMORY_ACCOUNT, package: bought })).toEqual(first);
  const other = answerOperator(service, { account: MEMORY_ACCOUNT, package: { ...bought, gib: 6 } });
  await expect(other).rejects.toMatchObject({ code: 'IdempotentParameterMismatch' });
});
