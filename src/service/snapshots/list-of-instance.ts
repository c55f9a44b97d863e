import { isVisible } from '../../engine/books/nodes.ts';
import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import type { Catalogue, ListPage } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { idPrefix } from '../calls/owned.ts';
import { type Connection, type PageArgs, pageThrough } from '../calls/page.ts';
import { chainsOf } from '../model/instances/find.ts';
import { instanceEntity } from '../model/instances/rows.ts';
import { readSnapshots } from '../model/snapshots/find.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';

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

/**
 * The snapshots of all disks that are attached to an instance now, by id: their chains are read
 * side by side, each as far as it is needed.
 */
export async function pageOfInstance(
  catalogue: Catalogue,
  { accountId, region, instanceId }: OfInstance,
  wanted: Wanted,
  args: PageArgs,
): Promise<Connection<SnapshotRow>> {
  const { descending } = wanted;
  const chains = await chainsOfInstance(catalogue, { accountId, region, instanceId });
  const pageSize = Math.max(LEAST_READ, Math.ceil(args.first / Math.max(1, chains.length)));
  const idsAfter = (after: string | undefined) => {
    const isAfter = (id: string) => after === undefined || (descending ? id < after : id > after);
    const begun = chains.flatMap(({ inProgressId: id }) => (id !== undefined && isAfter(id) ? [id] : []));
    const taken = chains.map(({ id: chainId }) => {
      const query = { index: 'byChain' as const, partition: { accountId, chainId }, descending, pageSize };
      return idsOf(rowsOf(catalogue, nodeEntity, { ...query, ...(after !== undefined && { after: { id: after } }) }));
    });
    return merged([listOf(begun.sort((a, b) => (a < b === descending ? 1 : -1))), ...taken], descending);
  };
  let next: ((limit: number) => Promise<ListPage<Identified>>) | undefined;
  return pageThrough<Identified, SnapshotRow>(
    {
      sort: ['id'],
      refuseSparse: true,
      ...wanted,
      read: (limit, place) => {
        next ??= inParts(idsAfter(place?.id));
        return next(limit);
      },
      follow: (ids) => readSnapshots(catalogue)(ids.map(({ id }) => ({ accountId, id }))),
    },
    args,
  );
}

interface Identified {
  readonly id: string;
}

async function chainsOfInstance(catalogue: Catalogue, { accountId, region, instanceId: id }: OfInstance) {
  const instance = idPrefix(id) === 'i' ? await catalogue.get(instanceEntity, { accountId, id }) : undefined;
  return instance?.region === region ? chainsOf(catalogue, [instance]) : [];
}

async function* listOf(ids: readonly string[]): AsyncGenerator<string> {
  yield* ids;
}

async function* idsOf(nodes: AsyncGenerator<NodeRow>): AsyncGenerator<string> {
  for await (const node of nodes) if (node.kind === 'SNAPSHOT' && isVisible(node)) yield node.id;
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

/** So many at a time, and whether more follow. */
function inParts(ids: AsyncGenerator<string>): (limit: number) => Promise<ListPage<Identified>> {
  let next: IteratorResult<string> | undefined;
  return async (limit) => {
    const rows: Identified[] = [];
    next ??= await ids.next();
    for (; !next.done && rows.length < limit; next = await ids.next()) rows.push({ id: next.value });
    return { rows, more: !next.done };
  };
}
