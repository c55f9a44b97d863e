import { absent, check, type Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { isInArrears } from '../model/accounts/arrears.ts';
import { accountEntity } from '../model/accounts/rows.ts';
import { chainMembers } from '../model/chains/members.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';
import { endRetention } from '../snapshots/end-retention.ts';

/**
 * Rule 3.8, of a disk that is being released. Automatic snapshots that a disk or an image was made
 * from stay while that is so (5.5): their retention ends now, so that the clean-up takes them
 * afterwards. Answers with those that are deleted. Where nobody asked for the release, an account
 * in arrears keeps them all (1.3): each goes on the condition that there are no arrears.
 */
export async function endAutoSnapshots(
  service: Service,
  caller: Caller,
  disk: DiskRow,
  { asked }: { readonly asked: boolean },
): Promise<string[]> {
  const by = asked ? 'PERSON' : 'SERVICE';
  const also = async () => (asked ? [] : [await requirePaid(service, caller)]);
  const members = await chainMembers(service.catalogue, { accountId: disk.accountId, chainId: disk.id });
  const deleted: string[] = [];
  for (const { id } of members.filter(({ snapshot }) => isEndedWithDisk(snapshot))) {
    const refusal = await refusalOf(async () => {
      if (await isDeleted(service, caller, { id, by, withDiskId: disk.id, also })) deleted.push(id);
      else await endRetention(service, caller, id, also);
    });
    if (refusal?.code === 'AccountInArrears') break;
    if (refusal !== undefined && !MEANWHILE.has(refusal.code)) throw refusal;
  }
  return deleted;
}

/** Gone, or pinned a moment ago. */
const MEANWHILE: ReadonlySet<string> = new Set(['NotFound', 'SnapshotPinned']);

/** One that is pinned stays, with the retention that it has. */
export const isEndedWithDisk = ({ kind, pinnedAt }: SnapshotRow) => kind === 'AUTO' && pinnedAt === undefined;

interface Ending {
  readonly id: string;
  readonly by: 'PERSON' | 'SERVICE';
  readonly withDiskId: string;
  readonly also: () => Promise<Write[]>;
}

/** False where it is in use. */
async function isDeleted(service: Service, caller: Caller, { id, ...how }: Ending): Promise<boolean> {
  const refusal = await refusalOf(() => deleteSnapshot(service, caller, id, { force: false, ...how }));
  if (refusal !== undefined && !refusal.code.startsWith('SnapshotUsedBy')) throw refusal;
  return refusal === undefined;
}

async function requirePaid({ catalogue }: Service, { accountId }: Caller): Promise<Write> {
  if (!(await isInArrears(catalogue, accountId)))
    return check(accountEntity, { id: accountId }, [absent('arrearsSince')]);
  throw new VarveError('AccountInArrears', `Account ${accountId} is in arrears.`, { accountId });
}
