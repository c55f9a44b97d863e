import { type Catalogue, equal, patch, present, put, type Write } from '../../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../../platform/catalogue/rows-of.ts';
import { impossible } from '../../../platform/errors.ts';
import { diskEntity } from '../disks/rows.ts';
import type { EventDeps } from '../events/record.ts';
import { crossing, tellCrossing } from './crossing.ts';
import { quotaLimit, requireRoom } from './limits.ts';
import { type QuotaUseRow, quotaUseEntity } from './rows.ts';

/**
 * The disks of an account in a region are counted in the transactions that make and release them.
 * An account may have disks of a version that did not count. They are counted once, before the
 * first change: every change is on condition that there is a count.
 */

export interface DiskPlace {
  readonly accountId: string;
  readonly region: string;
}

const PAGE = 1000;

export async function countDisks(catalogue: Catalogue, place: DiskPlace): Promise<number> {
  return (await countedDisks(catalogue, place)).used;
}

type CountedDisks = Pick<QuotaUseRow, 'told'> & { readonly used: number };

async function countedDisks(catalogue: Catalogue, place: DiskPlace): Promise<CountedDisks> {
  const key = keyOf(place);
  const known = await catalogue.get(quotaUseEntity, key);
  if (known?.used !== undefined) return { ...known, used: known.used };
  const used = await countRows(catalogue, place);
  // Refused if another call was first.
  await catalogue.transact([put(quotaUseEntity, { ...key, used })]);
  const row = await catalogue.get(quotaUseEntity, key);
  if (row?.used === undefined) throw impossible(`the disks of ${place.accountId} were counted, and have no count`);
  return { ...row, used: row.used };
}

/** Rule 1.4: one disk more, unless that breaks the limit. One in another's place is let in. */
export async function oneDiskMore(
  deps: EventDeps & { readonly catalogue: Catalogue },
  place: DiskPlace,
  { replaces }: { readonly replaces: boolean },
): Promise<Write[]> {
  const { catalogue } = deps;
  const [limit, { used, told }] = await Promise.all([
    quotaLimit(catalogue, { ...place, kind: 'DISKS' }),
    countedDisks(catalogue, place),
  ]);
  if (replaces) return [patch(quotaUseEntity, keyOf(place), { add: { used: 1 }, when: [present('used')] })];
  const message = `Disks of region ${place.region}: ${used} of ${limit}.`;
  requireRoom({ kind: 'DISKS', limit, used }, message);
  const seen = { limit, used, told };
  const crossed = crossing(seen);
  const when = [
    { attribute: 'used', is: '<', value: limit } as const,
    ...(crossed.isNear ? [equal('used', used)] : []),
  ];
  const set = crossed.told === undefined ? {} : { told: crossed.told };
  const gone = crossed.told === undefined && told !== undefined ? (['told'] as const) : [];
  const change = { set, remove: gone, add: { used: 1 }, when };
  const { accountId, region } = place;
  return [
    patch(quotaUseEntity, keyOf(place), change),
    ...tellCrossing(deps, { accountId, region, quota: 'DISKS' }, seen),
  ];
}

export async function oneDiskLess(catalogue: Catalogue, place: DiskPlace): Promise<Write> {
  await countDisks(catalogue, place);
  return patch(quotaUseEntity, keyOf(place), { add: { used: -1 }, when: [present('used')] });
}

function keyOf({ accountId, region }: DiskPlace): Pick<QuotaUseRow, 'accountId' | 'region' | 'kind'> {
  return { accountId, region, kind: 'DISKS' };
}

async function countRows(catalogue: Catalogue, { accountId, region }: DiskPlace): Promise<number> {
  let count = 0;
  const query = { index: 'byCreation', partition: { accountId, region }, pageSize: PAGE } as const;
  for await (const { rows } of pagesOfRows(catalogue, diskEntity, query)) count += rows.length;
  return count;
}
