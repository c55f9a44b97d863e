import type { SnapshotConsistency } from '../../generated/schema.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { endInChain } from '../chains/counts.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { unreadableChange } from '../model/disks/unreadable.ts';
import { tellAccomplished } from '../model/events/of-snapshots.ts';
import { relistSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites } from '../model/overview/counter.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { noProgressWrite } from '../model/snapshots/progress-rows.ts';
import { type SnapshotRow, snapshotEntity, snapshotPlaces } from '../model/snapshots/rows.ts';
import { expiryOf } from '../model/snapshots/rules.ts';
import { SNAPSHOT_TABLE } from '../model/snapshots/states.ts';
import { seenByNewest } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

type FinishService = Pick<Service, 'catalogue' | 'tree' | 'clock' | 'random' | 'ids'>;

const FINISHED = SNAPSHOT_TABLE.FINISH.PROGRESSING;

interface SnapshotKey {
  readonly accountId: string;
  readonly id: string;
}

/**
 * What is committed at this instant becomes the contents of a snapshot that is PROGRESSING, in one
 * transaction. The first caller does it. Nobody does it for one that was cancelled: false then.
 */
export function finishSnapshot(
  service: FinishService,
  key: SnapshotKey,
  consistency: SnapshotConsistency,
): Promise<boolean> {
  const { catalogue, tree } = service;
  return untilAccepted(service, async () => {
    const snapshot = await catalogue.get(snapshotEntity, key);
    if (snapshot?.status !== 'PROGRESSING') return { ok: true, value: false };
    const { accountId, diskId } = snapshot;
    const disk = await catalogue.get(diskEntity, { accountId, id: diskId });
    if (disk === undefined) throw impossible(`disk ${diskId} has gone before its snapshot ${snapshot.id}`);
    const now = service.clock.now();
    const finished = { ...asOf(snapshot, now), status: FINISHED, consistency, sizeBytes: disk.sizeBytes };
    const seen = seenByNewest(service, disk);
    const counted = await countWrites(catalogue, disk, seen.count);
    const lost = unreadableChange(disk);
    const set = { ...snapshotPlaces(finished), ...pickChanged(finished), ...lost.set };
    const asSeen = [equal('status', snapshot.status), equal('name', snapshot.name), equal('tags', snapshot.tags)];
    const result = await tree.snapshot({ accountId, headId: diskId, snapshotId: snapshot.id }, () => [
      patch(snapshotEntity, key, { set, remove: ['flushFence', 'flushRequest', ...lost.remove], when: asSeen }),
      ...relistSnapshot(snapshot, finished),
      ...expiryWrites(finished),
      noProgressWrite(snapshot),
      endInChain(snapshot),
      tellAccomplished(service, finished),
      ...seen.writes,
      ...counted,
    ]);
    return result.ok ? { ok: true, value: true } : result;
  });
}

/** Its instant is that of the state it has, and its retention begins with it. */
function asOf(snapshot: SnapshotRow, now: number): SnapshotRow {
  const { retentionDays } = snapshot;
  const ends = retentionDays === undefined ? {} : { expiresAt: isoTime(expiryOf(now, retentionDays)) };
  return { ...snapshot, createdAt: isoTime(now), ...ends };
}

function pickChanged({ status, consistency, sizeBytes, expiresAt }: SnapshotRow): Partial<SnapshotRow> {
  return { status, sizeBytes, ...(consistency && { consistency }), ...(expiresAt && { expiresAt }) };
}

/** The snapshot of a disk that waits for the writer with this fence. */
export async function waitingFor(
  { catalogue }: Pick<Service, 'catalogue'>,
  { accountId, diskId, fence }: { readonly accountId: string; readonly diskId: string; readonly fence: number },
): Promise<SnapshotRow | undefined> {
  const chain = await catalogue.get(chainEntity, { accountId, id: diskId });
  if (chain?.inProgressId === undefined) return undefined;
  const snapshot = await catalogue.get(snapshotEntity, { accountId, id: chain.inProgressId });
  return snapshot?.flushFence === fence ? snapshot : undefined;
}
