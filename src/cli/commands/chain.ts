import { ClientError } from '../../client/errors.ts';
import type { ChainNode } from '../../client/service/account.ts';
import type { Command } from '../command.ts';
import { type Column, tableOf } from '../listing.ts';
import { findDiskId } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { line, when } from '../text.ts';
import { WATCH_OPTION } from '../watching.ts';

export const chainShow: Command = {
  path: 'chain show',
  summary: 'Show all snapshots of a disk with their own and shared sizes, even after the disk is released.',
  args: [{ name: 'DISK', summary: 'Id or name of the disk. A released disk has only its id.' }],
  options: [WATCH_OPTION],
  examples: [{ does: 'What each snapshot takes', line: 'varve chain show web-root' }],
  json:
    '`{id, region, disk{id name status}, capacity{logicalBytes storedBytes}, snapshotCount, ' +
    'manualQuota, autoQuota, lastVerifiedAt, damagedObjects[{objectId}], ' +
    'nodes: [{snapshot{id name createdAt kind}, parentId, sizes}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const id = await findDiskId(client, args[0] as string, region);
    const chain = await client.account.chain(id);
    if (!chain) throw new ClientError('NotFound', `There is no chain '${id}'.`, { chain: id });
    const { capacity, manualQuota, autoQuota, lastVerifiedAt, damagedObjects, nodes } = chain;
    const takes = capacity
      ? `${formatSize(capacity.logicalBytes)}, ${formatSize(capacity.storedBytes)} stored`
      : 'being measured';
    console.result(chain, () => [
      `Chain of disk ${chain.disk ? `${chain.disk.name} (${chain.id})` : `${chain.id}, released`}: ${takes}.`,
      `Snapshots: ${manualQuota.used ?? 0} of ${manualQuota.limit} manual, ` +
        `${autoQuota.used ?? 0} of ${autoQuota.limit} automatic.`,
      line`Read back: ${when(lastVerifiedAt, 'not yet')}.${damageNote(damagedObjects.length)}`,
      ...(nodes.length === 0 ? [] : tableOf(console, COLUMNS, nodes)),
    ]);
  },
};

const damageNote = (count: number): string =>
  count === 0 ? '' : ` Damaged objects: ${count}; see 'varve damage list'.`;

const COLUMNS: readonly Column<ChainNode>[] = [
  { head: 'SNAPSHOT', cell: ({ snapshot }) => snapshot.id },
  { head: 'NAME', isCut: true, cell: ({ snapshot }) => snapshot.name },
  { head: 'KIND', spare: 1, cell: ({ snapshot }) => snapshot.kind },
  { head: 'OWN', cell: ({ sizes }) => (sizes ? formatSize(sizes.ownBytes) : '…') },
  { head: 'SHARED', spare: 2, cell: ({ sizes }) => (sizes ? formatSize(sizes.sharedBytes) : '…') },
  { head: 'CREATED', spare: 3, cell: ({ snapshot }) => when(snapshot.createdAt) },
];
