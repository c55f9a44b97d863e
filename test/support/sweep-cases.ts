import { objectKey } from '../../src/engine/blocks/block.ts';
import { newEntry, putEntry } from '../../src/engine/books/entries.ts';
import { registerDomain } from '../../src/engine/books/object-rows.ts';
import { domainCountEntity, entryEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { put, remove } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { setTrashRetention } from '../../src/service/accounts/trash-hours.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { sweepDrafts } from '../../src/service/datapath/discard.ts';
import { DRAFT_TTL_MS, openDraft } from '../../src/service/datapath/drafts.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import { accountEntity } from '../../src/service/model/accounts/rows.ts';
import { sampleEntity } from '../../src/service/model/capacity/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { paidUntilEntity } from '../../src/service/model/disks/paid-until.ts';
import { diskEntity, domainEntity } from '../../src/service/model/disks/rows.ts';
import { instanceWorkEntity, workShard } from '../../src/service/model/instances/rows.ts';
import { leaseCheckEntity, leaseEntity } from '../../src/service/model/leases/rows.ts';
import {
  cancellationEntity,
  cancellationShard,
  coverEntity,
  policyEntity,
} from '../../src/service/model/policies/rows.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { progressEntity } from '../../src/service/model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { sweepCancellations } from '../../src/service/policies/delete.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { sweepScrubs } from '../../src/service/scrubs/rolling.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { sweepTrash } from '../../src/service/trash/sweep.ts';
import { blockId } from './block-contents.ts';
import type { EngineHarness } from './engine-harness.ts';
import { acquire, caller, newDisk, snapshot } from './lease-scene.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService } from './memory-service.ts';
import { BAD } from './poison.ts';
import { WATCH_SWEEPS } from './watch-sweep-cases.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const BAD_ACCOUNT = `${BAD}account`;

type Row = Readonly<Record<string, unknown>>;
type Deps = EngineHarness['deps'];

/** One sweep, with an item that it has to do, and how the same item looks where it is bad. */
export interface SweepCase {
  readonly name: string;
  /** Makes one good item that is due by now. */
  readonly prepare: (harness: EngineHarness) => Promise<unknown>;
  /** The rows by which the sweep finds its items. */
  readonly entity: Entity;
  /** The good item's row changed to that of a bad one, which comes before it. */
  readonly spoil: (row: Row, id: string) => Row;
  /** Other rows that the bad item needs. */
  readonly beside?: (id: string) => { readonly entity: Entity; readonly row: Row };
  readonly sweep: (deps: Deps, until: number) => Promise<unknown>;
  readonly isDone: (harness: EngineHarness) => boolean;
  /** What the sweep counts of one good item. */
  readonly counts: Readonly<Record<string, number>>;
}

export const FREE_DISK = {
  region: null,
  name: null,
  kind: null,
  category: 'CLOUD',
  sizeBytes: 1024,
  snapshotId: null,
  imageId: null,
  encrypted: null,
  encryptionKeyId: null,
  chargeType: 'POSTPAID',
  expiresAt: null,
  policyId: null,
  deleteAutoSnapshots: false,
  deleteWithInstance: false,
  tags: [],
  clientToken: null,
} as const;
export const ANY_POLICY = {
  ...{ region: null, name: null, hours: [0], weekdays: [1, 2, 3, 4, 5, 6, 7], timeZone: null, retentionDays: 30 },
  ...{ tags: [], clientToken: null },
};
const ANY_SNAPSHOT = { name: null, description: null, retentionDays: null, tags: [], clientToken: null };

const earlier = (time: unknown): string => isoTime(Date.parse(String(time)) - 1);
const numberOf = (id: string): number => Number(id.replace(BAD, ''));
const serviceOf = ({ deps }: EngineHarness) => memoryService(deps);

async function snapshotInArrears(harness: EngineHarness): Promise<void> {
  const service = serviceOf(harness);
  await snapshot(service, await newDisk(service));
  await markInArrears(service, { account: MEMORY_ACCOUNT });
  harness.clock.at += 15 * DAY_MS + HOUR_MS;
}

/** A policy that is deleted and still has a disk. */
async function cutOffCancellation(harness: EngineHarness): Promise<void> {
  const service = serviceOf(harness);
  const { id: policyId } = await createPolicy(service, caller, ANY_POLICY);
  await createDisk(service, caller, { ...FREE_DISK, policyId });
  const work = { shard: cancellationShard(policyId), policyId, accountId: MEMORY_ACCOUNT };
  await service.catalogue.transact([
    remove(policyEntity, { accountId: MEMORY_ACCOUNT, id: policyId }),
    put(cancellationEntity, work),
  ]);
}

const isUncovered = ({ catalogue }: EngineHarness): boolean =>
  catalogue.rows(diskEntity).every(({ policyId }) => policyId === undefined);

async function nextDay(harness: EngineHarness): Promise<void> {
  harness.clock.at += DAY_MS;
}

const SNAPSHOT_SWEEPS: readonly SweepCase[] = [
  {
    name: 'accounts in arrears',
    prepare: snapshotInArrears,
    entity: accountEntity,
    spoil: (row, id) => ({ ...row, id, arrearsCheckAt: earlier(row.arrearsCheckAt) }),
    sweep: (deps, until) => sweepArrears(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(snapshotEntity).length === 0,
    counts: { deleted: 1 },
  },
  {
    name: 'snapshots of an account in arrears',
    prepare: snapshotInArrears,
    entity: snapshotEntity,
    spoil: (row, id) => ({ ...row, id: `s-${id}`, name: id, createdAt: earlier(row.createdAt) }),
    sweep: (deps, until) => sweepArrears(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(snapshotEntity).every(({ id }) => id.includes(BAD)),
    counts: { deleted: 1 },
  },
  {
    name: 'expired snapshots',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      const { id: diskId } = await newDisk(service);
      await createSnapshot(service, caller, { ...ANY_SNAPSHOT, diskId, retentionDays: 1 });
      harness.clock.at += DAY_MS + HOUR_MS;
    },
    entity: expiryEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, snapshotId: id, checkAt: earlier(row.checkAt) }),
    sweep: (deps, until) => sweepExpired(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(snapshotEntity).length === 0,
    counts: { expired: 1, keptInUse: 0 },
  },
  {
    name: 'the recycle bin',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      await setTrashRetention(service, caller, 24);
      const { id: diskId } = await newDisk(service);
      const { id } = await createSnapshot(service, caller, { ...ANY_SNAPSHOT, diskId });
      await deleteSnapshot(service, caller, id, { force: false, by: 'PERSON' });
      harness.clock.at += DAY_MS + HOUR_MS;
    },
    entity: trashEntity,
    spoil: (row, id) => ({
      ...row,
      accountId: BAD_ACCOUNT,
      id: `s-${String(numberOf(id)).padStart(20, '0')}`,
      restorableUntil: earlier(row.restorableUntil),
    }),
    sweep: (deps, until) => sweepTrash(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(trashEntity).every(({ accountId }) => accountId.includes(BAD)),
    counts: { purged: 1 },
  },
  {
    name: 'snapshots whose writer does not answer',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      const disk = await newDisk(service);
      await acquire(service, disk, 'host-a');
      await snapshot(service, disk);
      harness.clock.at += HOUR_MS;
    },
    entity: progressEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, snapshotId: id, dueAt: earlier(row.dueAt) }),
    sweep: (deps, until) => sweepOverdue(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(snapshotEntity)[0]?.status === 'ACCOMPLISHED',
    counts: { finished: 1 },
  },
];

