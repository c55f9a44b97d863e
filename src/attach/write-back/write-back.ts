import { DeviceError } from '../../nbd/device.ts';
import type { Log } from '../../platform/log.ts';
import { asDeviceError, isLost } from '../errors.ts';
import type { AttachLimits } from '../limits.ts';
import type { DirtyData, Layer } from './dirty-data.ts';

export interface WriteBackParts {
  readonly dirty: DirtyData;
  /** Makes a layer the disk's contents; the version of these. */
  readonly commit: (layer: Layer) => Promise<number>;
  readonly limits: Pick<AttachLimits, 'writeBackMs' | 'quietMs' | 'burstMs' | 'patienceMs'>;
  /** Commits a layer as soon as it is closed, as flushes wait for that; else writes go first. */
  readonly eager: boolean;
  readonly onLost: (error: unknown) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

interface Waiting {
  /** Everything up to this generation. */
  readonly generation: number;
  timer: NodeJS.Timeout | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const FIRST_RETRY_MS = 250;
const MOST_RETRY_MS = 10_000;

/**
 * Commits the layers in their order, one at a time, each when somebody flushes or it is old enough.
 * Closed ones are committed at once if `eager`, or if the journal fills up. Flushes that come while
 * a commit runs share the next one.
 */
export class WriteBack {
  readonly #parts: WriteBackParts;
  #waiting: Waiting[] = [];
  #wanted = 0;
  #failure: unknown;
  #lost: DeviceError | undefined;
  /** The version that a layer made which is committed and not yet retired. */
  #made: { readonly layer: Layer; readonly version: number } | undefined;
  /** Milliseconds of the process's own clock. */
  #progressAt = performance.now();

  constructor(parts: WriteBackParts) {
    this.#parts = parts;
  }

  /**
   * Resolves once everything written before the call is committed. Rejects when nothing moves for
   * too long, while the commits are still tried.
   */
  async flush(): Promise<void> {
    if (this.#lost) throw this.#lost;
    const newest = this.#parts.dirty.layers.at(-1);
    if (newest === undefined) return;
    const generation = newest.generation.number;
    this.#wanted = Math.max(this.#wanted, generation);
    const { promise, ...settle } = Promise.withResolvers<void>();
    const waiting: Waiting = { generation, timer: undefined, ...settle };
    this.#waiting.push(waiting);
    this.#armTimer(waiting, performance.now());
    this.#parts.dirty.changed.notifyAll();
    await promise.finally(() => clearTimeout(waiting.timer));
  }

  /**
   * To be called whenever something reached the service: a long backlog is no reason to give up.
   */
  moved(): void {
    this.#progressAt = performance.now();
  }

  /** Of the last commit, until one succeeds. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Runs until the signal fires or the disk is lost. */
  async run(): Promise<void> {
    const { dirty, signal } = this.#parts;
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted && !this.#lost) {
      const layer = dirty.layers[0];
      const wait = layer === undefined ? undefined : this.#dueInMs(layer);
      if (layer === undefined || (wait ?? 0) > 0) {
        await dirty.changed.wait(wait, signal);
        continue;
      }
      try {
        if (!dirty.isClosed(layer)) await dirty.close();
        await this.#bring(layer);
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        if (signal.aborted) break;
        this.#onFailure(error);
        await dirty.changed.wait(retryMs, signal);
        retryMs = Math.min(2 * retryMs, MOST_RETRY_MS);
      }
    }
    this.lose(new DeviceError('SHUTDOWN', 'The attachment has ended.'));
  }

  async #bring(layer: Layer): Promise<void> {
    if (this.#made?.layer !== layer) this.#made = { layer, version: await this.#parts.commit(layer) };
    try {
      await this.#parts.dirty.retire(layer, this.#made.version);
      this.#made = undefined;
    } finally {
      this.#settle(layer.generation.number); // it is committed, whatever the journal says
    }
  }

  /** Nothing is committed from now on. */
  lose(error: DeviceError): void {
    this.#lost ??= error;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(this.#lost);
    this.#parts.dirty.changed.notifyAll();
  }

  #dueInMs(layer: Layer): number {
    const { dirty, limits, eager } = this.#parts;
    if (this.#wanted >= layer.generation.number) return 0;
    if (eager ? dirty.isClosed(layer) : dirty.isHalfFull) return 0;
    const { begunAt } = layer;
    const quietAt = eager ? begunAt : Math.min(dirty.writtenAt + limits.quietMs, begunAt + limits.burstMs);
    return Math.max(begunAt + limits.writeBackMs, quietAt) - performance.now();
  }

  #settle(generation: number): void {
    this.moved();
    this.#failure = undefined;
    const done = this.#waiting.filter((waiting) => waiting.generation <= generation);
    this.#waiting = this.#waiting.filter((waiting) => waiting.generation > generation);
    for (const { resolve } of done) resolve();
  }

  #onFailure(error: unknown): void {
    this.#failure = error;
    if (isLost(error)) this.#parts.onLost(error);
    else this.#parts.log.warn('what was written could not be committed; trying again', { error });
  }

  #armTimer(waiting: Waiting, since: number): void {
    const end = Math.max(since, this.#progressAt) + this.#parts.limits.patienceMs;
    waiting.timer = setTimeout(
      () => {
        if (this.#progressAt + this.#parts.limits.patienceMs > performance.now()) this.#armTimer(waiting, since);
        else this.#giveUp(waiting);
      },
      Math.max(end - performance.now(), 1),
    );
  }

  #giveUp(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    const why = this.#failure === undefined ? 'it takes too long' : asDeviceError(this.#failure).message;
    const error = new DeviceError('IO', `What was written is not committed yet: ${why}`, { cause: this.#failure });
    waiting.reject(error);
  }
}
