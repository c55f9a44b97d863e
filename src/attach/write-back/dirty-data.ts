import { blockCount } from '../../engine/blocks/block.ts';
import { DeviceError } from '../../nbd/device.ts';
import { asDeviceError } from '../errors.ts';
import { ConditionVariable } from '../flow/condition-variable.ts';
import { Mutex } from '../flow/mutex.ts';
import { SingleFlight } from '../flow/single-flight.ts';
import type { JournalFolder } from '../journal/folder.ts';
import type { RecordHead } from '../journal/record.ts';
import type { Entry, Run, Segment } from '../journal/segment.ts';
import type { AttachLimits } from '../limits.ts';
import { blockParts, Generation } from '../overlay/generation.ts';

/** A generation with the segment that holds its records. */
export interface Layer {
  readonly generation: Generation<Run>;
  readonly segment: Segment;
  /** Milliseconds of the process's own clock. */
  readonly begunAt: number;
}

export interface DirtyParts {
  readonly folder: JournalFolder;
  readonly limits: AttachLimits;
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  /** Whether a flush is acknowledged once it is on the medium. */
  readonly isLocal: boolean;
  /** The version of the service's contents, asked when a segment begins and nothing older waits. */
  readonly version: () => number;
  /** Layers that an earlier process left, the oldest first, all of them closed. */
  readonly layers: readonly Layer[];
  readonly lastSequence: number;
}

interface Queued {
  readonly entries: readonly Omit<RecordHead, 'sequence' | 'durable' | 'sealed'>[];
  readonly data: readonly (Buffer | undefined)[];
  readonly bytes: number;
  readonly caller: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Appended in one go: more gains nothing, and what waits behind it would wait longer. */
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_RECORDS = 256;
/** Longer writes are cut: no promise makes them atomic. */
const WRITE_BYTES = 32 * 1024 * 1024;

/**
 * What was written and is not yet committed: layers over the committed contents. Their bytes are in
 * the journal.
 */
export class DirtyData {
  readonly #parts: DirtyParts;
  #layers: readonly Layer[];
  #current: Layer | undefined;
  #sequence: number;
  #durable = 0;
  #generation: number;
  /** The newest one that an earlier process left. */
  readonly #recovered: number;
  readonly #queue: Queued[] = [];
  #pumping = false;
  #pumped: Promise<void> = Promise.resolve();
  #refusal: DeviceError | undefined;
  readonly #appending = new Mutex();
  readonly #syncs = new SingleFlight(() => this.#syncAll());
  readonly #room = new ConditionVariable();
  #namesSynced = true;
  /** Of layers that are committed, while the page of the next one cannot be relied on to say so. */
  #behind: readonly Segment[] = [];
  /** Of the last write, in milliseconds of the process's own clock. */
  writtenAt = 0;
  /** Notified when a layer begins or is given up, and when somebody wants one committed. */
  readonly changed = new ConditionVariable();

  constructor(parts: DirtyParts) {
    this.#parts = parts;
    this.#layers = parts.layers;
    this.#sequence = parts.lastSequence;
    this.#recovered = parts.layers.at(-1)?.generation.number ?? 0;
    this.#generation = this.#recovered;
  }

  /** The oldest first. Never changed in place, so that a reader may keep it. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Newest first, as reads look through them. */
  generations(): Generation<Run>[] {
    return this.#layers.map(({ generation }) => generation).reverse();
  }

  isClosed(layer: Layer): boolean {
    return layer !== this.#current;
  }

  /**
   * Whether the layer may hold bytes that were acknowledged because they are on the medium, here or
   * by the process that left it. If so, each word of its control page has to be there before
   * anything is done that rests on it.
   */
  isPromised({ generation }: Layer): boolean {
    return this.#parts.isLocal || generation.number <= this.#recovered;
  }

  /** Bytes of the journal. */
  get bytes(): number {
    return this.#layers.reduce((sum, { segment }) => sum + segment.bytes, 0);
  }

  /** Looked at whenever a layer begins: what is uploaded from now on is room for the other half. */
  get isHalfFull(): boolean {
    return this.#isFilled(1 / 2);
  }

