import { isoTime } from '../../platform/clock.ts';
import { notFound, type VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { requireStatus } from '../model/disks/rules.ts';
import { holdersOf } from '../model/instances/holders.ts';
import { findLease } from '../model/leases/rules.ts';
import { requireCoverable } from '../model/policies/rules.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import { requireDeletable, requireReady, requireUnpinned } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { requireSnapshotAllowed } from '../snapshots/create.ts';
import { requireAttachable, requireDetachable } from './attach.ts';
import { requireReinitializable } from './reinitialize.ts';
import { requireReleasable } from './release.ts';
import { refusalsByDisk } from './rollback.ts';

/** Why each mutation of an object would be refused as it is now; undefined if it would not be. */
export type Refusals<Action extends string> = readonly (readonly [Action, VarveError | undefined])[];

type Checks<Action extends string> = Readonly<Record<Action, () => unknown>>;

/** One for each mutation, by the checks of the mutation itself, side by side. */
function refusalsOf<Action extends string>(checks: Checks<Action>): Promise<Refusals<Action>> {
  const each = Object.entries<() => unknown>(checks);
  return Promise.all(each.map(async ([action, check]) => [action as Action, await refusalOf(check)] as const));
}

const allowed = () => undefined;
/** What a mutation takes where its input says nothing of it. */
const BY_DEFAULT = { startInstance: false, breakLease: false } as const;

export function refusalsOfDisk(service: Service, caller: Caller, disk: DiskRow) {
  const now = isoTime(service.clock.now());
  return refusalsOf({
    updateDisk: allowed,
    resizeDisk: () => requireStatus(disk, now, 'RESIZE'),
    attachDisk: () => requireAttachable(service, disk),
    detachDisk: () => requireDetachable(service, disk),
    createSnapshot: () => requireSnapshotAllowed(service, caller, { diskId: disk.id, kind: 'MANUAL', tags: [] }),
    rollbackDisk: () => requireRollback(service, disk),
    reinitializeDisk: () => requireReinitializable(service, caller, disk, BY_DEFAULT),
    releaseDisk: async () => {
      const lease = await findLease(service.catalogue, disk);
      return requireReleasable(service, disk, { operation: 'RELEASE', breakLease: false, lease });
    },
    applyPolicy: () => requireCoverable(disk),
    cancelPolicy: allowed,
  });
}

export function refusalsOfSnapshot(service: Service, caller: Caller, snapshot: SnapshotRow) {
  const ready = () => requireReady(snapshot);
  return refusalsOf({
    updateSnapshot: allowed,
    deleteSnapshots: () => {
      requireUnpinned(snapshot);
      requireDeletable(snapshot, false);
    },
    pinSnapshot: ready,
    unpinSnapshot: allowed,
    setSnapshotRetention: ready,
    createDisk: ready,
    createImage: ready,
    copySnapshot: ready,
    rollbackDisk: async () => {
      requireReady(snapshot);
      await requireRollback(service, await findDisk(service.catalogue, caller, snapshot.diskId));
    },
  });
}

async function requireRollback({ catalogue, clock }: Service, disk: DiskRow): Promise<void> {
  const { accountId, id } = disk;
  const [chain, holders, lease] = await Promise.all([
    catalogue.get(chainEntity, { accountId, id }),
    holdersOf(catalogue, disk),
    findLease(catalogue, disk),
  ]);
  if (chain === undefined || !hasSnapshots(chain)) throw notFound('Snapshot', `of disk ${id}`);
  const [first] = await refusalsByDisk({ disk, chains: [chain], holders, lease }, isoTime(clock.now()), false);
  if (first !== undefined) throw first;
}

const hasSnapshots = ({ manualCount, autoCount }: ChainRow): boolean => manualCount + autoCount > 0;
