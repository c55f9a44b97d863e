import { AuditDocument, type AuditQuery, type AuditQueryVariables } from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';
import { type Collected, collect, LONGEST_PAGE } from './pages.ts';

export type AuditRecord = AuditQuery['audit']['nodes'][number];

export type AuditFilter = Omit<AuditQueryVariables, 'first' | 'after'>;

/** What was done to the account; the newest first. Needs ADMIN. */
export interface AuditClient {
  list(filter: AuditFilter, limit: number): Promise<Collected<AuditRecord>>;
  /** All of it, page by page, so that however much there is takes no memory. */
  pages(filter: AuditFilter): AsyncGenerator<readonly AuditRecord[]>;
}

export function createAudit(graphql: Graphql, signal: AbortSignal): AuditClient {
  const page = async (filter: AuditFilter, first: number, after: string | null) =>
    (await graphql.call(AuditDocument, { ...filter, first, after }, signal)).audit;
  return {
    list: (filter, limit) => collect(limit, (first, after) => page(filter, first, after)),
    async *pages(filter) {
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo }: AuditQuery['audit'] = await page(filter, LONGEST_PAGE, after);
        if (nodes.length > 0) yield nodes;
        if (!pageInfo.hasNextPage) return;
        after = pageInfo.endCursor;
      }
    },
  };
}
