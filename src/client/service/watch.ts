import {
  type Answered,
  BreachesDocument,
  type BreachReason,
  DiskProtectionDocument,
  OverviewDocument,
  type OverviewQuery,
  SetRecoveryPointObjectiveDocument,
  type SetRecoveryPointObjectiveInput,
  type SetRecoveryPointObjectiveMutation,
  TagObjectivesDocument,
  type TagObjectivesQuery,
  type WatchedDiskFieldsFragment,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type WatchedDisk = WatchedDiskFieldsFragment;
export type TagObjective = TagObjectivesQuery['tagObjectives']['nodes'][number];
export type Overview = OverviewQuery['overview'];
export type ObjectiveSet = Answered<SetRecoveryPointObjectiveMutation>['setRecoveryPointObjective'];

interface BreachRequest {
  readonly region: string | undefined;
  readonly reason?: BreachReason | undefined;
  readonly limit: number;
}

/** What the protection of a disk is found from is read for each: so many are asked for at once. */
const MOST_BREACHES = 50;

export type WatchClient = ReturnType<typeof createWatch>;

export function createWatch(graphql: Graphql, signal: AbortSignal) {
  return {
    breaches: ({ region, reason, limit }: BreachRequest): Promise<Collected<WatchedDisk>> =>
      collect(limit, async (wanted, after) => {
        const first = Math.min(wanted, MOST_BREACHES);
        return (await graphql.call(BreachesDocument, { region, reason, first, after }, signal)).breaches;
      }),
    ofDisk: async (id: string): Promise<WatchedDisk | null> =>
      (await graphql.call(DiskProtectionDocument, { id }, signal)).disk,
    tagObjectives: (region: string | undefined): Promise<Collected<TagObjective>> =>
      collect(Number.POSITIVE_INFINITY, async (first, after) => {
        return (await graphql.call(TagObjectivesDocument, { region, first, after }, signal)).tagObjectives;
      }),
    overview: async (region: string | undefined): Promise<Overview> =>
      (await graphql.call(OverviewDocument, { region }, signal)).overview,
    set: async (input: Sendable<SetRecoveryPointObjectiveInput>): Promise<ObjectiveSet> =>
      (await graphql.call(SetRecoveryPointObjectiveDocument, { input }, signal)).setRecoveryPointObjective,
  };
}
