import { isDeepStrictEqual } from 'node:util';
import type { Entity, IndexKey, RowOf } from '../../src/platform/catalogue/entity.ts';
import {
  type AnyCondition,
  type Catalogue,
  isRepeatable,
  MAX_TRANSACTION_WRITES,
  type Write,
} from '../../src/platform/catalogue/port.ts';

type Row = Record<string, unknown>;

/** The catalogue's port over maps, for many fast histories. Passes the suite of all adapters. */
export interface MemoryCatalogue extends Catalogue {
  rows<E extends Entity>(entity: E): RowOf<E>[];
  /** Of whose rows it was ever told. */
  entities(): Entity[];
  /** Another catalogue with the same rows. */
  copy(): MemoryCatalogue;
}

export function createMemoryCatalogue(tables: Map<string, Table> = new Map()): MemoryCatalogue {
  const table = (entity: Entity): Table => {
    let found = tables.get(entity.name);
    if (found === undefined) {
      found = createTable(entity);
      tables.set(entity.name, found);
    }
    return found;
  };
  return {
    copy: () => createMemoryCatalogue(new Map([...tables].map(([name, rows]) => [name, rows.copy()]))),
    rows: <E extends Entity>(entity: E) => [...table(entity).rows.values()] as RowOf<E>[],
    entities: () => [...tables.values()].map(({ entity }) => entity),
    get: async (entity, key) => table(entity).get(key as Row) as never,
    getMany: async (entity, keys) => {
      const { get } = table(entity);
      return keys.map((key) => get(key as Row) as never);
    },
    getEach: async (...reads) => reads.map(({ entity, key }) => table(entity).get(key as Row)) as never,
    list: async (entity, query) => {
      const index = query.index === undefined ? entity.primary : entity.indexes[query.index];
      if (index === undefined) throw new Error(`no index ${query.index}`);
      const members = table(entity).partition(query.index, valuesText(index.partition, query.partition as Row));
      if (members === undefined) return { rows: [], more: false };
      const after = query.after as Row | undefined;
      const sign = query.descending ? -1 : 1;
      const found = [...members.values()]
        .filter((row) => after === undefined || sign * compare(index.sort, row, after) > 0)
        .sort((a, b) => sign * compare(index.sort, a, b));
      return { rows: found.slice(0, query.limit) as never[], more: found.length > query.limit };
    },
    transact: async (writes) => {
      if (writes.length > MAX_TRANSACTION_WRITES) throw new Error('too many writes');
      const places = writes.map((write) => {
        const rows = table(write.entity);
        return { write, rows, key: rows.keyText(keyOf(write)) };
      });
      if (new Set(places.map(({ write, key }) => `${write.entity.name} ${key}`)).size !== places.length)
        throw new Error('two writes to one row');
      const failed = places.flatMap(({ write, rows, key }, at) => (allowed(rows.rows.get(key), write) ? [] : [at]));
      if (failed.length > 0) return { ok: false, failed };
      for (const { write, rows, key } of places) apply(rows, key, write);
      return { ok: true };
    },
    tryWrite: async (write) => {
      if (!isRepeatable(write)) throw new Error('may not be done twice');
      const rows = table(write.entity);
      const key = rows.keyText(keyOf(write));
      if (!allowed(rows.rows.get(key), write)) return false;
      apply(rows, key, write);
      return true;
    },
  };
}

/**
 * Rows by primary key, and beside them by the partitions of each index, so that a list costs what
 * its partition holds. Rows are frozen, and replaced when they change: all readers may share one.
 */
interface Table {
  readonly entity: Entity;
  readonly rows: ReadonlyMap<string, Row>;
  keyText(key: Row): string;
  get(key: Row): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  partition(index: string | undefined, values: string): ReadonlyMap<string, Row> | undefined;
  copy(): Table;
}

