import { put, type Write } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import {
  type ApiKeyRow,
  accountEntity,
  apiKeyEntity,
  snapshotServiceEntity,
} from '../../src/service/model/accounts/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { placeToVerify } from '../../src/service/model/chains/verify-place.ts';
import { type DiskRow, diskEntity } from '../../src/service/model/disks/rows.ts';
import { listDisk } from '../../src/service/model/listed/disk-lists.ts';
import { listSnapshot } from '../../src/service/model/listed/snapshot-lists.ts';
import { coverEntity, dueAt, policyEntity, policyRegisterEntity } from '../../src/service/model/policies/rows.ts';
import { forgetAfter, slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { quotaUseEntity } from '../../src/service/model/quotas/rows.ts';
import { expiryWrites } from '../../src/service/model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { watchNew } from '../../src/service/model/watch/writes.ts';
import type { Service } from '../../src/service/service.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

const HOUR_MS = 3600_000;
const SLOTS_A_DAY = 24;
const RETENTION_DAYS = 30;
/** One disk in ten has no policy, and one in twenty no snapshot of today. */
const [BARE_EACH, LATE_EACH] = [10, 20];
const LATE_HOURS = 72;

const policyIdOf = (at: number) => `sp-${String(at).padStart(20, '0')}`;

/** The account with its key and its policies, each of which runs each hour. */
export function accountRows(
  { accountId, region }: Place,
  {
    secret,
    disks,
    policies,
    nowMs,
  }: { readonly secret: Pick<ApiKeyRow, 'id' | 'secretHash'>; disks: number; policies: number; nowMs: number },
): Write[] {
  const createdAt = isoTime(nowMs);
  const ids = Array.from({ length: policies }, (_, at) => policyIdOf(at));
  const hours = Array.from({ length: SLOTS_A_DAY }, (_, hour) => hour);
  const when = { hours, weekdays: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC', retentionDays: RETENTION_DAYS };
  return [
    put(accountEntity, { id: accountId, name: accountId, createdAt }),
    put(apiKeyEntity, { ...secret, accountId, name: 'bench', role: 'VIEWER', createdAt }),
    put(snapshotServiceEntity, { accountId, region, openedAt: createdAt, acceptedTerms: 'bench' }),
    put(policyRegisterEntity, { accountId, region, ids, revision: 0 }),
    put(quotaUseEntity, { accountId, region, kind: 'DISKS', used: disks }),
    ...ids.map((id) =>
      put(policyEntity, {
        ...{ accountId, id, region, name: id, ...when, status: 'ACTIVE', revision: 0, tags: [], createdAt },
        ...dueAt(id, isoTime(nowMs + HOUR_MS)),
      }),
    ),
  ];
}

/** What each policy did in each of the last 48 hours. */
export function slotRows(
  { accountId, region }: Place,
  { policies, disks, nowMs }: { readonly policies: number; readonly disks: number; readonly nowMs: number },
): Write[] {
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return Array.from({ length: policies * 2 * SLOTS_A_DAY }, (_, at) => {
    const slotAt = isoTime(hour - Math.floor(at / policies) * HOUR_MS);
    const counts = { missedSlots: 0, done: Math.floor(disks / policies), skipped: 1, failed: 0, again: 0 };
    const made = { status: 'DONE' as const, date: slotAt.slice(0, 10), openedAt: slotAt, finishedAt: slotAt };
    const key = { accountId, policyId: policyIdOf(at % policies), slotAt };
    return put(slotEntity, { ...key, region, ...made, ...counts, forgetAt: forgetAfter(nowMs) });
  });
}

interface OfDisk {
  readonly at: number;
  /** Snapshots that it has. */
  readonly each: number;
  readonly policies: number;
}

/** A disk with its chain, its snapshots of each hour, and what finds them. */
export function diskRows(service: Pick<Service, 'clock' | 'ids' | 'random'>, place: Place, of: OfDisk): Write[] {
  const { at, each, policies } = of;
  const { accountId, region } = place;
  const nowMs = service.clock.now();
  const createdAt = isoTime(nowMs - (each + LATE_HOURS) * HOUR_MS);
  const id = service.ids.next('d');
  const covered = at % BARE_EACH === 0 ? {} : { policyId: policyIdOf(at % policies), coveredAt: createdAt };
  const disk: DiskRow = {
    ...{ accountId, id, region, name: `disk ${at}`, kind: 'DATA', category: 'CLOUD', sizeBytes: 2 ** 30 },
    ...{ status: 'IN_USE', chargeType: 'POSTPAID', domainId: 'bench', deleteAutoSnapshots: false },
    ...{ deleteWithInstance: true, tags: [], createdAt, ...covered },
  };
  const lateMs = at % LATE_EACH === 1 ? LATE_HOURS * HOUR_MS : 0;
  const rows = Array.from({ length: each }, (_, age) => snapshotRow(service, disk, nowMs - lateMs - age * HOUR_MS));
  const newestId = rows[0]?.id;
  const counts = { manualCount: 0, autoCount: rows.length, diskReleased: false, ...(newestId && { newestId }) };
  return [
    put(diskEntity, disk),
    ...listDisk(disk),
    ...watchNew(service, disk),
    ...(disk.policyId === undefined ? [] : [put(coverEntity, { accountId, policyId: disk.policyId, diskId: id })]),
    put(chainEntity, { accountId, id, region, createdAt, ...counts, ...placeToVerify(id, createdAt) }),
    ...rows.flatMap((row) => [put(snapshotEntity, row), ...listSnapshot(row), ...expiryWrites(row)]),
  ];
}

function snapshotRow({ ids }: Pick<Service, 'ids'>, disk: DiskRow, madeMs: number): SnapshotRow {
  const { accountId, region, id: diskId, kind: diskKind, sizeBytes, domainId, policyId } = disk;
  const id = ids.next('s');
  return {
    ...{ accountId, id, region, name: id, kind: 'AUTO', status: 'ACCOMPLISHED', consistency: 'COMMITTED' },
    ...{ diskId, diskKind, sizeBytes, domainId, retentionDays: RETENTION_DAYS, diskCount: 0, imageCount: 0, tags: [] },
    createdAt: isoTime(madeMs),
    expiresAt: isoTime(madeMs + RETENTION_DAYS * 24 * HOUR_MS),
    ...(policyId !== undefined && { policyId }),
  };
}
