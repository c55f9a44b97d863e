import type { Leases, WriterLease } from '../../client/service/leases.ts';
import { DeviceError } from '../../nbd/device.ts';
import type { Clock } from '../../platform/clock.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { asDeviceError, UnprovedCommit } from '../errors.ts';
import type { OnEvent } from '../events.ts';
import type { JournalFolder } from '../journal/folder.ts';
import type { LastVersions } from '../journal/last-versions.ts';
import type { AttachLimits } from '../limits.ts';
import type { DirtyData, Layer } from '../write-back/dirty-data.ts';
import { WriteBack } from '../write-back/write-back.ts';
import { keepLease } from './lease-keeper.ts';

/**
 * `remote`: what is flushed is committed to the service. `local`: it is on this machine's medium,
 * and committed within seconds.
 */
export type Durability = 'remote' | 'local';

export interface WriterParts {
  readonly diskId: string;
  readonly durability: Durability;
  readonly dirty: DirtyData;
  readonly folder: JournalFolder;
  readonly versions: LastVersions;
  readonly commit: (layer: Layer) => Promise<number>;
  readonly leases: Pick<Leases, 'renew' | 'release'>;
  readonly lease: WriterLease;
  readonly limits: AttachLimits;
  readonly onEvent: OnEvent;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * The writing side of a device: takes writes, flushes as the mode promises, and holds the lease.
 */
export class Writer {
  readonly #parts: WriterParts;
  readonly #writeBack: WriteBack;
  /** Ends the lease keeper and the write-back, when the device is closed. */
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;
  #lost: DeviceError | undefined;
  #kept: Promise<void> = Promise.resolve();
  /** Why the lease could not be renewed. */
  #unrenewed: unknown;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    const { dirty, commit, limits, log, leases, diskId, lease } = parts;
    const eager = parts.durability === 'remote';
    const signal = AbortSignal.any([parts.signal, this.#stop.signal]);
    const onLost = (error: unknown) => this.#onLost(error);
    this.#writeBack = new WriteBack({ dirty, commit, limits, eager, log, signal, onLost });
    const onRenewal = (failure?: unknown) => {
      this.#unrenewed = failure;
    };
    const commitAll = () => this.#writeBack.flush();
    this.#running = Promise.all([
      this.#writeBack.run(),
      keepLease({ leases, diskId, lease, commitAll, onLost, onRenewal, log, signal }),
    ]);
  }

  /** Something reached the service. */
  moved(): void {
    this.#writeBack.moved();
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Why the last commit or renewal of the lease failed, until one succeeds. A commit is tried for
   * long before it fails.
   */
  get retrying(): string | undefined {
    const failure = this.#writeBack.failure ?? this.#unrenewed;
    return failure === undefined ? undefined : asDeviceError(failure).message;
  }

  write(offset: number, data: Buffer, caller: AbortSignal): Promise<void> {
    return this.#parts.dirty.write(offset, data, caller);
  }

  zero(offset: number, length: number, caller: AbortSignal): Promise<void> {
    return this.#parts.dirty.zero(offset, length, caller);
  }

  /** The caller is gone: what it asked for and waits for its turn is not carried out. */
  withdraw(caller: AbortSignal): void {
    this.#parts.dirty.withdraw(caller);
  }

  async flush(): Promise<void> {
    this.#requireHeld();
    if (this.#parts.durability === 'local') await this.#parts.dirty.sync();
    else await this.#writeBack.flush();
    this.#requireHeld();
  }

  /**
   * Commits everything in either mode, and gives the lease back. What cannot be committed stays for
   * the next attachment.
   */
  async close(): Promise<void> {
    const { dirty, signal } = this.#parts;
    dirty.refuse(new DeviceError('SHUTDOWN', 'The device is being closed.'));
    if (signal.aborted) {
      // As a kill: what is under way is not waited for.
      dirty.leave();
      throw new DeviceError('SHUTDOWN', 'The attachment was ended.');
    }
    try {
      if (this.#lost) throw this.#lost;
      await dirty.drained();
      await this.#writeBack.flush();
      await this.#end();
      await this.#release();
    } finally {
      await this.#end();
      await this.#kept;
      dirty.leave();
    }
  }

  /**
   * Everything is committed. So a lease that cannot be given back may end by itself, or go to the
   * next attachment here.
   */
  async #release(): Promise<void> {
    const { leases, lease, diskId, log } = this.#parts;
    try {
      await leases.release(diskId, lease.fence);
      await this.#removeJournal();
    } catch (error) {
      log.warn('the lease could not be given back', { diskId, error });
    }
  }

  /** What it remembers of the disk is kept. */
  async #removeJournal(): Promise<void> {
    const { folder, versions, diskId, log } = this.#parts;
    const { made } = folder.note;
    try {
      if (made !== undefined) await versions.keep(diskId, made);
    } catch (error) {
      log.warn('the version of the disk could not be kept', { diskId, error });
    }
    await folder.remove();
  }

  async #end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  #requireHeld(): void {
    if (this.#lost) throw this.#lost;
  }

  #onLost(error: unknown): void {
    if (this.#lost) return;
    const { diskId, dirty, onEvent } = this.#parts;
    const reason = asDeviceError(error).message;
    const isUnproved = error instanceof UnprovedCommit;
    const message = isUnproved ? reason : `Disk ${diskId} is no longer this attachment's: ${reason}`;
    this.#lost = new DeviceError('FENCED', message, { cause: error });
    dirty.refuse(this.#lost);
    this.#writeBack.lose(this.#lost);
    if (isUnproved) this.#stop.abort(); // the lease is still its own, and ends by itself
    onEvent({ kind: isUnproved ? 'NOT_PROVED' : 'LEASE_LOST', diskId, reason });
    this.#kept = this.#setAside(reason);
  }

  /** What was acknowledged and never committed is kept, out of the way of later attachments. */
  async #setAside(why: string): Promise<void> {
    const { dirty, folder, diskId, clock, onEvent, log } = this.#parts;
    try {
      await dirty.drained();
      if (dirty.layers.length === 0) return await this.#removeJournal();
      const reason = `It holds writes that were not committed when the disk was lost: ${why}`;
      const path = await folder.setAside(reason, isoTime(clock.now()));
      onEvent({ kind: 'JOURNAL_SET_ASIDE', diskId, path, reason });
    } catch (error) {
      log.error('the journal could not be set aside', { diskId, path: folder.path, error });
    }
  }
}
