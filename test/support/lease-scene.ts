import { objectKey } from '../../src/engine/blocks/block.ts';
import { nodeEntity } from '../../src/engine/books/rows.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { commitBlocks } from '../../src/service/datapath/commit.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { acquireLease } from '../../src/service/leases/acquire.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { type DiskRow, diskEntity } from '../../src/service/model/disks/rows.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { hostEntity, leaseEntity } from '../../src/service/model/leases/rows.ts';
import { progressEntity } from '../../src/service/model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { blockOf, encodeBlock } from './blocks.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from './memory-service.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const MINUTE_MS = 60_000;
export const caller = serviceCaller(MEMORY_ACCOUNT);

const NEW_DISK = {
  region: null,
  name: null,
  kind: null,
  category: 'CLOUD',
  sizeBytes: 64 * 524_288,
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

/** A disk with a snapshot, over the ports in memory. */
export interface LeaseScene {
  readonly harness: EngineHarness;
  readonly disk: DiskRow;
  readonly snapshotId: string;
}

export async function leaseScene(seed: number): Promise<LeaseScene> {
  const harness = createEngineHarness(seed);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const disk = await newDisk(service);
  await commit(harness, service, disk, { value: 1 });
  const { id: snapshotId } = await snapshot(service, disk);
  await commit(harness, service, disk, { value: 2 });
  await harness.settle();
  return { harness, disk, snapshotId };
}

export const newDisk = (service: Service) => createDisk(service, caller, NEW_DISK);

/**
 * At the version that the disk has. Blocks are put past the ports: uploads are none of a race's
 * calls.
 */
export async function commit(
  harness: EngineHarness,
  service: Service,
  { id, domainId, accountId }: DiskRow,
  { value, fence = null }: { readonly value: number; readonly fence?: number | null },
) {
  const { id: block, stored } = encodeBlock(blockOf(`${value}`));
  await harness.objects.put(objectKey(domainId, block), stored);
  const expectedVersion = (await service.tree.get(accountId, id))?.version ?? -1;
  const writes = [{ index: value % 8, id: block }];
  return commitBlocks(service, caller, { target: id, expectedVersion, writes, trims: [], fence });
}

export function snapshot(service: Service, { id: diskId }: DiskRow) {
  const wanted = { name: null, description: null, retentionDays: null, tags: [], clientToken: null };
  return createSnapshot(service, caller, { diskId, ...wanted });
}

export async function acquire(service: Service, { id: diskId }: DiskRow, holder: string, steal = false) {
  return (await acquireLease(service, caller, { diskId, holder, steal, clientToken: null })).lease;
}

/** A refusal with a code is fine; anything else is not. */
export async function unlessRefused<T>(call: Promise<T>): Promise<T | VarveError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof VarveError && error.code !== 'Internal') return error;
    throw error;
  }
}

/** What must hold at any time between two transactions. */
export function leaseFaults({ catalogue }: EngineHarness): string[] {
  const faults: string[] = [];
  const say = (holds: boolean, text: string) => void (holds || faults.push(text));
  const leases = new Map(catalogue.rows(leaseEntity).map((row) => [row.diskId, row]));
  const disks = new Map(catalogue.rows(diskEntity).map((row) => [row.id, row]));
  const instances = new Map(catalogue.rows(instanceEntity).map((row) => [row.id, row]));
  const hosts = catalogue.rows(hostEntity);
  for (const { id, kind, held, writerFence } of catalogue.rows(nodeEntity)) {
    if (kind !== 'HEAD') say(writerFence === undefined && held === undefined, `${kind} ${id} has a writer`);
    else say((held ?? false) === leases.has(id), `${id}: held ${held}, lease ${leases.has(id)}`);
    const lease = leases.get(id);
    if (lease !== undefined)
      say(lease.fence === writerFence, `${id}: fence ${lease.fence}, on its head ${writerFence}`);
  }
  for (const { diskId, instanceId } of leases.values()) {
    say(disks.get(diskId)?.instanceIds?.includes(instanceId) === true, `${diskId} is not attached under its lease`);
  }
  for (const { id, status, instanceIds = [] } of disks.values()) {
    say(status === (instanceIds.length > 0 ? 'IN_USE' : 'AVAILABLE'), `${id} is ${status}, attached to ${instanceIds}`);
    for (const instanceId of instanceIds) {
      const instance = instances.get(instanceId);
      const knows = instance?.systemDiskId === id || instance?.dataDiskIds.includes(id) === true;
      say(knows, `${instanceId} does not know ${id}`);
      if (instance?.kind === 'HOST') say(leases.has(id), `${id} is attached to a host without a lease`);
    }
  }
  const standing = [...instances.values()].filter(({ kind }) => kind === 'HOST');
  for (const { id, dataDiskIds, name } of standing) {
    say(dataDiskIds.length > 0, `host ${name} has no disks`);
    say(hosts.filter(({ instanceId }) => instanceId === id).length === 1, `host ${name} is not listed once`);
    for (const diskId of dataDiskIds) say(disks.get(diskId)?.instanceIds?.includes(id) === true, `${diskId}, ${name}`);
  }
  say(hosts.length === standing.length, `${hosts.length} hosts are listed, ${standing.length} are there`);
  return [...faults, ...progressFaults(catalogue)];
}

function progressFaults(catalogue: EngineHarness['catalogue']): string[] {
  const faults: string[] = [];
  const snapshots = catalogue.rows(snapshotEntity);
  const begun = snapshots.filter(({ status }) => status === 'PROGRESSING').map(({ id }) => id);
  const due = catalogue.rows(progressEntity).map(({ snapshotId }) => snapshotId);
  const named = catalogue.rows(chainEntity).flatMap(({ inProgressId }) => inProgressId ?? []);
  const same = (list: readonly string[]) => JSON.stringify(list.toSorted()) === JSON.stringify(begun.toSorted());
  if (!same(due) || !same(named)) faults.push(`in progress ${begun}, due ${due}, named ${named}`);
  for (const { id, manualCount, autoCount } of catalogue.rows(chainEntity)) {
    const own = snapshots.filter(({ diskId }) => diskId === id).length;
    if (manualCount + autoCount !== own) faults.push(`${id} counts ${manualCount + autoCount} snapshots of ${own}`);
  }
  const nodes = catalogue.rows(nodeEntity).filter(({ kind, hidden }) => kind === 'SNAPSHOT' && !hidden);
  const made = snapshots.filter(({ status }) => status === 'ACCOMPLISHED');
  if (nodes.length !== made.length) faults.push(`${nodes.length} snapshots have contents, ${made.length} say so`);
  return faults;
}

/**
 * Nobody does anything any more, and the janitor comes by: no lease, host or snapshot in progress
 * is left.
 */
export async function restOf(harness: EngineHarness): Promise<string[]> {
  const service = memoryService(harness.deps);
  for (let round = 0; round < 3; round++) {
    harness.clock.at += 6 * MINUTE_MS;
    await sweepOverdue(service, FOREVER);
    await sweepLeases(service, FOREVER);
  }
  await harness.settle();
  const { catalogue } = harness;
  const left = [leaseEntity, hostEntity, progressEntity].map((entity) => catalogue.rows(entity as never).length);
  return left.every((count) => count === 0) ? [] : [`left: leases, hosts, snapshots in progress ${left}`];
}
