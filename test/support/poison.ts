import type { EngineDeps } from '../../src/engine/deps.ts';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import type { Catalogue, Read, Write } from '../../src/platform/catalogue/port.ts';

/** Stands in the ids of items whose every call fails. */
export const BAD = '0bad00';

/** Sorts before the ids that the service makes, and behind a prefix has their form. */
export const badId = (number: number): string => `${BAD}${String(number).padStart(14, '0')}`;

export interface Poison {
  /** Called with each failure. */
  readonly onFailure?: () => void;
  /** Rows of these are read and written as usual. */
  readonly spared?: readonly Entity[];
}

type About = readonly [entity: Entity, about: object];

/** The same ports, where every call that is about a bad item fails. Lists still show such items. */
export function poisoned(deps: EngineDeps, { onFailure, spared = [] }: Poison = {}): EngineDeps {
  const { catalogue } = deps;
  const isBad = ([entity, about]: About) => !spared.includes(entity) && JSON.stringify(about).includes(BAD);
  const refuse = (...all: readonly About[]): void => {
    if (!all.some(isBad)) return;
    onFailure?.();
    throw new Error(`poisoned: ${JSON.stringify(all.find(isBad)?.[1])}`);
  };
  const aboutWrite = (write: Write): About => [write.entity, 'row' in write ? write.row : write.key];
  const faulty: Catalogue = {
    get: async (entity, key) => {
      refuse([entity, key]);
      return catalogue.get(entity, key);
    },
    getMany: async (entity, keys) => {
      refuse(...keys.map((key): About => [entity, key]));
      return catalogue.getMany(entity, keys);
    },
    getEach: (async (...reads: Read[]) => {
      refuse(...reads.map(({ entity, key }): About => [entity, key]));
      return (catalogue.getEach as (...all: unknown[]) => Promise<unknown>)(...reads);
    }) as Catalogue['getEach'],
    list: async (entity, query) => {
      refuse([entity, query.partition]);
      return catalogue.list(entity, query);
    },
    transact: async (writes) => {
      refuse(...writes.map(aboutWrite));
      return catalogue.transact(writes);
    },
    tryWrite: async (write) => {
      refuse(aboutWrite(write));
      return catalogue.tryWrite(write);
    },
  };
  return { ...deps, catalogue: faulty };
}
