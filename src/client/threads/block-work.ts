import { hash } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { blockIdOf, decodeObject, encodeObject, freeBuffer, isBare } from '../../engine/blocks/object-form.ts';
import { SLOT_BYTES, slotView } from '../flow/slots.ts';
import { readEntry, writeEntry } from './cache-entry.ts';
import { readPiece } from './file-piece.ts';
import type { BlockName, ImageFile, ResultOf, TaskKind, Tasks, ThreadSetup } from './tasks.ts';

type Worker = { [K in TaskKind]: (input: Tasks[K]['input']) => ResultOf<K> };

const CHUNK_BLOCKS = 4; // 2 MiB: stays in the second-level cache between the read and the hash

/** Carries out tasks, one at a time, on the calling thread. */
export function createBlockWorker({ memory, image, keys }: ThreadSetup): Worker {
  const zeros = Buffer.alloc(BLOCK_BYTES);
  let chunk: Buffer | undefined;
  const slot = (at: number) => slotView(memory, at);
  const plainOf = (at: number) => Buffer.from(memory, at * SLOT_BYTES, BLOCK_BYTES);
  const nameOf = (plain: Buffer): BlockName => (plain.equals(zeros) ? undefined : blockIdOf(plain, keys?.idKey));

  // Blocks are read into one small buffer and copied to slots only when they hold data: zeros never
  // leave the processor's cache.
  const readAll = (first: number, count: number, keep?: (at: number, block: Buffer) => void): BlockName[] => {
    chunk ??= Buffer.allocUnsafeSlow(CHUNK_BLOCKS * BLOCK_BYTES);
    const names: BlockName[] = [];
    for (let done = 0; done < count; done += CHUNK_BLOCKS) {
      const part = chunk.subarray(0, Math.min(CHUNK_BLOCKS, count - done) * BLOCK_BYTES);
      readBlocks(imageOf(image), first + done, part);
      for (let at = 0; at < part.length; at += BLOCK_BYTES) {
        const block = part.subarray(at, at + BLOCK_BYTES);
        const name = nameOf(block);
        if (name !== undefined) keep?.(names.length, block);
        names.push(name);
      }
    }
    return names;
  };
  const decode = ({ slot: at, id, storedBytes, sealed }: Tasks['decode']['input']) =>
    decodeObject(slot(at).subarray(0, storedBytes), { id, keys: sealed ? keys : undefined, plainBytes: BLOCK_BYTES });

  return {
    scan: ({ first, count }) => readAll(first, count),
    load: ({ first, slots }) => readAll(first, slots.length, (at, block) => plainOf(slots[at] as number).set(block)),
    name: ({ slots }) => slots.map((at) => nameOf(plainOf(at))),
    encode: ({ slot: at, id, from = at }) => {
      const stored = encodeObject(plainOf(from), { id, keys });
      if (from !== at || !isBare(stored.length)) slot(at).set(stored);
      if (isBare(stored.length)) return { storedBytes: stored.length, sha256: id }; // the slot's own memory
      const result = { storedBytes: stored.length, sha256: hash('sha256', stored, 'hex') };
      freeBuffer(stored);
      return result;
    },
    decode: (input) => {
      const plain = decode(input);
      slot(input.slot).set(plain);
      freeBuffer(plain);
      return undefined;
    },
    store: (input) => {
      const plain = decode(input);
      writeBlock(imageOf(image), input.index, plain);
      freeBuffer(plain);
      return undefined;
    },
    overlay: ({ slot: at, pieces }) => {
      for (const piece of pieces) readPiece(piece, slot(at));
      return undefined;
    },
    keep: ({ slot: at, bytes, ...place }) => {
      writeEntry(place, slot(at).subarray(0, bytes));
      return undefined;
    },
    recall: ({ slot: at, ...place }) => {
      const storedBytes = readEntry(place, slot(at));
      if (typeof storedBytes !== 'number') return storedBytes;
      if (!place.sealed) return storedBytes === BLOCK_BYTES ? 'HIT' : 'DAMAGED';
      try {
        const plain = decode({ slot: at, id: place.id, storedBytes, sealed: true });
        slot(at).set(plain);
        freeBuffer(plain);
        return 'HIT';
      } catch {
        return 'DAMAGED';
      }
    },
    clear: ({ first, count }) => {
      readAll(first, count).forEach((name, at) => {
        if (name !== undefined) writeBlock(imageOf(image), first + at, zeros);
      });
      return undefined;
    },
  };
}

function imageOf(image: ImageFile | undefined): ImageFile {
  if (!image) throw new Error('this thread was started without an image');
  return image;
}

/** Fills `part` with consecutive blocks of the image; beyond its end, with zeros. */
function readBlocks({ fd, sizeBytes }: ImageFile, first: number, part: Buffer): void {
  const begin = first * BLOCK_BYTES;
  const wanted = Math.min(part.length, Math.max(sizeBytes - begin, 0));
  let got = 0;
  while (got < wanted) {
    const bytes = readSync(fd, part, got, wanted - got, begin + got);
    if (bytes === 0) break; // became shorter meanwhile: an import looks for that once all is read
    got += bytes;
  }
  part.fill(0, got);
}

function writeBlock({ fd, sizeBytes }: ImageFile, index: number, plain: Buffer): void {
  const begin = index * BLOCK_BYTES;
  const length = Math.min(BLOCK_BYTES, sizeBytes - begin);
  let written = 0;
  while (written < length) written += writeSync(fd, plain, written, length - written, begin + written);
}
