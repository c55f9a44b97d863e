import { mapBounded } from '../../platform/bounded.ts';
import { notFound, VarveError } from '../../platform/errors.ts';
import { BLOCK_BYTES, type ObjectId, objectKey, type Root } from '../blocks/block.ts';
import { canBeStored } from '../blocks/object-form.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { walk } from '../blocks/walk.ts';
import { getNode } from '../books/nodes.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { isCommitted, type NodeRow } from '../books/rows.ts';
import { commit } from '../commit/commit.ts';
import type { BlockWrite, CopyOn, CopyRef, CopyStep } from '../contract.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { tombstonedError } from '../ledger/ledger-step.ts';

const COPIES_IN_FLIGHT = 32; // of at most 512 KiB each, where they pass through here
const NOTHING_DONE = { isWhole: false, blocks: 0, movedBlocks: 0, movedBytes: 0 };

interface Copy {
  readonly keep: NodeRow;
  readonly draft: NodeRow;
}

/**
 * Each step is one commit of what the copy still lacks, at most `copyBlocks` places. Objects that
 * the domain has are not sent again. When time is up, what has been sent by then is committed.
 * While a step commits, the objects of the next one are sent:
 *
 *     send 1 ─ commit 1 ─ commit 2 ─ commit 3
 *              send 2 ─── send 3 ───
 */
export async function* copySteps(deps: EngineDeps, { until, ...ref }: CopyOn): AsyncGenerator<CopyStep, void> {
  let ahead: Ahead = NOTHING_AHEAD;
  try {
    for (;;) {
      const copy = await draftsOfCopy(deps, ref);
      if (copy.draft.root === copy.keep.root) {
        yield { ...NOTHING_DONE, isWhole: true };
        return;
      }
      const { now, next } = await nextChanges(deps, copy);
      const moved = await moveMissing(deps, copy, now, { until, sent: await ahead.sent });
      ahead = sendAhead(deps, copy, next, until);
      yield await commitMoved(deps, copy, now, moved);
    }
  } finally {
    await ahead.stop();
  }
}

/** What is sent while a step commits. */
interface Ahead {
  /** Stored bytes of what was sent; none if that failed: the next step tries again, and tells. */
  readonly sent: Promise<ReadonlyMap<ObjectId, number>>;
  /** Ends when nothing is sent any more. */
  stop(): Promise<void>;
}

const NOTHING_AHEAD: Ahead = { sent: Promise.resolve(new Map()), stop: () => Promise.resolve() };

function sendAhead(deps: EngineDeps, copy: Copy, next: readonly Difference[], until: number): Ahead {
  if (next.length === 0) return NOTHING_AHEAD;
  let isStopped = false;
  const sent = moveMissing(deps, copy, next, { until, sent: new Map(), isStopped: () => isStopped }).then(
    ({ sizes }) => sizes,
    () => new Map<ObjectId, number>(),
  );
  const stop = async () => {
    isStopped = true;
    await sent;
  };
  return { sent, stop };
}

