import type { OfWriter } from '../../engine/contract.ts';
import type { CommitDraftInput } from '../../generated/schema.ts';
import { check, equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { asWriter } from '../leases/writing.ts';
import { findDraft } from '../model/datapath/find-draft.ts';
import { type DraftRow, draftEntity } from '../model/datapath/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { parseUnreadable, unreadableChange } from '../model/disks/unreadable.ts';
import { parseFence } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { findTarget } from './targets.ts';

const REMEMBERED_DAYS = 7;
const DAY_S = 86_400;

/** A client that lost the answer asks again, and hears that it is done. */
export async function commitDraft(
  service: Service,
  caller: Caller,
  { draftId, ...input }: CommitDraftInput,
): Promise<DiskRow> {
  const fence = parseFence(input.fence);
  const diskId = await untilAccepted(service, async () => {
    const draft = await findDraft(service.catalogue, caller, draftId);
    if (draft.state === 'COMMITTED') return { ok: true, value: draft.diskId };
    const { disk } = await findTarget(service, caller, draftId);
    const also = [closeDraft(service, draft, 'COMMITTED'), diskWrite(disk, input.unreadable)];
    const result = await asWriter(service, disk, fence, () => adopt(service, { ...draft, fence }, also));
    return result.ok ? { ok: true, value: disk.id } : result;
  });
  return findDisk(service.catalogue, caller, diskId);
}

/**
 * The disk as it was seen, and with what could not be read of the new contents, where the caller
 * says anything of that.
 */
function diskWrite(disk: DiskRow, input: CommitDraftInput['unreadable']): Write {
  const key = { accountId: disk.accountId, id: disk.id };
  if (input == null) return check(diskEntity, key, seenDisk(disk));
  const unreadable = parseUnreadable(input, disk.sizeBytes);
  if (unreadable === disk.unreadable) return check(diskEntity, key, seenDisk(disk));
  return patch(diskEntity, key, {
    ...unreadableChange(unreadable === undefined ? undefined : { unreadable }),
    when: seenDisk(disk),
  });
}

/**
 * The engine's draft can be gone because a call with the same id was faster: then the row decides
 * once more.
 */
async function adopt(service: Service, { accountId, diskId, id, fence }: DraftRow & OfWriter, also: readonly Write[]) {
  try {
    return await service.tree.adoptDraft({ accountId, headId: diskId, draftId: id, fence }, also);
  } catch (error) {
    if (error instanceof VarveError && error.code === 'DraftClosed') return { ok: false as const, refused: [] };
    throw error;
  }
}

export function closeDraft(
  { clock }: Pick<Service, 'clock'>,
  { accountId, id }: DraftRow,
  state: 'COMMITTED' | 'DISCARDED',
): Write {
  const forgetAt = Math.floor(clock.now() / 1000) + REMEMBERED_DAYS * DAY_S;
  const change = { set: { state, forgetAt }, remove: ['sweepShard'] as const, when: [equal('state', 'OPEN')] };
  return patch(draftEntity, { accountId, id }, change);
}
