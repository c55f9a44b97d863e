import { entity, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { put, remove, type Write } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import type { SnapshotRow } from './rows.ts';

/** How long a writer has to flush before a snapshot takes what is committed: three of its calls. */
export const FLUSH_WAIT_MS = 15_000;

/**
 * Where the janitor finds a snapshot that is PROGRESSING, and when it is to be finished without its
 * writer's answer.
 */
export const progressEntity = entity({
  name: 'snapshotprogress',
  attributes: {
    shard: number(),
    dueAt: string(),
    snapshotId: string(),
    accountId: string(),
  },
  primary: { partition: ['shard'], sort: ['dueAt', 'snapshotId'] },
});
export type ProgressRow = RowOf<typeof progressEntity>;

/** Many begin in the same second, where a policy is due. */
export const PROGRESS_SHARDS = 16;

export const progressWrite = (snapshot: SnapshotRow): Write => put(progressEntity, progressRow(snapshot), 'any');

export const noProgressWrite = (snapshot: SnapshotRow): Write => remove(progressEntity, progressRow(snapshot));

/** While it is PROGRESSING, `createdAt` is the instant at which it was asked for. */
export function progressRow({ accountId, id: snapshotId, createdAt }: SnapshotRow): ProgressRow {
  const digits = snapshotId.slice(-2); // random ones
  const shard = (digits.charCodeAt(0) * 32 + digits.charCodeAt(1)) % PROGRESS_SHARDS;
  return { shard, dueAt: isoTime(Date.parse(createdAt) + FLUSH_WAIT_MS), snapshotId, accountId };
}
