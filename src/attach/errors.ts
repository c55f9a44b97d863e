import { ClientError } from '../client/errors.ts';
import { sleep } from '../client/flow/sleep.ts';
import { DeviceError } from '../nbd/device.ts';

/** The disk is somebody else's now, or is gone: nothing that waits here can ever be committed. */
const LOST = new Set(['LeaseLost', 'VersionConflict', 'NotFound']);

/** May pass by itself. */
const PASSING = new Set(['Unreachable', 'Throttled', 'StorageFull', 'Internal', 'BadAnswer']);

/**
 * The service says that a commit made other contents than it can have made. Nothing can be built
 * upon what it says of the disk from then on.
 */
export class UnprovedCommit extends Error {
  override readonly name = 'UnprovedCommit';
}

export function isLost(error: unknown): boolean {
  if (error instanceof UnprovedCommit) return true;
  return error instanceof ClientError && LOST.has(error.code);
}

export function asDeviceError(error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DeviceError(isNoSpace(error) ? 'NO_SPACE' : 'IO', message, { cause: error });
}

export function isNoSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export interface Patience {
  /** In all, from the first try on. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

const FIRST_MS = 200;
const MOST_MS = 5000;

/** Repeats a call while it fails in a way that may pass, longer than the client does by itself. */
export async function patiently<T>(call: () => Promise<T>, { patienceMs, signal }: Patience): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let wait = FIRST_MS; ; wait = Math.min(2 * wait, MOST_MS)) {
    try {
      return await call();
    } catch (error) {
      const passing = error instanceof ClientError && PASSING.has(error.code);
      if (!passing || performance.now() + wait > end) throw error;
      await sleep(wait, signal);
    }
  }
}
