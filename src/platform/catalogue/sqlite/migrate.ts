import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { syncNow } from '../../durable-file.ts';
import { copyTo, finishCopy } from './copy.ts';
import { DamageError, findDamage } from './integrity.ts';
import { MIGRATIONS } from './migrations.ts';
import { rollBack } from './roll-back.ts';

export interface MigrateOptions {
  readonly migrations?: readonly string[];
  /** What is to become of a database of an earlier version. Default: `MIGRATE`. */
  readonly older?: 'MIGRATE' | 'REFUSE';
}

/** What was done to a database of an earlier version. */
export interface Migrated {
  readonly from: number;
  readonly to: number;
  /** A file with the database as it was before. */
  readonly copy: string;
}

/** Its version keeps a database from being used. The message is one sentence for the operator. */
export class VersionError extends Error {
  override readonly name = 'VersionError';
}

/** Where a database is copied before it is brought to a later version than this one. */
export const copyBefore = (path: string, version: number): string => `${path}.version-${version}`;

/**
 * Brings an open database to the version of this Varve. One of an earlier version is copied first,
 * durably. Each step is one transaction: killed or failing anywhere, the database has one of the
 * versions in between, and the next call goes on.
 */
export async function migrate(
  db: DatabaseSync,
  path: string,
  { migrations = MIGRATIONS, older = 'MIGRATE' }: MigrateOptions = {},
): Promise<Migrated | undefined> {
  const [from, to] = [versionOf(db), migrations.length];
  requireKnown(path, from, to);
  if (from === to) return undefined;
  if (from === 0) {
    carryOut(db, [`PRAGMA application_id = ${APPLICATION_ID}`, ...migrations], to);
    // SQLite syncs the folder for its log, and not for a new database file.
    syncNow(dirname(path));
    return undefined;
  }
  if (older === 'REFUSE')
    throw new VersionError(
      `${path} has version ${from}, of an earlier Varve: start "varve server", which brings it to version ${to}.`,
    );
  const copy = await keepCopy(db, path, from);
  takeSteps(db, path, migrations, copy);
  return { from, to, copy };
}

/** The same for a copy of a database, which is the caller's: it is not copied once more. */
export function migrateCopy(path: string, migrations: readonly string[] = MIGRATIONS): void {
  const db = new DatabaseSync(path);
  try {
    requireKnown(path, versionOf(db), migrations.length);
    takeSteps(db, path, migrations, undefined);
  } finally {
    db.close();
  }
}

const APPLICATION_ID = 0x56415256; // "VARV": SQLite's header says whose file this is

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function requireKnown(path: string, version: number, newest: number): void {
  if (version > newest)
    throw new VersionError(
      `${path} has version ${version}; this Varve knows versions up to ${newest}: run the Varve ` +
        'that wrote it, or a later one.',
    );
}

function takeSteps(db: DatabaseSync, path: string, migrations: readonly string[], copy: string | undefined): void {
  for (let version = versionOf(db); version < migrations.length; version++) {
    try {
      carryOut(db, [migrations[version] ?? ''], version + 1);
    } catch (error) {
      const kept = copy === undefined ? '' : `, and ${copy} is a copy of what it was before`;
      throw new VersionError(
        `${path} could not be brought from version ${version} to ${version + 1} ` +
          `(${(error as Error).message}): it has version ${version}${kept}.`,
        { cause: error },
      );
    }
  }
}

function carryOut(db: DatabaseSync, steps: readonly string[], version: number): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps) db.exec(step);
    db.exec(`PRAGMA user_version = ${version}; COMMIT`);
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** At no moment does a part of the copy stand under its name. One of an earlier try is replaced. */
async function keepCopy(db: DatabaseSync, path: string, version: number): Promise<string> {
  const copy = copyBefore(path, version);
  const part = `${copy}.part`;
  try {
    rmSync(part, { force: true });
    await copyTo(db, part);
    const damage = findDamage(part);
    if (damage !== undefined) throw new DamageError(damage);
    finishCopy(part);
    syncNow(part);
    renameSync(part, copy);
    syncNow(dirname(copy));
    return copy;
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof DamageError) throw error;
    throw new VersionError(
      `${path} has version ${version}, and could not be copied before it gets a later one ` +
        `(${(error as Error).message}): it is as it was. Start again when that is mended.`,
      { cause: error },
    );
  }
}
