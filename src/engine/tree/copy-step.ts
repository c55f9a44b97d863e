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
 * One commit of what the copy still lacks, at most `copyBlocks` places. Objects that the domain has
 * are not sent again. When time is up, what has been sent by then is committed.
 */
export async function copyOn(deps: EngineDeps, { until, ...ref }: CopyOn): Promise<CopyStep> {
  const copy = await draftsOfCopy(deps, ref);
  const { keep, draft } = copy;
  if (draft.root === keep.root) return { ...NOTHING_DONE, isWhole: true };
  const { writes, trims } = await nextChanges(deps, copy);
  const moved = await moveMissing(deps, copy, writes, until);
  const ready = writes.filter(({ id }) => !moved.left.has(id));
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

async function nextChanges(deps: EngineDeps, copy: Copy) {
  const writes: BlockWrite[] = [];
  const trims: { start: number; count: number }[] = [];
  for await (const batch of differences(deps, copy)) {
    for (const { index, id } of batch) {
      if (writes.length + trims.length === deps.limits.copyBlocks) return { writes, trims };
      if (id === undefined) trims.push({ start: index, count: 1 });
      else writes.push({ index, id });
    }
  }
  return { writes, trims };
}

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

/** Sends what the domain does not have; `left` was not reached in time. */
async function moveMissing(deps: EngineDeps, { keep, draft }: Copy, writes: readonly BlockWrite[], until: number) {
  const ids = [...new Set(writes.map(({ id }) => id))];
  const rows = await readObjectRows(deps.catalogue, draft.domainId, ids);
  const tombstoned = ids.filter((id) => rows.get(id)?.tombstonedAt !== undefined);
  if (tombstoned.length > 0) throw tombstonedError(tombstoned);
  const missing = ids.filter((id) => !isCommitted(rows.get(id)) || rows.get(id)?.damagedAt !== undefined);
  const known = await readObjectRows(deps.catalogue, keep.domainId, missing);
  const [source, target] = [deps.objects(keep.regionId), deps.objects(draft.regionId)];
  const sizes = new Map<ObjectId, number>();
  const left = new Set<ObjectId>();
  await mapBounded(missing, COPIES_IN_FLIGHT, async (id, at) => {
    if (at > 0 && deps.clock.now() >= until) return void left.add(id);
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
