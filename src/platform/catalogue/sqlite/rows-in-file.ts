import { DatabaseSync } from 'node:sqlite';
import type { Entity, RowOf } from '../entity.ts';
import { type Fields, rowOf } from '../fields.ts';
import { partitionPrefix } from '../keys.ts';
import { endOf } from './store.ts';

/** A copy of the catalogue in a file that nobody writes to. */
export interface CatalogueFile {
  /**
   * All rows of one kind, in the order of their keys. Synchronous: many rows belong into a thread.
   */
  rows<E extends Entity>(entity: E): Generator<RowOf<E>>;
  close(): void;
}

/** Never of a database that this process has open: closing it would drop its lock. */
export function openCatalogueFile(path: string): CatalogueFile {
  const db = new DatabaseSync(path, { readOnly: true });
  const statement = db.prepare('SELECT item FROM rows WHERE pk > ? AND pk < ? ORDER BY pk, sk');
  return {
    *rows(entity) {
      const prefix = partitionPrefix(entity);
      for (const { item } of statement.iterate(prefix, endOf(prefix)))
        yield rowOf(entity, JSON.parse(item as string) as Fields);
    },
    close: () => db.close(),
  };
}
