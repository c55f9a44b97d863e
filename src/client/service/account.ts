import type { ContentSizes } from './disks.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Connection, collect } from './pages.ts';

export interface SnapshotService {
  readonly region: string;
  readonly opened: boolean;
  readonly openedAt: string | null;
  readonly acceptedTerms: string | null;
  readonly currentTerms: string;
}

export interface Quota {
  readonly kind: string;
  readonly region: string;
  readonly limit: number;
  readonly used: number | null;
  readonly free: number | null;
}

export interface Job {
  readonly id: string;
  readonly region: string;
  readonly kind: string;
  readonly status: 'PENDING' | 'SUCCEEDED';
  readonly diskId: string;
  readonly snapshotId: string | null;
  readonly createdAt: string;
}

export interface Status {
  readonly viewer: { readonly account: { readonly id: string; readonly name: string }; readonly role: string };
  readonly regions: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly snapshotService: { readonly opened: boolean; readonly openedAt: string | null };
  }[];
}

export interface Chain {
  readonly id: string;
  readonly region: string;
  readonly disk: { readonly id: string; readonly name: string; readonly status: string } | null;
  readonly capacity: { readonly logicalBytes: number; readonly storedBytes: number } | null;
  readonly snapshotCount: number;
  readonly manualQuota: Quota;
  readonly autoQuota: Quota;
  /** When all contents were last read back. */
  readonly lastVerifiedAt: string | null;
  readonly damagedObjects: readonly { readonly objectId: string }[];
  readonly nodes: readonly ChainNode[];
}

export interface ChainNode {
  readonly snapshot: { readonly id: string; readonly name: string; readonly createdAt: string; readonly kind: string };
  readonly parentId: string | null;
  readonly sizes: ContentSizes;
}

export interface Reclaim {
  readonly region: string;
  readonly waitingObjects: number;
  readonly waitingBytes: number;
  readonly nextAt: string | null;
  readonly allAt: string | null;
  readonly graceHours: number;
  readonly underWay: boolean;
  readonly freedObjects: number;
  readonly freedBytes: number;
}

const QUOTA = 'kind region limit used free';
const SERVICE = 'region opened openedAt acceptedTerms currentTerms';
const JOB = 'id region kind status diskId snapshotId createdAt';

const STATUS: Operation<Record<never, never>, Status> = {
  text: `query Status {
  viewer { account { id name } role } regions { name isDefault snapshotService { opened openedAt } }
}`,
  repeatable: true,
};
const SNAPSHOT_SERVICE: Operation<{ region?: string | undefined }, { snapshotService: SnapshotService }> = {
  text: `query Service($region: String) { snapshotService(region: $region) { ${SERVICE} } }`,
  repeatable: true,
};
const OPEN_SERVICE: Operation<
  { input: { region?: string | undefined; acceptedTerms: string } },
  { openSnapshotService: { snapshotService: SnapshotService } }
> = {
  text: `mutation OpenService($input: OpenSnapshotServiceInput!) {
  openSnapshotService(input: $input) { snapshotService { ${SERVICE} } }
}`,
  repeatable: true,
};
const RECLAIM: Operation<{ region?: string | undefined }, { reclaim: Reclaim }> = {
  text: `query Reclaim($region: String) {
  reclaim(region: $region) {
    region waitingObjects waitingBytes nextAt allAt graceHours underWay freedObjects freedBytes
  }
}`,
  repeatable: true,
};
const QUOTAS: Operation<{ region?: string | undefined; diskId?: string | undefined }, { quotas: Quota[] }> = {
  text: `query Quotas($region: String, $diskId: ID) { quotas(region: $region, diskId: $diskId) { ${QUOTA} } }`,
  repeatable: true,
};
const SET_QUOTA: Operation<
  { input: { region?: string | undefined; kind: string; limit: number } },
  { setQuota: { quota: Quota } }
> = {
  text: `mutation SetQuota($input: SetQuotaInput!) { setQuota(input: $input) { quota { ${QUOTA} } } }`,
  repeatable: true,
};
const GET_JOB: Operation<{ id: string }, { job: Job | null }> = {
  text: `query Job($id: ID!) { job(id: $id) { ${JOB} } }`,
  repeatable: true,
};
const LIST_JOBS: Operation<
  { region?: string | undefined; first: number; after: string | null; filter?: { diskId?: string | undefined } },
  { jobs: Connection<Job> }
