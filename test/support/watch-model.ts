import { hoursOfPolicy } from '../../src/service/model/watch/objective.ts';

const HOUR_MS = 3600_000;

export interface ModelDisk {
  readonly id: string;
  readonly createdAt: number;
  policy: string | undefined;
  coveredAt: number;
  tags: Readonly<Record<string, string>>;
  own: number | 'exempt' | undefined;
  snapshots: { readonly id: string; readonly at: number }[];
}

/** What has been done, as simply as it can be kept. */
export interface Model {
  readonly disks: Map<string, ModelDisk>;
  readonly policies: Map<string, { hours: readonly number[] }>;
  readonly ofTags: Map<string, number>;
  /** Snapshots of disks that are no more. */
  left: number;
}

export const emptyModel = (): Model => ({ disks: new Map(), policies: new Map(), ofTags: new Map(), left: 0 });

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
  return {
    disks: { total: disks.length, protected: watched - inBreach, inBreach, unprotected, exempt, local: 0 },
    manual: model.left + disks.reduce((sum, { snapshots }) => sum + snapshots.length, 0),
  };
}
