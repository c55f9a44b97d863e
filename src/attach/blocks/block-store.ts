import { existsSync } from 'node:fs';
import { receiveBlock, withPlace } from '../../client/download/fetch-block.ts';
import type { DamagedBlock } from '../../client/download/report-damage.ts';
import { ClientError } from '../../client/errors.ts';
import { Limit } from '../../client/flow/limit.ts';
import type { Datapath } from '../../client/service/datapath.ts';
import type { ObjectTransfer } from '../../client/service/object-transfer.ts';
import { ENTRY_HEAD_BYTES } from '../../client/threads/cache-entry.ts';
import type { EntryPlace } from '../../client/threads/tasks.ts';
import type { WorkerPool } from '../../client/threads/worker-pool.ts';
import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';
import { isBare } from '../../engine/blocks/object-form.ts';
import type { Log } from '../../platform/log.ts';
import { patiently } from '../errors.ts';
import type { CacheFolder } from './cache-folder.ts';
import type { BlockMemory, MemoryBlock } from './memory.ts';
import { PagePieces, type Piece } from './page-pieces.ts';
import type { SignedUrls } from './signed-urls.ts';
import { VerifiedFiles } from './verified-files.ts';

export interface BlockStoreParts {
  readonly memory: BlockMemory;
  readonly pool: WorkerPool;
  readonly folder: CacheFolder;
  readonly datapath: Datapath;
  readonly transfer: ObjectTransfer;
  readonly urls: SignedUrls;
  /** Disk, snapshot or draft. */
  readonly source: string;
  /** Whether its blocks are sealed. */
  readonly sealed: boolean;
  readonly fetches: number;
  readonly patienceMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called for each damaged block that was read; once at least. */
  readonly onDamage: (damaged: DamagedBlock) => void;
}

export interface PlacedBlock {
  readonly index: number;
  readonly id: ObjectId;
}

interface Flight {
  /** How many will hold the block when it is there. */
  waiting: number;
}

/**
 * Plain blocks by their ids: from memory, from the machine's cache folder, or from the object
 * store. Each is fetched once, however many ask for it at a time.
 */
export class BlockStore {
  readonly #parts: BlockStoreParts;
  readonly #flights = new Map<ObjectId, { readonly flight: Flight; readonly landed: Promise<MemoryBlock> }>();
  readonly #limit: Limit;
  readonly #keeping = new Set<Promise<void>>();
  readonly #files: VerifiedFiles;
  readonly #pieces: PagePieces;
  /**
   * Blocks that came from the object store, from the cache folder or another file here, and from
   * memory.
   */
  readonly counts = { fetched: 0, recalled: 0, remembered: 0 };

