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
import type { EventDeps } from '../model/events/record.ts';
import { crossing, tellCrossing } from '../model/quotas/crossing.ts';
import { quotaLimit, requireRoom } from '../model/quotas/limits.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';

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
type CountedChain = Pick<ChainRow, 'id' | 'manualCount' | 'autoCount' | 'trashCount'>;

/** Rules 1.4 and 10.1: what a chain is measured for, with what of it lies in the recycle bin. */
export const MOST_NODES = 512;

const nodesOf = ({ manualCount, autoCount, trashCount = 0 }: CountedChain) => manualCount + autoCount + trashCount;

/**
 * Rules 1.4 and 10.1. The write that counts the snapshot takes the same limit as its condition.
 * What lies in the recycle bin counts for no quota of a kind. It is not pushed out of it either, or
 * whoever may take snapshots could empty it.
 */
export function requireQuota(chain: CountedChain, kind: SnapshotKind, limit: number): void {
  const used = chain[COUNTER[kind]];
  const message = `Disk ${chain.id} has ${used} of ${limit} ${kind} snapshots.`;
  requireRoom({ kind: QUOTA[kind], limit, used }, message);
  const nodes = nodesOf(chain);
  if (nodes < MOST_NODES) return;
  const full = `Disk ${chain.id} has ${nodes} of ${MOST_NODES} snapshots, ${chain.trashCount} in the recycle bin.`;
  throw new VarveError('QuotaExceeded', full, { quota: 'SNAPSHOTS_WITH_RECYCLE_BIN', limit: MOST_NODES, used: nodes });
}

