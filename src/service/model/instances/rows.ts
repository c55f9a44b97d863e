import type { InstanceStatus, Tag } from '../../../generated/schema.ts';
import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { type Condition, equal } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from '../disks/rows.ts';

export const instanceEntity = entity({
  name: 'instance',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    name: string(),
    /** Absent: MACHINE. */
    kind: optional(string<'HOST'>()),
    status: string<InstanceStatus>(),
    /** A HOST has none. */
    systemDiskId: optional(string()),
    dataDiskIds: list<string>(),
    /** Goes up with each change of its disks. */
    revision: number(),
    deletionProtection: boolean(),
    tags: list<Tag>(),
    createdAt: string(),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byName: { slot: 2, partition: ['accountId', 'region'], sort: ['name', 'id'] },
  },
});
export type InstanceRow = RowOf<typeof instanceEntity>;

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function instancePlaces(row: InstanceRow): Partial<InstanceRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/** What a decision about an instance rests on. */
export function seenInstance({ status, revision }: InstanceRow): Condition<InstanceRow>[] {
  return [equal('status', status), equal('revision', revision)];
}

/**
 * What is left to do for an instance: written with the change that it belongs to, removed at its
 * end, and taken up by the janitor where the call that wrote it was cut off.
 */
export const instanceWorkEntity = entity({
  name: 'instancework',
  attributes: {
    shard: number(),
    instanceId: string(),
    accountId: string(),
    kind: string<'CREATE' | 'RELEASE'>(),
    /** CREATE: the disks to make, decided. */
    disks: optional(list<DiskRow>()),
    /** RELEASE: the disks that it had, its system disk first. */
    diskIds: optional(list<string>()),
    /**
     * RELEASE: the one of them that goes whatever it is marked. Rows of earlier versions lack it:
     * there it is the first.
     */
    systemDiskId: optional(string()),
    start: optional(boolean()),
    /** RELEASE of a creation that could not be finished: all its disks go. */
    undoes: optional(boolean()),
    /** CREATE: the token of the call, which is free again when the creation is undone. */
    token: optional(string()),
    createdAt: string(),
  },
  primary: { partition: ['shard'], sort: ['instanceId'] },
});
export type InstanceWorkRow = RowOf<typeof instanceWorkEntity>;

/** So that no partition is hot. */
export const WORK_SHARDS = 4;

export function workShard(instanceId: string): number {
  return instanceId.charCodeAt(instanceId.length - 1) % WORK_SHARDS;
}
