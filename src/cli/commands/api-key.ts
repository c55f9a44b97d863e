import { randomUUID } from 'node:crypto';
import { ClientError } from '../../client/errors.ts';
import type { AccountFacts, ApiKey } from '../../client/service/api-keys.ts';
import type { Role } from '../../generated/operations.ts';
import { asking, decide } from '../asking/decide.ts';
import { called } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { type Line, line, type Piece, state, when, whenKnown } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';

const KEY_JSON = 'an API key: `id name role regions createdAt createdBy expiresAt revokedAt`.';

function keyLines(key: ApiKey): Line[] {
  return facts([
    ['API key', key.id],
    ['Name', key.name],
    ['Role', key.role],
    ['Regions', key.regions?.join(', ') ?? 'all'],
    ['Created', when(key.createdAt)],
    ['Made by', makerOf(key)],
    ['Expires', when(key.expiresAt, 'never')],
    ['Revoked', whenKnown(key.revokedAt)],
  ]);
}

/** Earlier versions did not keep who made a key. */
const makerOf = ({ createdBy }: ApiKey): string => createdBy ?? 'unknown';

const ACCOUNT_JSON = 'an account: `id name createdAt status arrearsSince serviceStopsAt snapshotsDeletedAt`.';

function accountLines(account: AccountFacts): Line[] {
  return facts([
    ['Account', account.id],
    ['Name', account.name],
    ['Created', when(account.createdAt)],
    [
      'Status',
      account.arrearsSince === null
        ? state(account.status)
        : line`${state(account.status)} since ${when(account.arrearsSince)}`,
    ],
    ['No snapshots from', whenKnown(account.serviceStopsAt)],
    ['Snapshots deleted from', whenKnown(account.snapshotsDeletedAt)],
  ]);
}

export const accountShow: Command = {
  path: 'account show',
  summary: 'Show the account of the API key.',
  args: [],
  options: [WATCH_OPTION],
  examples: [{ does: 'Which account is this?', line: 'varve account show' }],
  json: ACCOUNT_JSON,
  run: async ({ console, client: connect }) => {
    const account = await (await connect()).apiKeys.account();
    console.result(account, () => accountLines(account));
  },
};

const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMIN'];

export const keyCreate: Command = {
  path: 'key create',
  summary: 'Make an API key. Its secret is shown only now.',
  args: [{ name: 'NAME', summary: 'What the key is for.' }],
  options: [
    {
      name: 'role',
      takes: 'text',
      value: 'ROLE',
      summary: 'VIEWER, OPERATOR or ADMIN. Default: VIEWER.',
      choices: ROLES,
    },
    {
      name: 'expires',
      takes: 'text',
      value: 'INSTANT',
      summary: 'When the key ends, such as 2027-01-31T00:00:00Z. Default: when it is revoked.',
    },
  ],
  examples: [{ does: 'A key for a script that only reads', line: 'varve key create monitoring' }],
  json: '`{apiKey, secret}`: the key as for `key list`.',
  run: async ({ console, client: connect }, input) => {
    const made = await (await connect()).apiKeys.create({
      name: input.args[0] as string,
      role: input.choice('role', ROLES) ?? 'VIEWER',
      expiresAt: input.text('expires'),
      clientToken: randomUUID(),
    });
    console.result(made, () => [...keyLines(made.apiKey), `Secret: ${made.secret ?? 'was shown when it was made'}`]);
  },
};

export const keyList: Command = {
  path: 'key list',
  summary: 'List the account’s API keys.',
  args: [],
  options: [
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'Who has access?', line: 'varve key list' }],
  json: `\`{apiKeys: [key], more}\`; ${KEY_JSON}`,
  run: async ({ console, client: connect }, input) => {
    const { nodes, more } = await (await connect()).apiKeys.list(input.number('limit') ?? 1000);
    const empty = 'No keys. varve key create makes one.';
    showList(console, input, { of: 'apiKeys', rows: nodes, more, columns: COLUMNS, empty });
  },
};

const COLUMNS: readonly Column<ApiKey>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'ROLE', spare: 4, cell: ({ role }) => role },
  { head: 'STATE', cell: ({ revokedAt, expiresAt }) => stateOf(revokedAt, expiresAt) },
  { head: 'EXPIRES', spare: 3, cell: ({ expiresAt }) => when(expiresAt, 'never') },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
  { head: 'MADE BY', spare: 2, cell: makerOf },
];

function stateOf(revokedAt: string | null, expiresAt: string | null): Piece {
  if (revokedAt !== null) return state('REVOKED');
  return state(expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'EXPIRED' : 'ACTIVE');
}

export const keyRevoke: Command = asking({
  path: 'key revoke',
  summary: 'End an API key for good.',
  args: [{ name: 'KEY', summary: 'Id of the key: 16 hex digits, as key list shows it.' }],
  options: [],
  examples: [{ does: 'Revoke a key', line: 'varve key revoke 9f3c41d07b28e6a5' }],
  json: KEY_JSON,
  run: async (context, input) => {
    const id = input.args[0] as string;
    const { apiKeys } = await context.client();
    if (!(await decide(context, input, async () => revokePlan(await apiKeys.list(MOST_KEYS), id)))) return;
    const key = await apiKeys.revoke(id);
    context.console.result(key, () => keyLines(key));
  },
});

const MOST_KEYS = 10_000;

function revokePlan({ nodes }: { readonly nodes: readonly ApiKey[] }, id: string): Plan {
  const key = nodes.find((one) => one.id === id);
  if (key === undefined) {
    throw new ClientError('NotFound', `There is no API key '${id}'.`, { apiKey: id });
  }
  const isOver = key.revokedAt !== null;
  return {
    doing: `revoke API key ${called(key)}`,
    goes: isOver ? [] : [`the access of all that use it, as ${key.role}`],
    stays: ['the key in the list of keys, and what it has made'],
    back: 'It cannot be brought back. Another key can be made: varve key create',
    refusals: [],
  };
}
