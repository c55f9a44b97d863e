import type { AnyEntity, Catalogue, Entity } from './port.ts';

/**
 * The same catalogue, that reads each row of the given entities once: for rows that much work in a short time looks at, and that no condition of a
 * transaction rests on. Lives as long as that work, never longer. A reading that failed is not remembered.
 */
export function rememberReads(catalogue: Catalogue, entities: readonly AnyEntity[]): Catalogue {
  const known = new Map<string, Promise<unknown>>();
  const get = <Row extends object>(entity: Entity<Row>, key: Partial<Row>): Promise<Row | undefined> => {
    if (!entities.includes(entity)) return catalogue.get(entity, key);
    const name = JSON.stringify([entity.name, ...Object.entries(key).sort()]);
    const before = known.get(name);
    if (before !== undefined) return before as Promise<Row | undefined>;
    const read = catalogue.get(entity, key);
    known.set(name, read);
    read.catch(() => known.delete(name));
    return read;
  };
  return { ...catalogue, get };
}
