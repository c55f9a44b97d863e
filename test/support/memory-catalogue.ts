import {
  type Catalogue,
  type Condition,
  type Entity,
  type IndexKey,
  isRepeatable,
  MAX_TRANSACTION_WRITES,
  type Write,
} from '../../src/platform/catalogue/port.ts';

type Row = Record<string, unknown>;

/** The catalogue's port over maps, for many fast histories. Passes the same suite as the DynamoDB adapter. */
export interface MemoryCatalogue extends Catalogue {
  rows<R extends object>(entity: Entity<R>): R[];
  /** Another catalogue with the same rows. */
  copy(): MemoryCatalogue;
}

export function createMemoryCatalogue(tables: Map<string, Table> = new Map()): MemoryCatalogue {
  const table = (entity: Entity<never>): Table => {
    let found = tables.get(entity.name);
    if (found === undefined) {
      found = createTable(entity);
      tables.set(entity.name, found);
    }
    return found;
  };
  const copy = <T>(row: T | undefined): T | undefined => (row === undefined ? undefined : (cloned(row as Row) as T));

  return {
    copy: () => createMemoryCatalogue(new Map([...tables].map(([name, rows]) => [name, rows.copy()]))),
    rows: <R extends object>(entity: Entity<R>) =>
      [...table(entity as never).rows.values()].map((row) => cloned(row) as R),
    get: async (entity, key) => copy(table(entity as never).rows.get(keyText(entity.primary, key as Row))) as never,
    getMany: async (entity, keys) => {
      const { rows } = table(entity as never);
      return keys.map((key) => copy(rows.get(keyText(entity.primary, key as Row))) as never);
    },
    list: async (entity, query) => {
      const index = query.index === undefined ? entity.primary : entity.indexes?.[query.index];
      if (index === undefined) throw new Error(`no index ${query.index}`);
      const after = query.after as Row | undefined;
      const sign = query.descending ? -1 : 1;
      const found = table(entity as never)
        .partition(query.index, valuesText(index.partition, query.partition as Row))
        .filter((row) => after === undefined || sign * compare(index.sort, row, after) > 0)
        .sort((a, b) => sign * compare(index.sort, a, b));
      return { rows: found.slice(0, query.limit).map(cloned) as never[], more: found.length > query.limit };
    },
    transact: async (writes) => {
      if (writes.length > MAX_TRANSACTION_WRITES) throw new Error('too many writes');
      const places = writes.map((write) => `${write.entity.name} ${keyText(write.entity.primary, keyOf(write))}`);
      if (new Set(places).size !== places.length) throw new Error('two writes to one row');
      const failed = writes.flatMap((write, at) => (allowed(table(write.entity as never).rows, write) ? [] : [at]));
      if (failed.length > 0) return { ok: false, failed };
      for (const write of writes) apply(table(write.entity as never), write);
      return { ok: true };
    },
    tryWrite: async (write) => {
      if (!isRepeatable(write)) throw new Error('may not be done twice');
      if (!allowed(table(write.entity as never).rows, write)) return false;
      apply(table(write.entity as never), write);
      return true;
    },
  };
}

/** Rows by primary key, and beside them by the partitions of each index, so that a list costs what its partition holds. */
interface Table {
  readonly rows: ReadonlyMap<string, Row>;
  set(key: string, row: Row): void;
  delete(key: string): void;
  partition(index: string | undefined, values: string): Row[];
  copy(): Table;
}

function createTable(entity: Entity<never>): Table {
  const rows = new Map<string, Row>();
  const indexes = [['', entity.primary] as const, ...Object.entries(entity.indexes ?? {})].map(([name, key]) => ({
    name,
    key: key as IndexKey<never>,
    partitions: new Map<string, Map<string, Row>>(),
  }));
  const leave = (key: string, row: Row | undefined) => {
    if (row === undefined) return;
    for (const index of indexes) index.partitions.get(valuesText(index.key.partition, row))?.delete(key);
  };
  return {
    rows,
    set: (key, row) => {
      leave(key, rows.get(key));
      rows.set(key, row);
      for (const { key: index, partitions } of indexes) {
        if ([...index.partition, ...index.sort].some((attribute) => row[attribute] === undefined)) continue;
        const values = valuesText(index.partition, row);
        const members = partitions.get(values) ?? new Map<string, Row>();
        partitions.set(values, members.set(key, row));
      }
    },
    delete: (key) => {
      leave(key, rows.get(key));
      rows.delete(key);
    },
    partition: (name = '', values) => [
      ...(indexes
        .find((index) => index.name === name)
        ?.partitions.get(values)
        ?.values() ?? []),
    ],
    copy: () => {
      const other = createTable(entity);
      for (const [key, row] of rows) other.set(key, row); // rows are replaced, never changed
      return other;
    },
  };
}

/** A row of its own; most values are scalars, and then this is much faster than `structuredClone`. */
function cloned(row: Row): Row {
  const copy = { ...row };
  for (const [attribute, value] of Object.entries(copy)) {
    if (typeof value === 'object' && value !== null) copy[attribute] = structuredClone(value);
    else if (value === undefined) delete copy[attribute];
  }
  return copy;
}

function keyOf(write: Write): Row {
  return (write.kind === 'put' ? write.row : write.key) as Row;
}

function allowed(rows: ReadonlyMap<string, Row>, write: Write): boolean {
  const row = rows.get(keyText(write.entity.primary, keyOf(write)));
  if (write.kind === 'put' && typeof write.when === 'string') return write.when === 'any' || row === undefined;
  const conditions = write.when as readonly Condition[];
  if (write.kind === 'patch' && row === undefined) return false;
  return conditions.every((condition) => holds(row, condition));
}

function holds(row: Row | undefined, condition: Condition): boolean {
  const value = row?.[condition.attribute];
  if (condition.is === 'absent') return value === undefined;
  if (condition.is === 'present') return value !== undefined;
  if (value === undefined) return condition.is === '<>';
  switch (condition.is) {
    case '=':
      return value === condition.value;
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

function apply(table: Table, write: Write): void {
  const key = keyText(write.entity.primary, keyOf(write));
  switch (write.kind) {
    case 'put':
      table.set(key, cloned(write.row as Row));
      return;
    case 'delete':
      table.delete(key);
      return;
    case 'check':
      return;
    case 'patch': {
      const row = cloned({ ...table.rows.get(key), ...write.set });
      for (const [attribute, by] of Object.entries(write.add)) row[attribute] = ((row[attribute] as number) ?? 0) + by;
      for (const attribute of write.remove) delete row[attribute];
      table.set(key, row);
    }
  }
}

function valuesText(attributes: readonly string[], row: Row): string {
  return attributes.map((attribute) => row[attribute]).join('\0');
}

function keyText(index: IndexKey<never>, row: Row): string {
  return valuesText([...index.partition, ...index.sort], row);
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
