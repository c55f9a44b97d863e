import { nodesOfChain } from '../../../engine/books/account-nodes.ts';
import { isVisible } from '../../../engine/books/nodes.ts';
import type { NodeRow } from '../../../engine/books/rows.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';

/** A snapshot with its node of the version tree. */
export interface ChainMember {
  readonly id: string;
  readonly snapshot: SnapshotRow;
  readonly node: NodeRow;
}

export interface ChainKey {
  readonly accountId: string;
  readonly chainId: string;
}

/** The nodes of a chain's snapshots, oldest first; the quotas bound how many there are. */
export async function chainNodes(catalogue: Catalogue, partition: ChainKey): Promise<NodeRow[]> {
  return (await nodesOf(catalogue, partition)).filter(isSnapshot);
}

/** The same with the bases of drafts that they stand on. */
export async function chainNodesAndBases(catalogue: Catalogue, partition: ChainKey): Promise<NodeRow[]> {
  return withBases(await nodesOf(catalogue, partition));
}

/** Those in the recycle bin. */
export async function trashedNodes(catalogue: Catalogue, partition: ChainKey): Promise<NodeRow[]> {
  return (await nodesOf(catalogue, partition)).filter(({ kind, trashed }) => kind === 'SNAPSHOT' && trashed === true);
}

/** Both, by one read. */
export async function partsOfChain(catalogue: Catalogue, partition: ChainKey) {
  const nodes = await nodesOf(catalogue, partition);
  return { snapshots: nodes.filter(isSnapshot), withBases: withBases(nodes) };
}

function withBases(nodes: readonly NodeRow[]): NodeRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const wanted = new Set(nodes.filter(isSnapshot));
  for (const node of wanted) {
    const above = node.parentId === undefined ? undefined : byId.get(node.parentId);
    if (above?.kind === 'BASE') wanted.add(above); // and is then looked at itself
  }
  return [...wanted];
}

const isSnapshot = (node: NodeRow): boolean => node.kind === 'SNAPSHOT' && isVisible(node);

const nodesOf = (catalogue: Catalogue, { accountId, chainId }: ChainKey): Promise<NodeRow[]> =>
  nodesOfChain({ catalogue }, accountId, chainId);

export async function chainMembers(catalogue: Catalogue, key: ChainKey): Promise<ChainMember[]> {
  const nodes = await chainNodes(catalogue, key);
  const keys = nodes.map(({ id }) => ({ accountId: key.accountId, id }));
  const snapshots = await catalogue.getMany(snapshotEntity, keys);
  return nodes.flatMap((node, at) => {
    const snapshot = snapshots[at];
    return snapshot === undefined ? [] : [{ id: node.id, snapshot, node }];
  });
}
