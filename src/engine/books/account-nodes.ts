import { mapBounded } from '../../platform/bounded.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { EngineDeps } from '../deps.ts';
import { MANIFESTS, readManifest, subjectOf } from './manifest.ts';
import { DRAFTS, getNode } from './nodes.ts';
import { type EntryRow, edgeEntity, entryEntity, LEDGER_SHARDS, type NodeRow, nodeEntity } from './rows.ts';

/** All nodes of an account in one region. */
export interface AccountNodes {
  readonly nodes: readonly NodeRow[];
  /** Nodes that the bucket tells of and the catalogue has not. */
  readonly lost: readonly string[];
  /**
   * Work of this account that was under way when this was begun to be read; not told where there is
   * too much of it.
   */
  readonly entries: readonly EntryRow[] | 'too many';
}

const LIST_PAGE = 1000;
const MOST_ENTRIES = 20_000;
const IN_FLIGHT = 16;
/**
 * A manifest that says that its node is gone is shorter than this; one that has a node never is.
 */
const GONE_BYTES = 400;

/**
 * Every node, found without an index: each leaves a manifest in the bucket, which is listed
 * consistently, or the ledger has an entry open that will write it; so the ledger is read first.
 * Drafts leave none, and have a list of their own.
 */
export async function accountNodes(
  deps: EngineDeps,
  { accountId, regionId }: { readonly accountId: string; readonly regionId: string },
): Promise<AccountNodes> {
  const entries = await openEntries(deps, accountId);
  const underWay = new Set(entries === 'too many' ? [] : entries.map(({ nodeId }) => nodeId));
  const manifests = await newestManifestKeys(deps, accountId, regionId);
  const drafts = await draftsOf(deps, accountId);
  const ids = [...new Set([...manifests.keys(), ...underWay, ...drafts])];
  const rows = await deps.catalogue.getMany(
    nodeEntity,
    ids.map((id) => ({ accountId, id })),
  );
  const found = new Map(rows.flatMap((row) => (row?.regionId === regionId ? [[row.id, row] as const] : [])));
  const missing = ids.filter(
    (id, at) => rows[at] === undefined && !underWay.has(id) && (manifests.get(id)?.sizeBytes ?? 0) >= GONE_BYTES,
  );
  const lost = await mapBounded(missing, IN_FLIGHT, (id) =>
    isLost(deps, { accountId, regionId, id }, manifests.get(id)),
  );
  const nodes = [...found.values()].sort((a, b) => (a.chainId + a.id < b.chainId + b.id ? -1 : 1));
  return { nodes, lost: missing.filter((_, at) => lost[at]), entries };
}

async function draftsOf({ catalogue }: EngineDeps, accountId: string): Promise<string[]> {
  const drafts: string[] = [];
  const query = { partition: { accountId, parentId: DRAFTS }, pageSize: LIST_PAGE };
  for await (const { childId } of rowsOf(catalogue, edgeEntity, query)) drafts.push(childId);
  return drafts;
}

async function openEntries(deps: EngineDeps, accountId: string): Promise<EntryRow[] | 'too many'> {
  const open: EntryRow[] = [];
  let visited = 0;
  for (let shard = 0; shard < LEDGER_SHARDS; shard++) {
    for await (const entry of rowsOf(deps.catalogue, entryEntity, { partition: { shard }, pageSize: LIST_PAGE })) {
      if (++visited > MOST_ENTRIES) return 'too many';
      if (entry.accountId === accountId) open.push(entry);
    }
  }
  return open;
}

interface ManifestKey {
  readonly key: string;
  readonly sizeBytes: number;
}

async function newestManifestKeys(
  deps: EngineDeps,
  accountId: string,
  regionId: string,
): Promise<Map<string, ManifestKey>> {
  const prefix = `${MANIFESTS}${accountId}/`;
  const newest = new Map<string, ManifestKey>();
  for await (const keys of pagesOfKeys(deps.objects(regionId), prefix)) {
    for (const { key, sizeBytes } of keys) newest.set(subjectOf(key).slice(prefix.length, -1), { key, sizeBytes });
  }
  newest.delete(accountId);
  return newest;
}

async function isLost(
  deps: EngineDeps,
  { accountId, regionId, id }: { readonly accountId: string; readonly regionId: string; readonly id: string },
  manifest: ManifestKey | undefined,
): Promise<boolean> {
  const bytes = manifest && (await deps.objects(regionId).get(manifest.key));
  const said = bytes && readManifest(bytes);
  if (said === undefined || typeof said === 'string' || said.node === undefined) return false;
  return (await getNode(deps, accountId, id)) === undefined;
}

/** Of all kinds, hidden ones too; from an index that may lag behind by moments. */
export async function nodesOfChain(
  deps: Pick<EngineDeps, 'catalogue'>,
  accountId: string,
  chainId: string,
): Promise<NodeRow[]> {
  const nodes: NodeRow[] = [];
  const query = { index: 'byChain' as const, partition: { accountId, chainId }, pageSize: LIST_PAGE };
  for await (const node of rowsOf(deps.catalogue, nodeEntity, query)) nodes.push(node);
  return nodes;
}
