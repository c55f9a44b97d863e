import { entity, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { put, remove, type Write } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from './rows.ts';

/** Where the janitor finds a prepaid disk by the instant until which it is paid (rule 3.6). */
export const paidUntilEntity = entity({
  name: 'paiduntil',
  attributes: {
    shard: number(),
    expiresAt: string(),
    accountId: string(),
    diskId: string(),
  },
  primary: { partition: ['shard'], sort: ['expiresAt', 'diskId'] },
});
export type PaidUntilRow = RowOf<typeof paidUntilEntity>;

export const PAID_SHARDS = 4;

/** Go into the transaction in which a disk appears, or is paid for longer. */
export const paidWrites = (disk: DiskRow): Write[] => placesOf(disk).map((row) => put(paidUntilEntity, row, 'any'));

/** Go into the transaction in which it goes, or is paid for longer. */
export const unpaidWrites = (disk: DiskRow): Write[] => placesOf(disk).map((row) => remove(paidUntilEntity, row));

function placesOf({ accountId, id, expiresAt }: DiskRow): PaidUntilRow[] {
  if (expiresAt === undefined) return [];
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 65_521;
  return [{ shard: sum % PAID_SHARDS, expiresAt, accountId, diskId: id }];
}
