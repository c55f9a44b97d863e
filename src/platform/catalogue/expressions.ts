import { impossible } from '../errors.ts';
import type { Entity } from './entity.ts';
import { type Fields, fieldOf, fieldsOf, itemOf } from './fields.ts';
import { changedIndexKeys, indexFields, indexOf, keyText, leftIndexFields, primaryKey } from './keys.ts';
import type { AnyCondition, ListQuery, Write } from './port.ts';
import { type Terms, terms } from './terms.ts';

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
  const secondary = indexOf(entity, query.index);
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
