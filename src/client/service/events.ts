import { type EventFieldsFragment, EventsDocument } from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect, LONGEST_PAGE } from './pages.ts';

/** Something that has happened. */
export interface HappenedEvent extends Omit<EventFieldsFragment, 'data'> {
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventFilter {
  readonly types?: readonly string[] | undefined;
  /** Id of what they are about. */
  readonly subject?: string | undefined;
}

/** A stretch of the account's events. */
export interface EventPage {
  readonly events: readonly HappenedEvent[];
  /** Where the next page begins; as it was where there is nothing new. */
  readonly after: string | null;
  readonly more: boolean;
}

export type Events = ReturnType<typeof createEvents>;

export function createEvents(graphql: Graphql, signal: AbortSignal) {
  const page = async (filter: EventFilter, direction: 'ASC' | 'DESC', first: number, after: string | null) => {
    const { types, subject } = filter;
    const wanted = { types: types && [...types], subject, direction, first, after };
    return (await graphql.call(EventsDocument, wanted, signal)).events;
  };
  return {
    /** The newest first. */
    newest: (filter: EventFilter, limit: number): Promise<Collected<HappenedEvent>> =>
      collect(limit, async (first, after) => {
        const { edges, pageInfo } = await page(filter, 'DESC', first, after);
        return { nodes: edges.map(({ node }) => parsed(node)), pageInfo };
      }),
    /** Behind all that there is now; null where there is nothing. */
    end: async (): Promise<string | null> => (await page({}, 'DESC', 1, null)).edges[0]?.cursor ?? null,
    /** What has come after a place. */
    since: async (filter: EventFilter, after: string | null): Promise<EventPage> => {
      const { edges, pageInfo } = await page(filter, 'ASC', LONGEST_PAGE, after);
      const events = edges.map(({ node }) => parsed(node));
      return { events, after: pageInfo.endCursor ?? after, more: pageInfo.hasNextPage };
    },
  };
}

function parsed({ data, ...event }: EventFieldsFragment): HappenedEvent {
  return { ...event, data: JSON.parse(data) as HappenedEvent['data'] };
}
