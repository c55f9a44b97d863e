import { LRUCache } from 'lru-cache';
import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import type { Slots } from '../flow/slots.ts';
import type { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import { BlockUploader, type BlockUploaderParts, type Upload } from './block-uploader.ts';
import { HitRate } from './hit-rate.ts';

/** A named plain block in a slot. */
export interface LoadedBlock {
  readonly index: number;
  readonly id: ObjectId;
  readonly slot: number;
}

export interface UploaderParts extends Pick<BlockUploaderParts, 'datapath' | 'transfer' | 'pool' | 'target'> {
  readonly slots: Slots;
  readonly group: TaskGroup;
  readonly meter: Meter;
  /** Called for each block once the store has it. */
  readonly ready: (block: { readonly index: number; readonly id: ObjectId }) => void;
}

/**
 * Questions to the service gather while so many slots hold blocks that do not wait for an answer.
 */
const BUSY_SLOTS = 16;
const RECENT_IDS = 16_384;

/** Takes the blocks of a walk as they come, and says of each when the store has it. */
export class Uploader {
  readonly #parts: UploaderParts;
  readonly #blocks: BlockUploader;
  /** Blocks that the store had lately. */
  readonly #recent = new LRUCache<ObjectId, true>({ max: RECENT_IDS });

  constructor(parts: UploaderParts) {
    this.#parts = parts;
    const { slots, group } = parts;
    this.#blocks = new BlockUploader({
      ...parts,
      memory: slots,
      hits: new HitRate(),
      isBusy: (asking) => slots.used - asking >= BUSY_SLOTS,
      signal: group.signal,
    });
  }

  /** Takes the block over; its slot is released as soon as its bytes are no longer needed. */
  add({ index, id, slot }: LoadedBlock): void {
    const { slots, meter, group, ready } = this.#parts;
    const first = this.#blocks.underWay(id);
    meter.pendingBytes += BLOCK_BYTES;
    if (first || this.#recent.get(id)) {
      slots.release(slot);
      group.spawn(async () => {
        await first;
        meter.pendingBytes -= BLOCK_BYTES;
        meter.deduplicatedBytes += BLOCK_BYTES;
        ready({ index, id });
      });
      return;
    }
    const uploaded = this.#blocks
      .upload(id, slot)
      .then((upload) => this.#count(upload))
      .finally(() => slots.release(slot));
    // The group gets a failure below, unless it has ended already.
    void Promise.allSettled([uploaded]);
    group.spawn(async () => {
      await uploaded;
      this.#recent.set(id, true);
      ready({ index, id });
    });
  }

  /** The store has lost these after all: what is known of them does not hold. */
  forget(ids: readonly ObjectId[]): void {
    for (const id of ids) this.#recent.delete(id);
  }

  #count(upload: Upload): void {
    const { meter } = this.#parts;
    meter.pendingBytes -= BLOCK_BYTES;
    if (upload === 'PRESENT') meter.deduplicatedBytes += BLOCK_BYTES;
    else {
      meter.transferredBytes += BLOCK_BYTES;
      meter.storedBytes += upload.sentBytes;
    }
  }
}
