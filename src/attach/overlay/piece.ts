/**
 * A run of dirty bytes inside one block. `from` and `to` count from the block's first byte; `to` is
 * behind the last one.
 */
export interface Piece<Run> {
  readonly from: number;
  readonly to: number;
  /** Where the bytes lie; left out, they are zeros. */
  readonly run?: Run;
  /** Which byte of the run is the one at `from`. */
  readonly skip: number;
}

/** The part of a piece within `[from, to)`, which must overlap it. */
export function clip<Run>(piece: Piece<Run>, from: number, to: number): Piece<Run> {
  if (piece.from >= from && piece.to <= to) return piece;
  const begin = Math.max(piece.from, from);
  return { ...piece, from: begin, to: Math.min(piece.to, to), skip: piece.skip + (begin - piece.from) };
}

/**
 * Puts `piece` over ascending, disjoint `pieces`, in place: what it covers goes, the rest stays.
 */
export function lay<Run>(pieces: Piece<Run>[], piece: Piece<Run>): void {
  const first = firstBehind(pieces, piece.from);
  let last = first;
  const left: Piece<Run>[] = [];
  const right: Piece<Run>[] = [];
  for (; last < pieces.length; last++) {
    const other = pieces[last] as Piece<Run>;
    if (other.from >= piece.to) break;
    if (other.from < piece.from) left.push(clip(other, other.from, piece.from));
    if (other.to > piece.to) right.push(clip(other, piece.to, other.to));
  }
  pieces.splice(first, last - first, ...left, piece, ...right);
}

/** Position of the first piece that ends behind `at`. */
export function firstBehind(pieces: readonly { readonly to: number }[], at: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle] as { to: number }).to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether ascending, disjoint pieces leave no byte of `[0, length)` out. */
export function coversAll(pieces: readonly Piece<unknown>[], length: number): boolean {
  let at = 0;
  for (const { from, to } of pieces) {
    if (from > at) return false;
    at = to;
  }
  return at >= length;
}
