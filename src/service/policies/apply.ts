import type { ApplyPolicyInput, ApplyPolicyResult, CancelPolicyResult, DiskStatus } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseIds } from '../calls/numbers.ts';
import { asOperationError, refusalOf, shownRefusal } from '../calls/refusal.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { statusOf } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { relistDisk, underPolicy } from '../model/listed/disk-lists.ts';
import { coverWrites, UNCOVERED, uncoverWrites } from '../model/policies/cover.ts';
import { findPolicy } from '../model/policies/find.ts';
import type { PolicyRow } from '../model/policies/rows.ts';
import { requireCoverable } from '../model/policies/rules.ts';
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

const BATCH = { min: 1, max: 100 };
/** Transactions under one policy: more at once would only meet at its counters. */
const IN_FLIGHT = 4;

export interface Applied {
  readonly policy: PolicyRow;
  readonly results: readonly ApplyPolicyResult[];
}

/** Rule 5.2: disk by disk, each with its own result. */
export async function applyPolicy(
  service: Service,
  caller: Caller,
  { policyId, diskIds }: ApplyPolicyInput,
): Promise<Applied> {
  const ids = parseIds('diskIds', diskIds, BATCH);
  const policy = await findPolicy(service.catalogue, caller, policyId);
  const results = await mapBounded(ids, IN_FLIGHT, async (diskId, at): Promise<ApplyPolicyResult> => {
    let replacedPolicyId: string | null = null;
    let diskStatus: DiskStatus | null = null;
    const refusal = await refusalOf(async () => {
      const before = await changePolicyOf(service, caller, diskId, async (disk) => {
        const { region, id } = await findPolicy(service.catalogue, caller, policyId);
        requireCoverable(disk);
        if (disk.region !== region) throw invalid(`diskIds.${at}`, `must be a disk of the policy's region, ${region}`);
        diskStatus = statusOf(disk, isoTime(service.clock.now()));
        return id;
      });
      if (before !== policyId) replacedPolicyId = before ?? null;
    });
    const applied = refusal === undefined;
    if (refusal !== undefined)
      return { diskId, applied, replacedPolicyId, diskStatus: null, error: asOperationError(refusal) };
    return { diskId, applied, replacedPolicyId, diskStatus, error: null };
  });
  return { policy, results };
}

export async function cancelPolicy(
  service: Service,
  caller: Caller,
  diskIds: readonly string[],
): Promise<readonly CancelPolicyResult[]> {
  return mapBounded(parseIds('diskIds', diskIds, BATCH), IN_FLIGHT, async (diskId): Promise<CancelPolicyResult> => {
    let policyId: string | null = null;
    const refusal = await refusalOf(async () => {
      policyId = (await changePolicyOf(service, caller, diskId, async () => undefined)) ?? null;
    });
    const cancelled = refusal === undefined;
    return { diskId, cancelled, policyId, error: shownRefusal(refusal) };
  });
}

/** The policy that the disk was under before. */
function changePolicyOf(
  service: Service,
  caller: Caller,
  diskId: string,
  decide: (disk: DiskRow) => Promise<string | undefined>,
): Promise<string | undefined> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    const policyId = await decide(disk);
    if (policyId === disk.policyId) return { ok: true, value: disk.policyId };
    const key = { accountId: disk.accountId, id: disk.id };
    const coveredAt = isoTime(service.clock.now());
    const change = policyId === undefined ? { remove: UNCOVERED } : { set: { policyId, coveredAt } };
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { ...change, when: seenDisk(disk) }),
      ...relistDisk(disk, underPolicy(disk, policyId)),
      ...uncoverWrites(disk),
      ...(policyId === undefined ? [] : coverWrites({ ...key, policyId })),
      watchSoon(service, key),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: disk.policyId } : { ok: false, refused: result.failed };
  });
}
