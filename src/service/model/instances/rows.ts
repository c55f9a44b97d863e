import type { InstanceStatus } from '../../../generated/schema.ts';
import { type Condition, type Entity, equal } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';
import type { DiskRow } from '../disks/rows.ts';

export interface InstanceRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** Absent: MACHINE. */
  readonly kind?: 'HOST';
  readonly status: InstanceStatus;
  /** A HOST has none. */
  readonly systemDiskId?: string;
  readonly dataDiskIds: readonly string[];
  /** Goes up with each change of its disks. */
  readonly revision: number;
  readonly deletionProtection: boolean;
  readonly tags: Tags;
  readonly createdAt: string;
}

export const instanceEntity: Entity<InstanceRow> = {
  name: 'instance',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    name: 'string',
    kind: 'string',
    status: 'string',
    systemDiskId: 'string',
    dataDiskIds: 'list',
    revision: 'number',
    deletionProtection: 'boolean',
    tags: 'list',
    createdAt: 'string',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byName: { slot: 2, partition: ['accountId', 'region'], sort: ['name', 'id'] },
  },
};

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function instancePlaces(row: InstanceRow): Partial<InstanceRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/** What a decision about an instance rests on. */
export function seenInstance({ status, revision }: InstanceRow): Condition[] {
  return [equal('status', status), equal('revision', revision)];
}

/**
 * What is left to do for an instance: written with the change that it belongs to, removed at its end, and taken up by the janitor where
 * the call that wrote it was cut off.
 */
export interface InstanceWorkRow {
  readonly shard: number;
  readonly instanceId: string;
  readonly accountId: string;
  readonly kind: 'CREATE' | 'RELEASE';
  /** CREATE: the disks to make, decided. */
  readonly disks?: readonly DiskRow[];
  /** RELEASE: the disks that it had, its system disk first. */
  readonly diskIds?: readonly string[];
  /** RELEASE: the one of them that goes whatever it is marked. Rows of earlier versions lack it: there it is the first. */
  readonly systemDiskId?: string;
  readonly start?: boolean;
  /** RELEASE of a creation that could not be finished: all its disks go. */
  readonly undoes?: boolean;
  /** CREATE: the token of the call, which is free again when the creation is undone. */
  readonly token?: string;
  readonly createdAt: string;
}

export const instanceWorkEntity: Entity<InstanceWorkRow> = {
  name: 'instancework',
  attributes: {
    shard: 'number',
    instanceId: 'string',
    accountId: 'string',
    kind: 'string',
    disks: 'list',
    diskIds: 'list',
    systemDiskId: 'string',
    start: 'boolean',
    undoes: 'boolean',
    token: 'string',
    createdAt: 'string',
  },
  primary: { partition: ['shard'], sort: ['instanceId'] },
};

/** So that no partition is hot. */
export const WORK_SHARDS = 4;

export function workShard(instanceId: string): number {
  return instanceId.charCodeAt(instanceId.length - 1) % WORK_SHARDS;
}
