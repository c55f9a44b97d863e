import { DatabaseSync } from 'node:sqlite';
import type { IndexKeys, Item } from './item.ts';

/** A row of a catalogue with all its keys. */
export interface KeyedRow {
  readonly pk: string;
  readonly sk: string;
  readonly item: Item;
  readonly keys: IndexKeys;
}

/** Every row of a catalogue that nobody has open, in the order of the keys. */
export function* everyRow(path: string): Generator<KeyedRow> {
  const database = new DatabaseSync(path);
  try {
    const columns = 'pk, sk, item, gsi1pk, gsi1sk, gsi2pk, gsi2sk';
    for (const { pk, sk, item, ...keys } of database.prepare(`SELECT ${columns} FROM rows`).iterate()) {
      const indexed = Object.entries(keys).filter(([, value]) => value !== null);
      yield {
        pk: pk as string,
        sk: sk as string,
        item: JSON.parse(item as string) as Item,
        keys: Object.fromEntries(indexed) as IndexKeys,
      };
    }
  } finally {
    database.close();
  }
}
