import type { Catalogue } from '../../platform/catalogue/port.ts';
import { getSnapshotService, requireOpen } from '../accounts/snapshot-service.ts';
import type { Caller } from '../calls/caller.ts';
import type { CopyTarget } from '../model/policies/rows.ts';

/** Rules 1.2, 7.2: snapshots are switched on in each region that copies are to go to. */
export async function requireTargetsOpen(
  catalogue: Catalogue,
  caller: Caller,
  targets: readonly CopyTarget[],
): Promise<void> {
  for (const { region } of targets) requireOpen((await getSnapshotService(catalogue, caller, region)).opened, region);
}
