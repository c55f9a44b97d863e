import type { ChainCapacity } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ChainMember, chainMembers, chainNodesAndBases, trashedNodes } from '../model/chains/members.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import type { Service } from '../service.ts';
import { capacityOf } from './sizes.ts';

const MAX_CHAINS = 100; // each may be asked for its capacity, which looks at all of its nodes

export interface ChainList extends PageArgs {
  readonly region?: string | null | undefined;
}

export async function listChains(service: Service, caller: Caller, args: ChainList): Promise<Connection<ChainRow>> {
  parseWhole('first', args.first, { min: 1, max: MAX_CHAINS });
  const partition = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, args.region) };
  const sort = ['createdAt', 'id'] as const;
  return listPage(
    service.catalogue,
    { entity: chainEntity, index: 'byCreation', partition, sort, descending: true },
    args,
  );
}

/** Rule 4.8: the nodes in the order in which they were made. */
export async function listMembers(
  catalogue: Catalogue,
  chain: ChainRow,
  args: PageArgs,
): Promise<Connection<ChainMember>> {
  const members = await chainMembers(catalogue, { accountId: chain.accountId, chainId: chain.id });
  return slicePage(members, ['id'], args);
}

export async function capacityOfChain(catalogue: Catalogue, chain: ChainRow): Promise<ChainCapacity | null> {
  return capacityOf(await chainNodesAndBases(catalogue, { accountId: chain.accountId, chainId: chain.id }));
}

/** Of its snapshots in the recycle bin. */
export async function trashOfChain(catalogue: Catalogue, chain: ChainRow): Promise<ChainCapacity | null> {
  const { accountId, id: chainId, trashCount = 0 } = chain;
  return trashCount === 0 ? NO_CAPACITY : capacityOf(await trashedNodes(catalogue, { accountId, chainId }));
}

const NO_CAPACITY: ChainCapacity = { logicalBytes: 0, storedBytes: 0 };
