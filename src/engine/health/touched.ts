import type { ObjectId, Root } from '../blocks/block.ts';
import { walk } from '../blocks/walk.ts';
import type { AccountNodes } from '../books/account-nodes.ts';
import { type Domain, type EngineDeps, pagesOf } from '../deps.ts';

/**
 * Of some objects of a domain, those that the changes between these states, or work under way in
 * them, have to do with.
 */
export async function touchedBetween(
  deps: EngineDeps,
  domain: Domain,
  states: readonly AccountNodes[],
  ids: ReadonlySet<ObjectId>,
): Promise<ReadonlySet<ObjectId> | 'too many'> {
  const touched = new Set<ObjectId>();
  if (ids.size === 0) return touched;
  const groups = rootsThatMoved(domain, states);
  if (groups === 'too many') return groups;
  const differ = (at: readonly (ObjectId | undefined)[]) => at.some((id) => id !== at[0]);
  for (const roots of groups) {
    for await (const places of walk(pagesOf(deps, domain), [...roots], differ)) {
      for (const { ids: at } of places) for (const id of at) if (id !== undefined && ids.has(id)) touched.add(id);
    }
  }
  return touched;
}

/**
 * For each entry, and each node that is not the same in all states, the roots between which
 * references move.
 */
function rootsThatMoved({ domainId }: Domain, states: readonly AccountNodes[]): ReadonlySet<Root>[] | 'too many' {
  const groups = new Map<string, Set<Root>>();
  const seen = new Map<string, { times: number; versions: Set<string>; roots: Set<Root> }>();
  for (const { nodes, entries } of states) {
    if (entries === 'too many') return entries;
    for (const entry of entries.filter((each) => each.domainId === domainId)) {
      groups.set(entry.id, new Set([entry.out, entry.in, entry.base] as Root[]));
    }
    for (const { id, root, parentRoot } of nodes.filter((each) => each.domainId === domainId)) {
      const known = seen.get(id) ?? { times: 0, versions: new Set(), roots: new Set() };
      known.versions.add(`${root} ${parentRoot}`);
      for (const each of [root, parentRoot]) known.roots.add(each as Root);
      seen.set(id, { ...known, times: known.times + 1 });
    }
  }
  for (const [id, { times, versions, roots }] of seen) {
    if (times < states.length || versions.size > 1) groups.set(id, roots);
  }
  return [...groups.values()];
}
