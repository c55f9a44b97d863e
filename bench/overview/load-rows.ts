import { DatabaseSync } from 'node:sqlite';
import type { Write } from '../../src/platform/catalogue/port.ts';
import { storedWrite } from '../../src/platform/catalogue/sqlite/item.ts';
import { openStore } from '../../src/platform/catalogue/sqlite/store.ts';
import { BenchError } from '../bench-error.ts';

/** Of SQLite's cache: the pages that a load comes back to. */
const CACHE_KIB = 1024 * 1024;

/** Puts rows into a new database that nobody else has open. */
export interface RowLoader {
  /** Rows that are not there yet. */
  put(writes: readonly Write[]): void;
  /** Then the database is as any other. */
  end(): void;
}

/**
 * As the catalogue would write them, but without its thread, without a sync, and with the indexes
 * made at the end. A database that was loaded in part is of no use.
 */
export async function startLoad(path: string): Promise<RowLoader> {
  (await openStore(path)).close();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF');
  db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  const indexes = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all();
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  const columns = 'pk, sk, item, gsi1pk, gsi1sk, gsi2pk, gsi2sk, ttl';
  const insert = db.prepare(`INSERT INTO rows (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    put: (writes) => {
      db.exec('BEGIN');
      for (const write of writes) {
        const stored = storedWrite(write);
        if (stored.kind !== 'put') throw new BenchError(`A load puts rows only, and this is a ${stored.kind}.`);
        const { pk, sk, text, expiry } = stored;
        const { gsi1pk = null, gsi1sk = null, gsi2pk = null, gsi2sk = null } = stored.keys;
        insert.run(pk, sk, text, gsi1pk, gsi1sk, gsi2pk, gsi2sk, expiry);
      }
      db.exec('COMMIT');
    },
    end: () => {
      for (const { sql } of indexes) db.exec(String(sql));
      db.close();
    },
  };
}
