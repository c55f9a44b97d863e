import { ClientError } from '../../client/errors.ts';
import type { ChainNode } from '../../client/service/account.ts';
import type { Command } from '../command.ts';
import { table } from '../console.ts';
import { findDiskId } from '../lookup.ts';
import { formatSize } from '../sizes.ts';

export const chainShow: Command = {
  path: 'chain show',
  summary: 'Show all snapshots of a disk with their own and shared sizes, even after the disk is released.',
  args: [{ name: 'DISK', summary: 'Id or name of the disk. A released disk has only its id.' }],
  options: [],
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
      'Read back: ' +
        `${lastVerifiedAt === null ? 'not yet' : minuteOf(lastVerifiedAt)}.${damageNote(damagedObjects.length)}`,
      ...(nodes.length === 0 ? [] : table(['SNAPSHOT', 'NAME', 'KIND', 'OWN', 'SHARED', 'CREATED'], nodes.map(row))),
    ]);
  },
};

const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

const damageNote = (count: number): string =>
  count === 0 ? '' : ` Damaged objects: ${count}; see 'varve damage list'.`;

function row({ snapshot, sizes }: ChainNode): string[] {
  const { id, name, kind, createdAt } = snapshot;
  const [own, shared] = sizes ? [formatSize(sizes.ownBytes), formatSize(sizes.sharedBytes)] : ['…', '…'];
  return [id, name, kind, own, shared, minuteOf(createdAt)];
}
