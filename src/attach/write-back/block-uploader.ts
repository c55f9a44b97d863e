import { Batch } from '../../client/flow/batch.ts';
import { sleep } from '../../client/flow/sleep.ts';
import type { Datapath, PreparedObject, WantedObject } from '../../client/service/datapath.ts';
import { type ObjectTransfer, SignatureEnded } from '../../client/service/object-transfer.ts';
import type { Crew } from '../../client/threads/crew.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import type { BlockMemory } from '../blocks/memory.ts';

export interface BlockUploaderParts {
  readonly datapath: Datapath;
  readonly transfer: ObjectTransfer;
  readonly crew: Crew;
  readonly memory: BlockMemory;
  readonly diskId: string;
  readonly signal: AbortSignal;
}

/** One call at a time: alone when a single block is flushed, full when many are. */
const PREPARE = { items: 96, calls: 1 };
const SIGNATURE_TRIES = 3;

/** Brings blocks to the store, each content once at a time. Encodes before it asks: that saves one of two questions. */
export class BlockUploader {
  readonly #parts: BlockUploaderParts;
  readonly #prepare: Batch<WantedObject, PreparedObject>;
  readonly #underWay = new Map<ObjectId, Promise<void>>();
  /** Blocks sent, those that the store had already not counted. */
  sent = 0;
  /** Called whenever the store has one more. */
  onMoved: () => void = () => undefined;

  constructor(parts: BlockUploaderParts) {
    this.#parts = parts;
    this.#prepare = new Batch(PREPARE, (objects) => parts.datapath.prepareUpload(parts.diskId, objects));
  }

  /** Resolves once the store has the plain block in `slot`, which is left as it is. */
  upload(id: ObjectId, slot: number): Promise<void> {
    const first = this.#underWay.get(id);
    if (first !== undefined) return first;
    const carried = this.#carry(id, slot)
      .then(() => this.onMoved())
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, carried);
    return carried;
  }

  async #carry(id: ObjectId, from: number): Promise<void> {
    const { crew, memory } = this.#parts;
    const slot = await memory.take();
    try {
      const { storedBytes, sha256 } = await crew.run('encode', { slot, id, from });
      await this.#send({ id, stored: { sizeBytes: storedBytes, sha256 } }, memory.view(slot).subarray(0, storedBytes));
    } finally {
      memory.release(slot);
    }
  }

  async #send(object: WantedObject, stored: Buffer): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { state, url, headers } = await this.#ask(object);
      if (state === 'PRESENT') return;
      if (url === null) throw new Error(`the service gave no URL for ${object.id} (${state})`);
      const named = Object.fromEntries((headers ?? []).map(({ name, value }) => [name, value]));
      try {
        await this.#parts.transfer.put(url, named, stored);
        this.sent += 1;
        return;
      } catch (error) {
        if (!(error instanceof SignatureEnded) || attempt === SIGNATURE_TRIES) throw error;
      }
    }
  }

  async #ask(object: WantedObject): Promise<PreparedObject> {
    for (;;) {
      const prepared = await this.#prepare.ask(object);
      if (prepared.state !== 'WAIT') return prepared;
      await sleep(prepared.retryAfterMs ?? 1000, this.#parts.signal);
    }
  }
}
