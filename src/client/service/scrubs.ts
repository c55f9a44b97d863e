import type { Graphql, Operation } from './graphql.ts';
import { type Collected, type Connection, collect } from './pages.ts';

export interface Scrub {
  readonly id: string;
  readonly region: string;
  readonly targetId: string | null;
  readonly chainId: string | null;
  readonly keyId: string | null;
  readonly samplePercent: number;
  readonly repair: boolean;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'CANCELLED';
  readonly phase: 'CONTENTS' | 'COUNTS' | 'TRACE' | null;
  readonly versionsRead: number;
  readonly versions: number;
  readonly objectsRead: number;
  readonly bytesRead: number;
  readonly damaged: number;
  readonly objectsCounted: number;
  readonly wrongCounts: number;
  readonly mended: number;
  readonly unsettled: number;
  readonly findings: readonly string[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface DamagedObject {
  readonly objectId: string;
  readonly reason: string;
  readonly isPage: boolean;
  readonly foundAt: string;
  readonly healedAt: string | null;
  readonly places: readonly { readonly id: string; readonly offsetBytes: number }[];
  readonly placeCount: number | null;
}

export interface StartScrub {
  readonly region?: string | undefined;
  readonly targetId?: string | undefined;
  readonly chainId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly samplePercent?: number | undefined;
  readonly repair?: boolean | undefined;
  readonly clientToken: string;
}

interface PageOf {
  readonly region?: string | undefined;
  readonly first: number;
  readonly after: string | null;
}

const SCRUB = `id region targetId chainId keyId samplePercent repair status phase versionsRead versions objectsRead bytesRead damaged
  objectsCounted wrongCounts mended unsettled findings createdAt finishedAt`;

const START: Operation<{ input: StartScrub }, { startScrub: { scrub: Scrub } }> = {
  text: `mutation StartScrub($input: StartScrubInput!) { startScrub(input: $input) { scrub { ${SCRUB} } } }`,
  repeatable: true,
};
const CANCEL: Operation<{ input: { scrubId: string } }, { cancelScrub: { scrub: Scrub } }> = {
  text: `mutation CancelScrub($input: CancelScrubInput!) { cancelScrub(input: $input) { scrub { ${SCRUB} } } }`,
  repeatable: true,
};
const GET: Operation<{ id: string }, { scrub: Scrub | null }> = {
  text: `query Scrub($id: ID!) { scrub(id: $id) { ${SCRUB} } }`,
  repeatable: true,
};
const LIST: Operation<PageOf, { scrubs: Connection<Scrub> }> = {
  text: `query Scrubs($region: String, $first: Int!, $after: String) {
  scrubs(region: $region, first: $first, after: $after) { nodes { ${SCRUB} } pageInfo { hasNextPage endCursor } }
}`,
  repeatable: true,
};
const DAMAGED: Operation<PageOf & { healed: boolean }, { damagedObjects: Connection<DamagedObject> }> = {
  text: `query DamagedObjects($region: String, $healed: Boolean!, $first: Int!, $after: String) {
  damagedObjects(region: $region, healed: $healed, first: $first, after: $after) {
    nodes { objectId reason isPage foundAt healedAt places { id offsetBytes } placeCount } pageInfo { hasNextPage endCursor }
  }
}`,
  repeatable: true,
};

const NAMES: Operation<{ ids: readonly string[] }, { nodes: readonly ({ id?: string; name?: string } | null)[] }> = {
  text: `query Names($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Disk { id name } ... on Snapshot { id name } ... on Image { id name } }
}`,
  repeatable: true,
};

export const SCRUB_OPERATIONS = [START, CANCEL, GET, LIST, DAMAGED, NAMES] as const;

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
  /** Names of disks, snapshots and images by id, at most 100; of what is gone there is none. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createScrubs(graphql: Graphql, signal: AbortSignal): Scrubs {
  return {
    start: async (input) => (await graphql.call(START, { input }, signal)).startScrub.scrub,
    cancel: async (scrubId) => (await graphql.call(CANCEL, { input: { scrubId } }, signal)).cancelScrub.scrub,
    get: async (id) => (await graphql.call(GET, { id }, signal)).scrub,
    list: ({ region, limit }) =>
      collect(limit, async (first, after) => (await graphql.call(LIST, { region, first, after }, signal)).scrubs),
    names: async (ids) => {
      const { nodes } = await graphql.call(NAMES, { ids }, signal);
      return new Map(nodes.flatMap((node) => (node?.id && node.name ? [[node.id, node.name]] : [])));
    },
    damagedObjects: ({ region, healed, limit }) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(DAMAGED, { region, healed, first, after }, signal)).damagedObjects,
      ),
  };
}
