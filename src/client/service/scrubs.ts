import {
  CancelScrubDocument,
  type DamagedObjectFieldsFragment,
  DamagedObjectsDocument,
  NamesDocument,
  ScrubDocument,
  type ScrubFieldsFragment,
  ScrubsDocument,
  StartScrubDocument,
  type StartScrubInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type Scrub = ScrubFieldsFragment;
export type DamagedObject = DamagedObjectFieldsFragment;
export type StartScrub = Sendable<StartScrubInput>;

export interface Scrubs {
  start(input: StartScrub): Promise<Scrub>;
  cancel(scrubId: string): Promise<Scrub>;
  get(id: string): Promise<Scrub | null>;
  list(of: { readonly region?: string | undefined; readonly limit: number }): Promise<Collected<Scrub>>;
  damagedObjects(of: {
    readonly region?: string | undefined;
    readonly healed: boolean;
    readonly limit: number;
  }): Promise<Collected<DamagedObject>>;
  /** Names of disks, snapshots and images by id, at most 100; one that is gone has none. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createScrubs(graphql: Graphql, signal: AbortSignal): Scrubs {
  return {
    start: async (input) => (await graphql.call(StartScrubDocument, { input }, signal)).startScrub.scrub,
    cancel: async (scrubId) =>
      (await graphql.call(CancelScrubDocument, { input: { scrubId } }, signal)).cancelScrub.scrub,
    get: async (id) => (await graphql.call(ScrubDocument, { id }, signal)).scrub,
    list: ({ region, limit }) =>
      collect(limit, async (first, after) => {
        return (await graphql.call(ScrubsDocument, { region, first, after }, signal)).scrubs;
      }),
    names: async (ids) => {
      const { nodes } = await graphql.call(NamesDocument, { ids }, signal);
      return new Map(nodes.flatMap((node) => (node?.id && node.name ? [[node.id, node.name]] : [])));
    },
    damagedObjects: ({ region, healed, limit }) =>
      collect(limit, async (first, after) => {
        const variables = { region, healed, first, after };
        return (await graphql.call(DamagedObjectsDocument, variables, signal)).damagedObjects;
      }),
  };
}
