import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { objectKey } from '../../../src/engine/blocks/block.ts';
import { objectEntity } from '../../../src/engine/books/rows.ts';
import { putObjects } from '../../../src/local/keep/put-objects.ts';
import { put } from '../../../src/platform/catalogue/port.ts';
import { finishCopy } from '../../../src/platform/catalogue/sqlite/copy.ts';
import { openSqliteCatalogue } from '../../../src/platform/catalogue/sqlite.ts';
import { pathOf } from '../../../src/platform/objects/folder/layout.ts';
import { blockId } from '../../support/block-contents.ts';
import { temporaryFolder } from '../running.ts';

const BYTES = Buffer.from('what is stored');

it('an object that is removed between two looks is taken from where it went', async () => {
  using folder = temporaryFolder();
  const [objects, removed, to] = ['objects', 'removed', 'backup'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  const rows = [1, 2, 3].map((seed) => ({ domainId: 'dom-1', id: blockId(seed), refs: 1, storedBytes: BYTES.length }));
  const keys = rows.map(({ domainId, id }) => objectKey(domainId, id));
  for (const key of keys) {
    mkdirSync(dirname(pathOf(objects, key)), { recursive: true });
    mkdirSync(dirname(pathOf(removed, key)), { recursive: true });
    writeFileSync(pathOf(objects, key), BYTES);
  }
  mkdirSync(to);
  const path = join(folder.path, 'copy.sqlite');
  const catalogue = await openSqliteCatalogue(path);
  await catalogue.transact(rows.map((row) => put(objectEntity, row)));
  await catalogue.close();
  finishCopy(path);

  // It is asked after an object was found, and before the object is put.
  const remove = () => {
    for (const key of keys)
      if (existsSync(pathOf(objects, key))) renameSync(pathOf(objects, key), pathOf(removed, key));
    return false;
  };
  const context = { isStopped: remove, progress: () => undefined };
  const result = putObjects({ catalogue: path, from: [objects, removed], to, verify: false }, context);
  expect(result).toMatchObject({ objects: { count: 3, bytes: 3 * BYTES.length }, missing: [] });
  for (const key of keys) expect(readFileSync(pathOf(to, key))).toEqual(BYTES);
});
