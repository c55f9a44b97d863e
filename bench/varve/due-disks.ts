import { setTimeout as sleep } from 'node:timers/promises';
import { entryEntity, LEDGER_SHARDS } from '../../src/engine/books/rows.ts';
import { mapBounded } from '../../src/platform/bounded.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import type { PolicyRow } from '../../src/service/model/policies/rows.ts';
import { type SlotRow, slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { quotaEntity } from '../../src/service/model/quotas/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { policiesOf } from '../../src/service/policies/register.ts';
import { tick } from '../../src/service/policies/timer.ts';
import type { Service } from '../../src/service/service.ts';
import { BenchError } from '../bench-error.ts';
import { GIB } from '../sizes.ts';
import { inMemoryFirst, type SaveRows } from './memory-first.ts';

const DISKS_PER_INSTANCE = 17;
const INSTANCES_AT_ONCE = 8;
/** Background work: the manifests of what was made. */
const LEFT_OUT = [entryEntity];
const HOUR_MS = 3_600_000;
/** Far enough that the installation's own timer does not come to it meanwhile. */
const AHEAD_HOURS = 12;
const STUCK_MS = 300_000;

export interface DueDisks {
  readonly accountId: string;
  readonly disks: number;
  readonly policies: number;
}

/**
 * Running instances with so many disks, spread over so many policies that are due at the same hour.
 * The product's own use cases decide every row, in memory; then all rows are written in batches.
 * The disks have no manifests of their own, which no snapshot asks for.
 */
export async function makeDueDisks(service: Service, due: DueDisks, saveRows: SaveRows): Promise<void> {
  const caller = serviceCaller(due.accountId);
  const [region] = service.regions;
  const save = inMemoryFirst(service.catalogue);
  // More than an account can be given: nothing else here depends on how many accounts there are.
  const quota = { accountId: due.accountId, region, kind: 'DISKS', limit: due.disks } as const;
  await service.catalogue.transact([put(quotaEntity, quota, 'any')]);
  const hours = [(new Date().getUTCHours() + AHEAD_HOURS) % 24];
  const unnamed = { region, name: null, tags: [], clientToken: null };
  const when = { hours, weekdays: [1, 2, 3, 4, 5, 6, 7], retentionDays: 30, timeZone: 'UTC' };
  const policyIds: string[] = [];
  for (let at = 0; at < due.policies; at++)
    policyIds.push((await createPolicy(service, caller, { ...unnamed, ...when })).id);
  const sizes = Array.from({ length: Math.ceil(due.disks / DISKS_PER_INSTANCE) }, (_, at) =>
    Math.min(DISKS_PER_INSTANCE, due.disks - at * DISKS_PER_INSTANCE),
  );
  await mapBounded(sizes, INSTANCES_AT_ONCE, async (size, at) => {
    const [systemDisk, ...dataDisks] = Array.from({ length: size }, (_, disk) =>
      newDisk(policyIds[(at * DISKS_PER_INSTANCE + disk) % due.policies] as string),
    );
    if (systemDisk === undefined) return;
    await createInstance(service, caller, {
      ...unnamed,
      start: true,
      deletionProtection: false,
      systemDisk,
      dataDisks,
    });
  });
  await save(saveRows, LEFT_OUT);
}

function newDisk(policyId: string) {
  const none = { name: null, snapshotId: null, imageId: null, encrypted: null, encryptionKeyId: null };
  return {
    ...none,
    category: 'CLOUD',
    sizeBytes: GIB,
    policyId,
    deleteAutoSnapshots: false,
    deleteWithInstance: true,
  } as const;
}

/** What the timer did, and how long it took. */
export interface Fired {
  readonly opened: number;
  readonly openedMs: number;
  readonly takenMs: number;
  readonly savedMs: number;
  readonly done: number;
  readonly others: number;
}

/**
 * Lets the timer find them by a clock that goes ahead to that hour, and waits until the workers
 * have taken all snapshots and written all manifests. It looks every `lookMs`.
 */
export async function fireTimer(service: Service, accountId: string, lookMs: number): Promise<Fired> {
  const [region] = service.regions;
  const policies = await policiesOf(service.catalogue, { accountId, region });
  const dueAt = Math.max(...policies.map(({ nextRunAt = '' }) => Date.parse(nextRunAt)));
  const ahead = { now: () => Math.max(Date.now(), dueAt) };
  const began = performance.now();
  const { opened } = await tick({ ...service, clock: ahead }, dueAt + HOUR_MS);
  const openedMs = performance.now() - began;
  const slots = await finished(service, policies, lookMs);
  const takenMs = performance.now() - began;
  await settled(service, lookMs);
  const counts = (count: (slot: SlotRow) => number) => slots.reduce((sum, slot) => sum + count(slot), 0);
  return {
    opened,
    openedMs,
    takenMs,
    savedMs: performance.now() - began,
    done: counts(({ done }) => done),
    others: counts(({ skipped, failed }) => skipped + failed),
  };
}

/** The latest slot of each policy, once all of them are at their end. */
async function finished(
  { catalogue }: Service,
  policies: readonly PolicyRow[],
  lookMs: number,
): Promise<readonly SlotRow[]> {
  const latestSlot = async ({ accountId, id: policyId }: PolicyRow): Promise<SlotRow | undefined> => {
    const query = { partition: { accountId, policyId }, descending: true, limit: 1 } as const;
    return (await catalogue.list(slotEntity, query)).rows[0];
  };
  return eventually(lookMs, async () => {
    const slots = await mapBounded(policies, INSTANCES_AT_ONCE, latestSlot);
    const open = slots.filter((slot) => slot?.status !== 'DONE');
    const taken = slots.reduce((sum, slot) => sum + (slot?.done ?? 0), 0);
    return { value: slots as readonly SlotRow[], isEnd: open.length === 0, progress: taken };
  });
}

/** Until the ledger is empty: every manifest is written. */
async function settled({ catalogue }: Service, lookMs: number): Promise<void> {
  await eventually(lookMs, async () => {
    const shards = Array.from({ length: LEDGER_SHARDS }, (_, shard) => shard);
    const first = await mapBounded(shards, INSTANCES_AT_ONCE, async (shard) => {
      return (await catalogue.list(entryEntity, { partition: { shard }, limit: 1 })).rows[0]?.id;
    });
    return { value: undefined, isEnd: first.every((id) => id === undefined), progress: first.join() };
  });
}

interface Look<T> {
  readonly value: T;
  readonly isEnd: boolean;
  readonly progress: unknown;
}

async function eventually<T>(lookMs: number, look: () => Promise<Look<T>>): Promise<T> {
  let [seen, seenAt]: [unknown, number] = [undefined, performance.now()];
  for (;;) {
    const { value, isEnd, progress } = await look();
    if (isEnd) return value;
    if (progress !== seen) [seen, seenAt] = [progress, performance.now()];
    if (performance.now() - seenAt > STUCK_MS) throw new BenchError(`no progress: ${String(progress)}`);
    await sleep(lookMs);
  }
}