> = {
  text: `query Jobs($region: String, $first: Int!, $after: String, $filter: JobFilter) {
  jobs(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ${JOB} } pageInfo { hasNextPage endCursor }
  }
}`,
  repeatable: true,
};
const GET_CHAIN: Operation<
  { id: string },
  { chain: (Omit<Chain, 'nodes'> & { nodes: { nodes: ChainNode[] } }) | null }
> = {
  // A chain has at most 512 nodes, which is the default page.
  text: `query Chain($id: ID!) {
  chain(id: $id) {
    id region disk { id name status } capacity { logicalBytes storedBytes } snapshotCount
    lastVerifiedAt damagedObjects { objectId }
    manualQuota { ${QUOTA} } autoQuota { ${QUOTA} }
    nodes {
      nodes {
        snapshot { id name createdAt kind } parentId
        sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
      }
    }
  }
}`,
  repeatable: true,
};
const WRAPPED_KEY: Operation<
  { id: string },
  { node: { encryption?: { keyId: string; wrappedKey: string | null } | null } | null }
> = {
  text: `query WrappedKey($id: ID!) {
  node(id: $id) {
    ... on Disk { encryption { keyId wrappedKey } }
    ... on Snapshot { encryption { keyId wrappedKey } }
  }
}`,
  repeatable: true,
};

export const ACCOUNT_OPERATIONS = [
  RECLAIM,
  STATUS,
  SNAPSHOT_SERVICE,
  OPEN_SERVICE,
  QUOTAS,
  SET_QUOTA,
  GET_JOB,
  LIST_JOBS,
  GET_CHAIN,
  WRAPPED_KEY,
] as const;

export type Account = ReturnType<typeof createAccount>;

export function createAccount(graphql: Graphql, signal: AbortSignal) {
  return {
    status: (): Promise<Status> => graphql.call(STATUS, {}, signal),
    snapshotService: async (region?: string): Promise<SnapshotService> =>
      (await graphql.call(SNAPSHOT_SERVICE, { region }, signal)).snapshotService,
    openSnapshotService: async (acceptedTerms: string, region?: string): Promise<SnapshotService> =>
      (await graphql.call(OPEN_SERVICE, { input: { region, acceptedTerms } }, signal)).openSnapshotService
        .snapshotService,
    reclaim: async (region?: string): Promise<Reclaim> => (await graphql.call(RECLAIM, { region }, signal)).reclaim,
    quotas: async (input: { region?: string | undefined; diskId?: string | undefined }): Promise<Quota[]> =>
      (await graphql.call(QUOTAS, input, signal)).quotas,
    setQuota: async (input: { region?: string | undefined; kind: string; limit: number }): Promise<Quota> =>
      (await graphql.call(SET_QUOTA, { input }, signal)).setQuota.quota,
    job: async (id: string): Promise<Job | null> => (await graphql.call(GET_JOB, { id }, signal)).job,
    jobs: (input: { region?: string | undefined; diskId?: string | undefined; limit: number }) =>
      collect(input.limit, async (first, after) => {
        const variables = { region: input.region, first, after, filter: { diskId: input.diskId } };
        return (await graphql.call(LIST_JOBS, variables, signal)).jobs;
      }),
    chain: async (id: string): Promise<Chain | null> => {
      const { chain } = await graphql.call(GET_CHAIN, { id }, signal);
      return chain && { ...chain, nodes: chain.nodes.nodes };
    },
    /** The wrapped data key of an encrypted disk or snapshot; undefined for a plain one. */
    wrappedKey: async (id: string): Promise<{ keyId: string; wrapped: string } | undefined> => {
      const { node } = await graphql.call(WRAPPED_KEY, { id }, signal);
      const { keyId, wrappedKey } = node?.encryption ?? {};
      return keyId !== undefined && wrappedKey ? { keyId, wrapped: wrappedKey } : undefined;
    },
  };
}
