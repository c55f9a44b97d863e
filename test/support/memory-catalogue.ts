import {
  type Catalogue,
  type Condition,
  type Entity,
  type IndexKey,
  MAX_TRANSACTION_WRITES,
  type Write,
} from '../../src/platform/catalogue/port.ts';

type Row = Record<string, unknown>;

/** The catalogue's port over maps, for many fast histories. Passes the same suite as the DynamoDB adapter. */
export interface MemoryCatalogue extends Catalogue {
  rows<R extends object>(entity: Entity<R>): R[];
}

export function createMemoryCatalogue(): MemoryCatalogue {
  const tables = new Map<string, Map<string, Row>>();
  const table = (entity: Entity<never>): Map<string, Row> => {
    let rows = tables.get(entity.name);
    if (rows === undefined) {
      rows = new Map();
      tables.set(entity.name, rows);
    }
    return rows;
  };
  const copy = <T>(row: T | undefined): T | undefined => (row === undefined ? undefined : structuredClone(row));

  return {
    rows: <R extends object>(entity: Entity<R>) =>
      [...table(entity as never).values()].map((row) => structuredClone(row) as R),
    get: async (entity, key) => copy(table(entity as never).get(keyText(entity.primary, key as Row))) as never,
    getMany: async (entity, keys) =>
      keys.map((key) => copy(table(entity as never).get(keyText(entity.primary, key as Row))) as never),
    list: async (entity, query) => {
      const index = query.index === undefined ? entity.primary : entity.indexes?.[query.index];
      if (index === undefined) throw new Error(`no index ${query.index}`);
      const wanted = valuesText(index.partition, query.partition as Row);
      const after = query.after as Row | undefined;
      const sign = query.descending ? -1 : 1;
      const found = [...table(entity as never).values()]
        .filter((row) => [...index.partition, ...index.sort].every((attribute) => row[attribute] !== undefined))
        .filter((row) => valuesText(index.partition, row) === wanted)
        .filter((row) => after === undefined || sign * compare(index.sort, row, after) > 0)
        .sort((a, b) => sign * compare(index.sort, a, b));
      return { rows: structuredClone(found.slice(0, query.limit)) as never[], more: found.length > query.limit };
    },
    transact: async (writes) => {
      if (writes.length > MAX_TRANSACTION_WRITES) throw new Error('too many writes');
      const places = writes.map((write) => `${write.entity.name} ${keyText(write.entity.primary, keyOf(write))}`);
      if (new Set(places).size !== places.length) throw new Error('two writes to one row');
      const failed = writes.flatMap((write, at) => (allowed(table(write.entity as never), write) ? [] : [at]));
      if (failed.length > 0) return { ok: false, failed };
      for (const write of writes) apply(table(write.entity as never), structuredClone(strip(write)));
      return { ok: true };
    },
  };
}

function strip(write: Write): Write {
  return { ...write, entity: { name: write.entity.name, primary: write.entity.primary } as never };
}

function keyOf(write: Write): Row {
  return (write.kind === 'put' ? write.row : write.key) as Row;
}

function allowed(rows: Map<string, Row>, write: Write): boolean {
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

function apply(rows: Map<string, Row>, write: Write): void {
  const key = keyText(write.entity.primary, keyOf(write));
  switch (write.kind) {
    case 'put':
      rows.set(key, write.row as Row);
      return;
    case 'delete':
      rows.delete(key);
      return;
    case 'check':
      return;
    case 'patch': {
      const row = { ...rows.get(key), ...write.set } as Row;
      for (const [attribute, by] of Object.entries(write.add)) row[attribute] = ((row[attribute] as number) ?? 0) + by;
      for (const attribute of write.remove) delete row[attribute];
      rows.set(key, row);
    }
  }
}

function valuesText(attributes: readonly string[], row: Row): string {
  return JSON.stringify(attributes.map((attribute) => row[attribute]));
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
