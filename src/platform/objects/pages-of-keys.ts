import type { ObjectPage, ObjectStore } from './port.ts';

const PAGE_KEYS = 1000;

/** The keys under a prefix in ascending order, a page at a time, each read when it is asked for. */
export async function* pagesOfKeys(
  objects: Pick<ObjectStore, 'list'>,
  prefix: string,
  from?: string,
): AsyncGenerator<ObjectPage['keys']> {
  let after = from;
  for (;;) {
    const { keys, more } = await objects.list(prefix, { limit: PAGE_KEYS, ...(after !== undefined && { after }) });
    yield keys;
    after = keys.at(-1)?.key;
    if (!more || after === undefined) return;
  }
}
