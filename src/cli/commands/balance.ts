import type { Movement } from '../../client/service/money.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, tableOf } from '../listing.ts';
import { formatMoney, parseMoney } from '../money.ts';
import { when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { WATCH_OPTION } from '../watching.ts';
import { ACCOUNT_ARG, callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';
import { CURRENCY_OPTION, currencyOf, NEEDED_CURRENCY } from './price.ts';

const NOTE: OptionSpec = {
  name: 'note',
  takes: 'text',
  value: 'TEXT',
  summary: 'What is written beside it.',
};
const TOKEN: OptionSpec = {
  name: 'token',
  takes: 'text',
  value: 'TOKEN',
  summary: 'A call that is repeated with the same token counts once.',
};
const BALANCE_JSON =
  '`{accountId, currency, balance, threshold, movements}`: money is in millionths of the ' +
  "currency's smallest unit, as text.";

interface Balance {
  readonly accountId: string;
  readonly currency: string;
  readonly balance: string;
  readonly threshold?: string;
}

async function change(context: Context, input: Input, event: object): Promise<void> {
  const shape = { accountId: 'string', currency: 'string', balance: 'string' } as const;
  const after = (await callFunction(context, input, { account: input.args[0], ...event }, shape)) as Balance;
  const { accountId, currency, balance, threshold } = after;
  const limit = threshold && formatMoney(threshold, currency);
  const follows = limit === undefined ? '' : `, in arrears below -${limit}`;
  context.console.result(after, () => [
    `Balance of account ${accountId}: ${formatMoney(balance, currency)} ${currency}${follows}.`,
  ]);
}

function amountOf(input: Input, command: string) {
  const currency = currencyOf(input, command);
  if (currency === undefined) throw new UsageError('Add --currency.', command);
  const amount = parseMoney(input.args[1] as string, { currency, arg: 'AMOUNT', command });
  return { currency, amount };
}

const movement = (kind: 'credit' | 'debit', summary: string, does: string): Command => ({
  path: `account ${kind}`,
  summary,
  details: [...FOR_OPERATORS, 'Closing a month takes its total off the balance, if there is one.'],
  args: [ACCOUNT_ARG, { name: 'AMOUNT', summary: 'How much, such as 50.00.' }],
  options: [NEEDED_CURRENCY, NOTE, TOKEN, FUNCTION_OPTION],
  examples: [{ does, line: `varve account ${kind} team-b 50 --currency EUR --token invoice-17` }],
  json: BALANCE_JSON,
  run: (context, input) => {
    const said = { note: input.text('note'), token: input.text('token') };
    return change(context, input, { [kind]: { ...amountOf(input, `account ${kind}`), ...said } });
  },
});

const CREDITS = 'Add what an account has paid to its balance.';
const DEBITS = 'Take off the balance what an account owes.';
export const accountCredit = movement('credit', CREDITS, '50 EUR were paid');
export const accountDebit = movement('debit', DEBITS, '50 EUR are owed');

export const accountThreshold: Command = {
  path: 'account threshold',
  summary: 'Have the arrears of an account follow its balance.',
  details: [
    ...FOR_OPERATORS,
    'While the account owes more than AMOUNT, it is in arrears. What the operator marks by ' +
      'account arrears is apart from that: no payment ends it.',
  ],
  args: [
    ACCOUNT_ARG,
    {
      name: 'AMOUNT',
      summary: 'How much it may owe, such as 20.00. Left out: with --off.',
      optional: true,
    },
  ],
  options: [
    { ...CURRENCY_OPTION, summary: `${CURRENCY_OPTION.summary} Needed with AMOUNT.` },
    { name: 'off', takes: 'nothing', summary: 'Arrears do not follow the balance any more.' },
    FUNCTION_OPTION,
  ],
  examples: [
    {
      does: 'It may owe 20 EUR',
      line: 'varve account threshold team-b 20 --currency EUR',
    },
  ],
  json: BALANCE_JSON,
  run: (context, input) => {
    const isOff = input.has('off');
    if (isOff === (input.args[1] !== undefined)) {
      const wrong = isOff ? 'Give AMOUNT or --off, not both.' : 'Give AMOUNT, or --off.';
      throw new UsageError(wrong, 'account threshold');
    }
    return change(context, input, { threshold: isOff ? null : amountOf(input, 'account threshold') });
  },
};

const DEFAULT_LIMIT = 20;

export const accountBalance: Command = {
  path: 'account balance',
  summary: 'Show what the account has paid, less what it was charged.',
  args: [],
  options: [
    {
      name: 'limit',
      takes: 'count',
      value: 'NUMBER',
      summary: 'The most movements to list. Default: 20.',
    },
    WATCH_OPTION,
  ],
  examples: [{ does: 'The balance and what changed it', line: 'varve account balance' }],
  json:
    '`{balance: {currency, balance, threshold}, movements: [{number, at, kind, amount, balance, ' +
    'note, month}], more}`. `balance` is null if there is none.',
  run: async ({ console, client: connect }, input) => {
    const { money } = await connect();
    const balance = await money.balance();
    const { nodes, more } = await money.movements({ limit: input.number('limit') ?? DEFAULT_LIMIT });
    const currency = balance?.currency ?? '';
    console.result({ balance, movements: nodes, more }, () =>
      balance === null
        ? ['The account has no balance. The operator gives it one: varve account credit.']
        : [
            ...facts([
              ['Balance', `${formatMoney(balance.balance, currency)} ${currency}`],
              ['May owe', balance.threshold === null ? undefined : formatMoney(balance.threshold, currency)],
            ]),
            '',
            ...(nodes.length === 0 ? ['No movements yet.'] : tableOf(console, columnsIn(currency), nodes)),
          ],
    );
  },
};

const columnsIn = (currency: string): readonly Column<Movement>[] => [
  { head: 'AT', cell: ({ at }) => when(at) },
  { head: 'KIND', cell: ({ kind }) => kind },
  { head: 'AMOUNT', cell: ({ amount }) => formatMoney(amount, currency) },
  { head: 'BALANCE', cell: ({ balance }) => formatMoney(balance, currency) },
  { head: 'NOTE', isCut: true, cell: ({ note, month }) => note ?? month ?? '' },
];
