import type { Client } from '../../client/client.ts';
import type { Statement } from '../../client/service/money.ts';
import { billCsv, billText, type RegionLines } from '../bill-text.ts';
import type { Command, Input, OptionSpec } from '../command.ts';
import { formatMoney } from '../money.ts';
import { line, when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { ACCOUNT_ARG, callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';
import { CURRENCY_OPTION, currencyOf } from './price.ts';

const TAG_OPTION: OptionSpec = {
  name: 'by-tag',
  takes: 'text',
  value: 'KEY',
  summary: 'A line for each value of this tag and one for none. Default: by chain and image.',
};
const CHOSEN_CURRENCY: OptionSpec = {
  ...CURRENCY_OPTION,
  summary: `${CURRENCY_OPTION.summary} Default: the only one that there are prices in.`,
};
const MONTH_SUMMARY = 'The month in UTC, such as 2027-01.';

const LINE_JSON = '{region, kind, id, tagValue, byteHours, amount}';
const STATEMENT_JSON =
  '`{month, currency, closed, closedAt, hoursInMonth, total, regions: [{region, hours, ' +
  'missingHours, byteHours, packages, prices, unpricedByteHours, amount}], corrections: ' +
  `[{ofMonth, region, amount}], lines: [${LINE_JSON}]}\`. Money in millionths of the smallest ` +
  'unit and byte-hours are text.';

export const billShow: Command = {
  path: 'bill show',
  summary: 'Show what a month costs: by region, and by chain or by the values of a tag.',
  details: ['A month that is not closed is shown as it is now. See docs/money.md.'],
  args: [
    {
      name: 'MONTH',
      summary: `${MONTH_SUMMARY} Default: the month under way.`,
      optional: true,
    },
  ],
  options: [TAG_OPTION, CHOSEN_CURRENCY],
  examples: [
    { does: 'This month so far', line: 'varve bill show' },
    { does: 'By team', line: 'varve bill show 2027-01 --by-tag team' },
  ],
  json: STATEMENT_JSON,
  run: async ({ console, client: connect }, input) => {
    const month = input.args[0] ?? new Date().toISOString().slice(0, 7);
    const bill = await readBill(await connect(), month, input, 'bill show');
    console.result(jsonOf(bill), () => billText(bill.statement, bill.regions, bill.tagKey));
  },
};

export const billExport: Command = {
  path: 'bill export',
  summary: 'Print what a month costs, line by line, as CSV or JSON.',
  details: [
    'The amounts of all lines add up to the total. In CSV, text that a spreadsheet would take ' +
      'for a formula has an apostrophe in front; JSON has it as it is.',
  ],
  args: [{ name: 'MONTH', summary: MONTH_SUMMARY }],
  options: [
    {
      name: 'format',
      takes: 'text',
      value: 'FORMAT',
      choices: ['csv', 'json'],
      summary: 'csv or json. Default: csv.',
    },
    TAG_OPTION,
    CHOSEN_CURRENCY,
  ],
  examples: [
    {
      does: 'For a spreadsheet',
      line: 'varve bill export 2027-01 --by-tag team > bill.csv',
    },
  ],
  json: STATEMENT_JSON,
  run: async ({ console, client: connect }, input) => {
    const bill = await readBill(await connect(), input.args[0] as string, input, 'bill export');
    const isJson = input.choice('format', ['csv', 'json']) === 'json';
    const value = jsonOf(bill);
    console.result(value, () =>
      isJson ? JSON.stringify(value, undefined, 2).split('\n') : billCsv(bill.statement, bill.regions, bill.tagKey),
    );
  },
};

interface Bill {
  readonly statement: Statement;
  readonly regions: readonly RegionLines[];
  readonly tagKey: string | undefined;
}

async function readBill({ money }: Client, month: string, input: Input, command: string): Promise<Bill> {
  if (!/^\d{4}-\d\d$/.test(month))
    throw new UsageError(`MONTH must be a month such as 2027-01, not '${month}'.`, command);
  const currency = currencyOf(input, command);
  const tagKey = input.text('by-tag');
  const statement = await money.statement(month, currency);
  const regions: RegionLines[] = [];
  for (const { region } of statement.regions) {
    const limit = Number.POSITIVE_INFINITY;
    const { nodes } = await money.lines({ month, region, currency: statement.currency, tagKey, limit });
    regions.push({ region, lines: nodes });
  }
  return { statement, regions, tagKey };
}

const jsonOf = ({ statement, regions }: Bill) => ({
  ...statement,
  lines: regions.flatMap(({ region, lines }) => lines.map((line) => ({ region, ...line }))),
});

export const billClose: Command = {
  path: 'bill close',
  summary: 'Close a month of an account: its statement never changes any more.',
  details: [
    ...FOR_OPERATORS,
    'A month can be closed from one hour after its end, in UTC. Closing it again shows the same ' +
      'statement. What is set later for a closed month is a correction in the next one.',
  ],
  args: [ACCOUNT_ARG, { name: 'MONTH', summary: MONTH_SUMMARY }],
  options: [CHOSEN_CURRENCY, FUNCTION_OPTION],
  examples: [{ does: 'January is over', line: 'varve bill close team-b 2027-01' }],
  json: '`{accountId, month, currency, closedAt, total, regions, corrections}`, as in `bill show`.',
  run: async (context, input) => {
    const [account, closeMonth] = input.args;
    const currency = currencyOf(input, 'bill close');
    const shape = { month: 'string', currency: 'string', closedAt: 'string', total: 'string' } as const;
    const event = { account, closeMonth, currency };
    const closed = (await callFunction(context, input, event, shape)) as Closed;
    context.console.result(closed, () => [
      line`Month ${closed.month} of account ${account ?? ''} is closed ${sinceText(closed)}.`,
    ]);
  },
};

const sinceText = ({ closedAt, total, currency }: Closed) =>
  line`since ${when(closedAt)}: ${formatMoney(total, currency)} ${currency}`;

interface Closed {
  readonly month: string;
  readonly currency: string;
  readonly closedAt: string;
  readonly total: string;
}
