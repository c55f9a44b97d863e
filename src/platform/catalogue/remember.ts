import type { Entity, KeyOf, RowOf } from './entity.ts';
import { primaryKey } from './keys.ts';
import type { Catalogue } from './port.ts';

/**
 * The same catalogue, that reads each row of the given entities once: for rows that much work in a
 * short time looks at, and that no condition of a transaction rests on. Lives as long as that work,
 * never longer. A reading that failed is not remembered.
 */
export function rememberReads(catalogue: Catalogue, entities: readonly Entity[]): Catalogue {
  const known = new Map<string, Promise<unknown>>();
  const get = <E extends Entity>(entity: E, key: KeyOf<E>): Promise<RowOf<E> | undefined> => {
    if (!entities.includes(entity)) return catalogue.get(entity, key);
    const { pk, sk } = primaryKey(entity, key);
    const name = JSON.stringify([pk, sk]);
    const before = known.get(name);
    if (before !== undefined) return before as Promise<RowOf<E> | undefined>;
    const read = catalogue.get(entity, key);
    known.set(name, read);
    read.catch(() => known.delete(name));
    return read;
  };
  return { ...catalogue, get };
}