  constructor(parts: BlockStoreParts) {
    this.#parts = parts;
    this.#files = new VerifiedFiles({
      now: () => performance.now(),
      onDamage: (path) => parts.log.warn('a file no longer holds its block, which is read again', { path }),
    });
    this.#pieces = new PagePieces({ ...parts, files: this.#files });
    this.#limit = new Limit(parts.fetches);
  }

  /** The block if it is in memory, held until `unhold`. */
  now(id: ObjectId): MemoryBlock | undefined {
    const block = this.#parts.memory.hold(id);
    if (block === undefined) return undefined;
    this.counts.remembered += 1;
    return block;
  }

  /**
   * The block if it is in memory, or in a file that is quick to read; held until `unhold`. If only
   * a few `bytes` of it are wanted, the checks of its pages are made meanwhile.
   */
  soon(id: ObjectId, bytes: number): MemoryBlock | undefined {
    const block = this.now(id) ?? this.#recallNow(id);
    if (block !== undefined) this.#pieces.sumLater(id, bytes);
    return block;
  }

  /** A part of a block that is not in memory, if only its pages have to be read and checked. */
  piece(id: ObjectId, from: number, to: number): Piece | undefined {
    const piece = this.#pieces.read(id, from, to);
    if (piece !== undefined) this.counts.recalled += 1;
    return piece;
  }

  /** The block, held until `unhold`. Throws `ObjectDamaged` with the place where it was met. */
  async get(block: PlacedBlock): Promise<MemoryBlock> {
    const now = this.now(block.id);
    if (now !== undefined) return now;
    const { flight, landed } = this.#flight(block);
    flight.waiting += 1;
    return landed;
  }

  unhold(block: MemoryBlock): void {
    this.#parts.memory.unhold(block);
  }

  plain(block: MemoryBlock): Buffer {
    return this.#parts.memory.plain(block.slot);
  }

  /** Sees to it that the block will be in memory. A failure is left to those that read it. */
  prefetch(block: PlacedBlock): void {
    if (this.#parts.memory.has(block.id) || this.#files.isQuick(block.id)) return;
    void Promise.allSettled([this.#flight(block).landed]);
  }

  /** How many blocks are on their way. */
  get underWay(): number {
    return this.#flights.size;
  }

  #flight(block: PlacedBlock): { readonly flight: Flight; readonly landed: Promise<MemoryBlock> } {
    const known = this.#flights.get(block.id);
    if (known !== undefined) return known;
    const flight: Flight = { waiting: 0 };
    const started = { flight, landed: this.#limit.run(() => this.#carry(block, flight)) };
    this.#flights.set(block.id, started);
    return started;
  }

  async #carry(block: PlacedBlock, flight: Flight): Promise<MemoryBlock> {
    const { memory } = this.#parts;
    const slot = await memory.take();
    let toKeep: Uint8Array | undefined;
    this.#files.left(block.id);
    try {
      if (!(await this.#recall(block, slot))) toKeep = await this.#fetch(block, slot);
    } catch (error) {
      this.#flights.delete(block.id);
      memory.release(slot);
      throw this.#placed(error, block);
    }
    // In one go: those that ask from now on find it in memory, and those that wait hold it already.
    this.#flights.delete(block.id);
    const landed = memory.keep(block.id, slot, flight.waiting);
    if (toKeep !== undefined) this.#keepLater(block.id, toKeep);
    return landed;
  }

  #recallNow(id: ObjectId): MemoryBlock | undefined {
    const { memory } = this.#parts;
    if (this.#flights.has(id) || !this.#files.isQuick(id)) return undefined;
    const slot = memory.takeNow();
    if (slot === undefined) return undefined;
    if (!this.#files.readBlock(id, memory.plain(slot))) {
      memory.release(slot);
      return undefined;
    }
    this.counts.recalled += 1;
    return memory.keep(id, slot, 1);
  }

  #placed(error: unknown, block: PlacedBlock): unknown {
    const placed = withPlace(error, this.#parts.source, block);
    if (placed instanceof ClientError && placed.code === 'ObjectDamaged')
      this.#parts.onDamage({ offsetBytes: block.index * BLOCK_BYTES, objectId: block.id });
    return placed;
  }

  /** Keeps a plain block that has just come in the folder, while it is being read. */
  #keepLater(id: ObjectId, tag: Uint8Array): void {
    const block = this.#parts.memory.hold(id);
    if (block === undefined) return;
    const kept = this.#keep(id, block.slot, BLOCK_BYTES, tag).finally(() => {
      this.unhold(block);
      this.#keeping.delete(kept);
    });
    this.#keeping.add(kept);
  }

  /** Resolves once what has come is in the folder. */
  async settled(): Promise<void> {
    await Promise.all(this.#keeping);
  }

  async #recall({ id }: PlacedBlock, slot: number): Promise<boolean> {
    const { folder, pool, log } = this.#parts;
    const place = folder.place(id);
    // Nearly all that is asked for here for the first time is not there: a thread need not say so.
    if (place === undefined || !existsSync(place.path)) return false;
    const { outcome, tag } = await pool.run('recall', { ...place, slot, tagKey: this.#files.tagKey });
    if (outcome === 'DAMAGED')
      log.warn('an entry of the block cache is damaged and is fetched again', { path: place.path });
    if (outcome === 'HIT') this.counts.recalled += 1;
    if (tag !== undefined) this.#noteEntry(place, tag);
    return outcome === 'HIT';
  }

  #noteEntry({ id, path }: EntryPlace, tag: Uint8Array): void {
    this.#files.note(id, { path, at: ENTRY_HEAD_BYTES, tag, isEntry: true });
  }

  /** The GMAC of the block, if it is to be kept in the folder yet. */
  async #fetch(block: PlacedBlock, slot: number): Promise<Uint8Array | undefined> {
    const { pool, memory, datapath, transfer, source, sealed, urls } = this.#parts;
    const parts = { datapath, transfer, source, slots: memory, pool };
    const { bytes: storedBytes, path } = await patiently(
      async () => receiveBlock(parts, { ...block, url: await urls.of(block) }, slot),
      this.#parts,
    );
    // The sealed form is gone once it is opened, so it is kept before; opening it checks it each
    // time. Plain blocks are kept after they have been checked.
    if (sealed) await this.#keep(block.id, slot, storedBytes);
    const tagKey = sealed ? undefined : this.#files.tagKey;
    const tag = await pool.run('decode', { slot, id: block.id, storedBytes, sealed, tagKey });
    this.counts.fetched += 1;
    if (tag === undefined || path === undefined || !isBare(storedBytes)) return tag;
    // The object's own file is as good as a copy of it.
    this.#files.note(block.id, { path, at: 0, tag, isEntry: false });
    return undefined;
  }

  async #keep(id: ObjectId, slot: number, bytes: number, tag?: Uint8Array): Promise<void> {
    const { folder, pool, log } = this.#parts;
    const place = folder.place(id);
    if (place === undefined) return;
    try {
      await pool.run('keep', { ...place, slot, bytes });
      if (tag !== undefined) this.#noteEntry(place, tag);
      await folder.added(id, bytes);
    } catch (error) {
      log.debug('a block was not kept in the cache folder', { error });
    }
  }
}
