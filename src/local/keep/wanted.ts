import { type ObjectId, objectKey } from '../../engine/blocks/block.ts';
import { MANIFESTS, manifestKey } from '../../engine/books/manifest.ts';
import { manifestEntity, nodeEntity, objectEntity } from '../../engine/books/rows.ts';
import type { CatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';

/** An object of the store that belongs to a copy of the catalogue. */
export interface WantedObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** One that is just being reclaimed, or that nothing has referred to yet, may be gone. */
  readonly mayBeGone: boolean;
}

/** Every object that has a row: a later commit trusts the row. */
export function* wantedObjects(catalogue: CatalogueFile): Generator<WantedObject> {
  for (const row of catalogue.rows(objectEntity)) {
    yield {
      key: objectKey(row.domainId, row.id as ObjectId),
      sizeBytes: row.storedBytes,
      mayBeGone: row.tombstonedAt !== undefined || row.isOrphan === true,
    };
  }
}

/**
 * Which manifests belong to a copy of the catalogue. A later one would count for more than those
 * that are written after the copy was restored. The first one of a node has the number 0, and no
 * row.
 */
export function manifestsOf(catalogue: CatalogueFile): (key: string) => boolean {
  const numbers = new Map<string, number>();
  for (const { accountId, id } of catalogue.rows(nodeEntity)) numbers.set(`${accountId}/${id}`, 0);
  for (const { accountId, nodeId, number } of catalogue.rows(manifestEntity))
    numbers.set(`${accountId}/${nodeId}`, number);
  return (key) => {
    const [, accountId = '', id = '', digits = ''] = key.split('/');
    const number = numbers.get(`${accountId}/${id}`);
    return (
      number !== undefined &&
      key.startsWith(MANIFESTS) &&
      key <= manifestKey({ accountId, id }, number) &&
      digits !== ''
    );
  };
}
