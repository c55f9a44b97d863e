import type { Sendable } from './graphql.ts';

export interface ListRequest<Filter> {
  readonly region?: string | undefined;
  readonly filter?: Sendable<Filter> | undefined;
  /** The most to return. */
  readonly limit: number;
}

/** Left out: the newest first. */
export interface OrderedRequest<Filter, Order> extends ListRequest<Filter> {
  readonly orderBy?: Order | undefined;
}

interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Collected<Node> {
  readonly nodes: Node[];
  /** Whether there may be more than the limit allowed. */
  readonly more: boolean;
}

export const LONGEST_PAGE = 500;

/** Up to `limit` nodes of a list, page by page. */
export async function collect<Node>(
  limit: number,
  page: (first: number, after: string | null) => Promise<Connection<Node>>,
): Promise<Collected<Node>> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Connection<Node> = await page(Math.min(LONGEST_PAGE, limit - nodes.length), after);
    nodes.push(...answer.nodes);
    const { hasNextPage, endCursor } = answer.pageInfo;
    if (!hasNextPage || nodes.length >= limit) return { nodes, more: hasNextPage };
    after = endCursor;
  }
}
