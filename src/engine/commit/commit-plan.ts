import type { ObjectId } from '../blocks/block.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { type Position, walk } from '../blocks/walk.ts';
import type { RefAt, Roots } from '../books/plans.ts';
import { switchTakes } from '../books/plans.ts';
import { countRefs } from '../books/refs.ts';
import type { NodeRow, ObjectRow } from '../books/rows.ts';

/** What a commit does to references and sizes. */
export interface CommitPlan {
  readonly takes: readonly RefAt[];
  /**
   * All places where `out` and `in` differ; absent when there are too many, as after a large trim.
   */
  readonly changed?: readonly Position[];
}

export async function planCommit(pages: PageSource, roots: Roots, plannedPlaces: number): Promise<CommitPlan> {
  const changed: Position[] = [];
  for await (const batch of walk(pages, [roots.out, roots.in, roots.base], ([out, into]) => out !== into)) {
    changed.push(...batch.filter(({ ids: [out, into] }) => out !== into));
    if (changed.length > plannedPlaces) return { takes: await allTakes(pages, roots) };
  }
  return { takes: refsAt(changed, 1), changed };
}

async function allTakes(pages: PageSource, roots: Roots): Promise<RefAt[]> {
  const takes: RefAt[] = [];
  for await (const batch of switchTakes(pages, roots)) takes.push(...batch);
  return takes;
}

/**
 * References at changed places: those of `in` (which: 1) or of `out` (which: 0) that `base` does
 * not have there.
 */
function refsAt(changed: readonly Position[], which: 0 | 1): RefAt[] {
  return changed.flatMap(({ height, index, ids }) => {
    const id = ids[which];
    return id === undefined || id === ids[2] ? [] : [{ id, height, index }];
  });
}

/** Gains and losses of the whole commit, for one transaction. */
export function netCounts(changed: readonly Position[]): Map<ObjectId, number> {
  const counts = countRefs(
    refsAt(changed, 1).map(({ id }) => id),
    1,
  );
  countRefs(
    refsAt(changed, 0).map(({ id }) => id),
    -1,
    counts,
  );
  for (const [id, count] of counts) if (count === 0) counts.delete(id);
  return counts;
}

export type Sizes = Pick<NodeRow, 'ownBlocks' | 'ownBytes' | 'totalBlocks' | 'totalBytes'>;

/**
 * Sizes after the commit, from those before and what changed. `bytesOf` knows every object named at
 * the changed places.
 */
export function sizesAfter(before: Sizes, changed: readonly Position[], bytesOf: (id: ObjectId) => number): Sizes {
  const after = { ...before };
  for (const { height, ids } of changed) {
    if (height !== 0) continue;
    const [out, into, base] = ids;
    for (const [id, sign] of [
      [into, 1],
      [out, -1],
    ] as const) {
      if (id === undefined) continue;
      const bytes = sign * bytesOf(id);
      after.totalBlocks += sign;
      after.totalBytes += bytes;
      if (id === base) continue;
      after.ownBlocks += sign;
      after.ownBytes += bytes;
    }
  }
  return after;
}

export function objectsNamed(changed: readonly Position[]): Set<ObjectId> {
  const named = new Set<ObjectId>();
  for (const {
    ids: [out, into],
  } of changed) {
    if (out !== undefined) named.add(out);
    if (into !== undefined) named.add(into);
  }
  return named;
}

/** Those of the objects at changed places that are pages. */
export function pagesOfChange(changed: readonly Position[]): Set<ObjectId> {
  return objectsNamed(changed.filter(({ height }) => height > 0));
}

export function bytesLookup(rows: ReadonlyMap<ObjectId, ObjectRow>, found: ReadonlyMap<ObjectId, number>) {
  return (id: ObjectId): number => rows.get(id)?.storedBytes ?? found.get(id) ?? 0;
}
