import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { findInstance } from '../model/instances/find.ts';
import type { Service } from '../service.ts';
import { releaseInstance, switchInstance, updateInstance } from './change.ts';
import { createInstance } from './create.ts';
import { listInstances } from './list.ts';
import { replaceSystemDisk } from './replace-system-disk.ts';

export function instanceResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      instance: (_, { id }, { caller }) => findInstance(service.catalogue, caller, id),
      instances: (_, args, { caller }) => listInstances(service, caller, args),
    },
    Mutation: {
      createInstance: async (_, { input }, { caller }) => ({ instance: await createInstance(service, caller, input) }),
      updateInstance: async (_, { input }, { caller }) => ({ instance: await updateInstance(service, caller, input) }),
      startInstance: async (_, { input }, { caller }) => ({
        instance: await switchInstance(service, caller, input.instanceId, 'START'),
      }),
      stopInstance: async (_, { input }, { caller }) => ({
        instance: await switchInstance(service, caller, input.instanceId, 'STOP'),
      }),
      releaseInstance: (_, { input }, { caller }) => releaseInstance(service, caller, input.instanceId),
      replaceSystemDisk: (_, { input }, { caller }) => replaceSystemDisk(service, caller, input),
    },
    Instance: {
      kind: ({ kind }) => kind ?? 'MACHINE',
      systemDisk: async ({ accountId, systemDiskId }, _, { rows }) =>
        systemDiskId === undefined ? null : ((await rows.load(diskEntity, { accountId, id: systemDiskId })) ?? null),
      dataDisks: async ({ accountId, dataDiskIds }, _, { rows }) => {
        const found = await Promise.all(dataDiskIds.map((id) => rows.load(diskEntity, { accountId, id })));
        return found.filter((disk) => disk !== undefined);
      },
    },
  };
}
