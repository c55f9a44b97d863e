/**
 * The schema of the catalogue, step by step, in SQL. The n-th step makes version n of version
 * n - 1. A new database takes all of them. A step that was released is never changed.
 *
 * A step is carried out in one transaction with the new version, so it must have none of its own.
 * The version of the database is SQLite's `user_version`.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE rows (
    pk TEXT NOT NULL,
    sk TEXT NOT NULL,
    item TEXT NOT NULL,
    gsi1pk TEXT, gsi1sk TEXT,
    gsi2pk TEXT, gsi2sk TEXT,
    ttl INTEGER,
    PRIMARY KEY (pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX gsi1 ON rows (gsi1pk, gsi1sk) WHERE gsi1pk IS NOT NULL;
  CREATE INDEX gsi2 ON rows (gsi2pk, gsi2sk) WHERE gsi2pk IS NOT NULL;
  CREATE INDEX ttl ON rows (ttl) WHERE ttl IS NOT NULL;
  `,
];
