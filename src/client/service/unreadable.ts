import type { Graphql, Operation } from './graphql.ts';

/** What the source of some contents could not be read of, in short. */
export interface UnreadableSum {
  readonly count: number;
  readonly bytes: number;
}

export interface UnreadableRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** The first 1000 ranges, in order. */
export type UnreadableDetail = UnreadableSum & { readonly ranges: readonly UnreadableRange[] };

const FIELDS = 'unreadable { count bytes ranges(first: 1000) { offsetBytes lengthBytes } }';

type Holder = { readonly unreadable: UnreadableDetail | null } | null;

const OF_DISK: Operation<{ id: string }, { disk: Holder }> = {
  text: `query UnreadableOfDisk($id: ID!) { disk(id: $id) { ${FIELDS} } }`,
  repeatable: true,
};
const OF_SNAPSHOT: Operation<{ id: string }, { snapshot: Holder }> = {
  text: `query UnreadableOfSnapshot($id: ID!) { snapshot(id: $id) { ${FIELDS} } }`,
  repeatable: true,
};

export const UNREADABLE_OPERATIONS = [OF_DISK, OF_SNAPSHOT] as const;

export function createUnreadable(graphql: Graphql, signal: AbortSignal) {
  return {
    ofDisk: async (id: string) => (await graphql.call(OF_DISK, { id }, signal)).disk?.unreadable ?? null,
    ofSnapshot: async (id: string) => (await graphql.call(OF_SNAPSHOT, { id }, signal)).snapshot?.unreadable ?? null,
  };
}
