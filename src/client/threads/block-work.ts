import { hash } from 'node:crypto';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { createCompressor, openNative } from '../../engine/blocks/compressor.ts';
import { blockIdOf, decodeObject, encodeObject, freeBuffer, isBare } from '../../engine/blocks/object-form.ts';
import type { Extent } from '../../formats/image.ts';
import { packClusters } from '../../formats/qcow2/pack.ts';
import { CLUSTER_BYTES } from '../../formats/qcow2/refcounts.ts';
import { SLOT_BYTES, slotView } from '../flow/slots.ts';
import { gmac, pageSums } from './block-check.ts';
import { readEntry, writeEntry } from './cache-entry.ts';
import { readPiece } from './file-piece.ts';
import { ImageBlocks, type ReadPart } from './image-blocks.ts';
import { ImagePieces } from './image-pieces.ts';
import { readObjectFile, stageObject } from './object-file.ts';
import type { BlockName, ResultOf, StoredBlock, TaskKind, Tasks, ThreadSetup } from './tasks.ts';

export type BlockWorker = { [K in TaskKind]: (input: Tasks[K]['input']) => ResultOf<K> };

/** Carries out tasks, one at a time, on the calling thread. */
export function createBlockWorker({ memory, image, formatted, keys }: ThreadSetup): BlockWorker {
  const zeros = Buffer.alloc(BLOCK_BYTES);
  const compressor = createCompressor(openNative());
  const slot = (at: number) => slotView(memory, at);
  const plainOf = (at: number) => Buffer.from(memory, at * SLOT_BYTES, BLOCK_BYTES);
  const nameOf = (plain: Buffer): BlockName => (plain.equals(zeros) ? undefined : blockIdOf(plain, keys?.idKey));

  const blocks = new ImageBlocks(image, nameOf);
  const pieces = new ImagePieces(formatted);
  const readBy = (extents: readonly Extent[] | undefined): ReadPart | undefined =>
    extents && ((begin, part) => pieces.read(extents, begin, part));
  const keepIn = (slots: readonly number[] | undefined) =>
    slots && ((at: number, block: Buffer) => plainOf(slots[at] as number).set(block));
  const decode = ({ slot: at, id, storedBytes, sealed }: StoredBlock) =>
    decodeObject(slot(at).subarray(0, storedBytes), { id, keys: sealed ? keys : undefined, plainBytes: BLOCK_BYTES });
  const decodeInPlace = (stored: StoredBlock): Buffer => {
    const plain = decode(stored);
    const into = plainOf(stored.slot);
    if (plain.buffer !== memory || plain.byteOffset !== into.byteOffset) into.set(plain);
    freeBuffer(plain);
    return into;
  };

  return {
    ...fileTasks(slot),
    scan: ({ first, count, extents }) => blocks.read(first * BLOCK_BYTES, count, undefined, readBy(extents)),
    load: ({ first, slots, extents }) => blocks.read(first * BLOCK_BYTES, slots.length, keepIn(slots), readBy(extents)),
    rescue: ({ first, count, slots }) => blocks.rescue(first * BLOCK_BYTES, count, keepIn(slots)),
    held: ({ at, count }) => blocks.held(at, count).map((name) => (name === 'UNREADABLE' ? undefined : name)),
    name: ({ slots }) => slots.map((at) => nameOf(plainOf(at))),
    encode: ({ slot: at, id, from = at }) => {
      const stored = encodeObject(plainOf(from), { id, keys, compressor });
      if (from !== at || !isBare(stored.length)) slot(at).set(stored);
      // the slot's own memory
      if (isBare(stored.length)) return { storedBytes: stored.length, sha256: id };
      const result = { storedBytes: stored.length, sha256: hash('sha256', stored, 'hex') };
      freeBuffer(stored);
      return result;
    },
    decode: ({ tagKey, ...input }) => {
      const plain = decodeInPlace(input);
      return tagKey && gmac(tagKey, plain);
    },
    store: (input) => {
      const plain = decode(input);
      blocks.write(input.at, plain.subarray(0, input.bytes));
      freeBuffer(plain);
      return undefined;
    },
    pack: ({ compression, clusters, ...input }) => {
      const plain = decode(input);
      const packed = packClusters(plain.subarray(0, clusters * CLUSTER_BYTES), compression);
      const lengths = packed?.map(({ length }) => length);
      let at = 0;
      for (const part of packed ?? [plain]) {
        slot(input.slot).set(part, at);
        at += part.length;
        freeBuffer(part);
      }
      if (packed) freeBuffer(plain);
      return lengths;
    },
    recall: ({ slot: at, tagKey, ...place }) => {
      const storedBytes = readEntry(place, slot(at));
      if (typeof storedBytes !== 'number') return { outcome: storedBytes };
      if (!place.sealed) {
        if (storedBytes !== BLOCK_BYTES) return { outcome: 'DAMAGED' };
        return { outcome: 'HIT', tag: tagKey && gmac(tagKey, plainOf(at)) };
      }
      try {
        decodeInPlace({ slot: at, id: place.id, storedBytes, sealed: true });
        return { outcome: 'HIT' };
      } catch {
        return { outcome: 'DAMAGED' };
      }
    },
    sums: ({ slot: at }) => pageSums(plainOf(at)),
    clear: ({ first, count }) => blocks.clear(first * BLOCK_BYTES, count, zeros),
  };
}

/** Those between files and slots, which look into no block. */
function fileTasks(slot: (at: number) => Buffer): Pick<BlockWorker, 'take' | 'stage' | 'overlay' | 'keep'> {
  return {
    take: ({ slot: at, path }) => readObjectFile(path, slot(at)),
    stage: ({ slot: at, bytes, ...staging }) => stageObject(staging, slot(at).subarray(0, bytes)),
    overlay: ({ slot: at, pieces }) => {
      for (const piece of pieces) readPiece(piece, slot(at));
      return undefined;
    },
    keep: ({ slot: at, bytes, ...place }) => {
      writeEntry(place, slot(at).subarray(0, bytes));
      return undefined;
    },
  };
}
