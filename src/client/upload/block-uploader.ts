import type { ObjectId } from '../../engine/blocks/block.ts';
import { Batch } from '../flow/batch.ts';
import { sleep } from '../flow/sleep.ts';
import type { Datapath, PreparedObject, WantedObject } from '../service/datapath.ts';
import type { SignedPlace } from '../service/object-folder.ts';
import { type ObjectTransfer, SignatureEnded } from '../service/object-transfer.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { HitRate } from './hit-rate.ts';

export interface BlockUploaderParts {
  readonly datapath: Datapath;
  readonly transfer: ObjectTransfer;
  readonly pool: WorkerPool;
  /** Disk or draft that the blocks are for. */
  readonly target: string;
  /** The slots that blocks lie in. */
  readonly memory: { view(slot: number): Buffer };
  /**
   * Where stored forms are made. Default: in the block's own slot, whose plain bytes are then lost.
   */
  readonly storedForms?: { take(): Promise<number>; release(slot: number): void };
  /**
   * How often blocks are there already. Left out: a block is always encoded before it is asked for.
   */
  readonly hits?: HitRate;
  /**
   * Whether enough blocks are on their way, beside those that wait for an answer, to let questions
   * gather. Left out: they never gather longer than a call takes.
   */
  readonly isBusy?: (asking: number) => boolean;
  readonly signal: AbortSignal;
}

/**
 * What came of a block: its stored form was sent, in so many bytes, or the store had it already.
 */
export type Upload = { readonly sentBytes: number } | 'PRESENT';

/**
 * Small enough that blocks need not wait long for their answer, large enough that questions cost
 * little per block. One call at a time: what is asked meanwhile goes with the next call.
 */
const PREPARE = { items: 96, calls: 1 };
/** A call costs the service as much as fifty blocks in it. */
const GATHERED = 40;
const SIGNATURE_TRIES = 3;
/** Each one lost to a caller that has put other bytes there since the service looked. */
const PUT_TRIES = 4;

/** Brings blocks to the store: only those that it lacks, and each content once at a time. */
export class BlockUploader {
  readonly #parts: BlockUploaderParts;
  readonly #prepare: Batch<WantedObject, PreparedObject>;
  readonly #underWay = new Map<ObjectId, Promise<Upload>>();
  #asking = 0;
  /** Blocks sent so far. */
  sent = 0;

  constructor(parts: BlockUploaderParts) {
    this.#parts = parts;
    const { isBusy, datapath, target } = parts;
    const limits = isBusy ? { ...PREPARE, gather: { items: GATHERED, busy: () => isBusy(this.#asking) } } : PREPARE;
    this.#prepare = new Batch(limits, (objects) => datapath.prepareUpload(target, objects));
  }

  /** The upload of this content that is under way. */
  underWay(id: ObjectId): Promise<Upload> | undefined {
    return this.#underWay.get(id);
  }

  /** Resolves once the store has the plain block in `slot`, or another one of the same content. */
  upload(id: ObjectId, slot: number): Promise<Upload> {
    const first = this.#underWay.get(id);
    if (first !== undefined) return first;
    const upload = this.#bring(id, slot).finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, upload);
    return upload;
  }

  async #bring(id: ObjectId, slot: number): Promise<Upload> {
    const { hits, storedForms } = this.#parts;
    // If nearly nothing is there already, asking first costs more than encoding in vain at times.
    if (hits !== undefined && !hits.isRare && (await this.#ask({ id })).state === 'PRESENT') {
      hits.note(true);
      return 'PRESENT';
    }
    const into = storedForms === undefined ? slot : await storedForms.take();
    try {
      const upload = await this.#encodeAndSend(id, slot, into);
      hits?.note(upload === 'PRESENT');
      return upload;
    } finally {
      storedForms?.release(into);
    }
  }

  async #encodeAndSend(id: ObjectId, from: number, slot: number): Promise<Upload> {
    const { pool, memory } = this.#parts;
    const { storedBytes, sha256 } = await pool.run('encode', { slot, id, from });
    const stored = memory.view(slot).subarray(0, storedBytes);
    const stage = async (place: SignedPlace) => {
      const staging = this.#parts.transfer.stagingOf(place, sha256);
      return staging !== undefined && (await pool.run('stage', { ...staging, slot, bytes: storedBytes }));
    };
    return this.#send({ id, stored: { sizeBytes: storedBytes, sha256 } }, stored, stage);
  }

  /** `stage` answers whether the object was staged in the folder of the store itself. */
  async #send(object: WantedObject, stored: Buffer, stage: (place: SignedPlace) => Promise<boolean>): Promise<Upload> {
    for (let puts = 1, signatures = 1, found = false; ; ) {
      const sign = async () => placeOf(object, await this.#ask({ ...object, found }));
      try {
        const place = await sign();
        const put = (await stage(place)) ? 'STORED' : await this.#parts.transfer.put({ ...place, renew: sign }, stored);
        // At the end the commit decides, which looks at what is there.
        if (put === 'STORED' || puts++ >= PUT_TRIES) {
          this.sent += 1;
          return { sentBytes: stored.length };
        }
        found = true;
      } catch (error) {
        if (error instanceof IsPresent) return 'PRESENT';
        if (!(error instanceof SignatureEnded) || signatures++ >= SIGNATURE_TRIES) throw error;
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
      await sleep(prepared.retryAfterMs ?? 1000, this.#parts.signal);
    }
  }
}

/** The store has it already: there is nothing to send. */
class IsPresent extends Error {}

function placeOf({ id }: WantedObject, { state, url, headers }: PreparedObject) {
  if (state === 'PRESENT') throw new IsPresent();
  if (url === null) throw new Error(`the service gave no URL for ${id} (${state})`);
  return { url, headers: Object.fromEntries((headers ?? []).map(({ name, value }) => [name, value])) };
}
