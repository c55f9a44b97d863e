import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PrimaryKey } from '../keys.ts';
import type { TransactResult } from '../port.ts';
import { copyTo } from './copy.ts';
import { DamageError } from './integrity.ts';
import { type IndexKeys, type Item, isAllowed, patched, type StoredRow, type StoredWrite, storedText } from './item.ts';
import { type Migrated, type MigrateOptions, migrate } from './migrate.ts';
import { rollBack } from './roll-back.ts';

/** Rows of one list, in the order of their sort keys. */
export interface StoredQuery {
  readonly index: 'primary' | 'gsi1' | 'gsi2';
  readonly partition: string;
  /** Only rows behind this sort key, in the direction of the list. */
  readonly after?: string;
  readonly descending: boolean;
  readonly limit: number;
}

/** Rows of one kind, in the order of their keys. */
export interface StoredScan {
  /** The partition of each begins so. */
  readonly prefix: string;
  /** Only rows behind this one. */
  readonly after?: PrimaryKey;
  readonly limit: number;
}

/** All or nothing. */
export type Transaction = readonly StoredWrite[];

/**
 * What a write left of its row: its JSON after a patch, and null if there is none. Undefined after
 * a check, and after a put, whose JSON the caller has.
 */
export type AfterWrite = string | null | undefined;

export type Written =
  | Exclude<TransactResult, { ok: true }>
  | { readonly ok: true; readonly after: readonly AfterWrite[] };

/**
 * The rows of the catalogue in one SQLite file. Everything is synchronous: it belongs into a thread
 * of its own. Only this connection may be open in the process: closing a second one would drop the
 * lock of the first (sqlite.org/howtocorrupt.html, 2.2).
 */
