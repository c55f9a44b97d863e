import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { createMemoryCatalogue } from '../../test/support/memory-catalogue.ts';

/** Writes rows where they belong. */
export type SaveRows = (entity: Entity, rows: readonly object[]) => Promise<unknown>;

/** Writes all rows that were changed, but those of some entities. */
export type Save = (saveRows: SaveRows, leftOut: readonly Entity[]) => Promise<void>;

/**
 * From now on the catalogue works in memory: what is there is read once, what is changed stays here
 * until it is saved. For making much, where nobody else is at work.
 */
export function inMemoryFirst(catalogue: Catalogue): Save {
  const { get } = catalogue;
  const memory = createMemoryCatalogue();
  const changed = new Set<Entity>();
  Object.assign(catalogue, {
    ...memory,
    get: async (entity, key) => {
      const row = await memory.get(entity, key);
      if (row !== undefined) return row;
      const stored = await get(entity, key);
      if (stored !== undefined) await memory.transact([put(entity, stored, 'any')]);
      return stored;
    },
    transact: async (writes) => {
      for (const { entity } of writes) changed.add(entity);
      return memory.transact(writes);
    },
  } satisfies Partial<Catalogue>);
  return async (saveRows, leftOut) => {
    for (const entity of changed) if (!leftOut.includes(entity)) await saveRows(entity, memory.rows(entity));
  };
}

export function batchesOf<T>(rows: readonly T[], size: number): T[][] {
  const starts = Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => at * size);
  return starts.map((start) => rows.slice(start, start + size));
}
