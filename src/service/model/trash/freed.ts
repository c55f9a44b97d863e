import type { VersionTree } from '../../../engine/contract.ts';
import type { FreedBytes } from '../../../generated/schema.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../../platform/clock.ts';
import { VarveError } from '../../../platform/errors.ts';
import { trashMsOf } from '../accounts/trash-hours.ts';

const NOTHING: FreedBytes = { objects: 0, storedBytes: 0, keptBytes: 0, settled: true };

/**
 * What goes with these snapshots and images, or with the contents of a disk. Null where that cannot
 * be said in time, and where one of them has gone meanwhile.
 */
export async function freedWith(
  tree: Pick<VersionTree, 'previewRemoval'>,
  accountId: string,
  nodeIds: readonly string[],
): Promise<FreedBytes | null> {
  if (nodeIds.length === 0) return NOTHING;
  try {
    const { objects, storedBytes, keptBytes, settled } = await tree.previewRemoval(accountId, nodeIds);
    return { objects, storedBytes, keptBytes, settled };
  } catch (error) {
    if (error instanceof VarveError && (error.code === 'PreviewTooLarge' || error.code === 'NotFound')) return null;
    throw error;
  }
}

/** The stored bytes alone. */
export async function freedBytesWith(...of: Parameters<typeof freedWith>): Promise<number | null> {
  return (await freedWith(...of))?.storedBytes ?? null;
}

export interface EndOfDeleted {
  /** Until when what goes could be brought back; null where it could not. */
  readonly restorableUntil: string | null;
  /** From when its bytes are freed, if nobody brings it back. */
  readonly freeFrom: string;
}

interface Deps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly reclaimGraceMs: number;
}

/** Of what somebody of the account would delete now. */
export async function endOfDeleted(
  { catalogue, clock, reclaimGraceMs }: Deps,
  accountId: string,
): Promise<EndOfDeleted> {
  const now = clock.now();
  const keptMs = await trashMsOf(catalogue, accountId);
  const restorableUntil = keptMs === 0 ? null : isoTime(now + keptMs);
  return { restorableUntil, freeFrom: isoTime(now + keptMs + reclaimGraceMs) };
}
