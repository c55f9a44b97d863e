import type { Snapshot } from '../../client/service/snapshots.ts';
import type { Command, Context, Input } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId, findInstance } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { state, when } from '../text.ts';
import { choiceFilter, commonFilterIn, commonFilters, FILTERS, isoIn, orderIn, orderOptions } from './filters.ts';

const KINDS = ['MANUAL', 'AUTO'] as const;
const STATES = ['PROGRESSING', 'ACCOMPLISHED', 'FAILED'] as const;
const ORDERS = ['created', 'name', 'end'] as const;
const USAGES = ['NONE', 'DISK', 'IMAGE', 'IMAGE_AND_DISK'] as const;

export const snapshotList: Command = {
  path: 'snapshot list',
  summary: 'List snapshots, newest first; with --name by name, with --expires-before by end.',
  details: [FILTERS],
  args: [],
  options: [
    {
      name: 'disk',
      takes: 'text',
      value: 'DISK',
      summary: 'Only those of this disk (id or name).',
    },
    {
      name: 'instance',
      takes: 'text',
      value: 'INSTANCE',
      summary: 'Only those of disks that are attached to it (id or name).',
    },
    ...commonFilters('those'),
    choiceFilter('kind', KINDS, 'those of this kind'),
    choiceFilter('status', STATES, 'those in this state'),
    choiceFilter('usage', USAGES, 'those that are used so'),
    { name: 'encrypted', takes: 'nothing', summary: 'Only encrypted ones.' },
    {
      name: 'expires-before',
      takes: 'text',
      value: 'DATE',
      summary: 'Only those whose retention ends before this date or instant, soonest first.',
    },
    ...orderOptions(ORDERS),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'The snapshots of one disk', line: 'varve snapshot list --disk web-root' },
    { does: 'What was not accomplished', line: 'varve snapshot list --status FAILED' },
    { does: 'What ends this year', line: 'varve snapshot list --expires-before 2027-01-01' },
  ],
  json: '`{snapshots: [snapshot], more}`: `more` says that the limit left some out. Snapshots as for `snapshot show`.',
  run: async (context, input) => {
    const { console, region } = context;
    const client = await context.client();
    const filter = await filterOf(context, input);
    const orderBy = orderOf(input);
    const limit = input.number('limit') ?? 1000;
    const { nodes, more } = await client.snapshots.list({ region, filter, orderBy, limit });
    showList(console, input, { of: 'snapshots', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

/** What has an index for the filter; those of an instance are in the order of time alone. */
function orderOf(input: Input) {
  const byEnd = input.has('expires-before') ? 'end' : undefined;
  const byName = input.has('name') ? 'name' : undefined;
  return orderIn(input, ORDERS, input.has('instance') ? 'created' : (byEnd ?? byName ?? 'created'));
}

async function filterOf({ client: connect, region }: Context, input: Input) {
  const client = await connect();
  const [disk, instance] = [input.text('disk'), input.text('instance')];
  const status = input.choice('status', STATES);
  const usage = input.choice('usage', USAGES);
  return {
    ...commonFilterIn(input, 'snapshot list'),
    kind: input.choice('kind', KINDS),
    ...(input.has('encrypted') && { encrypted: true }),
    diskId: disk === undefined ? undefined : await findDiskId(client, disk, region),
    instanceId: instance === undefined ? undefined : (await findInstance(client, instance, region)).id,
    expiresBefore: isoIn(input, 'expires-before', 'snapshot list'),
    ...(status !== undefined && { status: [status] }),
    ...(usage !== undefined && { usage: [usage] }),
  };
}

const EMPTY = 'No snapshots. varve snapshot create makes one, and a policy makes them by itself.';

const COLUMNS: readonly Column<Snapshot>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'DISK', spare: 5, cell: ({ sourceDisk }) => sourceDisk.id },
  { head: 'TYPE', spare: 4, cell: ({ type }) => type },
  {
    head: 'OWN DATA',
    spare: 3,
    cell: ({ sizes }) => (sizes ? formatSize(sizes.ownBytes) : '…'),
    plain: ({ sizes }) => sizes?.ownBytes ?? null,
  },
  { head: 'STATUS', spare: 1, cell: ({ status }) => state(status) },
  {
    head: 'CONTENTS',
    spare: 6,
    cell: ({ status, consistency }) => (status === 'ACCOMPLISHED' ? consistency : '…'),
  },
  { head: 'CREATED', spare: 2, cell: ({ createdAt }) => when(createdAt) },
];
