import { Entity as ElectroEntity } from 'electrodb';
import { impossible } from '../errors.ts';
import type { AttributeType, Condition, Entity, IndexKey, ListQuery, Write } from './port.ts';

// ElectroDB's own types follow one concrete schema; ours are decided by `Entity` and checked at the port.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any;

/**
 * Compiles rows, queries and writes to DynamoDB parameters. ElectroDB (pinned) makes the expressions, keys are made here; nothing is
 * sent here.
 */
export interface Compiled {
  readonly name: string;
  key(key: object): Record<string, unknown>;
  query(query: ListQuery<Any>): Record<string, unknown>;
  write(write: Write): { kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck'; params: Record<string, unknown> };
  parse<Row>(item: Record<string, unknown>): Row;
}

export interface CompilerOptions {
  readonly tableName: string;
}

const KEY_DIGITS = 16; // safe integers, so that numbers in keys sort as numbers

export function compileEntity(entity: Entity<Any>, options: CompilerOptions): Compiled {
  // ElectroDB insists on all of an index's attributes in each write, which rules out sparse indexes: so the index keys are
  // plain attributes to the writer, and only the reader knows them as indexes.
  const writer: Any = new ElectroEntity(electroModel(entity, []) as Any, { table: options.tableName });
  const reader: Any = new ElectroEntity(electroModel(entity, Object.keys(entity.indexes ?? {})) as Any, {
    table: options.tableName,
  });
  const attributeNames = Object.keys(entity.attributes);
  return {
    name: entity.name,
    // As ElectroDB gives it, which takes 0.1 ms a key: see `electroIndex`.
    key: (key) => primaryKey(entity, key),
    query: (query) => {
      const name = query.index ?? 'primary';
      const index = query.index === undefined ? entity.primary : entity.indexes?.[query.index];
      if (index === undefined) throw impossible(`entity ${entity.name} has no index ${name}`);
      const [partition, sort] =
        query.index === undefined ? ['pk', 'sk'] : fields(entity.indexes?.[query.index]?.slot ?? 1);
      const access = reader.query[name]({ [partition]: keyText(entity, index.partition, query.partition) });
      const after = query.after === undefined ? undefined : { [sort]: keyText(entity, index.sort, query.after) };
      const bounded = after === undefined ? access : query.descending ? access.lt(after) : access.gt(after);
      return bounded.params({ limit: query.limit, order: query.descending ? 'desc' : 'asc' });
    },
    write: (write) => compileWrite(writer, entity, write),
    parse: (item) => {
      const row: Record<string, unknown> = {};
      for (const name of attributeNames) {
        const value = item[entity.expiry === name ? 'ttl' : name];
        if (value !== undefined) row[name] = value;
      }
      return row as never;
    },
  };
}

function compileWrite(electro: Any, entity: Entity<Any>, write: Write): ReturnType<Compiled['write']> {
  switch (write.kind) {
    case 'put': {
      const row = { ...write.row, ...primaryKey(entity, write.row), ...indexKeys(entity, write.row, 'put') };
      if (write.when === 'absent') return { kind: 'Put', params: electro.create(row).params() };
      if (write.when === 'any') return { kind: 'Put', params: electro.put(row).params() };
      return { kind: 'Put', params: electro.put(row).where(expression(write.when)).params() };
    }
    case 'patch': {
      const set = { ...write.set, ...indexKeys(entity, write.set, 'patch') };
      const changed = electro.patch(primaryKey(entity, write.key)).set(set).add(write.add);
      const gone = [...write.remove, ...removedIndexFields(entity, write.remove)];
      const chain = gone.length === 0 ? changed : changed.remove(gone);
      return {
        kind: 'Update',
        params: write.when.length === 0 ? chain.params() : chain.where(expression(write.when)).params(),
      };
    }
    case 'delete': {
      const chain = electro.delete(primaryKey(entity, write.key));
      return {
        kind: 'Delete',
        params: write.when.length === 0 ? chain.params() : chain.where(expression(write.when)).params(),
      };
    }
    case 'check':
      // ElectroDB builds checks only inside its own transactions; a conditional delete has the same key and condition.
      return {
        kind: 'ConditionCheck',
        params: electro.delete(primaryKey(entity, write.key)).where(expression(write.when)).params(),
      };
  }
}

function expression(conditions: readonly Condition[]): (attributes: Any, operations: Any) => string {
  return (attributes, operations) =>
    conditions.map((condition) => comparison(condition, attributes[condition.attribute], operations)).join(' AND ');
}

function comparison(condition: Condition, attribute: Any, operations: Any): string {
  switch (condition.is) {
    case 'absent':
      return operations.notExists(attribute);
    case 'present':
      return operations.exists(attribute);
    case '=':
      return operations.eq(attribute, condition.value);
    case '<>':
      return operations.ne(attribute, condition.value);
    case '<':
      return operations.lt(attribute, condition.value);
    case '<=':
      return operations.lte(attribute, condition.value);
    case '>':
      return operations.gt(attribute, condition.value);
    case '>=':
      return operations.gte(attribute, condition.value);
  }
}

function electroModel(entity: Entity<Any>, indexNames: readonly string[]): object {
  const attributes: Record<string, object> = { pk: { type: 'string' }, sk: { type: 'string' } };
  for (const index of Object.values(entity.indexes ?? {})) {
    for (const field of fields(index.slot)) attributes[field] = { type: 'string' };
  }
  for (const [name, type] of Object.entries(entity.attributes)) attributes[name] = electroAttribute(name, type, entity);
  const indexes: Record<string, object> = { primary: electroIndex('pk', 'sk') };
  for (const name of indexNames) {
    const slot = entity.indexes?.[name]?.slot ?? 1;
    indexes[name] = { ...electroIndex(...fields(slot)), index: `gsi${slot}` };
  }
  return { model: { service: 'varve', entity: entity.name, version: '1' }, attributes, indexes };
}

function electroAttribute(name: string, type: AttributeType, entity: Entity<Any>): object {
  const field = entity.expiry === name ? { field: 'ttl' } : {};
  return { type: type === 'map' || type === 'list' ? 'any' : type, ...field };
}

/** An attribute named like its field is used as the key as it stands. */
function electroIndex(partition: string, sort: string): object {
  return {
    pk: { field: partition, composite: [partition], casing: 'none' },
    sk: { field: sort, composite: [sort], casing: 'none' },
  };
}

function fields(slot: 1 | 2): [string, string] {
  return [`gsi${slot}pk`, `gsi${slot}sk`];
}

function primaryKey(entity: Entity<Any>, row: object): { pk: string; sk: string } {
  return { pk: keyText(entity, entity.primary.partition, row), sk: keyText(entity, entity.primary.sort, row) };
}

/** Keys of the secondary indexes whose attributes are all there. */
function indexKeys(entity: Entity<Any>, row: object, write: 'put' | 'patch'): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const index of Object.values(entity.indexes ?? {})) {
    const whole = [...index.partition, ...index.sort].every((attribute) => (row as Any)[attribute] !== undefined);
    if (!whole) {
      if (write === 'patch' && touches(index, row)) throw impossible(`patch of ${entity.name} sets part of an index`);
      continue;
    }
    const [partition, sort] = fields(index.slot);
    keys[partition] = keyText(entity, index.partition, row);
    keys[sort] = keyText(entity, index.sort, row);
  }
  return keys;
}

function touches(index: IndexKey<Any>, row: object): boolean {
  return [...index.partition, ...index.sort].some((attribute) => (row as Any)[attribute] !== undefined);
}

function removedIndexFields(entity: Entity<Any>, attributes: readonly string[]): string[] {
  return Object.values(entity.indexes ?? {})
    .filter((index) => [...index.partition, ...index.sort].some((attribute) => attributes.includes(attribute)))
    .flatMap((index) => fields(index.slot));
}

/** Below every character of a value, so that `ab` comes before `ab c` as it does attribute by attribute. */
const SEPARATOR = '\u0001';

/** `disk`, `acc-1`, …: values joined so that they sort attribute by attribute; numbers padded, so that they sort as numbers. */
function keyText(entity: Entity<Any>, attributes: readonly string[], row: object): string {
  const parts = attributes.map((attribute) => {
    const value = (row as Any)[attribute];
    if (value === undefined) throw impossible(`key of ${entity.name} lacks ${attribute}`);
    return typeof value === 'number'
      ? String(value).padStart(KEY_DIGITS, '0')
      : String(value).replaceAll(SEPARATOR, '\ufffd');
  });
  return [entity.name, ...parts].join(SEPARATOR);
}
