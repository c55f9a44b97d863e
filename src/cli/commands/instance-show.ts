import type { Instance } from '../../client/service/instances.ts';
import type { InstanceStatus } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId, findInstance } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { type Line, state, when } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';
import {
  BY_TIME_OR_NAME,
  choiceFilter,
  commonFilterIn,
  commonFilters,
  FILTERS,
  orderIn,
  orderOptions,
} from './filters.ts';

export const INSTANCE_JSON =
  'an instance: `id region name kind status systemDisk{id name sizeBytes status} dataDisks[id name sizeBytes status] ' +
  'deletionProtection tags[key value] createdAt`.';

export function instanceLines(instance: Instance): Line[] {
  const { systemDisk, dataDisks, tags } = instance;
  const disk = ({ id, name, sizeBytes }: (typeof dataDisks)[number]) =>
    name === id ? `${id}, ${formatSize(sizeBytes)}` : `${id} (${name}), ${formatSize(sizeBytes)}`;
  return facts([
    ['Instance', instance.id],
    ['Name', instance.name],
    ['Kind', instance.kind],
    ['Status', state(instance.status)],
    ['Region', instance.region],
    ['System disk', systemDisk ? disk(systemDisk) : undefined],
    ...dataDisks.map((one): [string, string] => ['Data disk', disk(one)]),
    ['Protected', instance.deletionProtection ? 'yes, releasing it is refused' : 'no'],
    ['Created', when(instance.createdAt)],
    ['Tags', tags.map(({ key, value }) => `${key}=${value}`).join(', ') || undefined],
  ]);
}

export const instanceShow: Command = {
  path: 'instance show',
  summary: 'Show one instance with its disks.',
  args: [{ name: 'INSTANCE', summary: 'Id or name of the instance.' }],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show an instance by its name', line: 'varve instance show web' }],
  json: INSTANCE_JSON,
  run: async ({ console, client, region }, { args }) => {
    const instance = await findInstance(await client(), args[0] as string, region);
    console.result(instance, () => instanceLines(instance));
  },
};

const KINDS = ['MACHINE', 'HOST'] as const;
const STATES: readonly InstanceStatus[] = ['PENDING', 'STARTING', 'RUNNING', 'STOPPING', 'STOPPED'];

export const instanceList: Command = {
  path: 'instance list',
  summary: 'List instances, newest first; with --name, by name.',
  details: [FILTERS],
  args: [],
  options: [
    ...commonFilters('instances'),
    choiceFilter('status', STATES, 'instances in this state'),
    choiceFilter('kind', KINDS, 'instances of this kind'),
    {
      name: 'disk',
      takes: 'text',
      value: 'DISK',
      summary: 'Only instances that have this disk (id or name).',
    },
    ...orderOptions(BY_TIME_OR_NAME),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'What is at rest', line: 'varve instance list --status STOPPED' }],
  json: '`{instances: [instance], more}`: `more` says that the limit left some out. Instances as for `instance show`.',
  run: async ({ console, client, region }, input) => {
    const status = input.choice('status', STATES);
    const connected = await client();
    const disk = input.text('disk');
    const filter = {
      ...commonFilterIn(input, 'instance list'),
      kind: input.choice('kind', KINDS),
      diskId: disk === undefined ? undefined : await findDiskId(connected, disk, region),
      ...(status === undefined ? {} : { status: [status] }),
    };
    const orderBy = orderIn(input, BY_TIME_OR_NAME, input.has('name') ? 'name' : 'created');
    const limit = input.number('limit') ?? 1000;
    const { nodes, more } = await connected.instances.list({ region, filter, orderBy, limit });
    showList(console, input, { of: 'instances', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No instances. varve instance create makes one.';

const COLUMNS: readonly Column<Instance>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'KIND', spare: 3, cell: ({ kind }) => kind },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'DISKS', spare: 2, cell: ({ systemDisk, dataDisks }) => String(dataDisks.length + (systemDisk ? 1 : 0)) },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];