  /**
   * Resolves once the bytes are in the journal, from where reads see them. It settles when `data`
   * is looked at no more.
   */
  async write(offset: number, data: Buffer, caller: AbortSignal): Promise<void> {
    if (data.length <= WRITE_BYTES) return this.#writeCut(offset, data, caller);
    const cuts = Array.from({ length: Math.ceil(data.length / WRITE_BYTES) }, (_, at) => at * WRITE_BYTES);
    const outcomes = await Promise.allSettled(
      cuts.map((at) => this.#writeCut(offset + at, data.subarray(at, at + WRITE_BYTES), caller)),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason as Error;
  }

  zero(offset: number, length: number, caller: AbortSignal): Promise<void> {
    return this.#enqueue({ entries: [{ kind: 'ZEROS', offset, length }], data: [undefined], bytes: 0, caller });
  }

  /** Takes back what the caller, who is gone, has asked for and what is not being appended yet. */
  withdraw(caller: AbortSignal): void {
    const all = this.#queue.splice(0);
    this.#queue.push(...all.filter((queued) => queued.caller !== caller));
    for (const queued of all) if (queued.caller === caller) queued.reject(caller.reason);
  }

  /** Closes the newest layer: what is written from now on goes into the next one. */
  close(): Promise<void> {
    return this.#appending.run(async () => {
      this.#current = undefined;
    });
  }

  /** Everything appended before the call is on the medium afterwards. */
  sync(): Promise<void> {
    return this.#syncs.join();
  }

  /**
   * The oldest layer is in the committed contents, which are at `version` with it. Its file goes
   * once the next one says what it follows. A later attachment finds its place by the two together,
   * and by the second alone. May be called again after a failure.
   */
  async retire(layer: Layer, version: number): Promise<void> {
    // Appends go on while the medium is waited for, and may begin the next layer meanwhile.
    while (!(await this.#appending.run(() => this.#drop(layer, version)))) await this.#noteBase(version);
  }

  /** Resolves once nothing is being appended any more. */
  async drained(): Promise<void> {
    await this.#pumped;
    await this.close();
  }

  /** Closes the files; they stay where they are. */
  leave(): void {
    for (const segment of [...this.#behind, ...this.#layers.map((layer) => layer.segment)]) segment.leave();
    this.#layers = [];
    this.#behind = [];
  }

  /** From now on nothing is taken any more. */
  refuse(error: DeviceError): void {
    this.#refusal ??= error;
    this.#room.notifyAll();
  }

  async #drop(layer: Layer, version: number): Promise<boolean> {
    const [oldest, next] = this.#layers;
    if (oldest !== layer) throw new Error('layers are committed in order');
    if (next !== undefined && !this.#isBaseNoted(next.segment, version, this.isPromised(oldest))) return false;
    this.#layers = this.#layers.slice(1);
    const done = [...this.#behind, layer.segment];
    this.#behind = next?.segment.hasFailed ? done : [];
    // A file that stays does no harm: the next one says that this layer is committed.
    if (this.#behind.length === 0) for (const segment of done) await Promise.allSettled([segment.discard()]);
    this.#room.notifyAll();
    return true;
  }

  #isBaseNoted({ control, isControlSynced, hasFailed }: Segment, version: number, onMedium: boolean): boolean {
    return control.baseVersion === version && (isControlSynced || hasFailed || !onMedium);
  }

  async #noteBase(version: number): Promise<void> {
    const [oldest, next] = this.#layers;
    if (oldest === undefined || next === undefined) return;
    const { segment } = next;
    segment.enter();
    try {
      if (segment.control.baseVersion !== version) await segment.setBase(version);
      if (this.isPromised(oldest) && !segment.hasFailed) await segment.syncControl();
    } finally {
      segment.leave();
    }
  }

  #writeCut(offset: number, data: Buffer, caller: AbortSignal): Promise<void> {
    const entries: Queued['entries'][number][] = [];
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { from, to } of blockParts(offset, data.length)) {
      entries.push({ kind: 'DATA', offset: offset + at, length: to - from });
      pieces.push(data.subarray(at, at + to - from));
      at += to - from;
    }
    return this.#enqueue({ entries, data: pieces, bytes: data.length, caller });
  }

  #enqueue(asked: Omit<Queued, 'resolve' | 'reject'>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...asked, resolve, reject });
      if (!this.#pumping) this.#pumped = this.#pump();
    });
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.#queue.length > 0) {
      await this.#waitForRoom();
      const batch = this.#takeBatch();
      try {
        if (this.#refusal) throw this.#refusal;
        await this.#appending.run(() => this.#append(batch));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(asDeviceError(error));
      }
    }
    this.#pumping = false;
  }

