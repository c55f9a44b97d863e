import { check, equal, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { VarveError } from '../../platform/errors.ts';
import { EMPTY, type ObjectId, type Root } from '../blocks/block.ts';
import {
  entryKey,
  measureEntry,
  newEntry,
  progressOf,
  putEntry,
  rootsOf,
  saveAsSeen,
  saveEntry,
  tallyOf,
  unmoved,
} from '../books/entries.ts';
import { readFence } from '../books/fence.ts';
import { edge, getNode, isMeasured, nodeKey } from '../books/nodes.ts';
import { anyCountShard, countWrite, readObjectRows } from '../books/object-rows.ts';
import { type RefAt, switchTakes } from '../books/plans.ts';
import {
  type EntryRow,
  edgeEntity,
  entryEntity,
  isCommitted,
  LEDGER_SHARDS,
  type NodeRow,
  nodeEntity,
} from '../books/rows.ts';
import { storedSizes } from '../books/stored-sizes.ts';
import { type Domain, type EngineDeps, pagesOf } from '../deps.ts';
import { applyStep, steps } from '../ledger/ledger-step.ts';
import { abandon, createLedgerWorker } from '../ledger/ledger-worker.ts';

/**
 * `later`: out of time; what is done stays done. `lost`: why its contents are not all there;
 * nothing is left of the attempt.
 */
export type Restored = 'restored' | 'there' | 'later' | { readonly lost: string };

const LEDGER_PAGE = 1000;
const ATTEMPTS = 10; // each one lost to another writer of the same rows

/**
 * Restores a node whose contents are in the store. Its parent, if any, is there already. It works
 * like a commit to an empty head: all objects are seen in the store (I5), then the references of I1
 * are taken in steps with marks (I2, I3). Then the node appears, with `also`, in one transaction.
 * `open` has what earlier runs left unfinished, and is completed.
 */
export async function restoreNode(
  deps: EngineDeps,
  node: NodeRow,
  { also, open, until }: { also: readonly Write[]; open: OpenWork['restores']; until: number },
): Promise<Restored> {
  if ((await getNode(deps, node.accountId, node.id)) !== undefined) return 'there';
  let entry = await openEntry(deps, node, open.get(node.id));
  try {
    const takes = switchTakes(pagesOf(deps, node), rootsOf(entry), progressOf(entry));
    for await (const refs of steps(takes, deps.limits.stepObjects)) {
      entry = await take(deps, entry, refs);
      if (deps.clock.now() >= until) return 'later';
    }
  } catch (error) {
    if (!isLoss(error)) throw error;
    await undo(deps, entry);
    return { lost: error.message };
  }
  await appear(deps, node, entry, also);
  return 'restored';
}

/**
 * What was deleted already, or stood under a draft, may have lost the children that it was kept
 * for.
 */
export async function collapseHidden(deps: EngineDeps, nodes: Iterable<NodeRow>): Promise<void> {
  for (const { accountId, domainId, regionId, id, hidden } of nodes) {
    if (!hidden) continue;
    const work = { accountId, domainId, regionId, kind: 'COLLAPSE', phase: 'READY', nodeId: id } as const;
    await deps.catalogue.transact([putEntry(newEntry(deps, work))]);
  }
}

export interface OpenWork {
  /** What earlier runs began, by node. */
  readonly restores: ReadonlyMap<string, EntryRow>;
  /**
   * Nodes whose manifest is to be brought up to date. Of one that is not there it says so then:
   * what the bucket has of it by now is out of date.
   */
  readonly saves: ReadonlySet<string>;
}

/**
 * What is in the ledger that a rebuild has to do with. What the janitor has begun to undo is undone
 * first.
 */
export async function openWork(deps: EngineDeps): Promise<OpenWork> {
  const restores = new Map<string, EntryRow>();
  const saves = new Set<string>();
  for (let shard = 0; shard < LEDGER_SHARDS; shard++) {
    const query = { partition: { shard }, pageSize: LEDGER_PAGE };
    for await (const entry of rowsOf(deps.catalogue, entryEntity, query)) {
      if (entry.kind === 'SAVE') saves.add(entry.nodeId);
      if (entry.kind !== 'SWITCH' || entry.out !== EMPTY) continue;
      if (entry.phase === 'TAKING') restores.set(entry.nodeId, entry);
      if (entry.phase === 'UNDOING') await finishUndoing(deps, entry);
    }
  }
  return { restores, saves };
}

async function openEntry(deps: EngineDeps, node: NodeRow, begun: EntryRow | undefined): Promise<EntryRow> {
  if (begun?.in === node.root && begun.base === node.parentRoot) return begun;
  if (begun !== undefined) await undo(deps, begun);
  const { accountId, domainId, regionId, id } = node;
  const roots = { out: EMPTY, in: node.root as Root, base: node.parentRoot as Root };
  const entry = newEntry(deps, { accountId, domainId, regionId, kind: 'SWITCH', phase: 'TAKING', nodeId: id, roots });
  await deps.catalogue.transact([putEntry(entry)]);
  return entry;
}

async function take(deps: EngineDeps, entry: EntryRow, refs: readonly RefAt[]): Promise<EntryRow> {
  const { domainId, regionId } = entry;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const fence = await readFence(deps.catalogue, domainId, entry.nodeId);
    const ids = [...new Set(refs.map(({ id }) => id))];
    const rows = await readObjectRows(deps.catalogue, domainId, ids);
    const unknown = ids.filter((id) => !isCommitted(rows.get(id)));
    const found = await sizesInStore(deps, { domainId, regionId }, unknown);
    const outcome = await applyStep(deps, entry, refs, { sign: 1, found, rows, fence });
    if (outcome.kind === 'done') return outcome.entry;
    if (outcome.kind === 'moved') break;
  }
  throw new VarveError('Throttled', `${entry.nodeId} is being restored by somebody else`, { retryAfterMs: 1000 });
}

