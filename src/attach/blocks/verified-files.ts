import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { gmac, PAGE_BYTES } from '../../client/threads/block-check.ts';
import { TOUCH_AFTER_MS } from '../../client/threads/cache-entry.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import { Pace } from './pace.ts';

/** A file that holds a plain block, as it was when this process checked it against its id. */
interface VerifiedFile {
  readonly path: string;
  /** Of the block in it. */
  readonly at: number;
  /** Of the whole block, under {@link VerifiedFiles.tagKey}. */
  readonly tag: Uint8Array;
  /** Whether it is an entry of the cache folder, where what was used last stays longest. */
  readonly isEntry: boolean;
}

interface KnownFile extends VerifiedFile {
  /** Of its pages; undefined until somebody has read a part of it. */
  sums: Uint32Array | undefined;
  touchedAt: number;
}

/** 8 GiB of blocks, about 1 KB of memory each. */
const FILES = 16_384;
const KEY_BYTES = 32;
const NO_SUM = -1;

/**
 * Blocks of which this process knows a file, with checks of their bytes in its own memory: a GMAC
 * of the whole block, and a CRC-32 of each page. So a block is named once, and later reads of the
 * file check no more than what they read. A file may be changed or removed at any time.
 */
export class VerifiedFiles {
  /** Nobody outside this process can make other bytes with the same tag. */
  readonly tagKey: Uint8Array = randomBytes(KEY_BYTES);
  readonly #files = new LRUCache<ObjectId, KnownFile>({ max: FILES });
  readonly #now: () => number;
  readonly #pace: Pace;
  readonly #onDamage: (path: string) => void;

  constructor({ now, onDamage }: { readonly now: () => number; readonly onDamage: (path: string) => void }) {
    this.#now = now;
    this.#pace = new Pace(now);
    this.#onDamage = onDamage;
  }

  note(id: ObjectId, file: VerifiedFile): void {
    const sums = this.#files.peek(id)?.sums; // they are of the block, wherever it lies
    this.#files.set(id, { ...file, sums, touchedAt: this.#now() });
  }

  has(id: ObjectId): boolean {
    return this.#files.has(id);
  }

  noteSums(id: ObjectId, sums: Uint32Array): void {
    const file = this.#files.peek(id);
    if (file !== undefined) file.sums = sums;
  }

  hasSums(id: ObjectId): boolean {
    return this.#files.peek(id)?.sums !== undefined;
  }

  /** Whether a file is known, and files are quick to read just now. */
  isQuick(id: ObjectId): boolean {
    return this.has(id) && !this.#pace.isPaused;
  }

  /** To be called if a thread reads the block instead. */
  left(id: ObjectId): void {
    if (this.has(id)) this.#pace.left();
  }

  /** Reads the whole block. False if the file has it no more. */
  readBlock(id: ObjectId, into: Buffer): boolean {
    const file = this.#files.get(id);
    if (file === undefined) return false;
    const isWhole = this.#read(file, into, file.at) && gmac(this.tagKey, into).equals(file.tag);
    return isWhole || this.#lose(id, file);
  }

  /**
   * Reads the pages that hold `[from, to)` into the beginning of `into`; its bytes begin at `from %
   * PAGE_BYTES` there. False if the file has them no more, or the sums are not known.
   */
  readPages(id: ObjectId, { from, to }: { readonly from: number; readonly to: number }, into: Buffer): boolean {
    const file = this.#files.get(id);
    if (file?.sums === undefined) return false;
    const first = Math.floor(from / PAGE_BYTES);
    const last = Math.ceil(to / PAGE_BYTES);
    const bytes = into.subarray(0, (last - first) * PAGE_BYTES);
    if (!this.#read(file, bytes, file.at + first * PAGE_BYTES)) return this.#lose(id, file);
    for (let page = first, at = 0; page < last; page++, at += PAGE_BYTES) {
      const sum = file.sums[page] ?? NO_SUM;
      if (crc32(bytes.subarray(at, at + PAGE_BYTES)) !== sum) return this.#lose(id, file);
    }
    return true;
  }

  #read(file: KnownFile, into: Buffer, position: number): boolean {
    this.#touch(file);
    return this.#pace.timed(() => {
      let fd: number;
      try {
        fd = openSync(file.path, 'r');
      } catch {
        return false;
      }
      try {
        return readSync(fd, into, 0, into.length, position) === into.length;
      } catch {
        return false;
      } finally {
        closeSync(fd);
      }
    });
  }

  #lose(id: ObjectId, { path }: KnownFile): false {
    this.#files.delete(id);
    this.#onDamage(path);
    return false;
  }

  #touch(file: KnownFile): void {
    const now = this.#now();
    if (!file.isEntry || now - file.touchedAt < TOUCH_AFTER_MS) return;
    file.touchedAt = now;
    const seconds = Date.now() / 1000;
    void Promise.allSettled([utimes(file.path, seconds, seconds)]);
  }
}