/** How many automatic snapshots have to go, so that there is room for one more. */
export function autoExcess(chain: CountedChain, limit: number): number {
  return Math.max(chain.autoCount - limit, nodesOf(chain) - MOST_NODES) + 1;
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

/**
 * One snapshot more, the newest, unless that would break the limit; with what is to be told of the
 * quota.
 */
export function countSnapshot(
  deps: EventDeps,
  chain: ChainRow,
  { id, kind }: Pick<BegunSnapshot, 'id' | 'kind'>,
  limit: number,
): Write[] {
  const { told, when } = toldOfOneMore(chain, kind, limit);
  const change = {
    ...told,
    set: { ...told.set, newestId: id },
    add: { [COUNTER[kind]]: 1 },
    when: [...oneMore(chain, kind, limit), ...when],
  };
  return [patch(chainEntity, keyOf(chain), change), ...tellOneMore(deps, chain, kind, limit)];
}

/**
 * The same of one that takes its time: until it is finished or cancelled, it is the one in
 * progress.
 */
export function beginInChain(deps: EventDeps, chain: ChainRow, { id, kind }: BegunSnapshot, limit: number): Write[] {
  const { told, when } = toldOfOneMore(chain, kind, limit);
  const change = {
    ...told,
    set: { ...told.set, inProgressId: id },
    add: { [COUNTER[kind]]: 1 },
    when: [...oneMore(chain, kind, limit), ...when],
  };
  return [patch(chainEntity, keyOf(chain), change), ...tellOneMore(deps, chain, kind, limit)];
}

const TOLD = { MANUAL: 'toldManual', AUTO: 'toldAuto' } as const;

/** What the chain keeps of what was told, and the condition that it rests on. */
function toldOfOneMore(chain: ChainRow, kind: SnapshotKind, limit: number) {
  const [counter, name] = [COUNTER[kind], TOLD[kind]];
  const used = chain[counter];
  const { told, isNear } = crossing({ limit, used, told: chain[name] });
  const when: Condition<ChainRow>[] = isNear ? [equal(counter, used)] : [];
  const set: Partial<ChainRow> = told === undefined ? {} : { [name]: told };
  const remove = told === undefined && chain[name] !== undefined ? [name] : [];
  return { told: { set, remove }, when };
}

function tellOneMore(deps: EventDeps, chain: ChainRow, kind: SnapshotKind, limit: number): Write[] {
  const { accountId, region, id: diskId } = chain;
  const seen = { limit, used: chain[COUNTER[kind]], told: chain[TOLD[kind]] };
  return tellCrossing(deps, { accountId, region, quota: QUOTA[kind], diskId }, seen);
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

function oneMore(chain: ChainRow, kind: SnapshotKind, limit: number): Condition<ChainRow>[] {
  return [...oneMoreNode(chain, kind, limit), equal('diskReleased', false), absent('inProgressId')];
}

/**
 * With nothing in the recycle bin, the quotas of the kinds hold the sum down as well. Else it has
 * to be the sum that was seen.
 */
function oneMoreNode(chain: ChainRow, kind: SnapshotKind, limit: number): Condition<ChainRow>[] {
  const isBelow = { attribute: COUNTER[kind], is: '<', value: limit } as const;
  const { trashCount = 0, manualCount, autoCount } = chain;
  const sum = trashCount === 0 ? [] : [equal('manualCount', manualCount), equal('autoCount', autoCount)];
  return [isBelow, trashAsSeen(chain), ...sum];
}

const trashAsSeen = ({ trashCount }: ChainRow): Condition<ChainRow> =>
  trashCount === undefined ? absent('trashCount') : equal('trashCount', trashCount);

/** A copy begins: it is counted, and is no node yet. Its chain is that of no disk. */
export function beginCopyInChain(
  deps: EventDeps,
  chain: ChainRow | undefined,
  begun: NewChain,
  limit: number,
): Write[] {
  const { kind, ...place } = begun;
  if (chain === undefined) {
    const counts = { manualCount: 0, autoCount: 0, [COUNTER[kind]]: 1, withoutNode: 1 };
    return [put(chainEntity, { ...place, ...counts, diskReleased: true, ...placeToVerify(begun.id, begun.createdAt) })];
  }
  const { told, when: asTold } = toldOfOneMore(chain, kind, limit);
  const when = [...oneMoreNode(chain, kind, limit), ...asTold];
  const change = { ...told, add: { [COUNTER[kind]]: 1, withoutNode: 1 }, when };
  return [patch(chainEntity, keyOf(chain), change), ...tellOneMore(deps, chain, kind, limit)];
}

interface NewChain extends Pick<ChainRow, 'accountId' | 'id' | 'region' | 'createdAt'> {
  readonly kind: SnapshotKind;
}

/** The chain of an import's only snapshot, which is a node already. Its disk has never been. */
export function chainOfImport({ accountId, diskId: id, region, createdAt, id: newestId }: SnapshotRow): Write {
  const counts = { manualCount: 1, autoCount: 0, newestId, diskReleased: true };
  return put(chainEntity, { accountId, id, region, createdAt, ...counts, ...placeToVerify(id, createdAt) });
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

function isLastOf(chain: ChainRow): boolean {
  return chain.diskReleased && nodesOf(chain) === 1;
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
  if (nodesOf(chain) === 0) return remove(chainEntity, keyOf(chain), when);
  return patch(chainEntity, keyOf(chain), { set: { diskReleased: true }, when });
}

/** A snapshot goes into the recycle bin: the chain stays, whatever else is left of it. */
export function trashInChain(chain: ChainRow, { id, kind }: Pick<BegunSnapshot, 'id' | 'kind'>): Write {
  const gone = chain.newestId === id ? (['newestId'] as const) : [];
  const change = { add: { [COUNTER[kind]]: -1, trashCount: 1 }, remove: gone, when: [seenNewest(chain)] };
  return patch(chainEntity, keyOf(chain), change);
}

/**
 * It comes back, unless that would break the limit, with what is to be told of the quota. Which one
 * is the newest is to be looked for then. If the disk is there, somebody has to look: that it is or
 * is not is a condition.
 */
export function restoreInChain(deps: EventDeps, chain: ChainRow, kind: SnapshotKind, limit: number): Write[] {
  const { told, when: asTold } = toldOfOneMore(chain, kind, limit);
  const isBelow = { attribute: COUNTER[kind], is: '<', value: limit } as const;
  const change = {
    set: told.set,
    add: { [COUNTER[kind]]: 1, trashCount: -1 },
    remove: [...told.remove, 'newestId' as const],
    when: [isBelow, equal('diskReleased', chain.diskReleased), ...asTold],
  };
  return [patch(chainEntity, keyOf(chain), change), ...tellOneMore(deps, chain, kind, limit)];
}

/** The disk goes into the recycle bin, with no snapshot of it in progress. */
export function trashDiskInChain(chain: ChainRow): Write {
  const change = { set: { diskReleased: true }, add: { trashCount: 1 }, when: [absent('inProgressId')] };
  return patch(chainEntity, keyOf(chain), change);
}

export function restoreDiskInChain(chain: ChainRow): Write {
  return patch(chainEntity, keyOf(chain), { set: { diskReleased: false }, add: { trashCount: -1 } });
}

/** What lay in the recycle bin goes for good, and the chain with the last that is left of it. */
export function purgeFromChain(chain: ChainRow): Write {
  if (isLastOf(chain)) return remove(chainEntity, keyOf(chain), asSeen(chain));
  return patch(chainEntity, keyOf(chain), { add: { trashCount: -1 }, when: asSeen(chain) });
}

function keyOf({ accountId, id }: ChainRow): KeyOf<typeof chainEntity> {
  return { accountId, id };
}

/** What a decision about a chain's end rests on. */
function asSeen(chain: ChainRow): Condition<ChainRow>[] {
  const { manualCount, autoCount, diskReleased } = chain;
  const counts = [equal('manualCount', manualCount), equal('autoCount', autoCount), trashAsSeen(chain)];
  return [...counts, equal('diskReleased', diskReleased)];
}
