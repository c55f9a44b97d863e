import type { CapacityPackage } from '../../client/service/money.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { line, whenIn } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { ACCOUNT_ARG, callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';

const ORDER = 'Each hour uses up packages before anything is charged, the first to end first.';

export const packageAdd: Command = {
  path: 'package add',
  summary: 'Add capacity that an account has paid for in advance.',
  details: [...FOR_OPERATORS, ORDER],
  args: [ACCOUNT_ARG, { name: 'GIB', summary: 'How many GiB are covered in each hour.' }],
  options: [
    {
      name: 'from',
      takes: 'text',
      value: 'DATE',
      summary: 'When it begins, such as 2027-01-01, in UTC. Needed.',
    },
    {
      name: 'until',
      takes: 'text',
      value: 'DATE',
      summary: 'When it ends, such as 2028-01-01, in UTC. Needed.',
    },
    { name: 'note', takes: 'text', value: 'TEXT', summary: 'What is written beside it.' },
    {
      name: 'token',
      takes: 'text',
      value: 'TOKEN',
      summary: 'A call that is repeated with the same token adds one package.',
    },
    FUNCTION_OPTION,
  ],
  examples: [
    {
      does: '500 GiB for a year',
      line: 'varve package add team-b 500 --from 2027-01-01 --until 2028-01-01',
    },
  ],
  json: '`{id, accountId, region, gib, from, until, note, createdAt}`.',
  run: async (context, input) => {
    const [account, text = ''] = input.args;
    const [from, until] = [input.text('from'), input.text('until')];
    const misused = (message: string) => new UsageError(message, 'package add');
    if (from === undefined || until === undefined) throw misused('Add --from and --until.');
    if (!/^\d{1,10}$/.test(text)) throw misused(`GIB must be a whole number, not '${text}'.`);
    const said = { gib: Number(text), from, until, note: input.text('note'), token: input.text('token') };
    const event = { account, package: { region: context.region, ...said } };
    const shape = { id: 'string', region: 'string', gib: 'number', from: 'string', until: 'string' } as const;
    const added = (await callFunction(context, input, event, shape)) as CapacityPackage;
    const { id, gib, region } = added;
    context.console.result(added, () => [line`Package ${id}: ${gib} GiB in region ${region} ${spanOf(added)}.`]);
  },
};

const DEFAULT_LIMIT = 100;

export const packageList: Command = {
  path: 'package list',
  summary: 'List the capacity that was paid for in advance, the one that ends first first.',
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
  examples: [{ does: 'What is paid for', line: 'varve package list' }],
  json: '`{packages: [{id, region, gib, from, until, note, createdAt}], more}`.',
  run: async ({ console, client: connect, region }, input) => {
    const { money } = await connect();
    const { nodes, more } = await money.packages({ region, limit: input.number('limit') ?? DEFAULT_LIMIT });
    showList(console, input, { of: 'packages', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No packages. The operator adds one: varve package add.';

/** What is paid for goes by UTC. */
const utc = (at: string) => whenIn('UTC', at);
const spanOf = ({ from, until }: Pick<CapacityPackage, 'from' | 'until'>) =>
  line`from ${utc(from)} until ${utc(until)}`;

const COLUMNS: readonly Column<CapacityPackage>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'GIB', cell: ({ gib }) => String(gib) },
  { head: 'FROM', cell: ({ from }) => utc(from) },
  { head: 'UNTIL', cell: ({ until }) => utc(until) },
  { head: 'NOTE', isCut: true, spare: 1, cell: ({ note }) => note ?? '' },
];
