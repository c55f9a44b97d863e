import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { type Caller, serviceCaller } from '../calls/caller.ts';
import { tokenEntity } from '../calls/once.ts';
import { orNull, refusalOf } from '../calls/refusal.ts';
import { dropInstance } from '../disks/attach.ts';
import { writeDisk } from '../disks/create.ts';
import { findOrigin } from '../disks/origin.ts';
import { releaseDisk } from '../disks/release.ts';
import { endLeaseUnder } from '../leases/end.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import {
  type InstanceWorkRow,
  instanceEntity,
  instanceWorkEntity,
  WORK_SHARDS,
  workShard,
} from '../model/instances/rows.ts';
import { afterInstance } from '../model/instances/states.ts';
import { policyEntity } from '../model/policies/rows.ts';
import type { Service } from '../service.ts';

/** The operation whose tokens a creation is remembered by. */
export const CREATE_INSTANCE = 'createInstance';
/** Calls finish their own work at once; what is older was cut off. */
const CUT_OFF_AFTER_MS = 60_000;
const PAGE = 100;

export interface WorkDone {
  readonly releasedDiskIds: readonly string[];
  readonly detachedDiskIds: readonly string[];
}
const NOTHING_DONE: WorkDone = { releasedDiskIds: [], detachedDiskIds: [] };

/** Does what is left to do for an instance; any number of times, from wherever it was left. */
export async function finishWork(service: Service, instanceId: string): Promise<WorkDone> {
  const key = { shard: workShard(instanceId), instanceId };
  const work = await service.catalogue.get(instanceWorkEntity, key);
  if (work === undefined) return NOTHING_DONE;
  if (work.kind === 'RELEASE') return finishRelease(service, work);
  const refusal = await refusalOf(() => finishCreation(service, work));
  if (refusal === undefined) return NOTHING_DONE;
  if (refusal.code === 'Throttled') throw refusal;
  await undoCreation(service, work);
  throw refusal;
}

/** The janitor's round. */
export function sweepInstances(service: Service, until: number): Promise<Counts<'finished'>> {
  return sweep(service.clock, { until, counts: ['finished'] }, (round) =>
    round.each(shards(WORK_SHARDS), (shard) =>
      round.each(cutOff(service, shard), async ({ instanceId }) => {
        if (await finishCutOff(service, instanceId)) round.count('finished');
      }),
    ),
  );
}

async function* cutOff({ catalogue, clock }: Service, shard: number): AsyncGenerator<InstanceWorkRow> {
  for await (const work of rowsOf(catalogue, instanceWorkEntity, { partition: { shard }, pageSize: PAGE })) {
    const isOld = Date.parse(work.createdAt) <= clock.now() - CUT_OFF_AFTER_MS;
    if (isOld || isFromTheFuture(work.createdAt, clock.now())) yield work;
  }
}

/**
 * A creation that can no longer succeed has been undone, and nobody is left to be told; false where
 * the next round tries again.
 */
async function finishCutOff(service: Service, instanceId: string): Promise<boolean> {
  const refusal = await refusalOf(() => finishWork(service, instanceId));
  return refusal?.code !== 'Throttled';
}

async function finishCreation(service: Service, work: InstanceWorkRow): Promise<void> {
  const { accountId, instanceId, shard, disks = [], start } = work;
  const caller = serviceCaller(accountId);
  for (const disk of disks) await makeDisk(service, caller, disk);
  const status = afterInstance('FINISH_CREATION', 'PENDING');
  const final = (start && status === 'STOPPED' ? afterInstance('START', status) : status) as 'RUNNING' | 'STOPPED';
  const key = { accountId, id: instanceId };
  // Refused where another has finished it: fine.
  await service.catalogue.transact([
    patch(instanceEntity, key, { set: { status: final }, when: [equal('status', 'PENDING')] }),
    remove(instanceWorkEntity, { shard, instanceId }),
  ]);
}

async function makeDisk(service: Service, caller: Caller, disk: DiskRow): Promise<void> {
  const key = { accountId: disk.accountId, id: disk.id };
  await untilAccepted(service, async () => {
    if ((await service.catalogue.get(diskEntity, key)) !== undefined) return { ok: true, value: undefined };
    const { originSnapshotId: snapshotId = null, originImageId: imageId = null } = disk;
    const origin = await findOrigin(service, caller, { snapshotId, imageId });
    const result = await writeDisk(service, await withPolicyThere(service, disk), origin, []);
    return result.ok ? { ok: true, value: undefined } : result;
  });
}

/** A policy that was deleted meanwhile is cancelled for this disk too. */
async function withPolicyThere({ catalogue }: Service, disk: DiskRow): Promise<DiskRow> {
  const { accountId, policyId, ...rest } = disk;
  const isThere = policyId !== undefined && (await catalogue.get(policyEntity, { accountId, id: policyId }));
  return isThere ? disk : { accountId, ...rest };
}

/**
 * An origin has gone since it was decided: the instance goes too, with the disks that were made,
 * and the token of the call is free again, so that its repetition is a new call.
 */
async function undoCreation(service: Service, work: InstanceWorkRow): Promise<void> {
  const { accountId, instanceId, disks = [], token, shard, createdAt } = work;
  const diskIds = disks.map(({ id }) => id);
  const undo: InstanceWorkRow = { shard, instanceId, accountId, kind: 'RELEASE', undoes: true, diskIds, createdAt };
  const result = await service.catalogue.transact([
    remove(instanceEntity, { accountId, id: instanceId }, [equal('status', 'PENDING')]),
    put(instanceWorkEntity, undo, [equal('kind', 'CREATE')]),
    ...(token === undefined ? [] : [remove(tokenEntity, { accountId, operation: CREATE_INSTANCE, token })]),
  ]);
  if (result.ok) await finishRelease(service, undo);
}

async function finishRelease(service: Service, work: InstanceWorkRow): Promise<WorkDone> {
  const { accountId, instanceId, shard, diskIds = [], systemDiskId = diskIds[0], undoes = false } = work;
  const caller = serviceCaller(accountId);
  const releasedDiskIds: string[] = [];
  const detachedDiskIds: string[] = [];
  for (const id of diskIds) {
    const disk = await service.catalogue.get(diskEntity, { accountId, id });
    if (disk === undefined || !attachedTo(disk).includes(instanceId)) continue;
    const goes = undoes || id === systemDiskId || disk.deleteWithInstance;
    if (goes && attachedTo(disk).length === 1) {
      const how = { operation: 'RELEASE_WITH_INSTANCE', asked: !undoes } as const;
      await orNull(releaseDisk(service, caller, { diskId: id, breakLease: true }, how));
      releasedDiskIds.push(id);
    } else {
      await endLeaseUnder(service, disk, instanceId);
      await dropInstance(service, caller, id, instanceId);
      detachedDiskIds.push(id);
    }
  }
  await service.catalogue.transact([remove(instanceWorkEntity, { shard, instanceId })]);
  return { releasedDiskIds, detachedDiskIds };
}
