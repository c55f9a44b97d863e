import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import type { Service } from '../service.ts';
import { dropCopy } from './end.ts';

/** One that has ended stays as it ended: false then. */
export function cancelCopy(service: Service, caller: Caller, snapshotId: string): Promise<boolean> {
  return untilAccepted(service, async () => {
    const snapshot = await findSnapshot(service.catalogue, caller, snapshotId);
    if (snapshot.copiedFromId === undefined || snapshot.status !== 'PROGRESSING') return { ok: true, value: false };
    const result = await dropCopy(service, caller, snapshot);
    return result.ok ? { ok: true, value: true } : result;
  });
}
