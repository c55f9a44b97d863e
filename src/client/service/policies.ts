import {
  type Answered,
  ApplyPolicyDocument,
  type ApplyPolicyMutation,
  CancelPolicyDocument,
  type CancelPolicyMutation,
  CreatePolicyDocument,
  type CreatePolicyInput,
  DeletePolicyDocument,
  type DeletePolicyMutation,
  DiskPolicyRunsDocument,
  PoliciesDocument,
  type PoliciesQuery,
  PolicyCoverableDisksDocument,
  type PolicyDiskFieldsFragment,
  PolicyDisksDocument,
  PolicyDocument,
  type PolicyFieldsFragment,
  type PolicyFilter,
  type PolicyOrder,
  type PolicyRunFieldsFragment,
  PolicyRunsDocument,
  type PolicyRunsQueryVariables,
  type PolicySlotFieldsFragment,
  PolicySlotsDocument,
  UpdatePolicyDocument,
  type UpdatePolicyInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type OrderedRequest } from './pages.ts';

export type Policy = PolicyFieldsFragment;
/** With its latest slot, if it has had any. */
export type ListedPolicy = PoliciesQuery['policies']['nodes'][number];
/** What a list of a policy's disks shows of them. */
export type PolicyDisk = PolicyDiskFieldsFragment;
/** What a change of policy did to one of several disks. */
export type Applied = Answered<ApplyPolicyMutation>['applyPolicy']['results'][number];
export type Cancelled = Answered<CancelPolicyMutation>['cancelPolicy']['results'][number];
/** What became of one disk in one slot. */
export type PolicyRun = PolicyRunFieldsFragment;
export type PolicySlot = PolicySlotFieldsFragment;

/** Which runs: of one policy or of one disk, the latest slot first. */
interface RunRequest extends Pick<PolicyRunsQueryVariables, 'id' | 'status'> {
  readonly of: 'policy' | 'disk';
  readonly limit: number;
}

export type Policies = ReturnType<typeof createPolicies>;

export function createPolicies(graphql: Graphql, signal: AbortSignal) {
  const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  return {
    get: async (id: string): Promise<Policy | null> => (await graphql.call(PolicyDocument, { id }, signal)).policy,
    list: ({
      region,
      filter,
      orderBy,
      limit,
    }: OrderedRequest<PolicyFilter, PolicyOrder>): Promise<Collected<ListedPolicy>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(PoliciesDocument, { region, first, after, filter, orderBy }, signal)).policies;
      }),
    disks: (id: string, limit: number): Promise<Collected<PolicyDisk>> =>
      collect(limit, async (first, after) => {
        const { policy } = await graphql.call(PolicyDisksDocument, { id, first, after }, signal);
        return policy?.disks ?? nothing;
      }),
    /** Those that it could be applied to. */
    coverableDisks: (id: string, limit: number, withoutPolicy: boolean): Promise<Collected<PolicyDisk>> =>
      collect(limit, async (first, after) => {
        const variables = { id, first, after, withoutPolicy };
        const { policy } = await graphql.call(PolicyCoverableDisksDocument, variables, signal);
        return policy?.coverableDisks ?? nothing;
      }),
    runs: ({ of, id, status, limit }: RunRequest): Promise<Collected<PolicyRun>> =>
      collect(limit, async (first, after) => {
        const page = { id, first, after, status };
        if (of === 'policy') return (await graphql.call(PolicyRunsDocument, page, signal)).policy?.runs ?? nothing;
        return (await graphql.call(DiskPolicyRunsDocument, page, signal)).disk?.policyRuns ?? nothing;
      }),
    slots: (id: string, limit: number): Promise<Collected<PolicySlot>> =>
      collect(limit, async (first, after) => {
        const { policy } = await graphql.call(PolicySlotsDocument, { id, first, after }, signal);
        return policy?.slots ?? nothing;
      }),
    create: async (input: Sendable<CreatePolicyInput>): Promise<Policy> =>
      (await graphql.call(CreatePolicyDocument, { input }, signal)).createPolicy.policy,
    update: async (input: Sendable<UpdatePolicyInput>): Promise<Policy> =>
      (await graphql.call(UpdatePolicyDocument, { input }, signal)).updatePolicy.policy,
    delete: async (policyId: string): Promise<Answered<DeletePolicyMutation>['deletePolicy']> =>
      (await graphql.callOnce(DeletePolicyDocument, { input: { policyId } }, signal)).deletePolicy,
    apply: async (policyId: string, diskIds: readonly string[]): Promise<readonly Applied[]> =>
      (await graphql.call(ApplyPolicyDocument, { input: { policyId, diskIds } }, signal)).applyPolicy.results,
    cancel: async (diskIds: readonly string[]): Promise<readonly Cancelled[]> =>
      (await graphql.call(CancelPolicyDocument, { input: { diskIds } }, signal)).cancelPolicy.results,
  };
}
