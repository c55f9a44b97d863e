import type { InstanceStatus, UpdateInstanceInput } from '../../generated/schema.ts';
import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import { noneInProgress, requireNoneInProgress } from '../chains/counts.ts';
import type { ChainRow } from '../model/chains/rows.ts';
import { allDiskIds, chainsOf, findInstance } from '../model/instances/find.ts';
import {
  type InstanceRow,
  instanceEntity,
  instancePlaces,
  instanceWorkEntity,
  seenInstance,
  workShard,
} from '../model/instances/rows.ts';
import { requireInstance, requireMachine, requireUnprotected } from '../model/instances/rules.ts';
import { leaseEntity } from '../model/leases/rows.ts';
import { requireUnheld } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { finishWork, type WorkDone } from './work.ts';

export async function updateInstance(
  service: Service,
  caller: Caller,
  input: UpdateInstanceInput,
): Promise<InstanceRow> {
  const words: Partial<InstanceRow> = {
    ...(input.name == null ? {} : { name: parseName('name', input.name) }),
    ...(input.deletionProtection == null ? {} : { deletionProtection: input.deletionProtection }),
  };
  const tagChange = parseTagChange(input);
  return untilAccepted(service, async () => {
    const row = requireMachine(await findInstance(service.catalogue, caller, input.instanceId));
    const tags = tagChange(row);
    const change = { ...words, ...tags.set };
    const after = { ...row, ...change };
    if (Object.keys(change).length === 0) return { ok: true, value: row };
    const set = change.name === undefined ? change : { ...change, ...instancePlaces(after) };
    const key = { accountId: row.accountId, id: row.id };
    const result = await service.catalogue.transact([patch(instanceEntity, key, { set, when: tags.when })]);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}

/**
 * Starting and stopping (2.2), each one transaction: no time passes between, so STARTING and
 * STOPPING are never seen.
 */
export function switchInstance(
  service: Service,
  caller: Caller,
  instanceId: string,
  operation: 'START' | 'STOP',
): Promise<InstanceRow> {
  return untilAccepted(service, async () => {
    const row = requireMachine(await findInstance(service.catalogue, caller, instanceId));
    const status = requireInstance(row, operation) as InstanceStatus;
    const chains = await requireQuiet(service, row);
    const key = { accountId: row.accountId, id: row.id };
    const result = await service.catalogue.transact([
      patch(instanceEntity, key, { set: { status }, when: seenInstance(row) }),
      ...chains.map(noneInProgress),
    ]);
    return result.ok ? { ok: true, value: { ...row, status } } : { ok: false, refused: result.failed };
  });
}

/**
 * Rule 2.2. The instance goes first, with the row of what is left to do; then its disks, one after
 * the other.
 */
export async function releaseInstance(
  service: Service,
  caller: Caller,
  instanceId: string,
): Promise<WorkDone & { readonly instanceId: string }> {
  await untilAccepted(service, async () => {
    const row = requireMachine(await findInstance(service.catalogue, caller, instanceId));
    requireUnprotected(row);
    requireInstance(row, 'RELEASE');
    const chains = await requireQuiet(service, row);
    await requireDisksUnheld(service, row, allDiskIds(row));
    const { accountId, systemDiskId } = row;
    const work = { shard: workShard(instanceId), instanceId, accountId, kind: 'RELEASE', systemDiskId } as const;
    const unprotected = equal('deletionProtection', false);
    const result = await service.catalogue.transact([
      remove(instanceEntity, { accountId, id: instanceId }, [...seenInstance(row), unprotected]),
      put(instanceWorkEntity, { ...work, diskIds: allDiskIds(row), createdAt: isoTime(service.clock.now()) }),
      ...chains.map(noneInProgress),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
  return { instanceId, ...(await finishWork(service, instanceId)) };
}

/**
 * None of the disks is held open for writing under the instance. Asked before, not in the
 * transaction, which has no room for it: a lease that is taken in between is broken.
 */
export async function requireDisksUnheld(
  { catalogue, clock }: Service,
  { accountId, id }: InstanceRow,
  diskIds: readonly string[],
): Promise<void> {
  const keys = diskIds.map((diskId) => ({ accountId, diskId }));
  for (const lease of await catalogue.getMany(leaseEntity, keys)) {
    if (lease?.instanceId === id) requireUnheld(lease, isoTime(clock.now()), false);
  }
}

/** Rule 2.3. The chains of its disks, with no snapshot in progress in any. */
export async function requireQuiet({ catalogue }: Service, instance: InstanceRow): Promise<ChainRow[]> {
  const chains = await chainsOf(catalogue, [instance]);
  for (const chain of chains) requireNoneInProgress(chain);
  return chains;
}
