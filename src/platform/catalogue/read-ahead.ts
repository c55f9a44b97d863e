import type { Entity, KeyOf, RowOf } from './entity.ts';
import { primaryKey } from './keys.ts';
import type { Catalogue, Read } from './port.ts';

/** A catalogue that knows some rows before it is asked for them. */
export interface ReadAhead {
  readonly catalogue: Catalogue;
  /**
   * Reads rows that are about to be asked for, all in a few requests, as often as they are given.
   * Best effort: if it fails, it answers nothing, and they are read when they are asked for.
   */
  ahead<Of extends Read>(reads: readonly Of[]): Promise<readonly (RowOf<Of['entity']> | undefined)[]>;
}

/**
 * The same catalogue, for much of the same work at once. Each row that was read ahead is given away
 * once for each time that its key was given, and is then read like any other. So a caller whose
 * condition does not hold any more looks again, and sees the row as it is now.
 */
export function readAhead(catalogue: Catalogue): ReadAhead {
  const known = new Map<string, { readonly row: object | undefined; left: number }>();
  const take = (name: string): { readonly row: object | undefined } | undefined => {
    const found = known.get(name);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) known.delete(name);
    return found;
  };
  return {
    ahead: async (reads) => {
      const rows: readonly (object | undefined)[] = await catalogue.getEach(...reads).catch(() => []);
      for (const [at, { entity, key }] of reads.slice(0, rows.length).entries()) {
        const name = nameOf(entity, key);
        known.set(name, { row: rows[at], left: (known.get(name)?.left ?? 0) + 1 });
      }
      return rows as never;
    },
    catalogue: {
      ...catalogue,
      get: async <E extends Entity>(entity: E, key: KeyOf<E>) => {
        const found = take(nameOf(entity, key));
        return found === undefined ? catalogue.get(entity, key) : (found.row as RowOf<E> | undefined);
      },
      getMany: async <E extends Entity>(entity: E, keys: readonly KeyOf<E>[]) => {
        const found = keys.map((key) => take(nameOf(entity, key)));
        const unknown = keys.filter((_, at) => found[at] === undefined);
        const read = unknown.length === 0 ? [] : await catalogue.getMany(entity, unknown);
        let next = 0;
        return found.map((one) => (one === undefined ? read[next++] : (one.row as RowOf<E> | undefined)));
      },
      getEach: async (...reads) => {
        const found = reads.map(({ entity, key }) => take(nameOf(entity, key)));
        const unknown = reads.filter((_, at) => found[at] === undefined);
        const read: readonly unknown[] = unknown.length === 0 ? [] : await catalogue.getEach(...unknown);
        let next = 0;
        return found.map((one) => (one === undefined ? read[next++] : one.row)) as never;
      },
    },
  };
}

function nameOf(entity: Entity, key: object): string {
  const { pk, sk } = primaryKey(entity, key);
  return JSON.stringify([pk, sk]);
}
