import type { Resolvers, ResolversTypes } from '../../generated/resolvers.ts';
import type { Caller } from '../calls/caller.ts';
import type { RequestContext } from '../calls/context.ts';
import { requireCount } from '../calls/numbers.ts';
import { idPrefix } from '../calls/owned.ts';
import { orNull } from '../calls/refusal.ts';
import { findJob } from '../jobs/jobs.ts';
import { findDisk } from '../model/disks/find.ts';
import { findImage } from '../model/images/find.ts';
import { findInstance } from '../model/instances/find.ts';
import { findPolicy } from '../model/policies/find.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import type { Service } from '../service.ts';

const COUNT = { min: 0, max: 100 };

type AnyNode = Awaited<ResolversTypes['Node']>;
type Finder = (service: Service, caller: Caller, id: string) => Promise<AnyNode>;

const KINDS: Readonly<
  Record<
    string,
    { readonly type: 'Disk' | 'Snapshot' | 'Instance' | 'Image' | 'Policy' | 'Job'; readonly find: Finder }
  >
> = {
  d: { type: 'Disk', find: (service, caller, id) => findDisk(service.catalogue, caller, id) },
  s: { type: 'Snapshot', find: (service, caller, id) => findSnapshot(service.catalogue, caller, id) },
  i: { type: 'Instance', find: (service, caller, id) => findInstance(service.catalogue, caller, id) },
  m: { type: 'Image', find: (service, caller, id) => findImage(service.catalogue, caller, id) },
  sp: { type: 'Policy', find: (service, caller, id) => findPolicy(service.catalogue, caller, id) },
  j: { type: 'Job', find: findJob },
};

export function nodeResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      node: (_, { id }, { caller }) => findNode(service, caller, id),
      nodes: (_, { ids }, { caller }) => {
        requireCount('ids', ids, COUNT);
        return Promise.all(ids.map((id) => findNode(service, caller, id)));
      },
    },
    Node: { __resolveType: ({ id }) => KINDS[idPrefix(id) ?? '']?.type ?? null },
  };
}

async function findNode(service: Service, caller: Caller, id: string): Promise<AnyNode | null> {
  const kind = KINDS[idPrefix(id) ?? ''];
  return kind === undefined ? null : orNull(kind.find(service, caller, id));
}
