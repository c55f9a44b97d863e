/** Ranges of changed bytes as a picture of at most 4,096 cells, row by row. */
export interface ByteRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

const BLOCK_BYTES = 524_288;
/** Of the zoom, whatever the width of the picture. */
const ZOOM_CELLS = 64;
const MOST_CELLS = 4_096;

/** The part of a device that is looked at. */
export interface Span {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A power of two × 512 KiB, so that all of the span fits. */
export function cellBytesOf(span: Span): number {
  let cell = BLOCK_BYTES;
  while (span.lengthBytes / cell > MOST_CELLS) cell *= 2;
  return cell;
}

/** The share of each cell that is in one of the ranges, 0–1. */
export function sharesOf(ranges: readonly ByteRange[], span: Span): Float64Array {
  const cell = cellBytesOf(span);
  const shares = new Float64Array(Math.ceil(span.lengthBytes / cell));
  for (const { offsetBytes, lengthBytes } of ranges) {
    const begin = Math.max(0, offsetBytes - span.offsetBytes);
    const end = Math.min(span.lengthBytes, offsetBytes + lengthBytes - span.offsetBytes);
    for (let at = Math.floor(begin / cell); at < shares.length && at * cell < end; at++) {
      const part = Math.min(end, (at + 1) * cell) - Math.max(begin, at * cell);
      shares[at] = (shares[at] ?? 0) + part / cell;
    }
  }
  return shares;
}

/** Steps of the heat: nothing, up to 1 %, 10 %, 50 %, more. */
export function stepOf(share: number): 0 | 1 | 2 | 3 | 4 {
  if (share <= 0) return 0;
  if (share <= 0.01) return 1;
  if (share <= 0.1) return 2;
  return share <= 0.5 ? 3 : 4;
}

/** What is shown when a cell is gone into: it and its row, at most 64 times as large. */
export function zoomed(span: Span, cell: number): Span {
  const cellBytes = cellBytesOf(span);
  const lengthBytes = Math.max(cellBytes, ZOOM_CELLS * BLOCK_BYTES);
  const offsetBytes = Math.floor((span.offsetBytes + cell * cellBytes) / lengthBytes) * lengthBytes;
  return { offsetBytes, lengthBytes: Math.min(lengthBytes, span.offsetBytes + span.lengthBytes - offsetBytes) };
}
