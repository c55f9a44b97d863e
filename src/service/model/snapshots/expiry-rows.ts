import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { put, remove, type Write } from '../../../platform/catalogue/port.ts';
import type { SnapshotRow } from './rows.ts';
import { isKeptInUse } from './rules.ts';

/**
 * Where the clean-up finds a snapshot whose retention ends, and when. A row without its snapshot
 * does no harm: it goes when it is found.
 */
export const expiryEntity = entity({
  name: 'snapshotexpiry',
  attributes: {
    shard: number(),
    checkAt: string(),
    snapshotId: string(),
    accountId: string(),
    /** Where lists find it: when its retention ends, whenever it is looked at. */
    region: optional(string()),
    endsAt: optional(string()),
  },
  primary: { partition: ['shard'], sort: ['checkAt', 'snapshotId'] },
  indexes: { byEnd: { slot: 1, partition: ['accountId', 'region'], sort: ['endsAt', 'snapshotId'] } },
});
export type ExpiryRow = RowOf<typeof expiryEntity>;

/** Many snapshots are made, and so end, in one hour: all shards take thousands a second. */
export const EXPIRY_SHARDS = 16;

/** Of a new snapshot. */
export function expiryWrites(snapshot: SnapshotRow): Write[] {
  const row = rowAtEnd(snapshot);
  return row === undefined ? [] : [put(expiryEntity, row, 'any')];
}

/** Of a snapshot that is deleted. */
export function noExpiryWrites(snapshot: SnapshotRow): Write[] {
  const row = rowAtEnd(snapshot);
  return row === undefined ? [] : [remove(expiryEntity, row)];
}

/** Of a snapshot that is the origin of one thing less: if that kept it, it is due at once. */
export function lessUsedWrites(snapshot: SnapshotRow, now: string): Write[] {
  return isKeptInUse(snapshot, now) ? expiryWrites(snapshot) : [];
}

function rowAtEnd({ accountId, region, id: snapshotId, expiresAt }: SnapshotRow): ExpiryRow | undefined {
  if (expiresAt === undefined) return undefined;
  const digits = snapshotId.slice(-2); // random ones
  const shard = (digits.charCodeAt(0) * 32 + digits.charCodeAt(1)) % EXPIRY_SHARDS;
  return { shard, checkAt: expiresAt, snapshotId, accountId, region, endsAt: expiresAt };
}
