import type { Mutation } from './mutation.ts';

const MOVES = 'src/platform/objects/folder/durable-moves.ts';
const SYNC = '      await (move.synced ?? syncFile(move.from));\n';

/** What reaches the disk, and in which order. Power cuts notice: test/power. */
export const OF_DURABILITY: readonly Mutation[] = [
  {
    rule: 'I5',
    broken: 'the contents of objects are not synced',
    edits: [{ file: MOVES, from: SYNC, to: '' }],
  },
  {
    rule: 'I5',
    broken: 'the folders of objects are not synced',
    edits: [
      {
        file: MOVES,
        from: '  await mapBounded(isNew ? [...changed, root] : [...changed], SYNCS_AT_ONCE, syncFolder);\n',
        to: '  void isNew;\n',
      },
    ],
  },
  {
    rule: 'I5',
    broken: 'objects get their names before their contents are synced',
    edits: [
      { file: MOVES, from: SYNC, to: '' },
      {
        file: MOVES,
        from: 'await rename(move.from, move.to);',
        to: 'await rename(move.from, move.to);\n      await syncFile(move.to);',
      },
    ],
  },
  {
    rule: '9.1',
    broken: 'the catalogue does not sync each transaction',
    edits: [
      {
        file: 'src/platform/catalogue/sqlite/store.ts',
        from: 'PRAGMA synchronous = FULL',
        to: 'PRAGMA synchronous = NORMAL',
      },
    ],
  },
  {
    rule: 'I4',
    broken: 'an object is deleted before its tombstone is durable',
    edits: [
      {
        file: 'src/engine/reclaim/reclaim.ts',
        from: '  const { buried, at } = await tombstone(deps, rows, (row) => [',
        to:
          '  await deps.objects(domain.regionId).remove(rows.map(({ id }) => objectKey(domain.domainId, id as ObjectId)));\n' +
          '  const { buried, at } = await tombstone(deps, rows, (row) => [',
      },
    ],
  },
  {
    rule: '3.7',
    broken: 'keys that a first start makes are not synced',
    edits: [{ file: 'src/platform/durable-file.ts', from: 'flush: true', to: 'flush: false' }],
  },
];
