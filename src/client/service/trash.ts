import {
  type Answered,
  PurgeTrashDocument,
  type PurgeTrashMutation,
  RestoreTrashDocument,
  type RestoreTrashMutation,
  SetTrashRetentionDocument,
  TrashDocument,
  type TrashFieldsFragment,
  TrashItemDocument,
  type TrashKind,
  TrashTimeDocument,
} from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type TrashItem = TrashFieldsFragment;
export type RestoreResult = Answered<RestoreTrashMutation>['restoreTrash']['results'][number];
export type PurgeResult = Answered<PurgeTrashMutation>['purgeTrash']['results'][number];

export type Trash = ReturnType<typeof createTrash>;

/** What was deleted and can be brought back. */
export function createTrash(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<TrashItem | null> =>
      (await graphql.call(TrashItemDocument, { id }, signal)).trashItem,
    /** Of one kind, what was deleted last first. */
    list: (kind: TrashKind, of: { region?: string | undefined; limit: number }): Promise<Collected<TrashItem>> =>
      collect(of.limit, async (first, after) => {
        return (await graphql.call(TrashDocument, { kind, region: of.region, first, after }, signal)).trash;
      }),
    restore: async (ids: readonly string[]): Promise<readonly RestoreResult[]> =>
      (await graphql.callOnce(RestoreTrashDocument, { input: { ids } }, signal)).restoreTrash.results,
    purge: async (ids: readonly string[]): Promise<readonly PurgeResult[]> =>
      (await graphql.callOnce(PurgeTrashDocument, { input: { ids } }, signal)).purgeTrash.results,
    /** For how many hours what is deleted now can be brought back. */
    hours: async (): Promise<number> => (await graphql.call(TrashTimeDocument, {}, signal)).viewer.account.trashHours,
    setHours: async (hours: number): Promise<number> => {
      const { setTrashRetention } = await graphql.call(SetTrashRetentionDocument, { input: { hours } }, signal);
      return setTrashRetention.account.trashHours;
    },
  };
}
