import type { Snapshot } from '../../client/service/snapshots.ts';
import type { Command, Context, Input } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId, findInstance } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { state, when } from '../text.ts';
import { BY_END, BY_NAME, FILTERS } from './filters.ts';
import { TAG_FILTER_OPTION, tagFilters } from './tags.ts';
import { instant } from './usage.ts';

const KINDS = ['MANUAL', 'AUTO'] as const;
const STATES = ['PROGRESSING', 'ACCOMPLISHED', 'FAILED'] as const;
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
    {
      name: 'name',
      takes: 'text',
      value: 'PREFIX',
      summary: 'Only those whose names begin with this.',
    },
    {
      name: 'kind',
      takes: 'text',
      value: 'KIND',
      summary: `Only those of this kind: ${KINDS.join(', ')}.`,
      choices: KINDS,
    },
    {
      name: 'status',
      takes: 'text',
      value: 'STATUS',
      summary: `Only those in this state: ${STATES.join(', ')}.`,
      choices: STATES,
    },
    {
      name: 'usage',
      takes: 'text',
      value: 'USAGE',
      summary: `Only those that are used so: ${USAGES.join(', ')}.`,
      choices: USAGES,
    },
    TAG_FILTER_OPTION,
    {
      name: 'expires-before',
      takes: 'text',
      value: 'DATE',
      summary: 'Only those whose retention ends before this date or instant, soonest first.',
    },
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
  if (input.has('instance')) return undefined;
  if (input.has('expires-before')) return BY_END;
  return input.has('name') ? BY_NAME : undefined;
}

async function filterOf({ client: connect, region }: Context, input: Input) {
  const client = await connect();
  const [disk, instance] = [input.text('disk'), input.text('instance')];
  const before = instant('expires-before', input.text('expires-before'), 'snapshot list');
  const status = input.choice('status', STATES);
  const usage = input.choice('usage', USAGES);
  return {
    namePrefix: input.text('name'),
    kind: input.choice('kind', KINDS),
    tags: tagFilters(input.texts('tag')),
    diskId: disk === undefined ? undefined : await findDiskId(client, disk, region),
    instanceId: instance === undefined ? undefined : (await findInstance(client, instance, region)).id,
    expiresBefore: before === undefined ? undefined : new Date(before).toISOString(),
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
