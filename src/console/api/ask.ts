import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Operation } from '../../generated/console-operations.ts';
import { Live } from './live.ts';
import { ApiError, request } from './request.ts';

export const live = new Live({
  now: () => Date.now(),
  random: Math.random,
  isHidden: () => document.visibilityState === 'hidden',
  setTimer: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
});
document.addEventListener('visibilitychange', () => live.hurry());

/** The loop alone asks again; a failed read is repeated by it too. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: 10_000,
        gcTime: 300_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

async function ask<Variables, Data>(
  operation: Operation<Variables, Data>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  try {
    return await request(operation, variables, signal);
  } catch (error) {
    if (error instanceof ApiError && error.retryAfterMs !== undefined) live.holdOff(error.retryAfterMs);
    throw error;
  }
}

export interface AskOptions<Data> {
  /** Whether something in it still moves: then it is asked again soon. */
  readonly unsettled?: (data: Data) => boolean;
  readonly enabled?: boolean;
  /** What does not change by itself is not asked again. Default: true. */
  readonly live?: boolean;
}

/** One read. A page at rest has one that is live: it asks for all that the page shows. */
export function useAsk<Variables, Data>(
  operation: Operation<Variables, Data>,
  variables: Variables,
  { unsettled, enabled = true, live: isLive = true }: AskOptions<Data> = {},
) {
  const query = useQuery<Data, ApiError>({
    queryKey: [operation.text, variables],
    queryFn: ({ signal }) => ask(operation, variables, signal),
    enabled,
  });
  useWatched(enabled && isLive, query, query.data !== undefined && unsettled?.(query.data) === true);
  return query;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ListOptions<Data, Node> {
  readonly page: (data: Data) => Page<Node>;
  readonly unsettled?: (node: Node) => boolean;
  readonly enabled?: boolean;
}

/**
 * A list by pages; `variables` are without `after`. It is asked again as a whole only while it is
 * one page: who has read on, reads in peace, and hears of changes by the button.
 */
export function useList<Variables, Data, Node>(
  operation: Operation<Variables, Data>,
  variables: Omit<Variables, 'after'>,
  { page, unsettled, enabled = true }: ListOptions<Data, Node>,
) {
  const query = useInfiniteQuery<Data, ApiError, { pages: Data[] }, unknown[], string | null>({
    queryKey: [operation.text, variables, 'list'],
    queryFn: ({ pageParam, signal }) => ask(operation, { ...variables, after: pageParam } as Variables, signal),
    initialPageParam: null,
    getNextPageParam: (last) => (page(last).pageInfo.hasNextPage ? page(last).pageInfo.endCursor : null),
    enabled,
  });
  const nodes = query.data?.pages.flatMap((each) => page(each).nodes);
  const isShort = (query.data?.pages.length ?? 0) <= 1;
  useWatched(enabled && isShort, query, nodes?.some((node) => unsettled?.(node) === true) === true);
  return { ...query, nodes };
}

function useWatched(watching: boolean, query: { refetch(): Promise<unknown>; dataUpdatedAt: number }, moves: boolean) {
  const now = useRef({ query, moves });
  now.current = { query, moves };
  useEffect(() => {
    if (!watching) return;
    return live.watch({
      isUnsettled: () => now.current.moves,
      refresh: () => now.current.query.refetch(),
    });
  }, [watching]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer is heard
  useEffect(() => live.heard(), [query.dataUpdatedAt, moves]);
}

/** One change. When it is answered, all that is shown is asked again, unless it changes nothing. */
export function useChange<Variables, Data>(operation: Operation<Variables, Data>, { changes = true } = {}) {
  const queries = useQueryClient();
  const change = useMutation<Data, ApiError, Variables>({
    mutationFn: (variables) => ask(operation, variables),
    onSettled: async () => {
      if (!changes) return;
      await queries.invalidateQueries();
      live.hurry();
    },
  });
  // What hangs on `mutate` is dropped when the dialog that began it has closed, as an undoing is.
  const later = (variables: Variables, { onSuccess, onError }: Outcome<Data>) =>
    void change.mutateAsync(variables).then(onSuccess, onError);
  return { ...change, later };
}

interface Outcome<Data> {
  readonly onSuccess: (data: Data) => void;
  readonly onError: (error: ApiError) => void;
}
