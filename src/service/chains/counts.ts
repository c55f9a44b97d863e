import type { QuotaKind, SnapshotKind } from '../../generated/schema.ts';
import type { KeyOf } from '../../platform/catalogue/entity.ts';
import {
  absent,
  type Catalogue,
  type Condition,
  check,
  equal,
  patch,
  put,
  remove,
  type Write,
} from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { placeToVerify } from '../model/chains/verify-place.ts';
import { quotaLimit, requireRoom } from '../model/quotas/limits.ts';

const COUNTER = { MANUAL: 'manualCount', AUTO: 'autoCount' } as const;
const QUOTA: Readonly<Record<SnapshotKind, QuotaKind>> = {
  MANUAL: 'MANUAL_SNAPSHOTS_PER_DISK',
  AUTO: 'AUTO_SNAPSHOTS_PER_DISK',
};

/** How many snapshots of a kind the chains of a region may have. */
export function snapshotLimit(
  catalogue: Catalogue,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  kind: SnapshotKind,
): Promise<number> {
  return quotaLimit(catalogue, { accountId, region, kind: QUOTA[kind] });
}

/** The count of one kind is what the quota of that kind holds down. */
type CountedChain = Pick<ChainRow, 'id' | 'manualCount' | 'autoCount'>;

/** Rule 1.4. The write that counts the snapshot takes the same limit as its condition. */
export function requireQuota(chain: CountedChain, kind: SnapshotKind, limit: number): void {
  const used = chain[COUNTER[kind]];
  const message = `Disk ${chain.id} has ${used} of ${limit} ${kind} snapshots.`;
  requireRoom({ kind: QUOTA[kind], limit, used }, message);
}

/**
 * Rules 2.3, 4.2, 4.9: while a snapshot is PROGRESSING, nothing that would change what it stands
 * on.
 */
export function requireNoneInProgress({ id, inProgressId }: ChainRow): void {
  if (inProgressId === undefined) return;
  throw new VarveError('SnapshotCreating', `Snapshot ${inProgressId} of disk ${id} is in progress.`, {
    diskId: id,
    snapshotId: inProgressId,
  });
}

/** That none is in progress, as a condition. */
export function noneInProgress(chain: ChainRow): Write {
  return check(chainEntity, keyOf(chain), [absent('inProgressId')]);
}

/** One snapshot more, the newest, unless that would break the limit. */
export function countSnapshot(chain: ChainRow, { id, kind }: Pick<BegunSnapshot, 'id' | 'kind'>, limit: number): Write {
  const change = { set: { newestId: id }, add: { [COUNTER[kind]]: 1 }, when: oneMore(kind, limit) };
  return patch(chainEntity, keyOf(chain), change);
}

/**
 * The same of one that takes its time: until it is finished or cancelled, it is the one in
 * progress.
 */
export function beginInChain(chain: ChainRow, { id, kind }: BegunSnapshot, limit: number): Write {
  const change = { set: { inProgressId: id }, add: { [COUNTER[kind]]: 1 }, when: oneMore(kind, limit) };
  return patch(chainEntity, keyOf(chain), change);
}

/** It is finished, and the newest. */
export function endInChain({ accountId, diskId, id }: BegunSnapshot): Write {
  const change = { set: { newestId: id }, remove: ['inProgressId'] as const, when: [equal('inProgressId', id)] };
  return patch(chainEntity, { accountId, id: diskId }, change);
}

/** It is cancelled. */
export function cancelInChain({ accountId, diskId, id, kind }: BegunSnapshot): Write {
  const change = { add: { [COUNTER[kind]]: -1 }, remove: ['inProgressId'] as const, when: [equal('inProgressId', id)] };
  return patch(chainEntity, { accountId, id: diskId }, change);
}

interface BegunSnapshot {
  readonly accountId: string;
  readonly id: string;
  readonly diskId: string;
  readonly kind: SnapshotKind;
}

function oneMore(kind: SnapshotKind, limit: number): Condition<ChainRow>[] {
  return [{ attribute: COUNTER[kind], is: '<', value: limit }, equal('diskReleased', false), absent('inProgressId')];
}

/** A copy begins: it is counted, and is no node yet. Its chain is that of no disk. */
export function beginCopyInChain(chain: ChainRow | undefined, begun: NewChain, limit: number): Write {
  const { kind, ...place } = begun;
  if (chain === undefined) {
    const counts = { manualCount: 0, autoCount: 0, [COUNTER[kind]]: 1, withoutNode: 1 };
    return put(chainEntity, { ...place, ...counts, diskReleased: true, ...placeToVerify(begun.id, begun.createdAt) });
  }
  const when = [{ attribute: COUNTER[kind], is: '<', value: limit } as const];
  return patch(chainEntity, keyOf(chain), { add: { [COUNTER[kind]]: 1, withoutNode: 1 }, when });
}

interface NewChain extends Pick<ChainRow, 'accountId' | 'id' | 'region' | 'createdAt'> {
  readonly kind: SnapshotKind;
}

/** A copy is a node now. */
export function endCopyInChain({ accountId, diskId }: BegunSnapshot): Write {
  return patch(chainEntity, { accountId, id: diskId }, { add: { withoutNode: -1 } });
}

/** A copy that is no node goes. */
export function discountCopy(chain: ChainRow, kind: SnapshotKind): Write {
  if (isLastOf(chain)) return remove(chainEntity, keyOf(chain), asSeen(chain));
  return patch(chainEntity, keyOf(chain), { add: { [COUNTER[kind]]: -1, withoutNode: -1 }, when: asSeen(chain) });
}

function isLastOf({ diskReleased, manualCount, autoCount }: ChainRow): boolean {
  return diskReleased && manualCount + autoCount === 1;
}

/** One snapshot less. The chain goes with the last snapshot of a released disk (4.8). */
export function discountSnapshot(chain: ChainRow, { id, kind }: Pick<BegunSnapshot, 'id' | 'kind'>): Write {
  const when = [...asSeen(chain), seenNewest(chain)];
  if (isLastOf(chain)) return remove(chainEntity, keyOf(chain), when);
  const gone = chain.newestId === id ? (['newestId'] as const) : [];
  return patch(chainEntity, keyOf(chain), { add: { [COUNTER[kind]]: -1 }, remove: gone, when });
}

export const seenNewest = ({ newestId }: ChainRow): Condition<ChainRow> =>
  newestId === undefined ? absent('newestId') : equal('newestId', newestId);

/** The disk goes, with no snapshot of it in progress; its chain too if no snapshot is left. */
export function releaseChain(chain: ChainRow): Write {
  const when = [...asSeen(chain), absent('inProgressId')];
  if (chain.manualCount + chain.autoCount === 0) return remove(chainEntity, keyOf(chain), when);
  return patch(chainEntity, keyOf(chain), { set: { diskReleased: true }, when });
}

function keyOf({ accountId, id }: ChainRow): KeyOf<typeof chainEntity> {
  return { accountId, id };
}

/** What a decision about a chain's end rests on. */
function asSeen({ manualCount, autoCount, diskReleased }: ChainRow): Condition<ChainRow>[] {
  return [equal('manualCount', manualCount), equal('autoCount', autoCount), equal('diskReleased', diskReleased)];
}
