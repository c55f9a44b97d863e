import { hoursOfPolicy } from '../../src/service/model/watch/objective.ts';

const HOUR_MS = 3600_000;

export interface ModelSnapshot {
  readonly id: string;
  readonly at: number;
  readonly kind: 'MANUAL' | 'AUTO';
}

export interface ModelDisk {
  readonly id: string;
  readonly createdAt: number;
  policy: string | undefined;
  coveredAt: number;
  tags: Readonly<Record<string, string>>;
  own: number | 'exempt' | undefined;
  /** The oldest first. */
  snapshots: ModelSnapshot[];
  /** In the recycle bin, by the disk that they went with or by themselves. */
  trashed: { readonly snapshot: ModelSnapshot; readonly isWithDisk: boolean }[];
}

/** What has been done, as simply as it can be kept. */
export interface Model {
  readonly disks: Map<string, ModelDisk>;
  readonly policies: Map<string, { hours: readonly number[] }>;
  readonly ofTags: Map<string, number>;
  /** Disks in the recycle bin. */
  readonly released: Map<string, ModelDisk>;
}

export const emptyModel = (): Model => ({
  disks: new Map(),
  policies: new Map(),
  ofTags: new Map(),
  released: new Map(),
});

/** Rule 10.1: a snapshot is again where it was. */
export function bringBack(disk: ModelDisk, snapshots: readonly ModelSnapshot[]): void {
  disk.trashed = disk.trashed.filter(({ snapshot }) => !snapshots.includes(snapshot));
  disk.snapshots = [...disk.snapshots, ...snapshots].sort((a, b) => a.at - b.at);
}

/** Rule 3.8: automatic snapshots go with their disk. */
export function release(model: Model, disk: ModelDisk): void {
  const gone = disk.snapshots.filter(({ kind }) => kind === 'AUTO');
  disk.snapshots = disk.snapshots.filter(({ kind }) => kind === 'MANUAL');
  disk.trashed.push(...gone.map((snapshot) => ({ snapshot, isWithDisk: true })));
  model.disks.delete(disk.id);
  model.released.set(disk.id, disk);
}

/** Rule 10.1: with what went with it, and without a policy that is gone. */
export function restore(model: Model, disk: ModelDisk): void {
  bringBack(
    disk,
    disk.trashed.flatMap(({ snapshot, isWithDisk }) => (isWithDisk ? [snapshot] : [])),
  );
  if (!model.policies.has(disk.policy ?? '')) disk.policy = undefined;
  model.released.delete(disk.id);
  model.disks.set(disk.id, disk);
}

export const tagName = (key: string, value: string): string => `${key}=${value}`;

/** Rule 8.4 by a scan: the ids of the disks that are in breach, and since when. */
export function breachesOf(model: Model, now: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const disk of model.disks.values()) {
    const at = breachAt(model, disk);
    if (at !== undefined && at <= now) found.set(disk.id, at);
  }
  return found;
}

function breachAt({ policies, ofTags }: Model, disk: ModelDisk): number | undefined {
  if (disk.own === 'exempt') return undefined;
  const newest = Math.max(...disk.snapshots.map(({ at }) => at));
  const from = disk.snapshots.length === 0 ? disk.createdAt : newest;
  const set = Object.entries(disk.tags).flatMap(([key, value]) => ofTags.get(tagName(key, value)) ?? []);
  if (disk.own !== undefined) set.push(disk.own);
  if (set.length > 0) return from + Math.min(...set) * HOUR_MS;
  const policy = policies.get(disk.policy ?? '');
  if (policy === undefined) return undefined;
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  return Math.max(from, disk.coveredAt) + hoursOfPolicy({ hours: policy.hours, weekdays }) * HOUR_MS;
}

/** What an overview says of disks and snapshots, by a scan. */
export function countsOf(model: Model, now: number) {
  const disks = [...model.disks.values()];
  const exempt = disks.filter(({ own }) => own === 'exempt').length;
  const watched = disks.filter((disk) => breachAt(model, disk) !== undefined).length;
  const inBreach = breachesOf(model, now).size;
  const unprotected = disks.length - exempt - watched;
  const snapshots = [...disks, ...model.released.values()].flatMap((disk) => disk.snapshots);
  const manual = snapshots.filter(({ kind }) => kind === 'MANUAL').length;
  return {
    disks: { total: disks.length, protected: watched - inBreach, inBreach, unprotected, exempt, local: 0 },
    snapshots: { manual, automatic: snapshots.length - manual },
  };
}
