import type { AnyRead, Catalogue, Entity, Read } from './port.ts';

/** A catalogue that knows some rows before it is asked for them. */
export interface ReadAhead {
  readonly catalogue: Catalogue;
  /**
   * Reads rows that are about to be asked for, all in a few requests, as often as they are given.
   * Best effort: where it fails, it answers nothing, and they are read when they are asked for.
   */
  ahead<Of extends AnyRead>(reads: readonly Of[]): Promise<readonly (RowOf<Of> | undefined)[]>;
}
type RowOf<Of> = Of extends Read<infer Row> ? Row : never;

/**
 * The same catalogue, for much of the same work at once. Each row that was read ahead is given away once for each time that its key was given, and is then read
 * like any other: so whoever is refused, as a condition does not hold any more, and looks again, sees what is there now.
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
      get: async <Row extends object>(entity: Entity<Row>, key: Partial<Row>) => {
        const found = take(nameOf(entity, key));
        return found === undefined ? catalogue.get(entity, key) : (found.row as Row | undefined);
      },
      getMany: async <Row extends object>(entity: Entity<Row>, keys: readonly Partial<Row>[]) => {
        const found = keys.map((key) => take(nameOf(entity, key)));
        const unknown = keys.filter((_, at) => found[at] === undefined);
        const read = unknown.length === 0 ? [] : await catalogue.getMany(entity, unknown);
        let next = 0;
        return found.map((one) => (one === undefined ? read[next++] : (one.row as Row | undefined)));
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

function nameOf<Row extends object>({ name, primary }: Entity<Row>, key: Partial<Row>): string {
  return JSON.stringify([name, ...[...primary.partition, ...primary.sort].map((attribute) => key[attribute])]);
}
