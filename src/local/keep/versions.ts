import { nodeEntity } from '../../engine/books/rows.ts';
import { MAX_TRANSACTION_WRITES, patch, type Write } from '../../platform/catalogue/port.ts';
import { openCatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';
import { openSqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { VERSION_GAP } from '../../service/manifests/plan.ts';

/**
 * Raises the version of each disk, as a rebuild does: a client that remembers a version from after
 * the backup cannot write over what it has not seen. To be called once for each new copy of the
 * database.
 */
export async function raiseVersions(path: string): Promise<void> {
  const writes = headsIn(path).map(({ key, version }) => patch(nodeEntity, key, { set: { version } }));
  const catalogue = await openSqliteCatalogue(path);
  try {
    for (let at = 0; at < writes.length; at += MAX_TRANSACTION_WRITES)
      await catalogue.transact(writes.slice(at, at + MAX_TRANSACTION_WRITES) as readonly Write[]);
  } finally {
    await catalogue.close();
  }
}

function headsIn(path: string) {
  const file = openCatalogueFile(path);
  try {
    const heads: { readonly key: { readonly accountId: string; readonly id: string }; readonly version: number }[] = [];
    for (const { accountId, id, kind, version } of file.rows(nodeEntity))
      if (kind === 'HEAD') heads.push({ key: { accountId, id }, version: version + VERSION_GAP });
    return heads;
  } finally {
    file.close();
  }
}
