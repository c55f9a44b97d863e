import { equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound, VarveError } from '../../platform/errors.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { serviceCaller } from '../calls/caller.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { statusOf } from '../model/disks/rules.ts';
import { recordEvent } from '../model/events/record.ts';
import { newPolicyCopy, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { forgetAfter, type RunRow, runEntity, type SlotRow, slotEntity } from '../model/policies/run-rows.ts';
import { isTriedAgain, statusOfRefusal } from '../model/policies/run-rules.ts';
import { FLUSH_WAIT_MS } from '../model/snapshots/progress-rows.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { attemptSnapshot, type NewSnapshot } from '../snapshots/create.ts';
import { makeRoom, type Room } from './give-way.ts';
import { WAKE_AFTER_MS } from './open-slots.ts';

export interface RunDeps {
  readonly service: Service;
  /** Called with each fault of the service, which is recorded as well. */
  readonly report: (error: unknown) => void;
}

/**
 * A quota that was lowered lets as many go as are too many: a chain has at most 512 snapshots
 * (1.4).
 */
export const MAX_TURNS = 600;

/** What of a run is decided by how it went. */
type Outcome = Pick<RunRow, 'status' | 'code' | 'message' | 'snapshotId' | 'gaveWayId' | 'copyRegions'> & {
  readonly again: boolean;
};

/**
 * Rule 5.3: one disk in one slot, once. Undefined for a disk that is no longer under the policy and
 * has no run. A run that is there already is the answer, unless it is still to be tried.
 */
export async function runDisk(deps: RunDeps, slot: SlotRow, diskId: string): Promise<RunRow | undefined> {
  let gaveWayId: string | undefined;
  for (let turn = 1; ; turn++) {
    try {
      return await takeSnapshot(deps.service, slot, diskId, gaveWayId);
    } catch (error) {
      const refusal = asRefusal(deps, error);
      const room: RoomOutcome =
        turn < MAX_TURNS ? await roomAfter(deps, refusal, slot, diskId) : { hasRoom: false, refusal };
      if (!room.hasRoom) return recordRefusal(deps.service, slot, diskId, room.refusal);
      gaveWayId = room.gaveWayId ?? gaveWayId;
    }
  }
}

type RoomOutcome = (Room & { readonly hasRoom: true }) | { readonly hasRoom: false; readonly refusal: VarveError };

/** Trouble with one disk's old snapshots is this disk's own, like any other. */
async function roomAfter(deps: RunDeps, refusal: VarveError, slot: SlotRow, diskId: string): Promise<RoomOutcome> {
  if (refusal.code !== 'QuotaExceeded') return { hasRoom: false, refusal };
  try {
    const room = await makeRoom(deps.service, slot, diskId);
    return room.hasRoom ? { ...room, hasRoom: true } : { hasRoom: false, refusal };
  } catch (error) {
    return { hasRoom: false, refusal: asRefusal(deps, error) };
  }
}

export function asRefusal({ report }: RunDeps, error: unknown): VarveError {
  if (error instanceof VarveError && error.code !== 'Internal') return error;
  report(error);
  return new VarveError('Internal', 'A fault of the service.', {}, error);
}

/**
 * The snapshot, the run, and for one that was skipped before the slot's counts, in one transaction.
 */
async function takeSnapshot(
  service: Service,
  slot: SlotRow,
  diskId: string,
  gaveWayId: string | undefined,
): Promise<RunRow | undefined> {
  const { accountId, policyId, slotAt } = slot;
  const wanted = wantedOf(slot, diskId);
  return untilAccepted<RunRow | undefined>(service, async () => {
    const found = await service.catalogue.get(runEntity, { accountId, diskId, slotAt, policyId });
    const known = countedRun(service, slot, found);
    if (known !== undefined && !isToBeTried(known, slot)) return { ok: true, value: known };
    let run: RunRow | undefined;
    const record = ({ snapshotId = '' }: Readonly<Record<string, string>>): readonly Write[] => {
      const copyRegions = slot.copyTargets?.map(({ region }) => region);
      const more = { ...(gaveWayId && { gaveWayId }), ...(copyRegions && { copyRegions }) };
      const outcome = { status: 'DONE', snapshotId, again: false, ...more } as const;
      run = runRow(service, slot, diskId, { outcome, found });
      return [...recordWrites(slot, run, { known, found }), ...copyWrites(service, slot, snapshotId)];
    };
    const requireAlso = (disk: DiskRow) => requireDue(disk, policyId, isoTime(service.clock.now()));
    const how = { record, requireAlso, withManifest: true };
    const result = await attemptSnapshot(service, serviceCaller(accountId), wanted, how);
    if (!result.ok) return result;
    await wakeCopies(service, slot, result.value.value);
    return { ok: true, value: run };
  });
}

/** Rule 7.2: what is to be copied stands beside the snapshot, so that it is not forgotten. */
function copyWrites({ clock }: Service, { copyTargets = [], ...run }: SlotRow, snapshotId: string): readonly Write[] {
  const nowMs = clock.now();
  const wakeAt = isoTime(nowMs + WAKE_AFTER_MS);
  return copyTargets.map((target) => put(policyCopyEntity, newPolicyCopy({ run, snapshotId, target, nowMs, wakeAt })));
}

/** One that its writer is asked to flush for is ready after that. */
async function wakeCopies({ queue }: Service, { copyTargets = [] }: SlotRow, snapshot: SnapshotRow): Promise<void> {
  if (copyTargets.length === 0) return;
  const { accountId, id: snapshotId, status } = snapshot;
  const messages = copyTargets.map(({ region }) => ({ kind: 'policyCopy', accountId, snapshotId, region }) as const);
  await queue.send(messages, status === 'PROGRESSING' ? { delayMs: FLUSH_WAIT_MS } : {});
}

/** A page that is gone over again leaves alone what waits for its next try. */
function isToBeTried({ retrySlot }: RunRow, { status }: SlotRow): boolean {
  return retrySlot !== undefined && status === 'RETRYING';
}

function wantedOf({ date, policyId, retentionDays }: SlotRow, diskId: string): NewSnapshot {
  return { diskId, kind: 'AUTO', name: `auto2.0_${date}_${policyId}`, policyId, retentionDays, tags: [] };
}

function requireDue(disk: DiskRow, policyId: string, now: string): void {
  if (disk.policyId !== policyId) throw notFound('Disk under the policy', disk.id);
  const status = statusOf(disk, now);
  if (status === 'IN_USE') return;
  const extra = { diskId: disk.id, status, allowed: ['IN_USE'] };
  throw new VarveError('IncorrectDiskStatus', `Disk ${disk.id} is ${status}, not IN_USE.`, extra);
}

/** It is not tried again: what it was skipped for stays its reason. */
export function endRetry(service: Service, slot: SlotRow, diskId: string): Promise<RunRow | undefined> {
  return recordRefusal(service, slot, diskId, notFound('Policy to be tried again', slot.policyId));
}

/** Of a disk that left its policy, or is no more, before it was tried again. */
function reasonOf({ status, code, message }: RunRow): Outcome {
  return { status, ...(code && { code }), ...(message && { message }), again: false };
}

async function recordRefusal(
  service: Service,
  slot: SlotRow,
  diskId: string,
  { code, message }: VarveError,
): Promise<RunRow | undefined> {
  const { accountId, policyId, slotAt } = slot;
  return untilAccepted<RunRow | undefined>(service, async () => {
    const found = await service.catalogue.get(runEntity, { accountId, diskId, slotAt, policyId });
    const known = countedRun(service, slot, found);
    if (known !== undefined && !isToBeTried(known, slot)) return { ok: true, value: known };
    const again = isTriedAgain(code, slot, service.clock.now());
    if (known !== undefined && again) return { ok: true, value: known };
    const isGone = code === 'NotFound';
    if (known === undefined && isGone) return { ok: true, value: undefined };
    const outcome =
      known !== undefined && isGone ? reasonOf(known) : { status: statusOfRefusal(code), code, message, again };
    const run = runRow(service, slot, diskId, { outcome, found });
    const told = tellRun(service, slot, run);
    const result = await service.catalogue.transact([...recordWrites(slot, run, { known, found }), ...told]);
    return result.ok ? { ok: true, value: run } : { ok: false, refused: result.failed };
  });
}

/** Rule 8.5: a run without a snapshot, once it is not tried any more. */
function tellRun(service: Service, { region }: SlotRow, run: RunRow): Write[] {
  const { accountId, policyId, diskId, slotAt, status, code = null, message = null, retrySlot } = run;
  if (status === 'DONE' || retrySlot !== undefined) return [];
  const type = status === 'SKIPPED' ? 'policy.run.skipped' : 'policy.run.failed';
  const data = { diskId, slotAt, code, message };
  return [recordEvent(service, { accountId, region, type, subject: { kind: 'policy', id: policyId }, data })];
}

interface Running {
  readonly outcome: Outcome;
  /** The row that it takes the place of. */
  readonly found: RunRow | undefined;
}

function runRow(service: Service, slot: SlotRow, diskId: string, { outcome, found }: Running): RunRow {
  const { accountId, policyId, slotAt, missedSlots } = slot;
  const { again, ...what } = outcome;
  const nowMs = service.clock.now();
  return {
    accountId,
    diskId,
    policyId,
    slotAt,
    ...what,
    missedSlots,
    tries: (found?.tries ?? 0) + 1,
    at: isoTime(nowMs),
    forgetAt: forgetAfter(nowMs),
    ...(again ? { retrySlot: slotAt } : {}),
  };
}

/** None if it was made while the clock was ahead, and the slot was opened again since (10.4). */
function countedRun({ clock }: Service, { reopened }: SlotRow, found: RunRow | undefined): RunRow | undefined {
  return reopened === true && found !== undefined && isFromTheFuture(found.at, clock.now()) ? undefined : found;
}

interface Before {
  readonly known: RunRow | undefined;
  readonly found: RunRow | undefined;
}

/**
 * A first run is counted with its page; one that was to be tried again moves from one count of the
 * slot to another.
 */
function recordWrites(slot: SlotRow, run: RunRow, { known, found }: Before): readonly Write[] {
  if (known === undefined) return [put(runEntity, run, found === undefined ? 'absent' : [equal('tries', found.tries)])];
  const { accountId, policyId, slotAt } = slot;
  const [from, to] = [countOf(known), countOf(run)];
  const moved = from === to ? {} : { [from]: -1, [to]: 1 };
  const add = { ...moved, again: -1 };
  return [
    put(runEntity, run, [equal('tries', known.tries)]),
    patch(slotEntity, { accountId, policyId, slotAt }, { add, when: [equal('status', 'RETRYING')] }),
  ];
}

function countOf({ status }: RunRow): 'done' | 'skipped' | 'failed' {
  switch (status) {
    case 'DONE':
      return 'done';
    case 'SKIPPED':
      return 'skipped';
    case 'FAILED':
      return 'failed';
  }
}
