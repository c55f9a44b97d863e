import type { ListRequest, Tag } from './disks.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Collected, type Connection, collect } from './pages.ts';

export interface Policy {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly timeZone: string;
  /** `null`: for ever. */
  readonly retentionDays: number | null;
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly diskCount: number;
  readonly nextRunAt: string | null;
  readonly tags: readonly Tag[];
  readonly createdAt: string;
}

/** What a list of a policy's disks shows of them. */
export interface PolicyDisk {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly policy: { readonly id: string; readonly name: string } | null;
}

/** What became of one disk in one slot. */
export interface PolicyRun {
  readonly diskId: string;
  readonly policyId: string;
  readonly slotAt: string;
  readonly status: 'DONE' | 'SKIPPED' | 'FAILED';
  readonly code: string | null;
  readonly message: string | null;
  readonly snapshotId: string | null;
  readonly replacedSnapshotId: string | null;
  readonly triedAgain: boolean;
  readonly missedSlots: number;
  readonly at: string;
}

export interface PolicySlot {
  readonly slotAt: string;
  readonly status: 'RUNNING' | 'RETRYING' | 'DONE' | 'MISSED';
  readonly doneCount: number;
  readonly skippedCount: number;
  readonly failedCount: number;
  readonly missedSlots: number;
  readonly openedAt: string;
  readonly finishedAt: string | null;
}

/** Which runs: of one policy or of one disk, the latest slot first. */
export interface RunRequest {
  readonly of: 'policy' | 'disk';
  readonly id: string;
  readonly status?: readonly string[] | undefined;
  readonly limit: number;
}

interface PolicySettings {
  readonly name?: string | undefined;
  readonly weekdays?: readonly number[] | undefined;
  readonly retentionDays?: number | null | undefined;
  readonly timeZone?: string | undefined;
}

export interface CreatePolicy extends PolicySettings {
  readonly region?: string | undefined;
  readonly hours: readonly number[];
  readonly tags: readonly Tag[];
  readonly clientToken: string;
}

