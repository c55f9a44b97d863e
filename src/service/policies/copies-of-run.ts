import type { PolicyRunCopy } from '../../generated/schema.ts';
import { shownProblem } from '../calls/problems.ts';
import type { RowLoader } from '../calls/row-loader.ts';
import { copyEntity } from '../model/copies/rows.ts';
import { type PolicyCopyRow, policyCopyEntity } from '../model/policies/copy-rows.ts';
import type { RunRow } from '../model/policies/run-rows.ts';

/** Rule 7.2: what a run reports of its copies. */
export async function copiesOf(
  rows: RowLoader,
  { accountId, snapshotId = '', copyRegions = [] }: RunRow,
): Promise<PolicyRunCopy[]> {
  const keys = copyRegions.map((region) => ({ accountId, snapshotId, region }));
  const found = await Promise.all(keys.map((key) => rows.load(policyCopyEntity, key)));
  return Promise.all(found.filter((row) => row !== undefined).map((row) => told(rows, row)));
}

async function told(rows: RowLoader, row: PolicyCopyRow): Promise<PolicyRunCopy> {
  const { accountId, region, status, copyId, gaveWayId, finishedAt } = row;
  const isUnderWay = status === 'COPYING' && copyId !== undefined;
  const copy = isUnderWay ? await rows.load(copyEntity, { accountId, id: copyId }) : undefined;
  return {
    region,
    status,
    snapshotId: copyId ?? null,
    replacedSnapshotId: gaveWayId ?? null,
    problem: shownProblem(copy ?? row),
    finishedAt: finishedAt ?? null,
  };
}
