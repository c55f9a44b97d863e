import { damageEntity } from '../../../engine/books/rows.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { isFromTheFuture } from '../../../platform/time/clock-trust.ts';
import { chainNodes } from '../chains/members.ts';
import type { ChainRow } from '../chains/rows.ts';
import type { DiskRow } from '../disks/rows.ts';
import type { PolicyRow } from '../policies/rows.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';
import { afterSnapshot } from '../snapshots/states.ts';
import { breachAtMs, type Objective, objectiveOf } from './objective.ts';
import type { TagObjective } from './rows.ts';

/** Snapshots that are looked at together: most often the newest is usable. */
const LOOK = 16;
const MOST_DAMAGES = 1000;

export interface Newest {
  /** The newest snapshot of all, if the disk has any. */
  readonly newest: SnapshotRow | undefined;
  /** The newest one that could be restored. */
  readonly usable: SnapshotRow | undefined;
  /** Why `usable` is not `newest`: a damaged object that it needs. */
  readonly isDamaged: boolean;
}

export const NO_SNAPSHOTS: Newest = { newest: undefined, usable: undefined, isDamaged: false };

/**
 * The newest snapshot of the disk's own chain that is ACCOMPLISHED, not damaged, and not dated in
 * the future: when that one was made, nobody knows (10.4).
 */
export async function newestUsable(catalogue: Catalogue, chain: ChainRow, nowMs: number): Promise<Newest> {
  const { accountId, id: chainId, newestId, manualCount, autoCount } = chain;
  if (manualCount + autoCount === 0) return NO_SNAPSHOTS;
  const [damaged, last] = await Promise.all([
    damagedNodes(catalogue, chain),
    newestId === undefined ? undefined : catalogue.get(snapshotEntity, { accountId, id: newestId }),
  ]);
  const isUsable = (row: SnapshotRow) =>
    afterSnapshot('USE', row.status) !== undefined && !damaged.has(row.id) && !isFromTheFuture(row.createdAt, nowMs);
  if (last !== undefined && isUsable(last)) return { newest: last, usable: last, isDamaged: false };
  const ids = (await chainNodes(catalogue, { accountId, chainId })).map(({ id }) => id).toReversed();
  let newest = last;
  for (let at = 0; at < ids.length; at += LOOK) {
    const keys = ids.slice(at, at + LOOK).map((id) => ({ accountId, id }));
    const rows = (await catalogue.getMany(snapshotEntity, keys)).filter((row) => row !== undefined);
    newest ??= rows[0];
    const usable = rows.find(isUsable);
    if (usable !== undefined) return { newest, usable, isDamaged: isOf(damaged, newest) };
  }
  return { newest, usable: undefined, isDamaged: isOf(damaged, newest) };
}

const isOf = (damaged: ReadonlySet<string>, row: SnapshotRow | undefined) => row !== undefined && damaged.has(row.id);

/** Snapshots that a damaged object is known to be needed by. */
async function damagedNodes(catalogue: Catalogue, { accountId, region }: ChainRow): Promise<ReadonlySet<string>> {
  const partition = { accountId, regionId: region };
  const { rows } = await catalogue.list(damageEntity, { partition, limit: MOST_DAMAGES });
  const open = rows.filter(({ healedAt }) => healedAt === undefined);
  return new Set(open.flatMap(({ places }) => places.map(({ nodeId }) => nodeId)));
}

/** What the clock and these rows say of a disk. */
export interface Judged {
  readonly objective: Objective | 'none' | undefined;
  readonly newestUsableAt: string | undefined;
  /** Absent without an objective. */
  readonly breachAtMs: number | undefined;
}

interface Facts {
  readonly disk: DiskRow;
  readonly policy: PolicyRow | undefined;
  readonly ofTags: readonly TagObjective[];
  readonly newest: Newest;
}

export function judge({ disk, policy, ofTags, newest }: Facts): Judged {
  const objective = objectiveOf(disk, ofTags, policy);
  const newestUsableAt = newest.usable?.createdAt;
  if (objective === undefined || objective === 'none') return { objective, newestUsableAt, breachAtMs: undefined };
  const { createdAt, coveredAt } = disk;
  return { objective, newestUsableAt, breachAtMs: breachAtMs(objective, { createdAt, coveredAt, newestUsableAt }) };
}
