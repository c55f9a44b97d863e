import { LRUCache } from 'lru-cache';
import type { StoredFile } from '../../formats/image.ts';
import { VarveError } from '../../platform/errors.ts';
import type { FileState, FileStore } from '../../platform/files/port.ts';

/**
 * Smaller reads go by pages: compressed clusters lie side by side, and each would be a request of
 * its own. A whole cluster of 64 KiB is read by itself, so nothing beside it is.
 */
const SMALL_BYTES = 64 * 1024;
const PAGE_BYTES = 256 * 1024;
const MOST_PAGES = 64; // 16 MiB

/** A file of a store in one state. Throws `ImportSourceChanged` once it is not in that any more. */
export function sourceFile(files: Pick<FileStore, 'read'>, state: FileState): StoredFile {
  const { sizeBytes } = state;
  const pages = new LRUCache<number, Promise<Buffer>>({ max: MOST_PAGES });
  const readNow = async (offset: number, length: number): Promise<Buffer> => {
    if (length === 0) return Buffer.alloc(0);
    const bytes = await files.read(state, offset, length);
    if (bytes === undefined || bytes.length !== length) throw sourceChanged(state);
    return bytes;
  };
  const pageAt = (index: number): Promise<Buffer> => {
    const known = pages.get(index);
    if (known !== undefined) return known;
    const at = index * PAGE_BYTES;
    const page = readNow(at, Math.min(PAGE_BYTES, sizeBytes - at));
    pages.set(index, page);
    page.catch(() => pages.delete(index));
    return page;
  };
  return {
    sizeBytes,
    read: async (offset, length) => {
      if (length >= SMALL_BYTES) return readNow(offset, length);
      const into = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const at = offset + done;
        const page = await pageAt(Math.floor(at / PAGE_BYTES));
        done += page.copy(into, done, at % PAGE_BYTES, (at % PAGE_BYTES) + length - done);
      }
      return into;
    },
  };
}

export function sourceChanged({ key }: Pick<FileState, 'key'>): VarveError {
  return new VarveError('ImportSourceChanged', `The file ${key} was replaced or deleted meanwhile.`, { key });
}