  #takeBatch(): Queued[] {
    let bytes = 0;
    let records = 0;
    let count = 0;
    for (const queued of this.#queue) {
      bytes += queued.bytes;
      records += queued.entries.length;
      if (count > 0 && (bytes > BATCH_BYTES || records > BATCH_RECORDS)) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #waitForRoom(): Promise<void> {
    const { limits, signal } = this.#parts;
    let waitedFrom = performance.now();
    while (this.#isFilled(1) && !this.#refusal && !signal.aborted) {
      const [before] = this.#layers;
      const left = waitedFrom + limits.patienceMs - performance.now();
      if (left <= 0) {
        const full = new DeviceError('IO', 'The journal is full, and the service takes nothing.');
        for (const { reject } of this.#queue.splice(0)) reject(full);
        return;
      }
      await this.#room.wait(left, signal);
      if (this.#layers[0] !== before) waitedFrom = performance.now();
    }
  }

  #isFilled(part: number): boolean {
    const { journalBytes, journalPieces } = this.#parts.limits;
    const pieces = this.#layers.reduce((sum, { generation }) => sum + generation.pieces, 0);
    return this.bytes >= part * journalBytes || pieces >= part * journalPieces;
  }

  async #append(batch: readonly Queued[]): Promise<void> {
    const heads = batch.flatMap(({ entries }) => entries);
    if (heads.length === 0) return;
    this.writtenAt = performance.now();
    // A range of zeros changes its two edges, and the holes between them.
    const layer = await this.#layerFor(heads.reduce((sum, { kind }) => sum + (kind === 'DATA' ? 1 : 3), 0));
    const { sealed } = layer.segment.control;
    const data = batch.flatMap((queued) => queued.data);
    const entries = heads.map((head, at): Entry => {
      const full = { ...head, sealed, sequence: this.#sequence + 1 + at, durable: this.#durable };
      const bytes = data[at];
      return bytes === undefined ? { head: full } : { head: full, data: bytes };
    });
    try {
      const runs = await layer.segment.append(entries);
      this.#sequence += entries.length;
      entries.forEach(({ head }, at) => {
        replay(layer.generation, head, runs[at] as Run);
      });
    } catch (error) {
      this.#current = undefined;
      if (layer.segment.isEmpty) {
        this.#layers = this.#layers.filter((other) => other !== layer);
        await Promise.allSettled([layer.segment.discard()]);
      }
      this.changed.notifyAll();
      throw error;
    }
  }

  /** The newest layer, if it is open and takes so many more changes; else a new one. */
  async #layerFor(changes: number): Promise<Layer> {
    const { sizeBytes, folder, version } = this.#parts;
    if (this.#current && !this.#isFull(this.#current, changes)) return this.#current;
    const number = this.#generation + 1;
    const segment = await folder.createSegment({
      generation: number,
      firstSequence: this.#sequence + 1,
      baseVersion: this.#layers.length === 0 ? version() : undefined,
    });
    this.#generation = number;
    this.#namesSynced = false;
    const layer = { segment, generation: new Generation<Run>(number, sizeBytes), begunAt: performance.now() };
    this.#current = layer;
    this.#layers = [...this.#layers, layer];
    this.changed.notifyAll();
    return layer;
  }

  #isFull({ generation, segment }: Layer, changes: number): boolean {
    const { limits } = this.#parts;
    return (
      segment.bytes >= limits.generationBytes ||
      generation.changes + changes > limits.generationBlocks ||
      generation.pieces >= limits.generationPieces
    );
  }

  async #syncAll(): Promise<void> {
    const sequence = this.#sequence;
    // The oldest first: what is on the medium is then always a beginning of what was written.
    for (const { segment } of this.#layers) if (!segment.isSynced) await syncUnlessGone(segment);
    if (!this.#namesSynced) {
      this.#namesSynced = true;
      try {
        await this.#parts.folder.sync();
      } catch (error) {
        this.#namesSynced = false;
        for (const { segment } of this.#layers) segment.fail(error);
        throw error;
      }
    }
    this.#durable = Math.max(this.#durable, sequence);
  }
}

/** Applies a record to the generation it belongs to. */
export function replay(generation: Generation<Run>, head: Pick<RecordHead, 'kind' | 'offset' | 'length'>, run: Run) {
  if (head.kind === 'ZEROS') {
    generation.zero(head.offset, head.length);
    return;
  }
  const [part] = blockParts(head.offset, head.length);
  if (part !== undefined) generation.write(part, run);
}

/** Whether a record can belong to a disk of this size. */
export function fits({ kind, offset, length }: RecordHead, sizeBytes: number): boolean {
  if (length < 1 || offset + length > sizeBytes) return false;
  return kind === 'ZEROS' ? blockCount(sizeBytes) > 0 : blockParts(offset, length).length === 1;
}

async function syncUnlessGone(segment: Segment): Promise<void> {
  segment.enter();
  try {
    await segment.sync();
  } finally {
    segment.leave();
  }
}
