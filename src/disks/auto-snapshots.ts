import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { chainMembers } from '../chains/members.ts';
import type { Service } from '../regions/service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';
import { endRetention } from '../snapshots/end-retention.ts';
import type { DiskRow } from './rows.ts';

/**
 * Rule 3.8, of a disk that is being released. Automatic snapshots that a disk or an image was made from stay while that is so (5.5): their retention
 * ends now, so that the clean-up takes them afterwards. Answers with those that are deleted.
 */
export async function endAutoSnapshots(service: Service, caller: Caller, disk: DiskRow): Promise<string[]> {
  const members = await chainMembers(service.catalogue, { accountId: disk.accountId, chainId: disk.id });
  const deleted: string[] = [];
  for (const { id } of members.filter(({ snapshot }) => snapshot.kind === 'AUTO')) {
    const refusal = await refusalOf(async () => {
      if (await isDeleted(service, caller, id)) deleted.push(id);
      else await endRetention(service, caller, id);
    });
    if (refusal !== undefined && refusal.code !== 'NotFound') throw refusal;
  }
  return deleted;
}

/** False where it is in use. */
async function isDeleted(service: Service, caller: Caller, id: string): Promise<boolean> {
  const refusal = await refusalOf(() => deleteSnapshot(service, caller, id, { force: false }));
  if (refusal !== undefined && !refusal.code.startsWith('SnapshotUsedBy')) throw refusal;
  return refusal === undefined;
}
