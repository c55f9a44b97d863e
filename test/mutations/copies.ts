import { type Mutation, one } from './mutation.ts';

/** Copies of snapshots in other domains. */
export const OF_COPIES: readonly Mutation[] = [
  one(
    '7.1',
    'a copy sends what its domain has',
    'tree/copy-step',
    '!isCommitted(rows.get(id)) || rows.get(id)?.damagedAt !== undefined',
    'id.length > 0',
  ),
  one(
    '7.1',
    'a copy sends what is known to be damaged',
    'tree/copy-step',
    'known.get(id)?.damagedAt !== undefined',
    'known.get(id)?.damagedAt === 0.5',
  ),
  one('7.1', 'a copy is finished before it is whole', 'tree/tree-copies', 'draft.root !== keep.root', 'draft.hidden'),
  one('7.1', 'a copy that is done still holds its source', 'tree/tree-copies', '    ...released.writes,\n', ''),
  one(
    'I6',
    'a scrub does not find the drafts of a copy',
    'tree/tree-copies',
    '...listed(draft)',
    'put(nodeEntity, draft)',
  ),
  one(
    '7.1',
    'a copy that is abandoned leaves its draft',
    'tree/tree-copies',
    '[...keep.writes, ...draft.writes]',
    'keep.writes',
  ),
];
