import type { BreachReason } from '../../../generated/schema.ts';
import type { Write } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from '../disks/rows.ts';
import { isCoverable } from '../disks/rules.ts';
import { changeOfLists, type List, tagLists } from './rows.ts';

export const DISK_LISTS = {
  /** Those for which `isBare` holds. */
  BARE: 'disk:bare',
  /** Those that were told to be in breach of their objective (8.4). */
  BREACH: 'disk:breach',
} as const;

/** Those of them that are for one reason. */
export const breachList = (reason: BreachReason): string => `${DISK_LISTS.BREACH}:${reason}`;

type Disk = Pick<DiskRow, 'accountId' | 'region' | 'id' | 'category' | 'policyId' | 'tags' | 'breachReason'>;

/** Under no policy, and could be. */
export const isBare = (disk: Pick<Disk, 'category' | 'policyId'>): boolean =>
  isCoverable(disk) && disk.policyId === undefined;

export function listsOfDisk(disk: Disk): List[] {
  const { breachReason: reason } = disk;
  const breach = reason === undefined ? [] : [{ list: DISK_LISTS.BREACH }, { list: breachList(reason) }];
  return [...(isBare(disk) ? [{ list: DISK_LISTS.BARE }] : []), ...breach, ...tagLists('disk', disk.tags)];
}

/** Of one that is made. */
export const listDisk = (row: Disk): Write[] => changeOfLists(row, [], listsOfDisk(row));

/** Of one that goes. */
export const unlistDisk = (row: Disk): Write[] => changeOfLists(row, listsOfDisk(row), []);

export function relistDisk(before: Disk, after: Disk): Write[] {
  return changeOfLists(after, listsOfDisk(before), listsOfDisk(after));
}

/** The same disk under a policy, or under none. */
export function underPolicy<Row extends Disk>(row: Row, policyId: string | undefined): Row {
  const { policyId: _, ...rest } = row;
  return { ...rest, ...(policyId !== undefined && { policyId }) } as Row;
}
