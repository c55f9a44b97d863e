import DataLoader from 'dataloader';
import type { Catalogue, Entity } from '../../platform/catalogue/port.ts';

/** Rows that one request reads by key: those asked for in the same tick in one batch, each once. */
export interface RowLoader {
  load<Row extends object>(entity: Entity<Row>, key: Partial<Row>): Promise<Row | undefined>;
  /** Forgets everything: a change is about to happen. */
  clear(): void;
}

export function createRowLoader(catalogue: Catalogue): RowLoader {
  // biome-ignore lint/suspicious/noExplicitAny: one loader for each entity, of any row type
  const loaders = new Map<string, DataLoader<object, any, string>>();
  return {
    load(entity, key) {
      let loader = loaders.get(entity.name);
      if (loader === undefined) {
        loader = new DataLoader((keys) => catalogue.getMany(entity, keys as (typeof key)[]), {
          cacheKeyFn: JSON.stringify,
        });
        loaders.set(entity.name, loader);
      }
      return loader.load(key);
    },
    clear: () => loaders.clear(),
  };
}
