import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatMoney, gibMonths, parseMoney } from '../../src/cli/money.ts';
import { operatorRoute } from '../../src/local/server/operator-route.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { HOUR_MS, monthEnd, monthOf } from '../../src/service/model/money/months.ts';
import { answerOperator } from '../../src/service/money/operator.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk } from '../support/operations.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SECRET = 'secret of this run';

let cli: CliHarness;
let functions: Server;
let month: string;
let diskId: string;
beforeAll(async () => {
  cli = await createCliHarness();
  const { api, account } = cli;
  const route = operatorRoute({ account: (event) => answerOperator(api.service, event) }, SECRET);
  functions = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve));
  const { port } = functions.address() as AddressInfo;
  await mkdir(cli.path('data'));
  const running = { url: cli.environment.VARVE_ENDPOINT, pid: process.pid };
  const said = { ...running, functions: `http://127.0.0.1:${port}/operator/` };
  await writeFile(cli.path('data/endpoint.json'), JSON.stringify(said));
  await writeFile(cli.path('data/operator.key'), SECRET);
  month = monthOf(monthEnd(monthOf(api.clock.now())));
  api.clock.advance(monthEnd(monthOf(api.clock.now())) - api.clock.now() + 60_000);
  const disk = await createDisk(account, { tags: [{ key: 'team', value: '=cmd()' }] });
  diskId = disk.id;
  await writeBlocks(account, diskId, 0, { 0: blockOf('a') });
  await api.settle();
  await sweepSamples(api.service, Number.POSITIVE_INFINITY);
  api.clock.advance(10 * HOUR_MS);
});
afterAll(async () => {
  functions.close();
  await cli.close();
});

/** As the operator of this machine, who needs no key. */
const operator = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await cli.run([...args, '--json', '--data', cli.path('data')], {
    environment: { VARVE_ENDPOINT: '', VARVE_API_KEY: '' },
  });
  return code === 0 ? JSON.parse(stdout) : { code, ...JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error };
};
const said = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await cli.run(args);
  expect(code, stderr).toBe(0);
  return stdout;
};

describe('8.2: varve price, package and bill', () => {
  it('says that there are no prices, and what is stored all the same', async () => {
    const bill = await said('bill', 'show', month);
    expect(bill).toMatch(/^WHAT +GIB-MONTHS +COST$/m);
    expect(bill).toMatch(/^Total +-$/m);
    expect(bill).toContain('There are no prices yet.');
  });

  it('sets and lists prices', async () => {
    const price = ['price', 'set', '12345.678', '--currency', 'EUR', '--from', `${month}-01`];
    expect(await operator(...price)).toMatchObject({ currency: 'EUR', perGibMonth: '1234567800000' });
    expect((await cli.json('price', 'list')).prices).toMatchObject([{ currency: 'EUR', perGibMonth: '1234567800000' }]);
    expect(await said('price', 'list')).toMatch(
      /^CURRENCY +FROM \(UTC\) +PER GIB-MONTH +SET \(UTC\)\nEUR .* 12345\.678 /,
    );
  });

  it.each([
    [['0.08', '--currency', 'EUR'], 2, 'Usage'],
    [['eight', '--currency', 'EUR', '--from', '2027-01-01'], 2, 'Usage'],
    [['0.000000001', '--currency', 'EUR', '--from', '2027-01-01'], 2, 'Usage'],
    [['0.08', '--currency', 'euro', '--from', '2027-01-01'], 2, 'Usage'],
    [['0.08', '--currency', 'EUR', '--from', 'soon'], 2, 'InvalidParameter'],
  ])('refuses price set %j', async (args, code, error) => {
    expect(await operator('price', 'set', ...args)).toMatchObject({ code: error });
    expect((await cli.run(['price', 'set', ...args, '--data', cli.path('data')])).code).toBe(code);
  });

  it('adds and lists packages', async () => {
    const dates = ['--from', `${month}-01T00:00:00Z`, '--until', `${month}-01T02:00:00Z`];
    const add = ['package', 'add', cli.account.id, '5', ...dates, '--token', 'once', '--note', 'two hours'];
    const added = await operator(...add);
    expect(await operator(...add)).toEqual(added);
    expect((await cli.json('package', 'list')).packages).toMatchObject([{ id: added.id, gib: 5, note: 'two hours' }]);
    expect(await said('package', 'list')).toContain('two hours');
    expect(await operator('package', 'add', cli.account.id, 'x', ...dates)).toMatchObject({ code: 'Usage' });
    const turned = ['--from', '2027-01-01', '--until', '2026-01-01'];
    expect(await operator('package', 'add', cli.account.id, '5', ...turned)).toMatchObject({
      message: expect.stringMatching(/^--until: must be after /),
    });
    expect(await operator('package', 'add', 'nobody', '5', ...dates)).toMatchObject({ code: 'NotFound' });
  });

  it('shows a month by chain and by tag', async () => {
    const bill = await cli.json('bill', 'show', month);
    expect(bill).toMatchObject({ month, currency: 'EUR', closed: false });
    expect(bill.lines).toMatchObject([{ region: 'here', kind: 'CHAIN', id: diskId, amount: bill.total }]);
    const text = await said('bill', 'show', month, '--by-tag', 'team');
    expect(text).toContain(`${month}, not closed: as of now`);
    expect(text).toContain('team==cmd()');
    expect(text).toMatch(/\nTotal +\d+\.\d+\n/);
    expect(text).toContain('hours were not sampled');
  });

  it('exports CSV that no spreadsheet runs, and JSON', async () => {
    const csv = (await said('bill', 'export', month, '--by-tag', 'team')).trimEnd().split('\n');
    const bill = await cli.json('bill', 'export', month, '--by-tag', 'team');
    expect(csv[0]).toBe('month,region,kind,id,tag_key,tag_value,byte_hours,gib_months,currency,amount');
    expect(csv[1]).toContain(`${month},here,TAG,,team,'=cmd(),${bill.lines[0].byteHours},`);
    expect(csv).toHaveLength(2);
    expect(JSON.parse(await said('bill', 'export', month, '--format', 'json', '--by-tag', 'team'))).toEqual(bill);
  });

  it('closes a month for the operator, and only when it is over', async () => {
    const close = ['bill', 'close', cli.account.id, month];
    expect(await operator(...close)).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringMatching(/^MONTH: can be closed from /),
    });
    cli.api.clock.advance(monthEnd(month) - cli.api.clock.now() + HOUR_MS);
    const closed = await operator(...close);
    expect(await operator(...close)).toEqual(closed);
    expect(await cli.json('bill', 'show', month)).toMatchObject({ closed: true, total: closed.total });
    expect(await said('bill', 'show', month)).toContain(
      `${month}, closed ${closed.closedAt.slice(0, 16).replace('T', ' ')} UTC (`,
    );
    const byKey = await cli.run([...close, '--json']);
    expect(byKey.code).toBe(2);
  });

  it.each(['soon', '2027-1', '2027-13', '2999-01'])('refuses the month %s', async (text) => {
    const { code, stderr } = await cli.run(['bill', 'show', text]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^varve: MONTH:? /);
  });
});

