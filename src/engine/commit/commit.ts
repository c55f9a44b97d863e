import { patch, type Write } from '../../platform/catalogue/port.ts';
import { invalid, notFound, VarveError } from '../../platform/errors.ts';
import { BLOCK_BYTES, MAX_DISK_BYTES, type ObjectId, objectKey, type Root } from '../blocks/block.ts';
import { type NewPage, type PageStore, withPages } from '../blocks/page-store.ts';
import { noteChange } from '../books/entries.ts';
import { type Fence, fenceStands } from '../books/fence.ts';
import { newBlocksWrites } from '../books/new-blocks.ts';
import { getNode, isMeasured, isVisible, nodeKey, UNMEASURED, unchanged, versionConflict } from '../books/nodes.ts';
import { anyCountShard, countWrite, readObjectRowsAndFence } from '../books/object-rows.ts';
import { type RefWrites, refWrites } from '../books/refs.ts';
import { isCommitted, type NodeRow, nodeEntity, type ObjectRow } from '../books/rows.ts';
import {
  type BlockRange,
  type BlockWrite,
  type CommitInput,
  type CommitResult,
  MAX_COMMIT_WRITES,
} from '../contract.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { heal } from '../health/damage.ts';
import { seeNewBlocks } from '../health/new-blocks.ts';
import { tombstonedError } from '../ledger/ledger-step.ts';
import { applyChanges, type Changes } from './apply.ts';
import {
  bytesLookup,
  type CommitPlan,
  netCounts,
  objectsNamed,
  pagesOfChange,
  planCommit,
  type Sizes,
  sizesAfter,
} from './commit-plan.ts';
import { stagedSwitch } from './commit-staged.ts';
import { requireWriter } from './writer.ts';

// each one lost to a snapshot of the same disk or to another writer of the same objects
const ATTEMPTS = 10;

/**
 * One commit, in the order that keeps data safe (docs/format.md, "Order of writes"). The named
 * objects exist (I5). The new pages are durable. References are taken (I2). The head switches in
 * one transaction, if it is still at the expected version. What only the old root had is dropped. A
 * commit of few objects does the last three in a single transaction.
 */
export async function commit(deps: EngineDeps, input: CommitInput): Promise<CommitResult> {
  const changes = checkedChanges(input);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const node = headAt(input, (attempt === 1 ? input.head : undefined) ?? (await getHead(deps, input)));
    const pages = pagesOf(deps, node);
    const applied = await applyChanges(pages, node.root as Root, changes);
    if (applied.root === node.root) return { version: node.version, root: applied.root };
    const begunAt = deps.clock.now();
    const { root: next, newPages } = applied;
    const result = await switchHead(deps, {
      node,
      pages,
      next,
      newPages,
      writes: changes.writes,
      plain: input.plain ?? false,
      begunAt,
    });
    if (result !== 'again') return result;
  }
  throw new VarveError('Throttled', 'the disk is being changed by many at once', { retryAfterMs: 1000 });
}

/** A head that is to go to `next`. */
interface Wanted {
  readonly node: NodeRow;
  readonly pages: PageStore;
  readonly next: Root;
  readonly newPages: readonly NewPage[];
  readonly writes: readonly BlockWrite[];
  readonly plain: boolean;
  /** Before the first upload of a page. */
  readonly begunAt: number;
}

/** The same with what the catalogue and the store have of it. */
export interface Switch extends Wanted {
  /** Read before new objects were looked up in the store. */
  readonly fence: Fence;
  /** Stored bytes of objects without a row, and of orphans, that were seen in the store. */
  readonly found: Map<ObjectId, number>;
  /** Blocks among them that are still to be read back. */
  readonly unread: ObjectId[];
  /**
   * Rows as they were read on the way. What they say is a guess: every write states what it relies
   * on.
   */
  readonly rows: Map<ObjectId, ObjectRow>;
}