async function commitMoved(
  deps: EngineDeps,
  { draft }: Copy,
  changes: readonly Difference[],
  moved: Moved,
): Promise<CopyStep> {
  const ready = writesOf(changes).filter(({ id }) => !moved.left.has(id));
  const trims = changes.flatMap(({ index, id }) => (id === undefined ? [{ start: index, count: 1 }] : []));
  if (ready.length + trims.length === 0) return NOTHING_DONE;
  const { accountId, id: headId, version: expectedVersion } = draft;
  try {
    // Nobody reads the blocks back now: their checksums are those of the source. A scrub does.
    await commit(deps, { accountId, headId, head: draft, expectedVersion, writes: ready, trims, plain: false });
  } catch (error) {
    if (error instanceof VarveError && error.code === 'VersionConflict') return NOTHING_DONE;
    throw error;
  }
  const sizes = [...moved.sizes.values()];
  return {
    isWhole: false,
    blocks: ready.length + trims.length,
    movedBlocks: sizes.length,
    movedBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Both drafts of a copy that is under way. */
export async function draftsOfCopy(
  deps: Pick<EngineDeps, 'catalogue'>,
  { accountId, keepId, draftId }: CopyRef,
): Promise<Copy> {
  const [keep, draft] = await Promise.all([getNode(deps, accountId, keepId), getNode(deps, accountId, draftId)]);
  if (keep?.kind !== 'DRAFT' || draft?.kind !== 'DRAFT') throw notFound('Copy', draftId);
  return { keep, draft };
}

/** Places in which the copy still differs; undefined if time was up before all were counted. */
export async function copyRest(deps: EngineDeps, { until, ...ref }: CopyOn): Promise<number | undefined> {
  let places = 0;
  for await (const batch of differences(deps, await draftsOfCopy(deps, ref))) {
    places += batch.length;
    if (deps.clock.now() >= until) return undefined;
  }
  return places;
}

interface Difference {
  readonly index: number;
  /** What the source has there; absent for a hole. */
  readonly id: ObjectId | undefined;
}

async function* differences(deps: EngineDeps, { keep, draft }: Copy): AsyncGenerator<Difference[]> {
  const roots = [draft.root as Root, keep.root as Root];
  for await (const positions of walk(pagesOfBoth(deps, keep, draft), roots, ([out, into]) => out !== into)) {
    yield positions.flatMap(({ height, index, ids: [out, id] }) => (height === 0 && out !== id ? [{ index, id }] : []));
  }
}

/** Of this step, and of the one after it. */
async function nextChanges(deps: EngineDeps, copy: Copy) {
  const { copyBlocks } = deps.limits;
  const found: Difference[] = [];
  for await (const batch of differences(deps, copy)) {
    found.push(...batch.slice(0, 2 * copyBlocks - found.length));
    if (found.length === 2 * copyBlocks) break;
  }
  return { now: found.slice(0, copyBlocks), next: found.slice(copyBlocks) };
}

const writesOf = (changes: readonly Difference[]): BlockWrite[] =>
  changes.flatMap(({ index, id }) => (id === undefined ? [] : [{ index, id }]));

/** Pages that the two have alike are the same bytes, wherever they lie. */
function pagesOfBoth(deps: EngineDeps, keep: NodeRow, draft: NodeRow): PageSource {
  const [source, target] = [pagesOf(deps, keep), pagesOf(deps, draft)];
  return {
    load: (id) =>
      source.load(id).catch((error: unknown) =>
        target.load(id).catch(() => {
          throw error;
        }),
      ),
    prefetch: (ids) => source.prefetch(ids),
  };
}

interface Mover {
  readonly until: number;
  readonly isStopped?: () => boolean;
  /** Stored bytes of what was sent ahead. */
  readonly sent: ReadonlyMap<ObjectId, number>;
}

interface Moved {
  /** Stored bytes of what the domain did not have. */
  readonly sizes: ReadonlyMap<ObjectId, number>;
  /** Was not reached in time. */
  readonly left: ReadonlySet<ObjectId>;
}

/** Sends what the domain does not have. */
async function moveMissing(
  deps: EngineDeps,
  { keep, draft }: Copy,
  changes: readonly Difference[],
  { until, isStopped = () => false, sent }: Mover,
): Promise<Moved> {
  const writes = writesOf(changes);
  const ids = [...new Set(writes.map(({ id }) => id))];
  const rows = await readObjectRows(deps.catalogue, draft.domainId, ids);
  const tombstoned = ids.filter((id) => rows.get(id)?.tombstonedAt !== undefined);
  if (tombstoned.length > 0) throw tombstonedError(tombstoned);
  const missing = ids.filter((id) => !isCommitted(rows.get(id)) || rows.get(id)?.damagedAt !== undefined);
  const sizes = new Map<ObjectId, number>();
  for (const id of missing) {
    const sizeBytes = rows.get(id)?.damagedAt === undefined ? sent.get(id) : undefined;
    if (sizeBytes !== undefined) sizes.set(id, sizeBytes);
  }
  const toSend = missing.filter((id) => !sizes.has(id));
  const known = await readObjectRows(deps.catalogue, keep.domainId, toSend);
  const [source, target] = [deps.objects(keep.regionId), deps.objects(draft.regionId)];
  const left = new Set<ObjectId>();
  await mapBounded(toSend, COPIES_IN_FLIGHT, async (id, at) => {
    if (isStopped() || (at > 0 && deps.clock.now() >= until)) return void left.add(id);
    const [from, to] = [objectKey(keep.domainId, id), objectKey(draft.domainId, id)];
    const isMarked = known.get(id)?.damagedAt !== undefined;
    const head = isMarked ? undefined : await target.copyFrom(source, from, to);
    if (head === undefined || !canBeStored(id, head)) throw damagedSource(writes, id, head !== undefined);
    sizes.set(id, head.sizeBytes);
  });
  return { sizes, left };
}

function damagedSource(writes: readonly BlockWrite[], objectId: ObjectId, isThere: boolean): VarveError {
  const offsetBytes = (writes.find(({ id }) => id === objectId)?.index ?? 0) * BLOCK_BYTES;
  const reason = isThere ? 'CHECKSUM' : 'MISSING';
  const message = `Object ${objectId} of the source is damaged or missing.`;
  return new VarveError('ObjectDamaged', message, { objectId, offsetBytes, reason });
}
