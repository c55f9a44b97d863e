import { impossible } from '../errors.ts';
import type { Entity, KeyOf, RowOf } from './entity.ts';
import { type Fields, rowOf } from './fields.ts';
import { indexOf, keyText, partitionPrefix, primaryKey } from './keys.ts';
import { type Catalogue, isRepeatable, type ListQuery, MAX_TRANSACTION_WRITES, type Read, type Write } from './port.ts';
import { type Connection, connect } from './sqlite/connection.ts';
import { storedWrite } from './sqlite/item.ts';
import type { Migrated, MigrateOptions } from './sqlite/migrate.ts';
import type { StoredQuery } from './sqlite/store.ts';

/**
 * The catalogue in one SQLite file, for one process. A thread of its own holds the database, so
 * that a sync to the disk holds up nobody else. What waits at the same time shares one sync.
 */
export interface SqliteCatalogue extends Catalogue {
  /** Drops rows whose time is up; how many. */
  dropExpired(epochMs: number): Promise<number>;
  /** Rows of one kind, in the order of their keys, for those who keep this database. */
  scan<E extends Entity>(
    entity: E,
    options: { readonly after?: KeyOf<E>; readonly limit: number },
  ): Promise<RowOf<E>[]>;
  /** A consistent copy in a file that does not exist yet, while everybody goes on. */
  backup(path: string): Promise<void>;
  /** Resolves when nothing more can be acknowledged, and the process must end. */
  readonly lost: Connection['lost'];
  /** Resolves when SQLite finds the file damaged: nothing should be written to it any more. */
  readonly damaged: Connection['damaged'];
  /** Set if the database had an earlier version, and has this one's now. */
  readonly migrated?: Migrated;
  close(): Promise<void>;
}

const DROPPED_AT_ONCE = 500; // a few milliseconds

/** Throws `DatabaseError` with a sentence for the operator. */
export async function openSqliteCatalogue(path: string, options: MigrateOptions = {}): Promise<SqliteCatalogue> {
  const connection = await connect(path, options);

  const each = async (reads: readonly Read[]): Promise<(object | undefined)[]> => {
    if (reads.length === 0) return [];
    const found = await connection.read(reads.map(({ entity, key }) => primaryKey(entity, key)));
    return reads.map(({ entity }, at) => rowIn(entity, found[at]));
  };

  return {
    get: async (entity, key) => (await each([{ entity, key }]))[0] as never,
    getMany: (entity, keys) => each(keys.map((key) => ({ entity, key }))) as Promise<never[]>,
    getEach: (...reads) => each(reads) as Promise<never>,

    async list(entity, query) {
      const found = await connection.ask('list', storedQuery(entity, { ...query, limit: query.limit + 1 }));
      const rows = found.slice(0, query.limit).map((item) => rowIn(entity, item) as never);
      return { rows, more: found.length > query.limit };
    },

    async transact(writes) {
      if (writes.length === 0) return { ok: true };
      if (writes.length > MAX_TRANSACTION_WRITES) throw impossible(`${writes.length} writes in one transaction`);
      const written = await connection.ask('write', stored(writes));
      return written.ok ? { ok: true } : written;
    },

    async tryWrite(write) {
      if (!isRepeatable(write)) throw impossible('a write by itself that may not be done twice');
      const { ok } = await connection.ask('write', stored([write]));
      return ok;
    },

    async dropExpired(epochMs) {
      const epochSeconds = Math.floor(epochMs / 1000);
      return connection.ask('dropExpired', { epochSeconds, limit: DROPPED_AT_ONCE });
    },
    async scan(entity, { after, limit }) {
      const place = after === undefined ? {} : { after: primaryKey(entity, after) };
      const found = await connection.ask('scan', { prefix: partitionPrefix(entity), limit, ...place });
      return found.map((item) => rowIn(entity, item) as never);
    },
    backup: (copy) => connection.ask('backup', copy),
    lost: connection.lost,
    damaged: connection.damaged,
    ...(connection.migrated && { migrated: connection.migrated }),
    close: () => connection.close(),
  };
}

function rowIn<E extends Entity>(entity: E, item: string | undefined) {
  return item === undefined ? undefined : rowOf(entity, JSON.parse(item) as Fields);
}

function stored(writes: readonly Write[]) {
  const all = writes.map(storedWrite);
  if (new Set(all.map(({ pk, sk }) => `${pk}\0${sk}`)).size < all.length) throw impossible('two writes to one row');
  return all;
}

function storedQuery(entity: Entity, query: ListQuery): StoredQuery {
  const secondary = indexOf(entity, query.index);
  const { partition, sort } = secondary ?? entity.primary;
  return {
    index: secondary === undefined ? 'primary' : `gsi${secondary.slot}`,
    partition: keyText(entity, partition, query.partition),
    ...(query.after !== undefined && { after: keyText(entity, sort, query.after) }),
    descending: query.descending ?? false,
    limit: query.limit,
  };
}