async function switchHead(deps: EngineDeps, wanted: Wanted): Promise<CommitResult | 'again'> {
  const { node, pages, next, newPages, writes } = wanted;
  const plan = await planCommit(
    withPages(pages, newPages),
    { out: node.root as Root, in: next, base: node.parentRoot as Root },
    deps.limits.plannedPlaces,
  );
  const changed = plan.changed === undefined ? plan.takes.map(({ id }) => id) : objectsNamed(plan.changed);
  // Of all objects that the commit takes, drops or makes, in one go: each round trip is time that a
  // flush waits.
  const { rows, fence } = await readObjectRowsAndFence(deps.catalogue, { domainId: node.domainId, headId: node.id }, [
    ...writes.map(({ id }) => id),
    ...newPages.map(({ id }) => id),
    ...changed,
  ]);
  const change: Switch = { ...wanted, fence, rows, found: new Map(), unread: [] };
  await everything([verifyNamed(deps, change), saveNewPages(deps, change)]);
  const head = headWrites(deps, change, sizesOf(change, plan, rows));
  const counts = plan.changed === undefined ? undefined : netCounts(plan.changed);
  if (counts === undefined || counts.size > deps.limits.stepObjects) return stagedSwitch(deps, change, plan, head);
  const pageIds = pagesOfChange(plan.changed ?? []);
  const refs = refWrites(node.domainId, counts, rows, change.found, { now: deps.clock.now(), pages: pageIds });
  if (refs.tombstoned.length > 0) throw tombstonedError(refs.tombstoned);
  // Rows that came or went since they were first looked at: look again.
  if (refs.short.length > 0 || refs.unknown.length > 0) return 'again';
  return inOneTransaction(deps, change, head, refs);
}

async function inOneTransaction(
  deps: EngineDeps,
  change: Switch,
  head: HeadWrites,
  refs: RefWrites,
): Promise<CommitResult | 'again'> {
  const shard = anyCountShard(deps.random);
  for (const counterExists of [true, false]) {
    const tallied = Object.values(refs.tally).some((value) => value !== 0);
    const count = tallied ? [countWrite(change.node, shard, refs.tally, counterExists)] : [];
    const fence = refs.makesRows ? [fenceStands(change.node.domainId, change.fence)] : [];
    const unread = newBlocksWrites(deps, change.node, change.unread);
    const references = [...count, ...refs.writes, ...fence];
    const outcome = await deps.catalogue.transact([head.patch, ...references, ...head.note, ...unread]);
    if (outcome.ok) return { version: change.node.version + 1, root: change.next };
    if (!(tallied && outcome.failed.length === 1 && outcome.failed[0] === 1)) return 'again';
  }
  return 'again';
}

const getHead = (deps: EngineDeps, { accountId, headId }: CommitInput) => getNode(deps, accountId, headId);

const WRITABLE: ReadonlySet<NodeRow['kind']> = new Set(['HEAD', 'DRAFT']);

function headAt(input: CommitInput, node: NodeRow | undefined): NodeRow {
  if (node === undefined || !isVisible(node) || !WRITABLE.has(node.kind)) throw notFound('Disk', input.headId);
  requireWriter(node, input.fence);
  if (node.version !== input.expectedVersion) throw versionConflict(node, input.expectedVersion);
  return node;
}

/**
 * I5: every block that the commit names has a row that a commit made, or is in the store as its id
 * lets expect.
 */
async function verifyNamed(deps: EngineDeps, change: Switch): Promise<void> {
  const { node, writes, found, rows, unread } = change;
  const ids = [...new Set(writes.map(({ id }) => id))];
  const tombstoned = ids.filter((id) => rows.get(id)?.tombstonedAt !== undefined);
  if (tombstoned.length > 0) throw tombstonedError(tombstoned);
  const damaged = await heal(deps, node, marked(rows, ids));
  const unknown = ids.filter((id) => !isCommitted(rows.get(id)));
  const stored = await seeNewBlocks(deps, node, unknown, change);
  const missing = [...stored.missing, ...damaged];
  if (missing.length > 0) {
    throw new VarveError('ObjectMissing', `${missing.length} blocks are not in the store, or damaged there`, {
      objectIds: missing.slice(0, 20),
    });
  }
  for (const [id, sizeBytes] of stored.sizes) found.set(id, sizeBytes);
  unread.push(...stored.unproved);
  // Whatever a commit has named is durable. The rest was uploaded just now.
  await deps.objects(node.regionId).persist(unknown.map((id) => objectKey(node.domainId, id)));
}

