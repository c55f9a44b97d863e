import { type Mutation, one } from './mutation.ts';

/** What clients upload: I5 and 9.5, where a client of the account means harm. */
export const OF_UPLOADS: readonly Mutation[] = [
  one(
    'I5',
    'few new blocks are taken without being read',
    'health/new-blocks',
    'if (ids.length > READ_AT_ONCE) return',
    'if (ids.length >= 0) return',
  ),
  one(
    'I5',
    'what is to be read back is not written down',
    'commit/commit',
    '  unread.push(...stored.unproved);',
    '  unread.push(...[]);',
  ),
  one(
    'I5',
    'what is to be read back of a commit in steps is not written down',
    'commit/commit-staged',
    'transact([putEntry(opened), stands, ...unread])',
    'transact([putEntry(opened), stands, ...unread.slice(unread.length)])',
  ),
  one(
    'I5',
    'a commit names what a power cut takes',
    'commit/commit',
    'persist(unknown.map(',
    'persist(unknown.slice(unknown.length).map(',
  ),
  one(
    '9.5',
    'what heals damage is not made durable',
    'health/damage',
    'persist([objectKey(domainId, id)]);',
    'persist([]);',
  ),
  one('I5', 'an orphan counts as seen', 'books/rows', 'isOrphan !== true', 'isOrphan !== null'),
  one('I5', 'a mended orphan counts as seen', 'health/mend', 'row?.isOrphan === true ?', 'row?.isOrphan === null ?'),
  one(
    'I5',
    'a page of which there is a row is not written',
    'commit/commit',
    'newPages.filter(({ id }) => rows.get(id)?.tombstonedAt === undefined)',
    'newPages.filter(({ id }) => !rows.has(id))',
  ),
  one(
    '9.5',
    'poison that nobody refers to is not marked',
    'health/new-blocks',
    'rows.has(id) &&',
    '(rows.get(id)?.refs ?? 0) > 0 &&',
  ),
  one(
    '9.5',
    'a page that was named as a block is marked',
    'health/new-blocks',
    'reason !== undefined && !(await isPage(deps, owner, id))',
    'reason !== undefined && isPage !== undefined',
  ),
  one(
    '9.5',
    'a mark that was lost with its writer stays lost',
    'health/damage',
    '    await mark(deps, known); // who saw it may have been killed before the mark\n',
    '',
  ),
  one(
    '9.5',
    'an upload may replace what is whole',
    'health/upload-place',
    "? 'WHOLE' : { etag: found.etag }",
    '? { etag: found.etag } : { etag: found.etag }',
  ),
  one(
    '9.5',
    'the checksum of an upload stands for bytes that are marked',
    'health/upload-place',
    'if (!isMarked && (await',
    'if ((await',
  ),
];
