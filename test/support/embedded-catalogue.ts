import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { primaryKey } from '../../src/platform/catalogue/keys.ts';
import { MAX_TRANSACTION_WRITES, put, type Read, type Write } from '../../src/platform/catalogue/port.ts';
import type { SqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { createMemoryCatalogue, type MemoryCatalogue } from './memory-catalogue.ts';

/**
 * The catalogue of one machine. A catalogue in memory does every change once more beside it, so
 * that tests can look at all rows at once. The two must never differ.
 */
export interface EmbeddedCatalogue extends MemoryCatalogue {
  /** Where the database is not as the catalogue in memory. */
  differences(): Promise<string[]>;
  /** From here on it has the rows of another one, and no others. */
  become(other: MemoryCatalogue): Promise<void>;
}

const SCANNED_AT_ONCE = 500;

/** `database` may change its answer: a process ends, and another one opens the file. */
export function createEmbeddedCatalogue(database: () => SqliteCatalogue): EmbeddedCatalogue {
  const memory = createMemoryCatalogue();
  const wrong: string[] = [];
  const compare = (what: string, is: unknown, should: unknown) => {
    if (!isDeepStrictEqual(is, should)) wrong.push(`${what} ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
  };
  const transact = async (writes: readonly Write[]) => {
    const result = await database().transact(writes);
    // Answers come in the order in which the database made its changes.
    compare('a transaction answers', result, await memory.transact(writes));
    return result;
  };
  return {
    rows: memory.rows,
    entities: memory.entities,
    copy: memory.copy,
    get: (entity, key) => database().get(entity, key),
    getMany: (entity, keys) => database().getMany(entity, keys),
    getEach: (...reads: readonly Read[]) => database().getEach(...reads) as Promise<never>,
    list: (entity, query) => database().list(entity, query),
    transact,
    tryWrite: async (write) => {
      const isDone = await database().tryWrite(write);
      compare('a write answers', isDone, await memory.tryWrite(write));
      return isDone;
    },
    differences: async () => {
      for (const entity of memory.entities()) {
        const should = byKey(entity, memory.rows(entity));
        compare(`${entity.name}: the database has`, byKey(entity, await scanned(database(), entity)), should);
      }
      return wrong;
    },
    become: async (other) => {
      const writes = changesTo(other, memory);
      for (let at = 0; at < writes.length; at += MAX_TRANSACTION_WRITES)
        await transact(writes.slice(at, at + MAX_TRANSACTION_WRITES));
    },
  };
}

async function scanned(database: SqliteCatalogue, entity: Entity): Promise<object[]> {
  const found: object[] = [];
  for (;;) {
    const last = found.at(-1);
    const rows = await database.scan(entity, { ...(last && { after: last }), limit: SCANNED_AT_ONCE });
    found.push(...rows);
    if (rows.length < SCANNED_AT_ONCE) return found;
  }
}

const keyText = (entity: Entity, row: object) => Object.values(primaryKey(entity, row)).join(' ');

function byKey(entity: Entity, rows: readonly object[]): Record<string, object> {
  const named = rows.map((row) => [keyText(entity, row), { ...row }] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function changesTo(other: MemoryCatalogue, from: MemoryCatalogue): Write[] {
  return [...new Set([...other.entities(), ...from.entities()])].flatMap((entity) => {
    const wanted = byKey(entity, other.rows(entity));
    const there = byKey(entity, from.rows(entity));
    const news = Object.entries(wanted).filter(([key, row]) => !isDeepStrictEqual(there[key], row));
    const gone = Object.entries(there).filter(([key]) => wanted[key] === undefined);
    return [
      ...news.map(([, row]): Write => put(entity, row, 'any')),
      ...gone.map(([, key]): Write => ({ kind: 'delete', entity, key, when: [] })),
    ];
  });
}
