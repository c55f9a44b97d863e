import { type Mutation, one } from './mutation.ts';

/** Commits, the tree and its writers. */
export const OF_THE_TREE: readonly Mutation[] = [
  // I5: what a commit names exists.
  one(
    'I5',
    'a commit does not look whether its blocks are there',
    'commit',
    'if (missing.length > 0) {',
    'if (missing.length > 1e9) {',
  ),
  one('I5', 'an object of any length or checksum is taken', 'stored-sizes', ' && canBeStored(id, head)', ''),
  one(
    'I5',
    'a whole block is taken whatever its checksum',
    'object-form',
    'return sha256 === undefined || sha256 === id;',
    'return id.length > 0;',
  ),
  {
    rule: 'I5',
    broken: 'the fence is read after the blocks were looked for',
    edits: [
      {
        file: 'src/engine/commit.ts',
        from: '[fenceStands(change.node.domainId, change.fence)]',
        to: '[fenceStands(change.node.domainId, await readFence(deps.catalogue, change.node.domainId, change.node.id))]',
      },
    ],
  },
  one(
    '9.5',
    'a checksum that does not fit is ignored',
    'object-form',
    'if (blockIdOf(plain, keys?.idKey) !== id)',
    'if (Number.isNaN(plain.length))',
  ),
  one(
    '9.5',
    'any plain length is accepted',
    'object-form',
    '(plainBytes !== undefined && plain.length !== plainBytes)',
    'Number.isNaN(plainBytes)',
  ),
  // The tree.
  one(
    '9.1',
    'the head switches whatever it is by now',
    'commit',
    '{ set, when: unchanged(node) }',
    '{ set, when: [] }',
  ),
  one(
    '4.6',
    'a deleted snapshot with two children goes',
    'collapse',
    'if (children.length > 1) return undefined;',
    'if (children.length > 2) return undefined;',
  ),
  one('4.6', 'a node is taken out although its child has changed', 'collapse', 'when: unchanged(child),', 'when: [],'),
  one(
    '4.6',
    'a node whose last child goes stays',
    'tree-heads',
    'writes.push(remove(edgeEntity, edge(accountId, head.parentId, nodeId)));\n  return { writes, also, value: undefined, entry }',
    'return { writes, also, value: undefined, entry }',
  ),
  one('4.9', 'a head rolls back to a snapshot that is being deleted', 'tree-heads', '[stillVisible(target)]', '[]'),
  one('4.6', 'a preview counts what others still use', 'preview', 'row.refs !== count', 'row.refs < count'),
  one('4.9', 'a draft is hung below a snapshot that is being deleted', 'tree-drafts', ', stillVisible(parent)];', '];'),
  one('3.2', 'a clone is hung below a snapshot that is being deleted', 'tree-heads', ', stillVisible(origin)];', '];'),
  one('4.6', 'a preview forgets what goes with the last child', 'preview', '  parent?.children.delete(id);\n', ''),
  one(
    'I6',
    'what differs is a fault without a second look',
    'recount',
    'same.filter(({ id }) => !touched.has(id))',
    'same',
  ),
  one('I6', 'a scrub forgets drafts', 'account-nodes', ', ...drafts])];', '])];'),
  one(
    'I6',
    'a scrub forgets what has no manifest yet',
    'account-nodes',
    ', ...underWay, ...drafts])];',
    ', ...drafts])];',
  ),
  one('I6', 'a count is mended although it has changed', 'mend', "[equal('refs', row.refs), equal", '[equal'),
  one(
    '9.5',
    'the mark of damage goes with the last reference',
    'refs',
    'placeAmongDead(id, now), ...markOf(row) }',
    'placeAmongDead(id, now) }',
  ),
  one(
    '9.5',
    'a commit takes what is damaged for whole',
    'commit',
    '[...stored.missing, ...damaged];',
    '[...stored.missing];',
  ),
  one(
    '4.1',
    'a disk below a new snapshot is never measured',
    'tree-heads',
    '    ...measureLater(deps, { ...head, ...moved }),\n',
    '',
  ),
  // 9.3: one writer at a time.
  one('9.3', 'a commit does not ask for the fence', 'commit', '  requireWriter(node, input.fence);\n', ''),
  one('9.3', 'a commit asks for the fence only at its beginning', 'nodes', '    writerAsSeen(node),\n', ''),
  one(
    '9.3',
    'a draft is committed whoever has the disk',
    'tree-drafts',
    'requireWriter(head, fence);\n  if (head.version !== draft.baseVersion)',
    'if (head.version !== draft.baseVersion)',
  ),
  one('9.3', 'a rollback leaves the writer its fence', 'tree-heads', ' ...withoutWriter(head),', ''),
  one(
    '9.3',
    'who takes the disk gets the fence of the one before',
    'writer',
    'return writerFence + 1;',
    'return writerFence || 1;',
  ),
];
