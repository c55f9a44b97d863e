import {
  AdviceDocument,
  DiskAdviceDocument,
  type DiskAdviceFieldsFragment,
  ForgottenSnapshotsDocument,
  type ForgottenSnapshotsQuery,
  type PurposeFieldsFragment,
  PurposesDocument,
  UnprotectedDisksDocument,
  type UnprotectedDisksQuery,
} from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

export type Purpose = PurposeFieldsFragment;
export type DiskAdvice = DiskAdviceFieldsFragment;
export type UnprotectedDisk = UnprotectedDisksQuery['unprotectedDisks']['nodes'][number];
export type ForgottenSnapshot = ForgottenSnapshotsQuery['forgottenSnapshots']['nodes'][number];

interface AdviceRequest {
  readonly region: string | undefined;
  readonly pricePerGibMonth: number | undefined;
  readonly limit: number;
}

/** The longest pages that the service gives: each of their members is measured or previewed. */
export const MOST_ADVICE = 5;
export const MOST_PREVIEWS = 20;

export interface Advice {
  purposes(): Promise<readonly Purpose[]>;
  ofDisk(diskId: string, pricePerGibMonth: number | undefined): Promise<DiskAdvice>;
  ofRegion(request: AdviceRequest): Promise<Collected<DiskAdvice>>;
  unprotected(request: AdviceRequest): Promise<Collected<UnprotectedDisk>>;
  forgotten(request: AdviceRequest): Promise<Collected<ForgottenSnapshot>>;
}

export function createAdvice(graphql: Graphql, signal: AbortSignal): Advice {
  return {
    purposes: async () => (await graphql.call(PurposesDocument, {}, signal)).purposes,
    ofDisk: async (diskId, pricePerGibMonth) =>
      (await graphql.call(DiskAdviceDocument, { diskId, pricePerGibMonth }, signal)).diskAdvice,
    ofRegion: ({ limit, ...rest }) =>
      collect(limit, async (wanted, after) => {
        const first = Math.min(wanted, MOST_ADVICE);
        return (await graphql.call(AdviceDocument, { ...rest, first, after }, signal)).advice;
      }),
    unprotected: ({ limit, ...rest }) =>
      collect(limit, async (wanted, after) => {
        const first = Math.min(wanted, MOST_PREVIEWS);
        return (await graphql.call(UnprotectedDisksDocument, { ...rest, first, after }, signal)).unprotectedDisks;
      }),
    forgotten: ({ limit, ...rest }) =>
      collect(limit, async (wanted, after) => {
        const first = Math.min(wanted, MOST_PREVIEWS);
        return (await graphql.call(ForgottenSnapshotsDocument, { ...rest, first, after }, signal)).forgottenSnapshots;
      }),
  };
}
