import { ClientError } from '../errors.ts';
import { sleep } from '../flow/sleep.ts';
import type { OneSnapshot, Snapshot, Snapshots } from './snapshots.ts';

const POLL_MS = 500;
/**
 * The service finishes a snapshot after 15 seconds at the latest. If that goes wrong, its janitor
 * does so a minute later.
 */
const LIMIT_MS = 120_000;

/**
 * The snapshot once it is no longer PROGRESSING. Throws `NotFound` if it was cancelled,
 * `SnapshotNotReady` after two minutes.
 */
export async function waitForSnapshot(
  snapshots: Pick<Snapshots, 'get'>,
  begun: Snapshot,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { id } = begun;
  const end = performance.now() + LIMIT_MS;
  for (let snapshot = begun; ; ) {
    if (snapshot.status !== 'PROGRESSING') return snapshot;
    if (performance.now() >= end) {
      throw new ClientError('SnapshotNotReady', `Snapshot ${id} is still ${snapshot.status}.`, { snapshotId: id });
    }
    await sleep(POLL_MS, signal);
    snapshot = await stillThere(snapshots, id);
  }
}

/** A snapshot that was begun. Throws `NotFound` if it was cancelled. */
export async function stillThere(snapshots: Pick<Snapshots, 'get'>, id: string): Promise<OneSnapshot> {
  const found = await snapshots.get(id).catch((error: unknown) => {
    if (error instanceof ClientError && error.code === 'NotFound') return null;
    throw error;
  });
  if (found === null) throw new ClientError('NotFound', `Snapshot ${id} was cancelled.`, { id });
  return found;
}
