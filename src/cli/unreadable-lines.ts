import type { UnreadableDetail, UnreadableSum } from '../client/service/unreadable.ts';
import { sizeText } from '../platform/size-text.ts';
import { counted, formatSize } from './sizes.ts';

const MOST_LINES = 20; // of thousands; all that is kept stands in the JSON

/** Such as `2 ranges of the source, 8 KiB, are zeros`; undefined where all was read. */
export function unreadableText(unreadable: UnreadableSum | null): string | undefined {
  if (!unreadable || unreadable.count === 0) return undefined;
  const { count, bytes } = unreadable;
  return (
    `${counted(count, 'range')} of the source, ${formatSize(bytes)}, could not be read and ` +
    `${count === 1 ? 'is' : 'are'} zeros`
  );
}

/** The ranges themselves, where they are known. */
export function unreadableLines(unreadable: UnreadableDetail | null): string[] {
  if (!unreadable) return [];
  const shown = unreadable.ranges.slice(0, MOST_LINES);
  const lines = shown.map(
    ({ offsetBytes, lengthBytes }) => `Unreadable at offset ${sizeText(offsetBytes)}: ${sizeText(lengthBytes)}`,
  );
  const more = unreadable.count - shown.length;
  return more > 0 ? [...lines, `… and ${counted(more, 'more range')}: see --json`] : lines;
}
