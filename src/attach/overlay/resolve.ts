import type { BlockPart, Generation } from './generation.ts';
import { clip, firstBehind, type Piece } from './piece.ts';

export interface Resolved<Run> {
  /** Disjoint, ascending, within the part. */
  readonly pieces: readonly Piece<Run>[];
  /** What the bytes between them are: there are none, zeros, or those of the committed block. */
  readonly below: 'NOTHING' | 'ZEROS' | 'COMMITTED';
}

/** What a part of a block reads as, seen through generations, the newest first. */
export function resolve<Run>(newestFirst: readonly Generation<Run>[], part: BlockPart): Resolved<Run> {
  const pieces: Piece<Run>[] = [];
  let gaps: { from: number; to: number }[] = [part];
  let below: Resolved<Run>['below'] = 'COMMITTED';
  for (const generation of newestFirst) {
    const patch = generation.patch(part.block);
    if (patch !== undefined) gaps = gaps.flatMap((gap) => fill(gap, patch, pieces));
    if (gaps.length === 0) below = 'NOTHING';
    else if (generation.isHole(part.block)) below = 'ZEROS';
    if (below !== 'COMMITTED') break;
  }
  return { pieces: pieces.sort((a, b) => a.from - b.from), below };
}

/** Takes from the patch what lies in the gap; what is left of it. */
function fill<Run>(
  { from, to }: { from: number; to: number },
  patch: readonly Piece<Run>[],
  taken: Piece<Run>[],
): { from: number; to: number }[] {
  const left: { from: number; to: number }[] = [];
  let at = from;
  for (let next = firstBehind(patch, from); next < patch.length && at < to; next++) {
    const piece = patch[next] as Piece<Run>;
    if (piece.from >= to) break;
    const clipped = clip(piece, from, to);
    if (clipped.from > at) left.push({ from: at, to: clipped.from });
    taken.push(clipped);
    at = clipped.to;
  }
  if (at < to) left.push({ from: at, to });
  return left;
}