async function sizesInStore(
  deps: EngineDeps,
  domain: Domain,
  ids: readonly ObjectId[],
): Promise<ReadonlyMap<ObjectId, number>> {
  const { sizes, missing } = await storedSizes(deps, domain, ids);
  if (missing.length === 0) return sizes;
  const objectIds = missing.slice(0, 20);
  throw new VarveError('ObjectMissing', `objects are not in the store: ${objectIds.join(', ')}`, { objectIds });
}

/** Refused where the parent has gone since it was chosen: who calls again chooses another. */
async function appear(deps: EngineDeps, node: NodeRow, entry: EntryRow, also: readonly Write[]): Promise<void> {
  const { accountId, id, parentId } = node;
  const shard = anyCountShard(deps.random);
  const edges = parentId === undefined ? [] : [put(edgeEntity, edge(accountId, parentId, id))];
  const measure = isMeasured(node) ? [] : [putEntry(measureEntry(deps, node))];
  let counterExists = true;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const below = await belowParent(deps, node);
    if (below === undefined) break;
    const outcome = await deps.catalogue.transact([
      ...below,
      remove(entryEntity, entryKey(entry), unmoved(entry)),
      countWrite(entry, shard, tallyOf(entry), counterExists),
      put(nodeEntity, node),
      ...edges,
      ...measure,
      ...also,
    ]);
    if (outcome.ok) return;
    const parentHasChanged = outcome.failed.some((at) => at < below.length);
    if (outcome.failed.includes(below.length + 1)) counterExists = !counterExists;
    else if (!parentHasChanged) break;
  }
  throw new VarveError('Throttled', `${id} is being restored by somebody else`, { retryAfterMs: 1000 });
}

/**
 * What must hold of the parent; undefined where it is not there, or not with that root. One that is
 * hidden gets a new `saveId`, so that who takes it out of the tree at this moment, knowing its
 * other children alone, is refused.
 */
async function belowParent(
  deps: EngineDeps,
  { accountId, parentId, parentRoot }: NodeRow,
): Promise<readonly Write[] | undefined> {
  if (parentId === undefined) return [];
  const parent = await getNode(deps, accountId, parentId);
  if (parent?.root !== parentRoot) return undefined;
  const stands = [equal('root', parentRoot), equal('hidden', parent.hidden)];
  if (!parent.hidden) return [check(nodeEntity, nodeKey(parent), stands)];
  const saved = saveEntry(deps, parent);
  const when = [...stands, saveAsSeen(parent)];
  return [patch(nodeEntity, nodeKey(parent), { set: { saveId: saved.id }, when }), putEntry(saved)];
}

async function undo(deps: EngineDeps, entry: EntryRow): Promise<void> {
  if (entry.atBlock === undefined) {
    await deps.catalogue.transact([remove(entryEntity, entryKey(entry), unmoved(entry))]);
  } else if (await abandon(deps, entry)) {
    await finishUndoing(deps, entry);
  }
}

async function finishUndoing(deps: EngineDeps, { shard, id }: EntryRow): Promise<void> {
  await createLedgerWorker(deps).run(shard, id, Number.POSITIVE_INFINITY);
}

function isLoss(error: unknown): error is VarveError {
  return error instanceof VarveError && (error.code === 'ObjectDamaged' || error.code === 'ObjectMissing');
}
