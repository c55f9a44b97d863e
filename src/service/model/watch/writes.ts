import { check, patch, put, type Write } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import type { Service } from '../../service.ts';
import { type DiskRow, diskEntity } from '../disks/rows.ts';
import { seenDisk } from '../disks/seen.ts';
import { recordEvent } from '../events/record.ts';
import { relistDisk } from '../listed/disk-lists.ts';
import { tagList } from '../listed/rows.ts';
import { type Delta, ofProtection } from '../overview/counter.ts';
import { WATCH_AGAIN_SHARDS, type WatchAgainRow, watchAgainEntity, watchEntity, watchShard } from './rows.ts';

type Marks = Pick<Service, 'clock' | 'random'>;

const MARK_BYTES = 8;

export const newMark = ({ random }: Pick<Service, 'random'>): string =>
  Buffer.from(random(MARK_BYTES)).toString('base64url');

/** Goes into the transaction of whatever may bring a disk's next breach nearer. */
export function watchSoon(service: Marks, disk: Pick<DiskRow, 'accountId' | 'id'>): Write {
  const { accountId, id: diskId } = disk;
  const dueAt = isoTime(service.clock.now());
  return put(watchEntity, { accountId, diskId, shard: watchShard(diskId), dueAt, mark: newMark(service) }, 'any');
}

/** The same for a snapshot that has come back, which may end a breach. */
export function watchRestored(service: Marks, disk: Pick<DiskRow, 'accountId' | 'id'>): Write {
  const { accountId, id: diskId } = disk;
  const row = { accountId, diskId, shard: watchShard(diskId), dueAt: isoTime(service.clock.now()) };
  return put(watchEntity, { ...row, mark: newMark(service), snapshotBack: true }, 'any');
}

/** Of a disk that is new, or restored. Without a policy and tags it has no objective yet. */
export function watchNew(service: Marks, disk: DiskRow): Write[] {
  const hasNone = disk.policyId === undefined && disk.tags.length === 0 && disk.objectiveHours === undefined;
  return disk.category === 'LOCAL' || hasNone ? [] : [watchSoon(service, disk)];
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** The disks of a policy are looked at again. */
export function watchPolicyAgain(service: Pick<Service, 'random'>, place: Place, policyId: string): Write {
  return watchAgain(service, place, policyId, { policyId });
}

/** The disks that have a tag are. */
export function watchTagAgain(
  service: Pick<Service, 'random'>,
  place: Place,
  { key, value }: { readonly key: string; readonly value: string },
): Write {
  const list = tagList('disk', key, value);
  return watchAgain(service, place, JSON.stringify([place.accountId, place.region, list]), { tagList: list });
}

function watchAgain(
  service: Pick<Service, 'random'>,
  { accountId, region }: Place,
  target: string,
  of: Pick<WatchAgainRow, 'policyId' | 'tagList'>,
): Write {
  const sum = [...target].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  const row = { shard: sum % WATCH_AGAIN_SHARDS, target, accountId, region, ...of, mark: newMark(service) };
  return put(watchAgainEntity, row, 'any');
}

/** How a breach ended. */
export type BreachEnd = 'SNAPSHOT' | 'OBJECTIVE' | 'RELEASED';

type Telling = Pick<Service, 'clock' | 'ids'>;

/** Of a disk that is in breach: it is told. */
export function breachEndEvent(service: Telling, disk: DiskRow, ended: BreachEnd): Write {
  const { accountId, region, id, name, inBreachSince = null, breachReason = null } = disk;
  const data = { name, ended, inBreachSince, reason: breachReason };
  return recordEvent(service, { accountId, region, type: 'breach.ended', subject: { kind: 'disk', id }, data });
}

/** The attributes of a disk that say that it is in breach. */
export const BREACH = ['inBreachSince', 'breachReason'] as const;

/** As an earlier look has not found it. */
export function unwatched(disk: DiskRow): DiskRow {
  const { protection: _, ...rest } = withoutBreach(disk);
  return rest;
}

export function withoutBreach(disk: DiskRow): DiskRow {
  const { inBreachSince: _, breachReason: _reason, ...rest } = disk;
  return rest;
}

/** All but the change of the disk's own row, and the count. */
export function endOfBreach(service: Telling, disk: DiskRow, ended: BreachEnd): Write[] {
  if (disk.inBreachSince === undefined) return [];
  return [...relistDisk(disk, withoutBreach(disk)), breachEndEvent(service, disk, ended)];
}

/**
 * The condition that a new snapshot has on its disk. If the disk is in breach, this snapshot ends
 * it, and tells so in its own transaction. Nobody else does, as only before that the disk says that
 * it is in breach. `count` is what that changes of the overview.
 */
export function seenByNewest(service: Telling, disk: DiskRow): { readonly writes: Write[]; readonly count: Delta } {
  const key = { accountId: disk.accountId, id: disk.id };
  const when = seenDisk(disk);
  if (disk.protection !== 'IN_BREACH') return { writes: [check(diskEntity, key, when)], count: {} };
  const change = { set: { protection: 'PROTECTED' as const }, remove: BREACH, when };
  const writes = [patch(diskEntity, key, change), ...endOfBreach(service, disk, 'SNAPSHOT')];
  return { writes, count: ofProtection('IN_BREACH', 'PROTECTED') };
}
