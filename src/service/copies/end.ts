import type { TreeResult } from '../../engine/contract.ts';
import { type Change, equal, patch, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { type Caller, serviceCaller } from '../calls/caller.ts';
import { asAttributes, PROBLEM, type Problem } from '../calls/problems.ts';
import { discountCopy, endCopyInChain } from '../chains/counts.ts';
import { findChain } from '../model/chains/find.ts';
import { type CopyRow, copyEntity } from '../model/copies/rows.ts';
import { tellCopied, tellCopyFailed } from '../model/events/of-snapshots.ts';
import { relistSnapshot, unlistSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites, ofKind } from '../model/overview/counter.ts';
import { copyWrite, type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import { afterTrouble, ended } from '../model/policies/copy-rules.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity, snapshotPlaces } from '../model/snapshots/rows.ts';
import { expiryOf } from '../model/snapshots/rules.ts';
import { SNAPSHOT_TABLE } from '../model/snapshots/states.ts';
import type { Service } from '../service.ts';

const KEPT_DAYS = 90;
const DAY_S = 86_400;

const refOf = ({ accountId, keepId, id }: CopyRow) => ({ accountId, keepId, draftId: id });

/**
 * Every block is there: the copy is a snapshot like any other, from this instant on. False where it
 * has ended otherwise.
 */
export async function finishCopy(service: Service, copy: CopyRow): Promise<boolean> {
  const { catalogue, clock, tree } = service;
  const key = { accountId: copy.accountId, id: copy.id };
  return untilAccepted(service, async () => {
    const snapshot = await catalogue.get(snapshotEntity, key);
    if (snapshot?.status !== 'PROGRESSING') return { ok: true, value: false };
    const { retentionDays } = snapshot;
    const now = clock.now();
    const ends = retentionDays === undefined ? {} : { expiresAt: isoTime(expiryOf(now, retentionDays)) };
    const status = SNAPSHOT_TABLE.FINISH.PROGRESSING;
    const finished: SnapshotRow = { ...snapshot, createdAt: isoTime(now), status, ...ends };
    const set = { ...snapshotPlaces(finished), status, ...ends };
    const told = await policyWrites(service, snapshot, () => ended('DONE', now));
    const result = await ifStanding(() =>
      tree.finishCopy(refOf(copy), () => [
        ...told,
        patch(snapshotEntity, key, { set, when: asSeen(snapshot) }),
        ...relistSnapshot(snapshot, finished),
        ...expiryWrites(finished),
        endCopyInChain(snapshot),
        endedWrite(service, copy, { status: 'ACCOMPLISHED' }),
        tellCopied(service, finished),
      ]),
    );
    return result.ok ? { ok: true, value: true } : result;
  });
}

/**
 * It cannot be made. False where it has ended otherwise. Nothing stays of one that a policy wanted:
 * the policy's run reports it, and it is tried again.
 */
export async function failCopy(service: Service, copy: CopyRow, problem: Problem): Promise<boolean> {
  const { catalogue, clock, tree } = service;
  const key = { accountId: copy.accountId, id: copy.id };
  return untilAccepted(service, async () => {
    const snapshot = await catalogue.get(snapshotEntity, key);
    if (snapshot?.status !== 'PROGRESSING') return { ok: true, value: false };
    let isOver = false;
    const again = await policyWrites(service, snapshot, (row) => {
      const change = afterTrouble(row, problem, clock.now());
      isOver = change.set?.status === 'FAILED';
      return change;
    });
    if (again.length > 0) {
      const also = isOver ? [...again, tellCopyFailed(service, snapshot, problem)] : again;
      const dropped = await dropWith(service, serviceCaller(copy.accountId), snapshot, also);
      return dropped.ok ? { ok: true, value: true } : dropped;
    }
    const status = SNAPSHOT_TABLE.FAIL.PROGRESSING;
    const told = asAttributes(problem, isoTime(clock.now()));
    const result = await ifStanding(() =>
      tree.abandonCopy(refOf(copy), [
        patch(snapshotEntity, key, { set: { status }, when: asSeen(snapshot) }),
        ...relistSnapshot(snapshot, { ...snapshot, status }),
        endedWrite(service, copy, { status: 'FAILED', ...told }),
        tellCopyFailed(service, snapshot, problem),
      ]),
    );
    return result.ok ? { ok: true, value: true } : result;
  });
}

/** Of a copy that is no snapshot: it is under way, or has failed. Nothing of it stays. */
export async function dropCopy(
  service: Service,
  caller: Caller,
  snapshot: SnapshotRow,
  also: readonly Write[] = [],
): Promise<TreeResult<void>> {
  const told = await policyWrites(service, snapshot, () => ended('CANCELLED', service.clock.now()));
  return dropWith(service, caller, snapshot, [...also, ...told]);
}

/** Of a copy that a policy wanted: what the policy's run reports from now on. */
async function policyWrites(
  { catalogue }: Service,
  { accountId, id, kind, copiedFromId, region }: SnapshotRow,
  change: (row: PolicyCopyRow) => Change<PolicyCopyRow>,
): Promise<Write[]> {
  if (kind !== 'AUTO' || copiedFromId === undefined) return [];
  const row = await catalogue.get(policyCopyEntity, { accountId, snapshotId: copiedFromId, region });
  return row?.copyId === id ? [copyWrite(row, change(row))] : [];
}

async function dropWith(
  service: Service,
  caller: Caller,
  snapshot: SnapshotRow,
  also: readonly Write[],
): Promise<TreeResult<void>> {
  const { catalogue, tree } = service;
  const key = { accountId: snapshot.accountId, id: snapshot.id };
  const copy = await catalogue.get(copyEntity, key);
  const chain = await findChain(catalogue, caller, snapshot.diskId);
  const writes = [
    remove(snapshotEntity, key, asSeen(snapshot)),
    ...unlistSnapshot(snapshot),
    remove(copyEntity, key),
    discountCopy(chain, snapshot.kind),
    ...(await countWrites(catalogue, chain, ofKind(snapshot.kind, -1))),
    ...also,
  ];
  if (copy?.status === 'RUNNING') return ifStanding(() => tree.abandonCopy(refOf(copy), writes));
  const result = await catalogue.transact(writes);
  return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
}

/** Refused like a lost race where another worker has ended the copy a moment ago. */
async function ifStanding<T>(end: () => Promise<TreeResult<T>>): Promise<TreeResult<T>> {
  try {
    return await end();
  } catch (error) {
    if (error instanceof VarveError && error.code === 'NotFound') return { ok: false, refused: [] };
    throw error;
  }
}

const asSeen = ({ status, name, tags }: SnapshotRow) => [
  equal('tags', tags),
  equal<'status', SnapshotRow['status']>('status', status),
  equal<'name', string>('name', name),
];

function endedWrite({ clock }: Service, { accountId, id }: CopyRow, change: Partial<CopyRow>): Write {
  const now = clock.now();
  const set = { ...change, finishedAt: isoTime(now), forgetAt: Math.floor(now / 1000) + KEPT_DAYS * DAY_S };
  const past = ['runShard', 'wakeAt'] as const;
  const gone = change.problemCode === undefined ? PROBLEM : [];
  return patch(copyEntity, { accountId, id }, { set, remove: [...past, ...gone] });
}
