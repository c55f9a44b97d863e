import type { Catalogue, Read } from '../../src/platform/catalogue/port.ts';

export interface CountedReads {
  readonly catalogue: Catalogue;
  /** Requests since the last call. */
  requests(): number;
}

const KEYS_A_REQUEST = 100;

/** Counts reads as a store bills them: a row, up to 100 rows by key, or a page of rows. */
export function countReads(catalogue: Catalogue): CountedReads {
  let requests = 0;
  const count = (keys: number) => {
    requests += Math.ceil(keys / KEYS_A_REQUEST);
  };
  const list: Catalogue['list'] = async (entity, query) => {
    count(1);
    return catalogue.list(entity, query);
  };
  const getMany: Catalogue['getMany'] = async (entity, keys) => {
    count(keys.length);
    return catalogue.getMany(entity, keys);
  };
  const get: Catalogue['get'] = async (entity, key) => {
    count(1);
    return catalogue.get(entity, key);
  };
  const getEach = (...reads: readonly Read[]) => {
    count(reads.length);
    return catalogue.getEach(...reads);
  };
  return {
    requests: () => {
      const counted = requests;
      requests = 0;
      return counted;
    },
    catalogue: { ...catalogue, get, getMany, list, getEach: getEach as Catalogue['getEach'] },
  };
}