/**
 * Those of them that are known to be damaged. A client that names them has uploaded them again, or
 * should have.
 */
function marked(rows: ReadonlyMap<ObjectId, ObjectRow>, ids: readonly ObjectId[]): ObjectRow[] {
  return ids.map((id) => rows.get(id)).filter((row) => row?.damagedAt !== undefined) as ObjectRow[];
}

/**
 * Waits for all, also after a failure: nothing goes on when the commit has ended. Throws the first
 * failure in the order given.
 */
async function everything(work: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason as Error;
}

/**
 * Stores the pages that the commit makes, and remembers their sizes. Also those of which there is a
 * row: who knew what a page would be can have uploaded other bytes under its id and named it as a
 * block.
 */
async function saveNewPages(deps: EngineDeps, change: Switch): Promise<void> {
  const { pages, newPages, found, rows } = change;
  const standing = newPages.filter(({ id }) => rows.get(id)?.tombstonedAt === undefined);
  for (const [id, sizeBytes] of await pages.save(standing)) found.set(id, sizeBytes);
  const damaged = marked(
    rows,
    standing.map(({ id }) => id),
  );
  if (damaged.length > 0) await heal(deps, change.node, damaged, { arePages: true });
  pages.remember(newPages);
}

function sizesOf(change: Switch, plan: CommitPlan, rows: ReadonlyMap<ObjectId, ObjectRow>): Sizes | undefined {
  if (plan.changed === undefined || !isMeasured(change.node)) return undefined;
  return sizesAfter(change.node, plan.changed, bytesLookup(rows, change.found));
}

/** The switch itself, and what has the head's manifest follow it. */
export interface HeadWrites {
  readonly patch: Write;
  readonly note: readonly Write[];
}

function headWrites(deps: EngineDeps, { node, next }: Switch, sizes: Sizes | undefined): HeadWrites {
  const measured =
    sizes === undefined
      ? { measuredRoot: UNMEASURED }
      : {
          ownBlocks: sizes.ownBlocks,
          ownBytes: sizes.ownBytes,
          totalBlocks: sizes.totalBlocks,
          totalBytes: sizes.totalBytes,
          measuredRoot: next,
          measuredParentRoot: node.parentRoot,
        };
  const note = noteChange(deps, node);
  const set = { root: next, version: node.version + 1, ...measured, ...note.set };
  return { patch: patch(nodeEntity, nodeKey(node), { set, when: unchanged(node) }), note: note.writes };
}

function checkedChanges(input: CommitInput): Changes {
  const { writes, trims } = input;
  if (writes.length > MAX_COMMIT_WRITES) throw invalid('writes', `at most ${MAX_COMMIT_WRITES} a commit`);
  if (trims.length > MAX_COMMIT_WRITES) throw invalid('trims', `at most ${MAX_COMMIT_WRITES} a commit`);
  const sorted = [...writes].sort((a, b) => a.index - b.index);
  const twice = sorted.find(({ index }, at) => index === sorted[at - 1]?.index);
  if (twice !== undefined) throw invalid('writes', `block ${twice.index} is written twice`);
  const limit = MAX_DISK_BYTES / BLOCK_BYTES;
  const outside = (at: BlockRange): boolean => !(at.start >= 0 && at.count > 0 && at.start + at.count <= limit);
  if (sorted.some(({ index }) => outside({ start: index, count: 1 })))
    throw invalid('writes', 'an index is out of range');
  if (trims.some(outside)) throw invalid('trims', 'a range is out of range');
  return { writes: sorted, trims };
}
