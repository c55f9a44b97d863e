import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { eventOutboxEntity } from '../../src/service/model/events/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot, takeSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshots } from '../../src/service/snapshots/delete.ts';
import { setRecoveryPointObjective } from '../../src/service/watch/set-objective.ts';
import type { EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT } from './memory-service.ts';
import { newDisk } from './use-case-scene.ts';

export const watchCaller = serviceCaller(MEMORY_ACCOUNT);
export const HOUR_MS = 3600_000;
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];
const NAMELESS = { name: null, description: null, retentionDays: null, tags: [], clientToken: null };

export async function makeDisk(service: Service, name: string, input: Parameters<typeof newDisk>[1] = {}) {
  return createDisk(service, watchCaller, newDisk(name, { sizeBytes: 1024, clientToken: null, ...input }));
}

export async function makeSnapshot(service: Service, diskId: string): Promise<string> {
  return (await createSnapshot(service, watchCaller, { ...NAMELESS, diskId })).id;
}

/** As a policy makes it. */
export async function makeAutoSnapshot(service: Service, diskId: string): Promise<string> {
  const automatic = { diskId, kind: 'AUTO', name: 'auto', tags: [] } as const;
  return (await takeSnapshot(service, watchCaller, automatic, { operation: 'test', token: null })).id;
}

export async function dropSnapshot(service: Service, id: string): Promise<void> {
  const [result] = await deleteSnapshots(service, watchCaller, { snapshotIds: [id], force: true });
  if (result?.deleted !== true) throw new Error(`${id} was not deleted: ${result?.error?.code}`);
}

/** Each day at these hours. */
export async function makePolicy(service: Service, hours: readonly number[]): Promise<string> {
  const when = { hours, weekdays: ALL_WEEK, retentionDays: 30, timeZone: null };
  return (await createPolicy(service, watchCaller, { ...when, region: null, name: null, tags: [], clientToken: null }))
    .id;
}

export function setOfDisk(service: Service, diskId: string, wanted: { hours?: number; exempt?: boolean }) {
  const { hours = null, exempt = false } = wanted;
  return setRecoveryPointObjective(service, watchCaller, { diskId, tag: null, region: null, hours, exempt });
}

export function setOfTag(service: Service, key: string, value: string, hours: number | null) {
  const tag = { key, value };
  return setRecoveryPointObjective(service, watchCaller, { diskId: null, tag, region: null, hours, exempt: false });
}

/** What was told of breaches, the earliest first: `began d-…`. */
export function toldBreaches({ catalogue }: Pick<EngineHarness, 'catalogue'>): string[] {
  return catalogue
    .rows(eventOutboxEntity)
    .filter(({ type }) => type.startsWith('breach.'))
    .toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1))
    .map(({ type, subjectId }) => `${type.slice('breach.'.length)} ${subjectId}`);
}
