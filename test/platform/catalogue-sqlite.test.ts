import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { catalogueSuite } from './catalogue-suite.ts';

const opened = (async () => {
  const folder = await mkdtemp(join(tmpdir(), 'varve-catalogue-'));
  return { folder, catalogue: await openSqliteCatalogue(join(folder, 'catalogue.db')) };
})();

afterAll(async () => {
  const { folder, catalogue } = await opened;
  await catalogue.close();
  await rm(folder, { recursive: true });
});

catalogueSuite(async (): Promise<SqliteCatalogue> => (await opened).catalogue);
