import type { UnreadableInput } from '../../generated/operations.ts';
import { ClientError } from '../errors.ts';
import type { ByteRange } from '../threads/tasks.ts';

/** What could not be read of a source, and stands as zeros for it. */
export interface Unreadable {
  readonly count: number;
  readonly bytes: number;
  /** In order and apart. */
  readonly ranges: readonly ByteRange[];
}

/** The disk keeps that many, and the number of the rest. */
const KEPT_RANGES = 1000;
/** Beyond this a medium has no readable parts worth the name; it bounds memory and time. */
const MOST_RANGES = 100_000;

/**
 * Collects ranges in any order, also the same ones again: what is compared first is read once more
 * to be sent.
 */
export class UnreadableRanges {
  #ranges: ByteRange[] = [];

  add(path: string, ranges: readonly ByteRange[]): void {
    this.#ranges.push(...ranges);
    if (this.#ranges.length <= 2 * MOST_RANGES) return;
    this.#ranges = merged(this.#ranges);
    if (this.#ranges.length <= MOST_RANGES) return;
    const message = `${path} cannot be read in more than ${MOST_RANGES} places.`;
    throw new ClientError('SourceUnusable', message, { path });
  }

  all(): Unreadable {
    const ranges = merged(this.#ranges);
    return { count: ranges.length, bytes: bytesOf(ranges), ranges };
  }
}

export function unreadableInput({ count, bytes, ranges }: Unreadable): UnreadableInput {
  const kept = ranges.slice(0, KEPT_RANGES);
  return { ranges: kept, moreRanges: count - kept.length, moreBytes: bytes - bytesOf(kept) };
}

function bytesOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
}

function merged(ranges: readonly ByteRange[]): ByteRange[] {
  const apart: { offsetBytes: number; lengthBytes: number }[] = [];
  for (const { offsetBytes, lengthBytes } of [...ranges].sort((a, b) => a.offsetBytes - b.offsetBytes)) {
    const last = apart.at(-1);
    const end = offsetBytes + lengthBytes;
    if (last && offsetBytes <= last.offsetBytes + last.lengthBytes)
      last.lengthBytes = Math.max(last.lengthBytes, end - last.offsetBytes);
    else apart.push({ offsetBytes, lengthBytes });
  }
  return apart;
}
