import type { Price } from '../../client/service/money.ts';
import type { Command, Input, OptionSpec } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { formatMoney, parseMoney } from '../money.ts';
import { line, when, whenIn } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';

export const CURRENCY_OPTION: OptionSpec = {
  name: 'currency',
  takes: 'text',
  value: 'CODE',
  summary: 'The currency by its code of ISO 4217, such as EUR.',
};
export const NEEDED_CURRENCY: OptionSpec = {
  ...CURRENCY_OPTION,
  summary: `${CURRENCY_OPTION.summary} Needed.`,
};

export const priceSet: Command = {
  path: 'price set',
  summary: 'Set what a GiB-month costs in a region, from a date on.',
  details: [
    ...FOR_OPERATORS,
    'A GiB-month is one GiB stored in all hours of a month. The price counts for all accounts. ' +
      'What was set for the same region, currency and date before is replaced. Months that are ' +
      'closed do not change: the difference is a correction in the next one.',
  ],
  args: [
    {
      name: 'PRICE',
      summary: 'The price, such as 0.08. It may have fractions of the smallest unit.',
    },
  ],
  options: [
    NEEDED_CURRENCY,
    {
      name: 'from',
      takes: 'text',
      value: 'DATE',
      summary: 'From when on, such as 2027-01-01, in UTC. Needed.',
    },
    FUNCTION_OPTION,
  ],
  examples: [{ does: '8 cents', line: 'varve price set 0.08 --currency EUR --from 2027-01-01' }],
  json:
    '`{region, currency, from, perGibMonth, setAt}`: `perGibMonth` is in millionths of the ' +
    'smallest unit, as text.',
  run: async (context, input) => {
    const command = 'price set';
    const [currency, from] = [currencyOf(input, command), input.text('from')];
    const missing = 'Add --currency and --from.';
    if (currency === undefined || from === undefined) throw new UsageError(missing, command);
    const perGibMonth = parseMoney(input.args[0] as string, { currency, arg: 'PRICE', command });
    const event = { price: { region: context.region, currency, from, perGibMonth } };
    const shape = {
      region: 'string',
      currency: 'string',
      from: 'string',
      perGibMonth: 'string',
      setAt: 'string',
    } as const;
    const price = (await callFunction(context, input, event, shape)) as Price;
    const cost = `${formatMoney(price.perGibMonth, price.currency)} ${price.currency}`;
    context.console.result(price, () => [
      line`From ${whenIn('UTC', price.from)} on a GiB-month costs ${cost} in region ${price.region}.`,
    ]);
  },
};

export function currencyOf(input: Input, command: string): string | undefined {
  const text = input.text('currency');
  if (text === undefined || /^[A-Z]{3}$/.test(text)) return text;
  throw new UsageError(`--currency must be a code such as EUR, not '${text}'.`, command);
}

const DEFAULT_LIMIT = 100;

export const priceList: Command = {
  path: 'price list',
  summary: 'List what a GiB-month costs in a region.',
  args: [],
  options: [
    {
      name: 'limit',
      takes: 'count',
      value: 'NUMBER',
      summary: 'The most to list. Default: 100.',
    },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'The price book', line: 'varve price list' }],
  json: '`{prices: [{region, currency, from, perGibMonth, setAt}], more}`.',
  run: async ({ console, client: connect, region }, input) => {
    const { money } = await connect();
    const { nodes, more } = await money.prices({ region, limit: input.number('limit') ?? DEFAULT_LIMIT });
    showList(console, input, { of: 'prices', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No prices. The operator sets them: varve price set.';

const COLUMNS: readonly Column<Price>[] = [
  { head: 'CURRENCY', isCut: true, cell: ({ currency }) => currency },
  { head: 'FROM', cell: ({ from }) => whenIn('UTC', from) },
  { head: 'PER GIB-MONTH', cell: ({ perGibMonth, currency }) => formatMoney(perGibMonth, currency) },
  { head: 'SET', spare: 1, cell: ({ setAt }) => when(setAt) },
];
