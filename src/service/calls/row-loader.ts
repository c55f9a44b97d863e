import DataLoader from 'dataloader';
import type { Entity, KeyOf, RowOf } from '../../platform/catalogue/entity.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';

/** Rows that one request reads by key: those asked for in the same tick in one batch, each once. */
export interface RowLoader {
  load<E extends Entity>(entity: E, key: KeyOf<E>): Promise<RowOf<E> | undefined>;
  /** Forgets everything: a change is about to happen. */
  clear(): void;
}

export function createRowLoader(catalogue: Catalogue): RowLoader {
  const loaders = new Map<Entity, unknown>();
  const loaderOf = <E extends Entity>(entity: E) => {
    const known = loaders.get(entity) as DataLoader<KeyOf<E>, RowOf<E> | undefined, string> | undefined;
    if (known !== undefined) return known;
    const loader = new DataLoader((keys: readonly KeyOf<E>[]) => catalogue.getMany(entity, keys), {
      cacheKeyFn: JSON.stringify,
    });
    loaders.set(entity, loader);
    return loader;
  };
  return {
    load: (entity, key) => loaderOf(entity).load(key),
    clear: () => loaders.clear(),
  };
}

/**
 * The same catalogue, whose rows are read by a loader: what checks several objects side by side
 * reads the rows of all of them together, and each once.
 */
export function readingBy(rows: RowLoader, catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    get: (entity, key) => rows.load(entity, key),
    getMany: (entity, keys) => Promise.all(keys.map((key) => rows.load(entity, key))),
  };
}
