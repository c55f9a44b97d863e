import type { Graphql, Operation } from './graphql.ts';
import { type Collected, type Connection, collect } from './pages.ts';

export interface Capacity {
  readonly region: string;
  readonly at: string;
  readonly logicalBytes: number;
  readonly deduplicatedBytes: number;
  readonly storedBytes: number;
  readonly waitingBytes: number;
}

interface Span {
  readonly region?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const CAPACITY = 'region at logicalBytes deduplicatedBytes storedBytes waitingBytes';
const NOW: Operation<{ region?: string | undefined }, { capacity: Capacity }> = {
  text: `query Capacity($region: String) { capacity(region: $region) { ${CAPACITY} } }`,
  repeatable: true,
};
const HISTORY: Operation<Span & { first: number; after: string | null }, { capacityHistory: Connection<Capacity> }> = {
  text: `query CapacityHistory($region: String, $from: DateTime, $to: DateTime, $first: Int!, $after: String) {
  capacityHistory(region: $region, from: $from, to: $to, first: $first, after: $after) {
    nodes { ${CAPACITY} } pageInfo { hasNextPage endCursor }
  }
}`,
  repeatable: true,
};

export const CAPACITY_OPERATIONS = [NOW, HISTORY] as const;

export interface CapacityClient {
  now(region?: string): Promise<Capacity>;
  /** One sample an hour, the earliest first. */
  history(span: Span & { readonly limit: number }): Promise<Collected<Capacity>>;
}

export function createCapacity(graphql: Graphql, signal: AbortSignal): CapacityClient {
  return {
    now: async (region) => (await graphql.call(NOW, { region }, signal)).capacity,
    history: ({ limit, ...span }) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(HISTORY, { ...span, first, after }, signal)).capacityHistory,
      ),
  };
}