const DISK_SWEEPS: readonly SweepCase[] = [
  {
    name: 'expired drafts',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      const { id: diskId } = await newDisk(service);
      const input = { diskId, expectedVersion: 0, forReading: false, label: null, clientToken: null };
      await openDraft(service, caller, input);
      harness.clock.at += DRAFT_TTL_MS + HOUR_MS;
    },
    entity: draftEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, id, expiresAt: earlier(row.expiresAt) }),
    sweep: (deps, until) => sweepDrafts(memoryService(deps), until),
    isDone: ({ catalogue }) =>
      catalogue.rows(draftEntity).every(({ id, state }) => state === 'DISCARDED' || id.includes(BAD)),
    counts: { discarded: 1 },
  },
  {
    name: 'unpaid disks',
    prepare: async (harness) => {
      const expiresAt = isoTime(harness.clock.at + HOUR_MS);
      await createDisk(serviceOf(harness), caller, { ...FREE_DISK, chargeType: 'PREPAID', expiresAt });
      harness.clock.at += DAY_MS + 2 * HOUR_MS;
    },
    entity: paidUntilEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, diskId: id, expiresAt: earlier(row.expiresAt) }),
    sweep: (deps, until) => sweepUnpaid(memoryService(deps), { graceMs: DAY_MS }, until),
    isDone: ({ catalogue }) => catalogue.rows(diskEntity).length === 0,
    counts: { released: 1 },
  },
  {
    name: 'leases of holders that have vanished',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      await acquire(service, await newDisk(service), 'host-a');
      harness.clock.at += HOUR_MS;
    },
    entity: leaseCheckEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, diskId: id, checkAt: earlier(row.checkAt) }),
    sweep: (deps, until) => sweepLeases(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(leaseEntity).length === 0,
    counts: { ended: 1 },
  },
  {
    name: 'instances whose release was cut off',
    prepare: async ({ catalogue, clock }) => {
      const instanceId = 'i-1';
      const cutOff = { shard: workShard(instanceId), instanceId, accountId: MEMORY_ACCOUNT, kind: 'RELEASE' } as const;
      await catalogue.transact([put(instanceWorkEntity, { ...cutOff, createdAt: isoTime(clock.at) })]);
      clock.at += HOUR_MS;
    },
    entity: instanceWorkEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, instanceId: id }),
    sweep: (deps, until) => sweepInstances(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(instanceWorkEntity).every(({ instanceId }) => instanceId.includes(BAD)),
    counts: { finished: 1 },
  },
  {
    name: 'samples of capacity',
    prepare: (harness) => newDisk(serviceOf(harness)),
    entity: domainCountEntity,
    spoil: (row, id) => ({ ...row, domainId: id.replace(BAD, '00') }),
    beside: (id) => {
      const row = { id: id.replace(BAD, '00'), accountId: id, region: MEMORY_REGION, createdAt: isoTime(0) };
      return { entity: domainEntity, row };
    },
    sweep: (deps, until) => sweepSamples(memoryService(deps), until),
    isDone: ({ catalogue }) => catalogue.rows(sampleEntity).length === 1,
    counts: { samples: 1 },
  },
];

