import {
  ChainDocument,
  type ChainNodeFieldsFragment,
  type ChainQuery,
  JobDocument,
  type JobFieldsFragment,
  type JobFilter,
  JobsDocument,
  OpenServiceDocument,
  type QuotaFieldsFragment,
  QuotasDocument,
  ReclaimDocument,
  type ReclaimQuery,
  ServiceDocument,
  SetQuotaDocument,
  type SetQuotaInput,
  type SnapshotServiceFieldsFragment,
  StatusDocument,
  type StatusQuery,
  WrappedKeyDocument,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type ListRequest } from './pages.ts';

type SnapshotService = SnapshotServiceFieldsFragment;
export type Quota = QuotaFieldsFragment;
export type Job = JobFieldsFragment;
export type Reclaim = ReclaimQuery['reclaim'];
export type ChainNode = ChainNodeFieldsFragment;

type ChainAnswer = NonNullable<ChainQuery['chain']>;

interface Chain extends Omit<ChainAnswer, 'nodes'> {
  readonly nodes: readonly ChainNode[];
}

export type Account = ReturnType<typeof createAccount>;

export function createAccount(graphql: Graphql, signal: AbortSignal) {
  return {
    status: (): Promise<StatusQuery> => graphql.call(StatusDocument, {}, signal),
    snapshotService: async (region?: string): Promise<SnapshotService> =>
      (await graphql.call(ServiceDocument, { region }, signal)).snapshotService,
    openSnapshotService: async (acceptedTerms: string, region?: string): Promise<SnapshotService> => {
      const input = { region, acceptedTerms };
      return (await graphql.call(OpenServiceDocument, { input }, signal)).openSnapshotService.snapshotService;
    },
    reclaim: async (region?: string): Promise<Reclaim> =>
      (await graphql.call(ReclaimDocument, { region }, signal)).reclaim,
    quotas: async (of: { region?: string | undefined; diskId?: string | undefined }): Promise<readonly Quota[]> =>
      (await graphql.call(QuotasDocument, of, signal)).quotas,
    setQuota: async (input: Sendable<SetQuotaInput>): Promise<Quota> =>
      (await graphql.call(SetQuotaDocument, { input }, signal)).setQuota.quota,
    job: async (id: string): Promise<Job | null> => (await graphql.call(JobDocument, { id }, signal)).job,
    jobs: ({ region, filter, limit }: ListRequest<JobFilter>): Promise<Collected<Job>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(JobsDocument, { region, first, after, filter }, signal)).jobs;
      }),
    chain: async (id: string): Promise<Chain | null> => {
      const { chain } = await graphql.call(ChainDocument, { id }, signal);
      return chain && { ...chain, nodes: chain.nodes.nodes };
    },
    /** The wrapped data key of an encrypted disk or snapshot; undefined for a plain one. */
    wrappedKey: async (id: string): Promise<{ keyId: string; wrapped: string } | undefined> => {
      const { node } = await graphql.call(WrappedKeyDocument, { id }, signal);
      const { keyId, wrappedKey } = node?.encryption ?? {};
      return keyId !== undefined && wrappedKey ? { keyId, wrapped: wrappedKey } : undefined;
    },
  };
}
