import { type Mutation, one } from './mutation.ts';

/** What can be deleted and brought back. */
export const OF_TRASH: readonly Mutation[] = [
  one('10.1', 'everybody sees what is in the bin', 'books/nodes', '!hidden && !trashed;', '!hidden;'),
  one(
    '10.1',
    'what goes into the bin is hidden',
    'tree/tree-trash',
    '{ trashed: true, ...withoutWriter(node)',
    '{ trashed: true, hidden: true, ...withoutWriter(node)',
  ),
  one('10.1', 'the writer of a disk in the bin stays its writer', 'tree/tree-trash', '...withoutWriter(node), ', ''),
  one(
    '10.1',
    'what comes back is not looked at again',
    'tree/tree-trash',
    "const when = [equal('trashed', true), saveAsSeen(node)];",
    'const when = [saveAsSeen(node)];',
  ),
  one(
    '10.1',
    'a manifest does not follow into the bin',
    'tree/tree-trash',
    '{ set, when }), ...note.writes];',
    '{ set, when })];',
  ),
  one(
    '10.1',
    'what is purged stays in the tree',
    'tree/tree-trash',
    'return { writes: [hidden, putEntry(entry), ...note.writes]',
    'return { writes: [hidden, ...note.writes]',
  ),
  one(
    '10.1',
    'what is purged stays in the bin',
    'tree/tree-trash',
    "remove: node.trashed === true ? ['trashed'] : [] });",
    'remove: [] });',
  ),
  one(
    '10.1',
    'a commit goes to a disk in the bin',
    'books/nodes',
    '    trashedAsSeen(node),\n    saveAsSeen(node),',
    '    saveAsSeen(node),',
  ),
];
