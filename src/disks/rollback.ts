import type { Caller } from '../calls/caller.ts';
import { parseVersion } from '../calls/numbers.ts';
import { type Made, once, type RecordCall } from '../calls/once.ts';
import { asOperationError, refusalOf } from '../calls/refusal.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import { parseClientToken, parseSnapshotName } from '../calls/text.ts';
import { versionConflict } from '../engine/nodes.ts';
import type { NodeRow } from '../engine/rows.ts';
import type { OperationError, RollbackDiskInput, RollbackLoss } from '../generated/schema.ts';
import { findJob } from '../jobs/jobs.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import type { Job } from '../jobs/rows.ts';
import { check, equal, patch } from '../platform/catalogue/port.ts';
import { isoTime } from '../platform/clock.ts';
import { notFound, type VarveError } from '../platform/errors.ts';
import type { Service } from '../regions/service.ts';
import { type NewSnapshot, requireSnapshotAllowed, takeSnapshot } from '../snapshots/create.ts';
import { findSnapshot } from '../snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';
import { requireOfDisk, requireReady } from '../snapshots/rules.ts';
import { seen } from './change.ts';
import { findDisk } from './find.ts';
import { measureLoss } from './loss.ts';
import { type DiskRow, diskEntity } from './rows.ts';
import { requireStatus } from './rules.ts';

export interface Rollback {
  readonly disk: DiskRow;
  readonly safetySnapshot: SnapshotRow | null;
  readonly loss: RollbackLoss;
  readonly refusals: readonly OperationError[];
  readonly job: Job | null;
}

interface Situation {
  readonly disk: DiskRow;
  readonly snapshot: SnapshotRow;
  readonly head: NodeRow;
}

/** Rule 4.9, for disks that are not attached. */
export async function rollbackDisk(service: Service, caller: Caller, input: RollbackDiskInput): Promise<Rollback> {
  const safety = parseRollback(input);
  if (input.dryRun) return dryRun(service, caller, input, safety);
  const { clientToken: token, ...rest } = input;
  const call = { accountId: caller.accountId, operation: 'rollbackDisk', token, input: rest };
  const { made } = await once(service, call, (record) => attempt(service, caller, input, safety, record));
  return tellRollback(service, caller, input.diskId, made);
}

/** The safety snapshot, where one is asked for. Everything is checked, whether this call needs it or not. */
function parseRollback(input: RollbackDiskInput): NewSnapshot | undefined {
  const { diskId, safetySnapshot, safetySnapshotName: wanted, expectedVersion, clientToken } = input;
  if (expectedVersion != null) parseVersion('expectedVersion', expectedVersion);
  if (clientToken != null) parseClientToken('clientToken', clientToken);
  const name = wanted == null ? undefined : parseSnapshotName('safetySnapshotName', wanted);
  return safetySnapshot ? { diskId, kind: 'MANUAL', name, tags: {} } : undefined;
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
  const loss = await decideLoss(service, situation, safety);
  return { disk: situation.disk, safetySnapshot: null, loss, refusals: refusals.map(asOperationError), job: null };
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
  const saved = safety && (await takeSafety(service, caller, safety, head, input.clientToken));
  const loss = await decideLoss(service, before, safety);
  const job = newJob(service, disk, { kind: 'ROLLBACK_DISK', diskId: disk.id, snapshotId: snapshot.id });
  const made = madeOf(job, loss, saved);
  const { accountId } = caller;
  const result = await service.tree.rollback(
    { accountId, headId: disk.id, toId: snapshot.id, jobId: job.id, ...expectation(input, head, saved) },
    [
      ...record(made),
      patch(diskEntity, { accountId, id: disk.id }, { set: { rolledBackAt: job.createdAt }, when: seen(disk) }),
      check(snapshotEntity, { accountId, id: snapshot.id }, [equal('status', 'ACCOMPLISHED')]),
      putJob(job),
    ],
  );
  return result.ok ? { ok: true as const, value: made } : result;
}

/** Its token tells the version too: after another commit, the safety snapshot of before would not be one. */
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
  const disk = await findDisk(service.catalogue, caller, input.diskId);
  const snapshot = await findSnapshot(service.catalogue, caller, input.snapshotId);
  const head = await service.tree.get(caller.accountId, disk.id);
  if (head === undefined) throw notFound('Disk', disk.id);
  return { disk, snapshot, head };
}

async function refusalsOf(
  service: Service,
  { disk, snapshot, head }: Situation,
  { expectedVersion }: RollbackDiskInput,
): Promise<VarveError[]> {
  const now = isoTime(service.clock.now());
  const refusals = [
    await refusalOf(() => requireOfDisk(snapshot, disk.id)),
    await refusalOf(() => requireReady(snapshot)),
    await refusalOf(() => requireStatus(disk, now, ['AVAILABLE'])),
    await refusalOf(() => requireVersion(head, expectedVersion)),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
}

export function requireVersion(node: NodeRow, expected: number | null | undefined): void {
  if (expected != null && node.version !== expected) throw versionConflict(node, expected);
}

async function decideLoss(
  service: Service,
  { disk, head }: Situation,
  safety: NewSnapshot | undefined,
): Promise<RollbackLoss> {
  if (safety !== undefined) return { since: isoTime(service.clock.now()), changedBytes: 0, complete: true };
  return measureLoss(service, createRowLoader(service.catalogue), disk, head);
}

/** What is remembered of a rollback, to be told again for the same `clientToken`. */
function madeOf(job: Job, loss: RollbackLoss, saved: SnapshotRow | undefined): Made {
  const { since, changedBytes, complete } = loss;
  return {
    jobId: job.id,
    since,
    changedBytes: String(changedBytes),
    complete: String(complete),
    ...(saved === undefined ? {} : { safetySnapshotId: saved.id }),
  };
}

async function tellRollback(service: Service, caller: Caller, diskId: string, made: Made): Promise<Rollback> {
  const { accountId } = caller;
  const { jobId, safetySnapshotId, since = '', changedBytes, complete } = made;
  const saved = safetySnapshotId && (await service.catalogue.get(snapshotEntity, { accountId, id: safetySnapshotId }));
  return {
    disk: await findDisk(service.catalogue, caller, diskId),
    safetySnapshot: saved || null,
    loss: { since, changedBytes: Number(changedBytes), complete: complete === 'true' },
    refusals: [],
    job: jobId === undefined ? null : await findJob(service, caller, jobId),
  };
}
