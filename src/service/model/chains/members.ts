import { type NodeRow, nodeEntity } from '../../../engine/books/rows.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';

const PAGE = 1000;

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
  return (await allNodes(catalogue, partition)).filter(isSnapshot);
}

/** The same with the bases of drafts that they stand on. */
export async function chainNodesAndBases(catalogue: Catalogue, partition: ChainKey): Promise<NodeRow[]> {
  const nodes = await allNodes(catalogue, partition);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const wanted = new Set(nodes.filter(isSnapshot));
  for (const node of wanted) {
    const above = node.parentId === undefined ? undefined : byId.get(node.parentId);
    if (above?.kind === 'BASE') wanted.add(above); // and is then looked at itself
  }
  return [...wanted];
}

const isSnapshot = ({ kind, hidden }: NodeRow): boolean => kind === 'SNAPSHOT' && !hidden;

async function allNodes(catalogue: Catalogue, partition: ChainKey): Promise<NodeRow[]> {
  const nodes: NodeRow[] = [];
  for (let after: { id: string } | undefined; ; ) {
    const query = { index: 'byChain' as const, partition, limit: PAGE, ...(after === undefined ? {} : { after }) };
    const page = await catalogue.list(nodeEntity, query);
    nodes.push(...page.rows);
    const last = page.rows.at(-1);
    if (!page.more || last === undefined) return nodes;
    after = { id: last.id };
  }
}

export async function chainMembers(catalogue: Catalogue, key: ChainKey): Promise<ChainMember[]> {
  const nodes = await chainNodes(catalogue, key);
  const keys = nodes.map(({ id }) => ({ accountId: key.accountId, id }));
  const snapshots = await catalogue.getMany(snapshotEntity, keys);
  return nodes.flatMap((node, at) => {
    const snapshot = snapshots[at];
    return snapshot === undefined ? [] : [{ id: node.id, snapshot, node }];
  });
}
