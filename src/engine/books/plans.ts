import type { ObjectId, Root } from '../blocks/block.ts';
import type { PageSource } from '../blocks/page-source.ts';
import { type Cursor, type Interest, type Position, walk } from '../blocks/walk.ts';

/**
 * What a pointer change does to references (docs/format.md, "References"). With E(r, p) the objects
 * that root r has and root p has not, position by position, each node v of the version tree holds
 * one reference to every occurrence in E(root(v), root(parent(v))). So
 *
 * - a head that goes from `out` to `in` under the parent root `base` takes E(in, base) and drops
 *   E(out, base), and only places where out ≠ in count;
 * - a node `out` that is taken out from between its parent `base` and its only child `in` changes
 *   references by E(in, base) − E(in, out) − E(out, base). That is never positive: there are only
 *   drops, and only where out ≠ base and out ≠ in. A node without children goes the same way, with
 *   `in` = `empty`.
 */
export interface Roots {
  readonly out: Root;
  readonly in: Root;
  readonly base: Root;
}

/** References at one place that are to be taken or dropped. */
export interface RefAt {
  readonly id: ObjectId;
  readonly height: number;
  readonly index: number;
}

/** References that `switchTakes` finds must be taken before the head points to `in`. */
export function switchTakes(pages: PageSource, roots: Roots, after?: Cursor): AsyncGenerator<RefAt[]> {
  const interest: Interest = ([out, into]) => into !== undefined && out !== into;
  return collect(pages, roots, interest, after, ([, into, base]) => (into !== base ? [into] : []));
}

/** References to drop once the head no longer points to `out`. */
export function switchDrops(pages: PageSource, roots: Roots, after?: Cursor): AsyncGenerator<RefAt[]> {
  const interest: Interest = ([out, into]) => out !== undefined && out !== into;
  return collect(pages, roots, interest, after, ([out, , base]) => (out !== base ? [out] : []));
}

/** References to drop once `out` is no longer between `base` and `in`. */
export function removalDrops(pages: PageSource, roots: Roots, after?: Cursor): AsyncGenerator<RefAt[]> {
  const interest: Interest = ([out, into, base]) => out !== base && out !== into;
  return collect(pages, roots, interest, after, ([out, into, base]) => [out, into === base ? into : undefined]);
}

async function* collect(
  pages: PageSource,
  roots: Roots,
  interest: Interest,
  after: Cursor | undefined,
  choose: (ids: Position['ids']) => readonly (ObjectId | undefined)[],
): AsyncGenerator<RefAt[]> {
  for await (const positions of walk(pages, [roots.out, roots.in, roots.base], interest, { after })) {
    const refs = positions.flatMap(({ height, index, ids }) =>
      choose(ids).flatMap((id) => (id === undefined ? [] : [{ id, height, index }])),
    );
    if (refs.length > 0) yield refs;
  }
}
