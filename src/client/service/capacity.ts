import { CapacityDocument, type CapacityFieldsFragment, CapacityHistoryDocument } from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type Capacity = CapacityFieldsFragment;

interface HistoryRequest {
  readonly region?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

export interface CapacityClient {
  now(region?: string): Promise<Capacity>;
  /** One sample an hour, the earliest first. */
  history(request: HistoryRequest): Promise<Collected<Capacity>>;
}

export function createCapacity(graphql: Graphql, signal: AbortSignal): CapacityClient {
  return {
    now: async (region) => (await graphql.call(CapacityDocument, { region }, signal)).capacity,
    history: ({ limit, ...span }) =>
      collect(limit, async (first, after) => {
        const variables = { ...span, first, after };
        return (await graphql.call(CapacityHistoryDocument, variables, signal)).capacityHistory;
      }),
  };
}