export interface UpdatePolicy extends PolicySettings {
  readonly policyId: string;
  readonly hours?: readonly number[] | undefined;
  readonly status?: Policy['status'] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface Applied {
  readonly diskId: string;
  readonly applied: boolean;
  readonly replacedPolicyId: string | null;
  readonly error: Refusal | null;
}

export interface Cancelled {
  readonly diskId: string;
  readonly cancelled: boolean;
  readonly policyId: string | null;
  readonly error: Refusal | null;
}

export interface PolicyFilter {
  readonly namePrefix?: string | undefined;
}

interface PageOf {
  readonly first: number;
  readonly after: string | null;
}

const POLICY = `fragment PolicyFields on Policy {
  id region name hours weekdays timeZone retentionDays status diskCount nextRunAt tags { key value } createdAt
}`;
const DISKS = 'nodes { id name status policy { id name } } pageInfo { hasNextPage endCursor }';

const GET: Operation<{ id: string }, { policy: Policy | null }> = {
  text: `query Policy($id: ID!) { policy(id: $id) { ...PolicyFields } }\n${POLICY}`,
  repeatable: true,
};
const LIST: Operation<
  PageOf & { region?: string | undefined; filter?: PolicyFilter | undefined },
  { policies: Connection<Policy> }
> = {
  text: `query Policies($region: String, $first: Int!, $after: String, $filter: PolicyFilter) {
  policies(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ...PolicyFields } pageInfo { hasNextPage endCursor }
  }
}\n${POLICY}`,
  repeatable: true,
};
const COVERED: Operation<PageOf & { id: string }, { policy: { disks: Connection<PolicyDisk> } | null }> = {
  text: `query PolicyDisks($id: ID!, $first: Int!, $after: String) {
  policy(id: $id) { disks(first: $first, after: $after) { ${DISKS} } }
}`,
  repeatable: true,
};
const COVERABLE: Operation<
  PageOf & { id: string; withoutPolicy: boolean },
  { policy: { coverableDisks: Connection<PolicyDisk> } | null }
> = {
  text: `query PolicyCoverableDisks($id: ID!, $first: Int!, $after: String, $withoutPolicy: Boolean!) {
  policy(id: $id) { coverableDisks(first: $first, after: $after, withoutPolicy: $withoutPolicy) { ${DISKS} } }
}`,
  repeatable: true,
};
const RUN_FIELDS = `nodes { diskId policyId slotAt status code message snapshotId replacedSnapshotId triedAgain missedSlots at }
    pageInfo { hasNextPage endCursor }`;
type RunPage = PageOf & { id: string; status?: readonly string[] | undefined };
const RUNS: Operation<RunPage, { policy: { runs: Connection<PolicyRun> } | null }> = {
  text: `query PolicyRuns($id: ID!, $first: Int!, $after: String, $status: [PolicyRunStatus!]) {
  policy(id: $id) { runs(first: $first, after: $after, status: $status) { ${RUN_FIELDS} } }
}`,
  repeatable: true,
};
const DISK_RUNS: Operation<RunPage, { disk: { policyRuns: Connection<PolicyRun> } | null }> = {
  text: `query DiskPolicyRuns($id: ID!, $first: Int!, $after: String, $status: [PolicyRunStatus!]) {
  disk(id: $id) { policyRuns(first: $first, after: $after, status: $status) { ${RUN_FIELDS} } }
}`,
  repeatable: true,
};
const SLOTS: Operation<PageOf & { id: string }, { policy: { slots: Connection<PolicySlot> } | null }> = {
  text: `query PolicySlots($id: ID!, $first: Int!, $after: String) {
  policy(id: $id) {
    slots(first: $first, after: $after) {
      nodes { slotAt status doneCount skippedCount failedCount missedSlots openedAt finishedAt } pageInfo { hasNextPage endCursor }
    }
  }
}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreatePolicy }, { createPolicy: { policy: Policy } }> = {
  text: `mutation CreatePolicy($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { ...PolicyFields } } }\n${POLICY}`,
  repeatable: true,
};
const UPDATE: Operation<{ input: UpdatePolicy }, { updatePolicy: { policy: Policy } }> = {
  text: `mutation UpdatePolicy($input: UpdatePolicyInput!) { updatePolicy(input: $input) { policy { ...PolicyFields } } }\n${POLICY}`,
  repeatable: true,
};
const DELETE: Operation<{ input: { policyId: string } }, { deletePolicy: { policyId: string } }> = {
  text: 'mutation DeletePolicy($input: DeletePolicyInput!) { deletePolicy(input: $input) { policyId } }',
  repeatable: false,
};
const APPLY: Operation<
  { input: { policyId: string; diskIds: readonly string[] } },
  { applyPolicy: { results: readonly Applied[] } }
> = {
  text: `mutation ApplyPolicy($input: ApplyPolicyInput!) {
  applyPolicy(input: $input) { results { diskId applied replacedPolicyId error { code message } } }
}`,
  repeatable: true,
};
const CANCEL: Operation<
  { input: { diskIds: readonly string[] } },
  { cancelPolicy: { results: readonly Cancelled[] } }
> = {
  text: `mutation CancelPolicy($input: CancelPolicyInput!) {
  cancelPolicy(input: $input) { results { diskId cancelled policyId error { code message } } }
}`,
  repeatable: true,
};

export const POLICY_OPERATIONS = [
  GET,
  LIST,
  COVERED,
  COVERABLE,
  RUNS,
  DISK_RUNS,
  SLOTS,
  CREATE,
  UPDATE,
  DELETE,
  APPLY,
  CANCEL,
] as const;

export type Policies = ReturnType<typeof createPolicies>;

export function createPolicies(graphql: Graphql, signal: AbortSignal) {
  const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  return {
    get: async (id: string): Promise<Policy | null> => (await graphql.call(GET, { id }, signal)).policy,
    list: ({ region, filter, limit }: ListRequest<PolicyFilter>): Promise<Collected<Policy>> =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST, { region, first, after, filter }, signal)).policies,
      ),
    disks: (id: string, limit: number): Promise<Collected<PolicyDisk>> =>
      collect(
        limit,
        async (first, after) => (await graphql.call(COVERED, { id, first, after }, signal)).policy?.disks ?? nothing,
      ),
    /** Those that it could be applied to. */
    coverableDisks: (id: string, limit: number, withoutPolicy: boolean): Promise<Collected<PolicyDisk>> =>
      collect(limit, async (first, after) => {
        const { policy } = await graphql.call(COVERABLE, { id, first, after, withoutPolicy }, signal);
        return policy?.coverableDisks ?? nothing;
      }),
    runs: ({ of, id, status, limit }: RunRequest): Promise<Collected<PolicyRun>> =>
      collect(limit, async (first, after) => {
        const page = { id, first, after, status };
        if (of === 'policy') return (await graphql.call(RUNS, page, signal)).policy?.runs ?? nothing;
        return (await graphql.call(DISK_RUNS, page, signal)).disk?.policyRuns ?? nothing;
      }),
    slots: (id: string, limit: number): Promise<Collected<PolicySlot>> =>
      collect(
        limit,
        async (first, after) => (await graphql.call(SLOTS, { id, first, after }, signal)).policy?.slots ?? nothing,
      ),
    create: async (input: CreatePolicy): Promise<Policy> =>
      (await graphql.call(CREATE, { input }, signal)).createPolicy.policy,
    update: async (input: UpdatePolicy): Promise<Policy> =>
      (await graphql.call(UPDATE, { input }, signal)).updatePolicy.policy,
    delete: async (policyId: string) => (await graphql.call(DELETE, { input: { policyId } }, signal)).deletePolicy,
    apply: async (policyId: string, diskIds: readonly string[]): Promise<readonly Applied[]> =>
      (await graphql.call(APPLY, { input: { policyId, diskIds } }, signal)).applyPolicy.results,
    cancel: async (diskIds: readonly string[]): Promise<readonly Cancelled[]> =>
      (await graphql.call(CANCEL, { input: { diskIds } }, signal)).cancelPolicy.results,
  };
}
