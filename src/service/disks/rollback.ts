import type { NodeRow } from '../../engine/books/rows.ts';
import type { RollbackDiskInput } from '../../generated/schema.ts';
import { check, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound, type VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { parseVersion } from '../calls/numbers.ts';
import { once, type RecordCall, type Recorded } from '../calls/once.ts';
import { asOperationError, orNull, refusalOf } from '../calls/refusal.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import { parseClientToken, parseSnapshotName } from '../calls/text.ts';
import { noneInProgress, requireNoneInProgress } from '../chains/counts.ts';
import { findJob } from '../jobs/jobs.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import { endLeaseOf } from '../leases/end.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import type { Lost, Rollback } from '../model/disks/rollback-result.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { requireStatus, requireVersion } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { unreadableChange, withUnreadableOf } from '../model/disks/unreadable.ts';
import {
  besidesHosts,
  chainsToBeQuiet,
  holdersOf,
  holderWrites,
  requireCheckable,
  requireHolders,
} from '../model/instances/holders.ts';
import type { InstanceRow } from '../model/instances/rows.ts';
import type { LeaseRow } from '../model/leases/rows.ts';
import { findLease, nobodyHolds, requireUnheld } from '../model/leases/rules.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { requireOfDisk, requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { type NewSnapshot, requireSnapshotAllowed, takeSnapshot } from '../snapshots/create.ts';
import { findLoss } from './loss.ts';

interface Situation {
  readonly disk: DiskRow;
  readonly snapshot: SnapshotRow;
  readonly head: NodeRow;
  /**
   * Of the disk, but for LOCAL ones, which have no snapshots; with `startInstance` also of what is
   * started.
   */
  readonly chains: readonly ChainRow[];
  readonly holders: readonly InstanceRow[];
  readonly lease: LeaseRow | undefined;
}

/** Rule 4.9. */
export async function rollbackDisk(service: Service, caller: Caller, input: RollbackDiskInput): Promise<Rollback> {
  const safety = parseRollback(input);
  if (input.dryRun) return dryRun(service, caller, input, safety);
  const { clientToken: token, ...rest } = input;
  const call = { accountId: caller.accountId, operation: 'rollbackDisk', token, input: rest };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, input, safety, record));
  return value ?? repeatRollback(service, caller, input.diskId, recorded);
}

/**
 * The safety snapshot, where one is asked for. Everything is checked, whether this call needs it or
 * not.
 */
function parseRollback(input: RollbackDiskInput): NewSnapshot | undefined {
  const { diskId, safetySnapshot, safetySnapshotName: wanted, expectedVersion, clientToken } = input;
  if (expectedVersion != null) parseVersion('expectedVersion', expectedVersion);
  if (clientToken != null) parseClientToken('clientToken', clientToken);
  const name = wanted == null ? undefined : parseSnapshotName('safetySnapshotName', wanted);
  return safetySnapshot ? { diskId, kind: 'MANUAL', name, tags: [] } : undefined;
}

async function dryRun(
  service: Service,
  caller: Caller,
  input: RollbackDiskInput,
  safety: NewSnapshot | undefined,
): Promise<Rollback> {
  const situation = await findSituation(service, caller, input);
  const refusals = [
    ...(await refusalsOf(service, situation, input)),
    safety && (await refusalOf(() => requireSnapshotAllowed(service, caller, safety))),
  ].filter((refusal) => refusal !== undefined);
  const lost = await decideLoss(service, situation, safety);
  return { disk: situation.disk, safetySnapshot: null, lost, refusals: refusals.map(asOperationError), job: null };
}

async function attempt(
  service: Service,
  caller: Caller,
  input: RollbackDiskInput,
  safety: NewSnapshot | undefined,
  record: RecordCall,
) {
  const before = await findSituation(service, caller, input);
  const [refusal] = await refusalsOf(service, before, input);
  if (refusal !== undefined) throw refusal;
  const { disk, snapshot, head } = before;
  if (before.lease !== undefined) {
    await endLeaseOf(service, disk, input);
    return { ok: false as const, refused: [] }; // what is decided next is decided without it
  }
  const saved = safety && (await takeSafety(service, caller, safety, head, input.clientToken));
  const lost = await decideLoss(service, before, safety);
  const job = newJob(service, disk, { kind: 'ROLLBACK_DISK', diskId: disk.id, snapshotId: snapshot.id });
  const recorded = { jobId: job.id, ...lost, ...(saved === undefined ? {} : { safetySnapshotId: saved.id }) };
  const rolledBackAt = job.createdAt;
  const unreadable = unreadableChange(snapshot);
  const { accountId } = caller;
  const result = await service.tree.rollback(
    { accountId, headId: disk.id, toId: snapshot.id, jobId: job.id, ...expectation(input, head, saved) },
    [
      ...record(recorded),
      patch(
        diskEntity,
        { accountId, id: disk.id },
        { set: { rolledBackAt, ...unreadable.set }, remove: unreadable.remove, when: seenDisk(disk) },
      ),
      check(snapshotEntity, { accountId, id: snapshot.id }, [equal('status', 'ACCOMPLISHED')]),
      nobodyHolds(disk),
      ...before.chains.map(noneInProgress),
      ...holderWrites(before.holders, input.startInstance),
      putJob(job),
    ],
  );
  if (!result.ok) return result;
  const value = {
    disk: { ...withUnreadableOf(disk, snapshot), rolledBackAt },
    safetySnapshot: saved ?? null,
    lost,
    refusals: [],
    job,
  };
  return { ok: true as const, value: { recorded, value } };
}