function createTable(entity: Entity): Table {
  const rows = new Map<string, Row>();
  const primary = attributesOf(entity.primary);
  const keyText = (key: Row): string => valuesText(primary, key);
  const indexes = [['', entity.primary] as const, ...Object.entries(entity.indexes)].map(([name, key]) => ({
    name,
    partition: key.partition,
    needs: attributesOf(key),
    partitions: new Map<string, Map<string, Row>>(),
  }));
  const leave = (key: string, row: Row | undefined) => {
    if (row === undefined) return;
    for (const { partition, partitions } of indexes) partitions.get(valuesText(partition, row))?.delete(key);
  };
  return {
    entity,
    rows,
    keyText,
    get: (key) => rows.get(keyText(key)),
    set: (key, row) => {
      leave(key, rows.get(key));
      rows.set(key, row);
      for (const { needs, partition, partitions } of indexes) {
        if (needs.some((attribute) => row[attribute] === undefined)) continue;
        const values = valuesText(partition, row);
        const members = partitions.get(values) ?? new Map<string, Row>();
        partitions.set(values, members.set(key, row));
      }
    },
    delete: (key) => {
      leave(key, rows.get(key));
      rows.delete(key);
    },
    partition: (name = '', values) => {
      const members = indexes.find((index) => index.name === name)?.partitions.get(values);
      return members === undefined || members.size === 0 ? undefined : members;
    },
    copy: () => {
      const other = createTable(entity);
      for (const [key, row] of rows) other.set(key, row);
      return other;
    },
  };
}

/** The row as it is kept: the caller's values as of now, of the attributes that the entity has. */
function kept({ attributes }: Entity, row: Row): Row {
  const own: Row = {};
  for (const attribute in row) {
    const value = row[attribute];
    if (value !== undefined && attributes[attribute] !== undefined)
      own[attribute] = typeof value === 'object' ? frozen(structuredClone(value)) : value;
  }
  return Object.freeze(own);
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function keyOf(write: Write): Row {
  return (write.kind === 'put' ? write.row : write.key) as Row;
}

function allowed(row: Row | undefined, write: Write): boolean {
  if (write.kind === 'put' && typeof write.when === 'string') return write.when === 'any' || row === undefined;
  if (write.kind === 'check' && typeof write.when === 'string')
    return (write.when === 'present') === (row !== undefined);
  if (write.kind === 'patch' && row === undefined) return false;
  return (write.when as readonly AnyCondition[]).every((condition) => holds(row, condition));
}

function holds(row: Row | undefined, condition: AnyCondition): boolean {
  const value = row?.[condition.attribute];
  if (condition.is === 'absent') return value === undefined;
  if (condition.is === 'present') return value !== undefined;
  if (value === undefined) return condition.is === '<>';
  switch (condition.is) {
    case '=':
      return isDeepStrictEqual(value, condition.value);
    case '<>':
      return value !== condition.value;
    case '<':
      return (value as number) < (condition.value as number);
    case '<=':
      return (value as number) <= (condition.value as number);
    case '>':
      return (value as number) > (condition.value as number);
    case '>=':
      return (value as number) >= (condition.value as number);
  }
}

function apply(table: Table, key: string, write: Write): void {
  switch (write.kind) {
    case 'put':
      table.set(key, kept(write.entity, write.row as Row));
      return;
    case 'delete':
      table.delete(key);
      return;
    case 'check':
      return;
    case 'patch': {
      const unknown = Object.keys(write.set).find((attribute) => write.entity.attributes[attribute] === undefined);
      if (unknown !== undefined) throw new Error(`${write.entity.name} has no attribute ${unknown}`);
      const row: Row = { ...table.rows.get(key), ...write.set };
      for (const [attribute, by] of Object.entries(write.add)) row[attribute] = ((row[attribute] as number) ?? 0) + by;
      for (const attribute of write.remove) row[attribute] = undefined;
      table.set(key, kept(write.entity, row));
    }
  }
}

function valuesText(attributes: readonly string[], row: Row): string {
  let text = '';
  for (const attribute of attributes) text += `${row[attribute]}\0`;
  return text;
}

function attributesOf({ partition, sort }: IndexKey) {
  return [...partition, ...sort];
}

function compare(attributes: readonly string[], a: Row, b: Row): number {
  for (const attribute of attributes) {
    const left = a[attribute] as string | number;
    const right = b[attribute] as string | number | undefined;
    if (right === undefined) return 1;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
