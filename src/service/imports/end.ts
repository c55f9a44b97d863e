import type { TreeResult } from '../../engine/contract.ts';
import { equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible, VarveError } from '../../platform/errors.ts';
import { getAccount } from '../accounts/accounts.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { serviceCaller } from '../calls/caller.ts';
import { asAttributes, PROBLEM, type Problem } from '../calls/problems.ts';
import { chainOfImport } from '../chains/counts.ts';
import { requireAble } from '../model/accounts/arrears.ts';
import { recordEvent } from '../model/events/record.ts';
import { type ImageRow, imageEntity } from '../model/images/rows.ts';
import { type ImportRow, importCountEntity, importEntity } from '../model/imports/rows.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites, ofKind } from '../model/overview/counter.ts';
import { oneLess } from '../model/running/count.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';

const ROW_KEPT_DAYS = 90;
const DAY_S = 86_400;

export const RUNNING = [equal<'status', ImportRow['status']>('status', 'RUNNING')];

/**
 * Everything is in the draft, which is at `version`: the snapshot and the image are there from this
 * instant on. False where it has ended otherwise. Rule 1.3: nothing is made for an account in
 * arrears.
 */
export function finishImport(
  service: Service,
  { accountId, id }: Pick<ImportRow, 'accountId' | 'id'>,
  version: number,
): Promise<boolean> {
  const { catalogue, clock, tree } = service;
  const caller = serviceCaller(accountId);
  return untilAccepted(service, async () => {
    const [row, account] = await Promise.all([
      catalogue.get(importEntity, { accountId, id }),
      getAccount(catalogue, caller),
    ]);
    if (row?.status !== 'RUNNING') return { ok: true, value: false };
    requireAble(account, isoTime(clock.now()));
    const { region, chainId, snapshotId: draftId, imageId } = row;
    const snapshot = snapshotOf(row, isoTime(clock.now()));
    const counted = await countWrites(catalogue, { accountId, region, id: chainId }, ofKind('MANUAL', 1));
    return ifStanding(() =>
      tree.finishImport({ accountId, draftId, imageId, version }, [
        ...endWrites(service, row, 'SUCCEEDED'),
        put(snapshotEntity, snapshot),
        ...listSnapshot(snapshot),
        chainOfImport(snapshot),
        ...counted,
        put(imageEntity, imageOf(row, snapshot)),
      ]),
    );
  });
}

/** Nothing stays of its contents. False where it has ended otherwise. */
export function endImport(
  service: Service,
  { accountId, id }: Pick<ImportRow, 'accountId' | 'id'>,
  status: 'FAILED' | 'CANCELLED',
  problem?: Problem,
): Promise<boolean> {
  const { catalogue, tree } = service;
  return untilAccepted(service, async () => {
    const row = await catalogue.get(importEntity, { accountId, id });
    if (row?.status !== 'RUNNING') return { ok: true, value: false };
    const writes = endWrites(service, row, status, problem);
    return ifStanding(() => tree.release({ accountId, nodeId: row.snapshotId }, writes));
  });
}

/** Refused like a lost race where another worker has ended it a moment ago. */
async function ifStanding(end: () => Promise<TreeResult<unknown>>): Promise<TreeResult<boolean>> {
  try {
    const result = await end();
    return result.ok ? { ok: true, value: true } : result;
  } catch (error) {
    if (error instanceof VarveError && error.code === 'NotFound') return { ok: false, refused: [] };
    throw error;
  }
}

function endWrites(service: Service, row: ImportRow, status: ImportRow['status'], problem?: Problem): Write[] {
  const { accountId, id } = row;
  const now = service.clock.now();
  const set = {
    status,
    finishedAt: isoTime(now),
    forgetAt: Math.floor(now / 1000) + ROW_KEPT_DAYS * DAY_S,
    ...(problem && asAttributes(problem, isoTime(now))),
  };
  const gone = ['runShard', 'wakeAt', ...(problem ? [] : PROBLEM)] as const;
  return [
    patch(importEntity, { accountId, id }, { set, remove: gone, when: RUNNING }),
    oneLess(importCountEntity, row),
    ...tellEnd(service, row, status, problem),
  ];
}

/** Of one that was cancelled, whoever waits for it knows. */
function tellEnd(service: Service, row: ImportRow, status: ImportRow['status'], problem?: Problem): Write[] {
  const { accountId, region, id, imageId, snapshotId, key } = row;
  const of = { accountId, region, subject: { kind: 'import' as const, id } };
  if (status === 'SUCCEEDED')
    return [recordEvent(service, { ...of, type: 'import.accomplished', data: { imageId, snapshotId, key } })];
  if (problem === undefined) return [];
  const { code, message } = problem;
  return [recordEvent(service, { ...of, type: 'import.failed', data: { key, code, message } })];
}

function snapshotOf(row: ImportRow, createdAt: string): SnapshotRow {
  const { accountId, region, snapshotId: id, chainId, diskKind, sizeBytes, domainId } = row;
  if (sizeBytes === undefined) throw impossible(`import ${row.id} has no size`);
  const place = { accountId, id, region, name: id, createdAt };
  const contents = { diskId: chainId, diskKind, sizeBytes, domainId, consistency: 'COMMITTED' } as const;
  return { ...place, ...contents, kind: 'MANUAL', status: 'ACCOMPLISHED', diskCount: 0, imageCount: 1, tags: [] };
}

function imageOf({ imageId: id, name = id, description, tags }: ImportRow, snapshot: SnapshotRow): ImageRow {
  const { accountId, region, id: snapshotId, diskKind, sizeBytes, domainId, createdAt } = snapshot;
  return {
    ...{ accountId, id, region, name, snapshotId, diskKind, sizeBytes, domainId, tags, createdAt },
    sharedWith: [],
    shares: 0,
    ...(description !== undefined && { description }),
  };
}
