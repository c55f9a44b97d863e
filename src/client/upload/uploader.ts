import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { Batch } from '../flow/batch.ts';
import { sleep } from '../flow/sleep.ts';
import type { Slots } from '../flow/slots.ts';
import type { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import type { Datapath, PreparedObject, WantedObject } from '../service/datapath.ts';
import { type ObjectTransfer, SignatureEnded } from '../service/object-transfer.ts';
import type { Crew } from '../threads/crew.ts';
import type { EncodedObject } from '../threads/orders.ts';
import { HitRate } from './hit-rate.ts';
import { RecentIds } from './recent-ids.ts';

/** A named plain block in a slot. */
export interface LoadedBlock {
  readonly index: number;
  readonly id: ObjectId;
  readonly slot: number;
}

export interface UploaderParts {
  readonly datapath: Datapath;
  readonly transfer: ObjectTransfer;
  readonly crew: Crew;
  readonly slots: Slots;
  readonly group: TaskGroup;
  readonly meter: Meter;
  /** Disk or draft that the blocks are for. */
  readonly diskId: string;
  /** Called for each block once the store has it. */
  readonly ready: (block: { readonly index: number; readonly id: ObjectId }) => void;
}

/**
 * Small enough that blocks need not wait long for their answer, large enough that questions cost little per block. One call at a
 * time: what is asked meanwhile goes with the next, in fewer and fuller calls.
 */
const PREPARE = { items: 96, calls: 1 };
/** A call costs the service as much as fifty blocks in it, so questions gather while enough other blocks are on their way. */
const GATHER = { items: 40, busySlots: 16 };
const SIGNATURE_TRIES = 3;
const RECENT_IDS = 16_384;

/** Sees to it that the store has each block, sending only what it lacks, each content once. */
export class Uploader {
  readonly #parts: UploaderParts;
  readonly #prepare: Batch<WantedObject, PreparedObject>;
  readonly #underWay = new Map<ObjectId, Promise<void>>();
  readonly #recent = new RecentIds(RECENT_IDS);
  readonly #hits = new HitRate();
  #asking = 0;

  constructor(parts: UploaderParts) {
    this.#parts = parts;
    const gather = { items: GATHER.items, busy: () => parts.slots.used - this.#asking >= GATHER.busySlots };
    this.#prepare = new Batch({ ...PREPARE, gather }, (objects) => parts.datapath.prepareUpload(parts.diskId, objects));
  }

  /** Takes the block over; its slot is released as soon as its bytes are no longer needed. */
  add({ index, id, slot }: LoadedBlock): void {
    const { slots, meter, group, ready } = this.#parts;
    const first = this.#underWay.get(id);
    if (first || this.#recent.has(id)) {
      slots.release(slot);
      group.spawn(async () => {
        await first;
        meter.deduplicatedBytes += BLOCK_BYTES;
        ready({ index, id });
      });
      return;
    }
    const carried = this.#carry(id, slot).finally(() => {
      slots.release(slot);
      this.#underWay.delete(id);
    });
    void Promise.allSettled([carried]); // the group hears of a failure below, unless it has ended already
    this.#underWay.set(id, carried);
    group.spawn(async () => {
      await carried;
      this.#recent.add(id);
      ready({ index, id });
    });
  }

  /** The store has lost these after all: what is known of them does not hold. */
  forget(ids: readonly ObjectId[]): void {
    for (const id of ids) this.#recent.delete(id);
  }

  async #carry(id: ObjectId, slot: number): Promise<void> {
    const { crew, meter } = this.#parts;
    // Where nearly nothing is there already, asking first costs more than encoding in vain now and then.
    if (!this.#hits.isRare && (await this.#ask({ id })).state === 'PRESENT') {
      this.#hits.note(true);
      meter.deduplicatedBytes += BLOCK_BYTES;
      return;
    }
    const encoded = await crew.run('encode', { slot, id });
    const sent = await this.#send(id, slot, encoded);
    this.#hits.note(!sent);
    if (!sent) {
      meter.deduplicatedBytes += BLOCK_BYTES;
      return;
    }
    meter.transferredBytes += BLOCK_BYTES;
    meter.storedBytes += encoded.storedBytes;
  }

  /** False where the store had it by then. */
  async #send(id: ObjectId, slot: number, { storedBytes, sha256 }: EncodedObject): Promise<boolean> {
    const { transfer, slots } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      const prepared = await this.#ask({ id, stored: { sizeBytes: storedBytes, sha256 } });
      if (prepared.state === 'PRESENT') return false;
      if (prepared.url === null) throw new Error(`the service gave no URL for ${id} (${prepared.state})`);
      const headers = Object.fromEntries((prepared.headers ?? []).map(({ name, value }) => [name, value]));
      try {
        await transfer.put(prepared.url, headers, slots.view(slot).subarray(0, storedBytes));
        return true;
      } catch (error) {
        if (!(error instanceof SignatureEnded) || attempt === SIGNATURE_TRIES) throw error;
      }
    }
  }

  async #ask(object: WantedObject): Promise<PreparedObject> {
    for (;;) {
      this.#asking += 1;
      const prepared = await this.#prepare.ask(object).finally(() => {
        this.#asking -= 1;
      });
      if (prepared.state !== 'WAIT') return prepared;
      await sleep(prepared.retryAfterMs ?? 1000, this.#parts.group.signal);
    }
  }
}