const POLICY_SWEEPS: readonly SweepCase[] = [
  {
    name: 'deleted policies',
    prepare: cutOffCancellation,
    entity: cancellationEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, policyId: id }),
    sweep: (deps, until) => sweepCancellations(memoryService(deps), until),
    isDone: isUncovered,
    counts: { cancelled: 1 },
  },
  {
    name: 'disks of a deleted policy',
    prepare: cutOffCancellation,
    entity: coverEntity,
    spoil: (row, id) => ({ ...row, diskId: id }),
    sweep: (deps, until) => sweepCancellations(memoryService(deps), until),
    isDone: isUncovered,
    counts: { cancelled: 1 },
  },
  {
    name: 'policies that are due',
    prepare: async (harness) => {
      await createPolicy(serviceOf(harness), caller, ANY_POLICY);
      await nextDay(harness);
    },
    entity: policyEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, id, nextRunAt: earlier(row.nextRunAt) }),
    sweep: (deps, until) => tick(memoryService(deps), until),
    isDone: ({ messages }) => messages.length === 1,
    counts: { opened: 1, woken: 0 },
  },
  {
    name: 'slots that nobody works on',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      const policy = await createPolicy(service, caller, ANY_POLICY);
      await nextDay(harness);
      await tick(service, Number.POSITIVE_INFINITY);
      harness.messages.length = 0;
      await service.catalogue.transact([remove(policyEntity, { accountId: MEMORY_ACCOUNT, id: policy.id })]);
      harness.clock.at += HOUR_MS;
    },
    entity: slotEntity,
    spoil: (row, id) => ({ ...row, accountId: BAD_ACCOUNT, policyId: id, wakeAt: earlier(row.wakeAt) }),
    sweep: (deps, until) => tick(memoryService(deps), until),
    isDone: ({ messages }) => messages.length === 1,
    counts: { opened: 0, woken: 1 },
  },
];

