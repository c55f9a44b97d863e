import {
  type Answered,
  CreateInstanceDocument,
  type CreateInstanceInput,
  InstanceDocument,
  type InstanceFieldsFragment,
  type InstanceFilter,
  type InstanceOrder,
  InstancesDocument,
  ReleaseInstanceDocument,
  type ReleaseInstanceMutation,
  ReplaceSystemDiskDocument,
  type ReplaceSystemDiskInput,
  type ReplaceSystemDiskMutation,
  StartInstanceDocument,
  StopInstanceDocument,
  UpdateInstanceDocument,
  type UpdateInstanceInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type OrderedRequest } from './pages.ts';

export type Instance = InstanceFieldsFragment;
export type InstanceDiskSpec = Sendable<CreateInstanceInput>['systemDisk'];

export type Instances = ReturnType<typeof createInstances>;

export function createInstances(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Instance | null> =>
      (await graphql.call(InstanceDocument, { id }, signal)).instance,
    list: ({
      region,
      filter,
      orderBy,
      limit,
    }: OrderedRequest<InstanceFilter, InstanceOrder>): Promise<Collected<Instance>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(InstancesDocument, { region, first, after, filter, orderBy }, signal)).instances;
      }),
    create: async (input: Sendable<CreateInstanceInput>): Promise<Instance> =>
      (await graphql.call(CreateInstanceDocument, { input }, signal)).createInstance.instance,
    update: async (input: Sendable<UpdateInstanceInput>): Promise<Instance> =>
      (await graphql.call(UpdateInstanceDocument, { input }, signal)).updateInstance.instance,
    start: async (instanceId: string): Promise<Instance> =>
      (await graphql.callOnce(StartInstanceDocument, { input: { instanceId } }, signal)).startInstance.instance,
    stop: async (instanceId: string): Promise<Instance> =>
      (await graphql.callOnce(StopInstanceDocument, { input: { instanceId } }, signal)).stopInstance.instance,
    release: async (instanceId: string): Promise<Answered<ReleaseInstanceMutation>['releaseInstance']> =>
      (await graphql.callOnce(ReleaseInstanceDocument, { input: { instanceId } }, signal)).releaseInstance,
    replaceSystemDisk: async (
      input: Sendable<ReplaceSystemDiskInput>,
    ): Promise<Answered<ReplaceSystemDiskMutation>['replaceSystemDisk']> =>
      (await graphql.call(ReplaceSystemDiskDocument, { input }, signal)).replaceSystemDisk,
  };
}
