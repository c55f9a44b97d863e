import type { Disk } from '../../client/service/disks.ts';
import type { DiskStatus } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { rootText } from '../expected-root.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDisk, findInstance } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { type Line, line, state, when, whenKnown } from '../text.ts';
import { unreadableLines, unreadableText } from '../unreadable-lines.ts';
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

export const DISK_JSON =
  'a disk: `id name region kind category sizeBytes status chargeType expiresAt encrypted ' +
  'encryption{keyId} deleteAutoSnapshots deleteWithInstance ' +
  'policy{id name} origin{kind snapshotId imageId} instances[id name] tags[key value] ' +
  'createdAt version root sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes ' +
  'sharedBytes} reencryption lease{holder fence acquiredAt expiresAt} unreadable{count bytes}`.';

export function diskLines(disk: Disk): Line[] {
  const { origin, sizes, reencryption, lease } = disk;
  return facts([
    ['Disk', disk.id],
    ['Name', disk.name],
    ['Size', `${formatSize(disk.sizeBytes)} (${disk.sizeBytes} bytes)`],
    ['Status', state(disk.status)],
    ['Region', disk.region],
    ['Kind', `${disk.kind}, ${disk.category}`],
    ['Encrypted', disk.encryption ? `yes, key ${disk.encryption.keyId}` : 'no'],
    [
      'Origin',
      origin.snapshotId ? `snapshot ${origin.snapshotId}` : origin.imageId ? `image ${origin.imageId}` : undefined,
    ],
    ['Attached to', disk.instances.map(({ name }) => name).join(', ') || undefined],
    ['Written by', lease ? line`${lease.holder}, since ${when(lease.acquiredAt)}` : undefined],
    ['Policy', policyText(disk)],
    ['Paid until', whenKnown(disk.expiresAt)],
    ['Released', disk.deleteWithInstance ? 'with the instance it is attached to' : undefined],
    ['Auto snapshots', disk.deleteAutoSnapshots ? 'go with it' : undefined],
    ['Created', when(disk.createdAt)],
    ['Version', String(disk.version)],
    ['Root', rootText(disk)],
    [
      'Data',
      sizes ? `${formatSize(sizes.totalBytes)}, ${formatSize(sizes.totalStoredBytes)} stored` : 'being measured',
    ],
    ['Changed', sizes ? `${formatSize(sizes.ownBytes)} since the latest snapshot` : undefined],
    [
      'Copying',
      reencryption ? `${reencryption.progressPercent} % of ${formatSize(reencryption.totalBytes)}` : undefined,
    ],
    ['Unreadable', unreadableText(disk.unreadable)],
    ['Tags', disk.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || undefined],
  ]);
}

/** Rule 5.3: a run takes snapshots of disks that are IN_USE. */
function policyText({ policy, status }: Disk): string | undefined {
  if (policy === null || status === 'IN_USE') return policy?.name;
  return `${policy.name}, which takes no snapshots of it while it is ${status}`;
}

export const diskShow: Command = {
  path: 'disk show',
  summary: 'Show one disk.',
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show a disk by its name', line: 'varve disk show web-root' }],
  json: `${DISK_JSON} With \`unreadable{ranges[offsetBytes lengthBytes]}\`, at most 1000.`,
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const disk = await findDisk(client, args[0] as string, region);
    const unreadable = disk.unreadable && (await client.unreadable.ofDisk(disk.id));
    console.result({ ...disk, unreadable }, () => [...diskLines(disk), ...unreadableLines(unreadable)]);
  },
};

const STATES: readonly DiskStatus[] = [
  'CREATING',
  'AVAILABLE',
  'ATTACHING',
  'IN_USE',
  'DETACHING',
  'REINITIALIZING',
  'EXPIRED',
];

const KINDS = ['SYSTEM', 'DATA'] as const;
const CATEGORIES = ['CLOUD', 'SHARED', 'LOCAL'] as const;

export const diskList: Command = {
  path: 'disk list',
  summary: 'List disks, newest first; with --name, by name.',
  details: [FILTERS],
  args: [],
  options: [
    ...commonFilters('disks'),
    choiceFilter('status', STATES, 'disks in this state'),
    choiceFilter('kind', KINDS, 'disks of this kind'),
    choiceFilter('category', CATEGORIES, 'disks of this category'),
    { name: 'encrypted', takes: 'nothing', summary: 'Only encrypted disks.' },
    {
      name: 'instance',
      takes: 'text',
      value: 'INSTANCE',
      summary: 'Only disks that are attached to it (id or name).',
    },
    {
      name: 'without-policy',
      takes: 'nothing',
      summary: 'Only disks that are under no policy and could be.',
    },
    ...orderOptions(BY_TIME_OR_NAME),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'All disks', line: 'varve disk list' },
    { does: 'Disks that nothing protects', line: 'varve disk list --without-policy' },
    { does: 'Ids of the disks of one service', line: "varve disk list --name web- --json | jq -r '.disks[].id'" },
  ],
  json: '`{disks: [disk], more}`: `more` says that the limit left some out. Disks as for `disk show`.',
  run: async ({ console, client, region }, input) => {
    const status = input.choice('status', STATES);
    const category = input.choice('category', CATEGORIES);
    const connected = await client();
    const instance = input.text('instance');
    const filter = {
      ...commonFilterIn(input, 'disk list'),
      kind: input.choice('kind', KINDS),
      ...(category !== undefined && { category: [category] }),
      ...(input.has('encrypted') && { encrypted: true }),
      instanceId: instance === undefined ? undefined : (await findInstance(connected, instance, region)).id,
      ...(input.has('without-policy') && { withoutPolicy: true }),
      ...(status === undefined ? {} : { status: [status] }),
    };
    const orderBy = orderIn(input, BY_TIME_OR_NAME, input.has('name') ? 'name' : 'created');
    const limit = input.number('limit') ?? 1000;
    const { nodes, more } = await connected.disks.list({ region, filter, orderBy, limit });
    showList(console, input, { of: 'disks', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No disks. varve disk create makes one, and varve disk import brings an image.';

const COLUMNS: readonly Column<Disk>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'SIZE', spare: 2, cell: ({ sizeBytes }) => formatSize(sizeBytes), plain: ({ sizeBytes }) => sizeBytes },
  {
    head: 'DATA',
    spare: 3,
    cell: ({ sizes }) => (sizes ? formatSize(sizes.totalBytes) : '…'),
    plain: ({ sizes }) => sizes?.totalBytes ?? null,
  },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'CREATED', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];
