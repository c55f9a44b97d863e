import type { ObjectId } from '../../engine/blocks/block.ts';
import { ClientError } from '../errors.ts';
import { sleep } from '../flow/sleep.ts';

/** So often a commit may fail for lost objects, of which each refusal names a few. */
export const MOST_LOSSES = 20;

/** The objects that a commit named and the store has lost; none if the failure is another one. */
export function lostObjects(error: unknown): ReadonlySet<ObjectId> {
  if (!(error instanceof ClientError)) return new Set();
  if (error.code !== 'ObjectMissing' && error.code !== 'ObjectTombstoned') return new Set();
  const { objectIds, objectId } = error.extra;
  return new Set((Array.isArray(objectIds) ? objectIds : [objectId]) as ObjectId[]);
}

/**
 * Waits as long as the refusal asks for: an object that is being reclaimed cannot be sent at once.
 */
export async function waitAfterLoss(error: unknown, signal: AbortSignal): Promise<void> {
  const wait = error instanceof ClientError ? error.extra.retryAfterMs : undefined;
  if (typeof wait === 'number') await sleep(wait, signal);
}