export interface SqliteStore {
  /** Set if the database had an earlier version. */
  readonly migrated?: Migrated;
  /** Each as JSON. */
  read(keys: readonly PrimaryKey[]): (string | undefined)[];
  list(query: StoredQuery): string[];
  scan(scan: StoredScan): string[];
  /**
   * Carries out what waits together, with one sync to the disk. Each transaction sees those before
   * it. If this returns, everything that is ok outlives a power cut. If it throws, nothing of it
   * was done; after a {@link isLost} error not even that is known.
   */
  write(group: readonly Transaction[]): Written[];
  /** Drops at most `limit` rows whose time was up before `epochSeconds`. */
  dropExpired(epochSeconds: number, limit: number): number;
  /** A consistent copy in a new file, while others go on. */
  backup(path: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface StoreOptions extends MigrateOptions {
  /** The file grows no further, as on a disk that is full. */
  readonly mostPages?: number;
}

/** One of an earlier version is brought to this one first. Throws `VersionError` if it cannot. */
export async function openStore(path: string, { mostPages, ...options }: StoreOptions = {}): Promise<SqliteStore> {
  const db = new DatabaseSync(path);
  try {
    // Exclusive: other processes are kept out, and no memory is shared through a file.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    db.exec('PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY');
    if (mostPages !== undefined) db.exec(`PRAGMA max_page_count = ${mostPages}`);
    const migrated = await migrate(db, path, options);
    return { ...storeIn(db), ...(migrated && { migrated }) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function storeIn(db: DatabaseSync): Omit<SqliteStore, 'migrated'> {
  const statements = prepareStatements(db);
  const lists = new Map<string, StatementSync>();
  const apply = (transaction: Transaction): Written => {
    const before = transaction.map((write) => (dependsOnRow(write) ? rowAt(statements.row, write) : undefined));
    const failed = transaction.flatMap((write, at) => (isAllowed(before[at]?.item, write) ? [] : [at]));
    if (failed.length > 0) return { ok: false, failed };
    return { ok: true, after: transaction.map((write, at) => carryOut(statements, write, before[at])) };
  };
  return {
    read: (keys) => keys.map(({ pk, sk }) => statements.item.get(pk, sk)?.item as string | undefined),
    list: (query) => {
      const { partition, after, limit } = query;
      const sql = listSql(query);
      const statement = lists.get(sql) ?? db.prepare(sql);
      lists.set(sql, statement);
      const rows = after === undefined ? statement.all(partition, limit) : statement.all(partition, after, limit);
      return rows.map((row) => row.item as string);
    },
    scan: ({ prefix, after = { pk: prefix, sk: '' }, limit }) =>
      statements.scan.all(after.pk, after.sk, endOf(prefix), limit).map((row) => row.item as string),
    write: (group) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const outcomes = group.map(apply);
        db.exec('COMMIT');
        return outcomes;
      } catch (error) {
        rollBack(db);
        throw error;
      }
    },
    dropExpired: (epochSeconds, limit) => Number(statements.drop.run(epochSeconds, limit).changes),
    backup: (path, signal) => copyTo(db, path, signal),
    close: () => db.close(),
  };
}

const KEY_COLUMNS = ['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'] as const;

interface Statements {
  readonly item: StatementSync;
  readonly scan: StatementSync;
  readonly row: StatementSync;
  readonly put: StatementSync;
  readonly remove: StatementSync;
  readonly drop: StatementSync;
}

function prepareStatements(db: DatabaseSync): Statements {
  const columns = `item, ${KEY_COLUMNS.join(', ')}, ttl`;
  return {
    item: db.prepare('SELECT item FROM rows WHERE pk = ? AND sk = ?'),
    scan: db.prepare('SELECT item FROM rows WHERE (pk, sk) > (?, ?) AND pk < ? ORDER BY pk, sk LIMIT ?'),
    row: db.prepare(`SELECT ${columns} FROM rows WHERE pk = ? AND sk = ?`),
    put: db.prepare(`INSERT OR REPLACE INTO rows (pk, sk, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    remove: db.prepare('DELETE FROM rows WHERE pk = ? AND sk = ?'),
    drop: db.prepare('DELETE FROM rows WHERE (pk, sk) IN (SELECT pk, sk FROM rows WHERE ttl < ? LIMIT ?)'),
  };
}

/** Above every text that begins so. */
export function endOf(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function listSql({ index, after, descending }: StoredQuery): string {
  const [partition, sort] = index === 'primary' ? ['pk', 'sk'] : [`${index}pk`, `${index}sk`];
  const behind = after === undefined ? '' : ` AND ${sort} ${descending ? '<' : '>'} ?`;
  return `SELECT item FROM rows WHERE ${partition} = ?${behind} ORDER BY ${sort}${descending ? ' DESC' : ''} LIMIT ?`;
}

function rowAt(statement: StatementSync, { pk, sk }: PrimaryKey): StoredRow | undefined {
  const found = statement.get(pk, sk);
  if (found === undefined) return undefined;
  const keys = KEY_COLUMNS.flatMap((name) => (found[name] === null ? [] : [[name, found[name] as string] as const]));
  return { item: JSON.parse(found.item as string) as Item, keys: Object.fromEntries(keys) as IndexKeys };
}

/** Whether it takes the row that is there to decide about a write, or to carry it out. */
const dependsOnRow = ({ kind, when }: StoredWrite): boolean => kind === 'patch' || when.length > 0;

type PutRow = Omit<StoredWrite & { readonly kind: 'put' }, 'kind' | 'when'>;

function carryOut(statements: Statements, write: StoredWrite, before: StoredRow | undefined): AfterWrite {
  const { pk, sk } = write;
  if (write.kind === 'check') return undefined;
  if (write.kind === 'delete') {
    statements.remove.run(pk, sk);
    return null;
  }
  if (write.kind === 'put') {
    putRow(statements.put, write);
    return undefined;
  }
  const { item, keys } = patched(before ?? { item: {}, keys: {} }, write);
  const stored = storedText(item);
  putRow(statements.put, { pk, sk, keys, ...stored });
  return stored.text;
}

function putRow(statement: StatementSync, { pk, sk, text, keys, expiry }: PutRow): void {
  const { gsi1pk = null, gsi1sk = null, gsi2pk = null, gsi2sk = null } = keys;
  statement.run(pk, sk, text, gsi1pk, gsi1sk, gsi2pk, gsi2sk, expiry);
}

const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

interface SqliteError {
  readonly code?: string;
  readonly errcode?: number;
}

/** The disk is full, and nothing was written. */
export function isFull(error: unknown): boolean {
  return primaryCode(error) === SQLITE_FULL;
}

/**
 * A sync to the disk, or another call to it, has failed. The kernel may have thrown away what it
 * could not write and call the next sync a success. So nobody can say what is on the disk, and the
 * process must end; a start reads what is there.
 */
export function isLost(error: unknown): boolean {
  return primaryCode(error) === SQLITE_IOERR;
}

/** What is in the file is not what SQLite wrote. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB || error instanceof DamageError;
}

function primaryCode(error: unknown): number | undefined {
  const { code, errcode } = error as SqliteError;
  return code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined;
}
