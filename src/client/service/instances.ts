import type { Disk, ListRequest, Tag } from './disks.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Connection, collect } from './pages.ts';

type InstanceDisk = Pick<Disk, 'id' | 'name' | 'sizeBytes' | 'status'>;

export interface Instance {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** HOST: stands for a host that holds disks open for writing. */
  readonly kind: 'MACHINE' | 'HOST';
  readonly status: 'PENDING' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED';
  readonly systemDisk: InstanceDisk | null;
  readonly dataDisks: readonly InstanceDisk[];
  readonly deletionProtection: boolean;
  readonly tags: readonly Tag[];
  readonly createdAt: string;
}

export interface InstanceDiskSpec {
  readonly name?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly snapshotId?: string | undefined;
  readonly imageId?: string | undefined;
  readonly encryptionKeyId?: string | undefined;
  readonly policyId?: string | undefined;
  readonly deleteWithInstance?: boolean | undefined;
}

export interface CreateInstance {
  readonly region?: string | undefined;
  readonly name?: string | undefined;
  readonly systemDisk: InstanceDiskSpec;
  readonly dataDisks: readonly InstanceDiskSpec[];
  readonly start: boolean;
  readonly deletionProtection: boolean;
  readonly tags: readonly Tag[];
  readonly clientToken: string;
}

export interface InstanceFilter {
  readonly namePrefix?: string | undefined;
  readonly status?: readonly string[] | undefined;
}

export interface UpdateInstance {
  readonly instanceId: string;
  readonly name?: string | undefined;
  readonly deletionProtection?: boolean | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface ReleasedInstance {
  readonly instanceId: string;
  readonly releasedDiskIds: readonly string[];
  readonly detachedDiskIds: readonly string[];
}

const INSTANCE = `fragment InstanceFields on Instance {
  id region name kind status deletionProtection tags { key value } createdAt
  systemDisk { id name sizeBytes status } dataDisks { id name sizeBytes status }
}`;

const GET: Operation<{ id: string }, { instance: Instance | null }> = {
  text: `query Instance($id: ID!) { instance(id: $id) { ...InstanceFields } }\n${INSTANCE}`,
  repeatable: true,
};
const LIST: Operation<
  { region?: string | undefined; first: number; after: string | null; filter?: InstanceFilter | undefined },
  { instances: Connection<Instance> }
> = {
  text: `query Instances($region: String, $first: Int!, $after: String, $filter: InstanceFilter) {
  instances(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ...InstanceFields } pageInfo { hasNextPage endCursor }
  }
}\n${INSTANCE}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreateInstance }, { createInstance: { instance: Instance } }> = {
  text: `mutation CreateInstance($input: CreateInstanceInput!) {
  createInstance(input: $input) { instance { ...InstanceFields } }
}\n${INSTANCE}`,
  repeatable: true,
};
const UPDATE: Operation<{ input: UpdateInstance }, { updateInstance: { instance: Instance } }> = {
  text: `mutation UpdateInstance($input: UpdateInstanceInput!) {
  updateInstance(input: $input) { instance { ...InstanceFields } }
}\n${INSTANCE}`,
  repeatable: true,
};
const START: Operation<{ input: { instanceId: string } }, { startInstance: { instance: Instance } }> = {
  text: `mutation StartInstance($input: StartInstanceInput!) {
  startInstance(input: $input) { instance { ...InstanceFields } }
}\n${INSTANCE}`,
  repeatable: false,
};
const STOP: Operation<{ input: { instanceId: string } }, { stopInstance: { instance: Instance } }> = {
  text: `mutation StopInstance($input: StopInstanceInput!) {
  stopInstance(input: $input) { instance { ...InstanceFields } }
}\n${INSTANCE}`,
  repeatable: false,
};
const RELEASE: Operation<{ input: { instanceId: string } }, { releaseInstance: ReleasedInstance }> = {
  text: `mutation ReleaseInstance($input: ReleaseInstanceInput!) {
  releaseInstance(input: $input) { instanceId releasedDiskIds detachedDiskIds }
}`,
  repeatable: false,
};
const REPLACE: Operation<
  { input: { instanceId: string; systemDisk: InstanceDiskSpec; clientToken: string } },
  { replaceSystemDisk: { instance: Instance; releasedDiskId: string } }
> = {
  text: `mutation ReplaceSystemDisk($input: ReplaceSystemDiskInput!) {
  replaceSystemDisk(input: $input) { instance { ...InstanceFields } releasedDiskId }
}\n${INSTANCE}`,
  repeatable: true,
};

export const INSTANCE_OPERATIONS = [GET, LIST, CREATE, UPDATE, START, STOP, RELEASE, REPLACE] as const;

export type Instances = ReturnType<typeof createInstances>;

export function createInstances(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Instance | null> => (await graphql.call(GET, { id }, signal)).instance,
    list: ({ region, filter, limit }: ListRequest<InstanceFilter>) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST, { region, first, after, filter }, signal)).instances,
      ),
    create: async (input: CreateInstance): Promise<Instance> =>
      (await graphql.call(CREATE, { input }, signal)).createInstance.instance,
    update: async (input: UpdateInstance): Promise<Instance> =>
      (await graphql.call(UPDATE, { input }, signal)).updateInstance.instance,
    start: async (instanceId: string): Promise<Instance> =>
      (await graphql.call(START, { input: { instanceId } }, signal)).startInstance.instance,
    stop: async (instanceId: string): Promise<Instance> =>
      (await graphql.call(STOP, { input: { instanceId } }, signal)).stopInstance.instance,
    release: async (instanceId: string): Promise<ReleasedInstance> =>
      (await graphql.call(RELEASE, { input: { instanceId } }, signal)).releaseInstance,
    replaceSystemDisk: async (input: { instanceId: string; systemDisk: InstanceDiskSpec; clientToken: string }) =>
      (await graphql.call(REPLACE, { input }, signal)).replaceSystemDisk,
  };
}
