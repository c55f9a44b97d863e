/** Half of what a row may have, so that keys and the store's own form fit as well. */
const MOST_BYTES = 200_000;

/** How many of these go into one row: all that fit, and the first in any case. */
export function fitting(parts: readonly object[]): number {
  let [count, bytes] = [0, 0];
  for (const part of parts) {
    bytes += Buffer.byteLength(JSON.stringify(part));
    if (count > 0 && bytes > MOST_BYTES) break;
    count++;
  }
  return count;
}

/** In rows, at least one. */
export function pagesOf<Part extends object>(parts: readonly Part[]): (readonly Part[])[] {
  const pages: (readonly Part[])[] = [];
  for (let at = 0; at < parts.length; ) {
    const count = fitting(parts.slice(at));
    pages.push(parts.slice(at, at + count));
    at += count;
  }
  return pages;
}
