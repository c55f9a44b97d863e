import { openStore } from '../../src/platform/catalogue/sqlite/store.ts';

/** Brings a database to the version of the migrations that it is given, and says so. */
const [path = '', migrations = ''] = process.argv.slice(2);
const { migrated } = await openStore(path, { migrations: JSON.parse(migrations) as readonly string[] });
process.send?.(migrated);
