import { openSqliteCatalogue, type SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { asStartError, type DataFolder } from '../folder/open.ts';

/**
 * The catalogue of a folder that no server uses, as it is: one of an earlier version is refused.
 * Throws `StartError`.
 */
export async function openStoppedCatalogue(folder: DataFolder): Promise<SqliteCatalogue> {
  try {
    return await openSqliteCatalogue(folder.catalogue, { older: 'REFUSE' });
  } catch (error) {
    throw asStartError(folder, error);
  }
}
