import { impossible } from '../errors.ts';
import type { AttributeType, Entity, RowOf } from './entity.ts';
import { changedIndexKeys, indexFields, indexKeysOf, keyText, leftIndexFields, primaryKey } from './keys.ts';
import type { AnyCondition, ListQuery, Write } from './port.ts';
import { type Terms, terms } from './terms.ts';

type Fields = Record<string, unknown>;

interface Conditional {
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Fields;
}

/** One write, as a transaction of DynamoDB takes it. */
export type PrintedWrite =
  | { readonly Put: Conditional & { readonly Item: Fields } }
  | { readonly Update: Conditional & { readonly Key: Fields; readonly UpdateExpression: string } }
  | { readonly Delete: Conditional & { readonly Key: Fields } }
  | { readonly ConditionCheck: Conditional & { readonly Key: Fields; readonly ConditionExpression: string } };

export function printWrite(tableName: string, write: Write): PrintedWrite {
  const { entity } = write;
  const used = terms();
  switch (write.kind) {
    case 'put': {
      const condition = write.when === 'any' ? [] : conditions(used, entity, write.when);
      return { Put: { TableName: tableName, Item: itemOf(entity, write.row), ...conditional(used, condition) } };
    }
    case 'patch': {
      const UpdateExpression = update(used, write);
      const condition = [...conditions(used, entity, 'present'), ...conditions(used, entity, write.when)];
      const Key = primaryKey(entity, write.key);
      return { Update: { TableName: tableName, Key, UpdateExpression, ...conditional(used, condition) } };
    }
    case 'delete': {
      const condition = conditions(used, entity, write.when);
      return { Delete: { TableName: tableName, Key: primaryKey(entity, write.key), ...conditional(used, condition) } };
    }
    case 'check': {
      const [first, ...others] = conditions(used, entity, write.when);
      if (first === undefined) throw impossible(`check of a ${entity.name} for nothing`);
      const ConditionExpression = [first, ...others].join(AND);
      const Key = primaryKey(entity, write.key);
      return { ConditionCheck: { TableName: tableName, Key, ConditionExpression, ...used.params() } };
    }
  }
}

const AND = ' AND ';

function conditional(used: Terms, condition: readonly string[]) {
  return { ...(condition.length > 0 && { ConditionExpression: condition.join(AND) }), ...used.params() };
}

function conditions(used: Terms, entity: Entity, when: 'absent' | 'present' | readonly AnyCondition[]): string[] {
  if (when === 'absent') return [`attribute_not_exists(${used.name('pk')})`];
  if (when === 'present') return [`attribute_exists(${used.name('pk')})`];
  return when.map((condition) => {
    const name = used.name(fieldOf(entity, condition.attribute));
    if (condition.is === 'absent') return `attribute_not_exists(${name})`;
    if (condition.is === 'present') return `attribute_exists(${name})`;
    return `${name} ${condition.is} ${used.value(condition.value)}`;
  });
}

function update(used: Terms, { entity, set, add, remove }: Write & { readonly kind: 'patch' }): string {
  const assigned = { ...fieldsOf(entity, set), ...changedIndexKeys(entity, set) };
  const sets = Object.entries(assigned).map(([field, value]) => `${used.name(field)} = ${used.value(value)}`);
  const removed = remove.map((attribute) => fieldOf(entity, attribute));
  const gone = [...new Set([...removed, ...leftIndexFields(entity, remove)])];
  const adds = Object.entries(add).map(([name, by]) => `${used.name(fieldOf(entity, name))} ${used.value(by)}`);
  const clauses = [
    sets.length === 0 ? '' : `SET ${sets.join(', ')}`,
    gone.length === 0 ? '' : `REMOVE ${gone.map(used.name).join(', ')}`,
    adds.length === 0 ? '' : `ADD ${adds.join(', ')}`,
  ].filter((clause) => clause !== '');
  return clauses.length > 0 ? clauses.join(' ') : `REMOVE ${used.name(NO_FIELD)}`;
}

/** No row has it. A patch may change nothing, but in a transaction it needs an expression. */
const NO_FIELD = 'none';

/** A row as it is stored, without attributes of another version, which the entity does not have. */
export function itemOf(entity: Entity, row: object): Fields {
  const own = Object.entries(row).filter(([name]) => Object.hasOwn(entity.attributes, name));
  return { ...primaryKey(entity, row), ...indexKeysOf(entity, row), ...fieldsOf(entity, Object.fromEntries(own)) };
}

function fieldsOf(entity: Entity, values: object): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (value === undefined) continue;
    const field = fieldOf(entity, name);
    const type = entity.attributes[name]?.type ?? 'string';
    if (!fits(type, value)) throw impossible(`${name} of ${entity.name} is no ${type}`);
    fields[field] = value;
  }
  return fields;
}

/** Rows also come from manifests. By a value of another type a row would never be found again. */
function fits(type: AttributeType, value: unknown): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'map') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

/** The row in an item. An attribute that is not the entity's is none of its row. */
export function rowOf<E extends Entity>(entity: E, item: Fields): RowOf<E> {
  const row: Fields = {};
  for (const name of Object.keys(entity.attributes)) {
    const value = item[fieldOf(entity, name)];
    if (value !== undefined) row[name] = value;
  }
  return row as RowOf<E>;
}

const EXPIRY_FIELD = 'ttl';

function fieldOf(entity: Entity, attribute: string): string {
  if (!Object.hasOwn(entity.attributes, attribute)) throw impossible(`${entity.name} has no attribute ${attribute}`);
  return attribute === entity.expiry ? EXPIRY_FIELD : attribute;
}

export interface PrintedQuery {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Fields;
  readonly ScanIndexForward: boolean;
  readonly Limit: number;
}

export function printQuery(tableName: string, entity: Entity, query: ListQuery): PrintedQuery {
  const secondary = query.index === undefined ? undefined : entity.indexes[query.index];
  if (query.index !== undefined && secondary === undefined)
    throw impossible(`entity ${entity.name} has no index ${query.index}`);
  const { partition, sort } = secondary ?? entity.primary;
  const [partitionField, sortField] = secondary === undefined ? ['pk', 'sk'] : indexFields(secondary.slot);
  const used = terms();
  const wanted = [`${used.name(partitionField)} = ${used.value(keyText(entity, partition, query.partition))}`];
  if (query.after !== undefined) {
    const place = used.value(keyText(entity, sort, query.after));
    wanted.push(`${used.name(sortField)} ${query.descending ? '<' : '>'} ${place}`);
  }
  return {
    TableName: tableName,
    ...(secondary && { IndexName: `gsi${secondary.slot}` }),
    KeyConditionExpression: wanted.join(AND),
    ...used.params(),
    ScanIndexForward: !query.descending,
    Limit: query.limit,
  };
}
