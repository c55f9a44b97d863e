import type { PolicyRunStatus } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { PolicyRow } from '../model/policies/rows.ts';
import { type RunRow, runEntity, type SlotRow, slotEntity } from '../model/policies/run-rows.ts';

export interface RunList extends PageArgs {
  readonly status?: readonly PolicyRunStatus[] | null | undefined;
}

/** Rule 5.3: what a policy did, the latest slot first. */
export function listRunsOfPolicy(
  catalogue: Catalogue,
  { accountId, id: policyId }: PolicyRow,
  args: RunList,
): Promise<Connection<RunRow>> {
  const place = { index: 'byPolicy' as const, partition: { accountId, policyId }, sort: ['slotAt', 'diskId'] as const };
  return listPage(catalogue, { entity: runEntity, ...place, descending: true, matches: matcher(args) }, args);
}

/** The same for a disk, whatever policies it was under. */
export function listRunsOfDisk(
  catalogue: Catalogue,
  { accountId, id: diskId }: DiskRow,
  args: RunList,
): Promise<Connection<RunRow>> {
  const place = { partition: { accountId, diskId }, sort: ['slotAt', 'policyId'] as const };
  return listPage(catalogue, { entity: runEntity, ...place, descending: true, matches: matcher(args) }, args);
}

export function listSlots(
  catalogue: Catalogue,
  { accountId, id: policyId }: PolicyRow,
  args: PageArgs,
): Promise<Connection<SlotRow>> {
  const listing = { entity: slotEntity, partition: { accountId, policyId }, sort: ['slotAt'] as const };
  return listPage(catalogue, { ...listing, descending: true }, args);
}

function matcher({ status }: RunList): (run: RunRow) => boolean {
  return (run) => status == null || status.includes(run.status);
}
