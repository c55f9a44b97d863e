import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoTime } from '../../src/platform/clock.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { HOUR_MS, monthEnd, monthOf } from '../../src/service/model/money/months.ts';
import { answerOperator } from '../../src/service/money/operator.ts';
import { createTestApi, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk } from '../support/operations.ts';

const BALANCE = `query ($first: Int = 100, $after: String) {
  balance { currency balance threshold }
  movements(first: $first, after: $after) {
    nodes { number at kind amount balance note month } pageInfo { hasNextPage endCursor }
  }
  viewer { account { status arrearsSince } }
}`;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const operator = (account: TestAccount, event: object): Promise<Told> =>
  answerOperator(api.service, { account: account.id, ...event });
const credit = (account: TestAccount, amount: string, more: object = {}) =>
  operator(account, { credit: { currency: 'EUR', amount, ...more } });
const debit = (account: TestAccount, amount: string, more: object = {}) =>
  operator(account, { debit: { currency: 'EUR', amount, ...more } });
const threshold = (account: TestAccount, amount: string | null) =>
  operator(account, { threshold: amount === null ? null : { currency: 'EUR', amount } });
const show = (account: TestAccount, variables: object = {}): Promise<Told> => account.call(BALANCE, variables);
const status = async (account: TestAccount): Promise<string> => (await show(account)).viewer.account.status;

describe('1.3: arrears that follow a balance', () => {
  test('begin when the account owes more than its threshold, and end with that', async () => {
    const account = await api.createAccount();
    expect(await show(account)).toMatchObject({ balance: null, movements: { nodes: [] } });
    await credit(account, '100', { note: 'paid by card' });
    await threshold(account, '50');
    await debit(account, '150');
    expect(await status(account)).toBe('NORMAL');
    await debit(account, '1');
    const { viewer, balance, movements } = await show(account);
    expect(viewer.account).toMatchObject({ status: 'IN_ARREARS' });
    expect(Math.abs(Date.parse(viewer.account.arrearsSince) - api.clock.now())).toBeLessThan(60_000);
    expect(balance).toEqual({ currency: 'EUR', balance: '-51', threshold: '50' });
    expect(movements.nodes).toMatchObject([
      { number: 3, kind: 'DEBIT', amount: '-1', balance: '-51' },
      { number: 2, kind: 'DEBIT', amount: '-150', balance: '-50' },
      { number: 1, kind: 'CREDIT', amount: '100', balance: '100', note: 'paid by card' },
    ]);
    await debit(account, '5');
    expect((await show(account)).viewer.account.arrearsSince).toBe(viewer.account.arrearsSince);
    await credit(account, '6');
    expect(await status(account)).toBe('NORMAL');
  });

  test('do not touch what the operator marked, nor follow without a threshold', async () => {
    const account = await api.createAccount();
    await debit(account, '100');
    expect(await status(account)).toBe('NORMAL');
    await operator(account, { inArrears: true });
    await threshold(account, '0');
    await credit(account, '500');
    expect(await status(account)).toBe('IN_ARREARS');
    await operator(account, { inArrears: false });
    await debit(account, '401');
    expect(await status(account)).toBe('IN_ARREARS');
    await threshold(account, '1');
    expect(await status(account)).toBe('NORMAL');
    await threshold(account, '0');
    await operator(account, { inArrears: true }); // now they are the operator's own
    await credit(account, '500');
    expect(await status(account)).toBe('IN_ARREARS');
    await operator(account, { inArrears: false });
    await debit(account, '5000');
    expect(await status(account)).toBe('IN_ARREARS');
    await threshold(account, null);
    expect(await status(account)).toBe('NORMAL');
    expect((await show(account)).balance.threshold).toBeNull();
  });

  test('count a call once for a token, and each of many at the same time', async () => {
    const account = await api.createAccount();
    await Promise.all(Array.from({ length: 8 }, () => credit(account, '10', { token: 'order-1' })));
    expect((await show(account)).balance.balance).toBe('10');
    await Promise.all([1, 2, 3, 4, 5].map((amount) => debit(account, String(amount))));
    const { balance, movements } = await show(account);
    expect(balance.balance).toBe('-5');
    expect(movements.nodes).toHaveLength(6);
    await expect(credit(account, '11', { token: 'order-1' })).rejects.toMatchObject({
      code: 'IdempotentParameterMismatch',
    });
    const first = (await show(account, { first: 4 })).movements;
    const rest = (await show(account, { first: 4, after: first.pageInfo.endCursor })).movements;
    expect([...first.nodes, ...rest.nodes]).toEqual(movements.nodes);
  });

  test('begin at the same time as a threshold without losing either', async () => {
    const account = await api.createAccount();
    await Promise.all([credit(account, '7'), threshold(account, '3'), credit(account, '5')]);
    expect((await show(account)).balance).toEqual({ currency: 'EUR', balance: '12', threshold: '3' });
  });

  test.each([
    [{ credit: { currency: 'EUR', amount: '0' } }, 'credit.amount'],
    [{ credit: { currency: 'EUR', amount: 5 } }, 'credit.amount'],
    [{ debit: { currency: 'eur', amount: '5' } }, 'debit.currency'],
    [{ debit: { currency: 'USD', amount: '5' } }, 'debit.currency'],
    [{ debit: { currency: 'EUR', amount: '5', note: 7 } }, 'debit.note'],
    [{ debit: { currency: 'EUR', amount: '5', token: 'a b' } }, 'debit.token'],
    [{ threshold: { currency: 'EUR', amount: '-5' } }, 'threshold.amount'],
    [{ threshold: 7 }, 'threshold'],
    [{ credit: { currency: 'EUR', amount: '5' }, debit: { currency: 'EUR', amount: '5' } }, 'debit'],
  ])('are refused for %j, with the name of the field', async (event, field) => {
    const account = await api.createAccount();
    await credit(account, '1');
    await expect(operator(account, event)).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field } });
  });
});

test('1.3, 8.2: closing a month takes its total off the balance, once', async () => {
  const account = await api.createAccount();
  const month = monthOf(monthEnd(monthOf(api.clock.now())));
  api.clock.advance(monthEnd(monthOf(api.clock.now())) - api.clock.now() + 60_000);
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('charged') });
  await api.settle();
  await sweepSamples(api.service, Number.POSITIVE_INFINITY);
  const price = { region: REGION, currency: 'EUR', from: `${month}-01`, perGibMonth: '900000000000000' };
  await answerOperator(api.service, { price });
  await credit(account, '1000');
  await threshold(account, '0');
  api.clock.advance(monthEnd(month) - api.clock.now() + HOUR_MS);
  const close = () => operator(account, { closeMonth: month });
  const [closed, again] = await Promise.all([close(), close()]);
  expect(again).toEqual(closed);
  expect(await close()).toEqual(closed);
  expect(BigInt(closed.total)).toBeGreaterThan(1000n);
  const { balance, movements, viewer } = await show(account);
  expect(balance.balance).toBe(String(1000n - BigInt(closed.total)));
  expect(movements.nodes).toMatchObject([{ kind: 'STATEMENT', amount: `-${closed.total}`, month }, { kind: 'CREDIT' }]);
  expect(viewer.account.status).toBe('IN_ARREARS');
  expect(viewer.account.arrearsSince <= isoTime(api.clock.now())).toBe(true);
});
