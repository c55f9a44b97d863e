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
