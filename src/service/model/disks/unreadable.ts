import type { UnreadableInput } from '../../../generated/schema.ts';
import { invalid } from '../../../platform/errors.ts';
import { parseWhole, requireCount } from '../../calls/numbers.ts';

/** Byte ranges of a disk that its source could not be read at, and that are zeros in it. */
export interface Unreadable {
  /** Of all ranges. */
  readonly count: number;
  readonly bytes: number;
  /** The first {@link MAX_RANGES} of them, in order and apart. */
  readonly ranges: readonly { readonly offsetBytes: number; readonly lengthBytes: number }[];
}

/** As rows keep it: one text, about 20 bytes a range, so that a condition can compare it. */
type UnreadableText = string;

const MAX_RANGES = 1000; // about 20 KB in a row
const MAX_BYTES = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** Undefined where there is nothing that could not be read. */
export function parseUnreadable(
  { ranges, moreRanges, moreBytes }: UnreadableInput,
  sizeBytes: number,
): UnreadableText | undefined {
  requireCount('unreadable.ranges', ranges, { min: 0, max: MAX_RANGES });
  let end = 0;
  let bytes = parseWhole('unreadable.moreBytes', moreBytes, MAX_BYTES);
  for (const [at, { offsetBytes, lengthBytes }] of ranges.entries()) {
    const field = `unreadable.ranges.${at}`;
    parseWhole(`${field}.offsetBytes`, offsetBytes, { min: end, max: sizeBytes - 1 });
    end = offsetBytes + parseWhole(`${field}.lengthBytes`, lengthBytes, { min: 1, max: sizeBytes - offsetBytes });
    bytes += lengthBytes;
  }
  const more = parseWhole('unreadable.moreRanges', moreRanges, { min: 0, max: Math.max(sizeBytes - end, 0) });
  if (more > 0 && ranges.length < MAX_RANGES)
    throw invalid('unreadable.moreRanges', `must be 0 for less than ${MAX_RANGES}`);
  if (ranges.length === 0) return undefined;
  const count = ranges.length + more;
  return [count, bytes, ...ranges.map(({ offsetBytes, lengthBytes }) => `${offsetBytes}+${lengthBytes}`)].join(' ');
}

export function readUnreadable(text: UnreadableText | undefined): Unreadable | null {
  if (text === undefined) return null;
  const [count, bytes, ...ranges] = text.split(' ');
  return {
    count: Number(count),
    bytes: Number(bytes),
    ranges: ranges.map((range) => {
      const [offsetBytes, lengthBytes] = range.split('+').map(Number) as [number, number];
      return { offsetBytes, lengthBytes };
    }),
  };
}

/** A row that may have some. */
interface Holding {
  readonly unreadable?: UnreadableText;
}

/** What a row with other contents has of it: it goes along with the contents. */
export function unreadableOf({ unreadable }: Holding): Holding {
  return unreadable === undefined ? {} : { unreadable };
}

/** The row once it has taken over the contents of another, or is empty. */
export function withUnreadableOf<Row extends Holding>({ unreadable: _, ...row }: Row, of: Holding | undefined) {
  return { ...row, ...unreadableOf(of ?? {}) };
}

/** The change of a row that takes over the contents of another, or becomes empty. */
export function unreadableChange(of: Holding | undefined): {
  readonly set: Holding;
  readonly remove: readonly 'unreadable'[];
} {
  return of?.unreadable === undefined
    ? { set: {}, remove: ['unreadable'] }
    : { set: { unreadable: of.unreadable }, remove: [] };
}