const ENGINE_SWEEPS: readonly SweepCase[] = [
  {
    name: 'entries of dead writers',
    prepare: async ({ deps, clock }) => {
      const place = { accountId: MEMORY_ACCOUNT, domainId: 'dom', regionId: MEMORY_REGION, nodeId: 'd-1' };
      await deps.catalogue.transact([putEntry(newEntry(deps, { ...place, kind: 'SWITCH', phase: 'TAKING' }))]);
      clock.at += HOUR_MS;
    },
    entity: entryEntity,
    spoil: (row, id) => ({ ...row, id }),
    sweep: (deps, until) => createLedgerWorker(deps).sweep(until),
    isDone: ({ catalogue }) => catalogue.rows(entryEntity).some(({ phase }) => phase === 'UNDOING'),
    counts: { undone: 1 },
  },
  {
    name: 'domains with objects that nobody refers to',
    prepare: async ({ deps, clock, storeBlocks }) => {
      await registerDomain(deps.catalogue, { domainId: 'dom', regionId: MEMORY_REGION });
      await storeBlocks('dom', [blockId(1)]);
      clock.at += 2 * DAY_MS;
    },
    entity: domainCountEntity,
    spoil: (row, id) => ({ ...row, domainId: id }),
    sweep: (deps, until) => createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(until),
    isDone: ({ catalogue, objects }) =>
      catalogue.rows(objectEntity).length === 1 && objects.stored.has(objectKey('dom', blockId(1))),
    counts: { orphans: 1 },
  },
];

const SCRUB_PACE = { bytesPerDay: 2 ** 40, everyMs: DAY_MS };

const SCRUB_SWEEPS: readonly SweepCase[] = [
  {
    name: 'chains that were not verified for long',
    prepare: async (harness) => {
      const service = serviceOf(harness);
      await snapshot(service, await newDisk(service));
      harness.clock.at += 2 * DAY_MS;
    },
    entity: chainEntity,
    spoil: (row, id) => ({ ...row, id, verifyFrom: isoTime(Date.parse(String(row.verifyFrom)) - 1 - numberOf(id)) }),
    sweep: (deps, until) => sweepScrubs({ service: memoryService(deps), engine: deps }, SCRUB_PACE, until),
    isDone: ({ catalogue }) => catalogue.rows(chainEntity).some(({ lastVerifiedAt }) => lastVerifiedAt !== undefined),
    counts: { woken: 0, objects: 0, damaged: 0 },
  },
];

export const SWEEP_CASES = [
  ...[...SNAPSHOT_SWEEPS, ...DISK_SWEEPS, ...POLICY_SWEEPS],
  ...[...ENGINE_SWEEPS, ...SCRUB_SWEEPS, ...WATCH_SWEEPS],
];

/** A good item, and as many bad ones before it. */
export async function prepareSweep(harness: EngineHarness, of: SweepCase, bad: readonly string[]): Promise<void> {
  await of.prepare(harness);
  const [good] = harness.catalogue.rows(of.entity);
  if (good === undefined) throw new Error(`nothing to do for ${of.name}`);
  for (const id of bad) {
    const beside = of.beside?.(id);
    await harness.catalogue.transact([
      put(of.entity, of.spoil({ ...good }, id)),
      ...(beside === undefined ? [] : [put(beside.entity, beside.row)]),
    ]);
  }
}
