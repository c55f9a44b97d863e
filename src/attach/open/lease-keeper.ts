import type { Leases, WriterLease } from '../../client/service/leases.ts';
import type { Log } from '../../platform/log.ts';
import { isLost } from '../errors.ts';
import { ConditionVariable } from '../flow/condition-variable.ts';

export interface LeaseKeeperParts {
  readonly leases: Pick<Leases, 'renew'>;
  readonly diskId: string;
  readonly lease: WriterLease;
  /** Commits everything that was written before the call. */
  readonly commitAll: () => Promise<void>;
  readonly onLost: (error: unknown) => void;
  /** What came of a renewal: why it failed, or nothing. */
  readonly onRenewal: (failure?: unknown) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Renews the lease for as long as the signal allows, and answers requests to flush. A flush may
 * take longer than the lease holds without a renewal. A service that does not answer costs nothing:
 * the fence stands until somebody else acquires the disk, however late a renewal comes.
 */
export async function keepLease(parts: LeaseKeeperParts): Promise<void> {
  const { signal, log, diskId } = parts;
  let { lease } = parts;
  const flushing = new FlushRequests(parts, lease.flushRequest);
  let isAway = false;
  while (!signal.aborted) {
    await flushing.done.wait(lease.renewAfterMs, signal);
    try {
      const flushed = flushing.flushed;
      lease = await renew(parts, lease, flushed);
      parts.onRenewal();
      flushing.answer(lease.flushRequest, flushed);
      if (isAway) log.info('the lease is renewed again', { diskId });
      isAway = false;
    } catch (error) {
      if (signal.aborted) return;
      if (isLost(error)) {
        parts.onLost(error);
        return;
      }
      parts.onRenewal(error);
      // Logged once: it is tried every few seconds, for as long as the service may be away.
      if (!isAway) log.warn('the lease could not be renewed; trying until it is', { diskId, error });
      isAway = true;
    }
  }
}

function renew({ leases, diskId }: LeaseKeeperParts, { fence }: WriterLease, flushed?: number): Promise<WriterLease> {
  return leases.renew({ diskId, fence, flushed });
}

/** Requests to flush, one after the other. */
class FlushRequests {
  /** Notified when one is carried out, and the service is to hear of it. */
  readonly done = new ConditionVariable();
  readonly #parts: LeaseKeeperParts;
  #answered: number;
  #flushed: number | undefined;
  #isRunning = false;

  constructor(parts: LeaseKeeperParts, answered: number) {
    this.#parts = parts;
    this.#answered = answered;
  }

  /** The request that was carried out, while the service does not know it yet. */
  get flushed(): number | undefined {
    return this.#flushed;
  }

  /** The service knows of `flushed` now, and asks for `request`. */
  answer(request: number, flushed: number | undefined): void {
    if (flushed !== undefined) this.#answered = Math.max(this.#answered, flushed);
    if (this.#flushed === flushed) this.#flushed = undefined;
    if (request > this.#answered && this.#flushed === undefined && !this.#isRunning) void this.#run(request);
  }

  async #run(request: number): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#parts.commitAll();
      this.#flushed = request;
    } catch (error) {
      this.#parts.log.warn('a flush that was asked for failed', { diskId: this.#parts.diskId, error });
    } finally {
      this.#isRunning = false;
      if (this.#flushed !== undefined) this.done.notifyAll();
    }
  }
}