describe('1.3: varve account credit, debit, threshold and balance', () => {
  it('keep a balance that arrears follow', async () => {
    expect(await said('account', 'balance')).toBe(
      'The account has no balance. The operator gives it one: varve account credit.\n',
    );
    const id = cli.account.id;
    const credit = ['account', 'credit', id, '12.5', '--currency', 'EUR', '--token', 'one', '--note', 'by card'];
    expect(await operator(...credit)).toMatchObject({ balance: '1250000000' });
    expect(await operator(...credit)).toMatchObject({ balance: '1250000000' });
    expect(await operator('account', 'threshold', id, '10', '--currency', 'EUR')).toMatchObject({
      threshold: '1000000000',
    });
    expect(await operator('account', 'debit', id, '22.51', '--currency', 'EUR')).toMatchObject({
      balance: '-1001000000',
    });
    expect(await cli.json('account', 'show')).toMatchObject({ status: 'IN_ARREARS' });
    const text = await said('account', 'balance');
    expect(text).toMatch(/^Balance: -10\.01 EUR\nMay owe: 10\.00\n/);
    expect(text).toContain('by card');
    expect((await operator('account', 'threshold', id)).message).toBe('Give AMOUNT, or --off.');
    expect(await operator('account', 'threshold', id, '--off')).not.toHaveProperty('threshold');
    expect(await cli.json('account', 'show')).toMatchObject({ status: 'NORMAL' });
    expect((await cli.json('account', 'balance')).movements).toHaveLength(2);
  });

  it.each([
    ['account', 'credit', 'a', '5'],
    ['account', 'debit', 'a', 'five', '--currency', 'EUR'],
    ['account', 'threshold', 'a'],
    ['account', 'threshold', 'a', '5', '--off'],
  ])('refuse %s %s %s %s', async (...words) => {
    expect(await operator(...words)).toMatchObject({ code: 'Usage' });
  });

  it('say that it is AMOUNT which is no number', async () => {
    const refused = await operator('account', 'debit', 'a', 'five', '--currency', 'EUR');
    expect(refused.message).toContain('AMOUNT must be a number');
  });
});

describe('8.2: money in text is exact', () => {
  it.each([
    ['8000000', 'EUR', '0.08'],
    ['123456789', 'EUR', '1.23456789'],
    ['100000000', 'EUR', '1.00'],
    ['-20000000', 'EUR', '-0.20'],
    ['5000000', 'JPY', '5'],
    ['5500000', 'JPY', '5.5'],
    ['9007199254740993000001', 'EUR', '90071992547409.93000001'],
    ['0', 'XXX', '0.00'],
  ])('%s of %s is %s', (amount, currency, text) => expect(formatMoney(amount, currency)).toBe(text));

  it('reads what it writes', () => {
    for (const text of ['0.08', '1.00', '12345.67890123']) {
      const written = { currency: 'EUR', arg: 'PRICE', command: 'price set' } as const;
      expect(formatMoney(parseMoney(text, written), 'EUR')).toBe(text);
    }
    expect(gibMonths(String(2n ** 30n * 744n), 744)).toBe('1');
    expect(gibMonths('1', 744)).toBe('0');
  });
});
