import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { parseWhole } from '../calls/numbers.ts';
import { idPrefix } from '../calls/owned.ts';
import { type Connection, cursorOf, MAX_PAGE, type PageArgs, placeOf, requireDense } from '../calls/page.ts';
import { chainsOf } from '../model/instances/find.ts';
import { instanceEntity } from '../model/instances/rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';

interface OfInstance {
  readonly accountId: string;
  readonly region: string;
  readonly instanceId: string;
}

interface Wanted {
  readonly descending: boolean;
  readonly matches: (row: SnapshotRow) => boolean;
}

/** Of one disk, at least so many nodes are read at once: heads and drafts are among them. */
const LEAST_READ = 2;
const SORT = ['id'] as const;

/**
 * The snapshots of all disks that are attached to an instance now, by id: their chains are read
 * side by side, each as far as it is needed.
 */
export async function pageOfInstance(
  catalogue: Catalogue,
  { accountId, region, instanceId }: OfInstance,
  { descending, matches }: Wanted,
  args: PageArgs,
): Promise<Connection<SnapshotRow>> {
  const first = parseWhole('first', args.first, { min: 1, max: MAX_PAGE });
  const after = args.after == null ? undefined : placeOf(SORT, args.after).id;
  const chains = await chainsOfInstance(catalogue, { accountId, region, instanceId });
  const pageSize = Math.max(LEAST_READ, Math.ceil(first / Math.max(1, chains.length)));
  const isAfter = (id: string) => after === undefined || (descending ? id < after : id > after);
  const begun = chains.flatMap(({ inProgressId: id }) => (id !== undefined && isAfter(id) ? [id] : []));
  const sources = [
    listOf(begun.sort((a, b) => (a < b === descending ? 1 : -1))),
    ...chains.map(({ id: chainId }) => {
      const query = { index: 'byChain' as const, partition: { accountId, chainId }, descending, pageSize };
      return idsOf(rowsOf(catalogue, nodeEntity, { ...query, ...(after !== undefined && { after: { id: after } }) }));
    }),
  ];
  const edges: { cursor: string; node: SnapshotRow }[] = [];
  let endCursor: string | null = null;
  const page = (hasNextPage: boolean) => {
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: { hasNextPage, endCursor } };
  };
  let visited = 0;
  for await (const ids of batches(merged(sources, descending), first)) {
    requireDense(edges.length, visited);
    const rows = await catalogue.getMany(
      snapshotEntity,
      ids.map((id) => ({ accountId, id })),
    );
    for (const [at, id] of ids.entries()) {
      visited++;
      if (edges.length === first) return page(true);
      endCursor = cursorOf(SORT, { id });
      const row = rows[at];
      if (row !== undefined && matches(row)) edges.push({ cursor: endCursor, node: row });
    }
  }
  return page(false);
}

async function chainsOfInstance(catalogue: Catalogue, { accountId, region, instanceId: id }: OfInstance) {
  const instance = idPrefix(id) === 'i' ? await catalogue.get(instanceEntity, { accountId, id }) : undefined;
  return instance?.region === region ? chainsOf(catalogue, [instance]) : [];
}

async function* listOf(ids: readonly string[]): AsyncGenerator<string> {
  yield* ids;
}

async function* idsOf(nodes: AsyncGenerator<NodeRow>): AsyncGenerator<string> {
  for await (const { id, kind, hidden } of nodes) if (kind === 'SNAPSHOT' && !hidden) yield id;
}

/** Several lists of ids in one order, each once. */
async function* merged(sources: readonly AsyncGenerator<string>[], descending: boolean): AsyncGenerator<string> {
  const heads = await Promise.all(sources.map(async (source) => ({ source, next: await source.next() })));
  let last: string | undefined;
  for (;;) {
    let best: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      const id = head.next.value;
      if (best === undefined || id < (best.next.value as string) !== descending) best = head;
    }
    if (best === undefined) return;
    const id = best.next.value as string;
    if (id !== last) yield id;
    last = id;
    best.next = await best.source.next();
  }
}

/** So many at a time: rows are read together. */
async function* batches(ids: AsyncGenerator<string>, size: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const id of ids) {
    batch.push(id);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