/**
 * Its token tells the version too: after another commit, the safety snapshot of before would not be
 * one.
 */
function takeSafety(
  service: Service,
  caller: Caller,
  safety: NewSnapshot,
  head: NodeRow,
  token: string | null | undefined,
) {
  return takeSnapshot(service, caller, safety, { operation: `rollbackDisk.safety@${head.version}`, token });
}

/** With a safety snapshot, nothing may be committed between it and the rollback. */
function expectation({ expectedVersion }: RollbackDiskInput, head: NodeRow, saved: SnapshotRow | undefined) {
  if (saved !== undefined) return { expectedVersion: head.version };
  return expectedVersion == null ? {} : { expectedVersion };
}

async function findSituation(service: Service, caller: Caller, input: RollbackDiskInput): Promise<Situation> {
  const [found, disk, head, chain] = await Promise.all([
    Promise.allSettled([findSnapshot(service.catalogue, caller, input.snapshotId)]),
    findDisk(service.catalogue, caller, input.diskId),
    service.tree.get(caller.accountId, input.diskId),
    service.catalogue.get(chainEntity, { accountId: caller.accountId, id: input.diskId }),
  ]);
  // What is wrong with the disk is told first, whichever lookup was faster.
  if (found[0].status === 'rejected') throw found[0].reason;
  const snapshot = found[0].value;
  if (head === undefined) throw notFound('Disk', disk.id);
  const [holders, lease] = await Promise.all([holdersOf(service.catalogue, disk), findLease(service.catalogue, disk)]);
  const chains = await chainsToBeQuiet(service.catalogue, chain, { holders, start: input.startInstance });
  return { disk, snapshot, head, chains, holders, lease };
}

async function refusalsOf(
  service: Service,
  { disk, snapshot, head, chains, holders, lease }: Situation,
  { expectedVersion, breakLease }: RollbackDiskInput,
): Promise<VarveError[]> {
  const now = isoTime(service.clock.now());
  const refusals = [
    await refusalOf(() => requireOfDisk(snapshot, disk.id)),
    await refusalOf(() => requireReady(snapshot)),
    ...(await refusalsByDisk({ disk, chains, holders, lease }, now, breakLease)),
    await refusalOf(() => requireVersion(head, expectedVersion)),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
}

type StateOfDisk = Pick<Situation, 'disk' | 'chains' | 'holders' | 'lease'>;

/** Why the disk as it is would refuse it, whichever the snapshot. */
export async function refusalsByDisk(
  { disk, chains, holders, lease }: StateOfDisk,
  now: string,
  breakLease: boolean,
): Promise<VarveError[]> {
  const refusals = [
    await refusalOf(() => requireStatus(disk, now, 'ROLLBACK')),
    await refusalOf(() => requireHolders(besidesHosts(holders), 'ROLLBACK_DISK')),
    await refusalOf(() => requireCheckable(chains)),
    ...(await Promise.all(chains.map((chain) => refusalOf(() => requireNoneInProgress(chain))))),
    await refusalOf(() => requireUnheld(lease, now, breakLease)),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
}

/** With a safety snapshot nothing is lost. */
async function decideLoss(service: Service, { disk, head }: Situation, safety: NewSnapshot | undefined): Promise<Lost> {
  if (safety === undefined) return findLoss(createRowLoader(service.catalogue), disk, head);
  const { domainId, regionId, root } = head;
  return { domainId, regionId, root, kept: root, since: isoTime(service.clock.now()) };
}

/** What the call with this `clientToken` did. */
async function repeatRollback(service: Service, caller: Caller, diskId: string, recorded: Recorded): Promise<Rollback> {
  const { jobId = '', safetySnapshotId, domainId = '', regionId = '', root = '', kept = '', since = '' } = recorded;
  const saved =
    safetySnapshotId &&
    (await service.catalogue.get(snapshotEntity, { accountId: caller.accountId, id: safetySnapshotId }));
  return {
    disk: await findDisk(service.catalogue, caller, diskId),
    safetySnapshot: saved || null,
    lost: { domainId, regionId, root, kept, since },
    refusals: [],
    job: await orNull(findJob(service, caller, jobId)),
  };
}
