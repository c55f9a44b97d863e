import { impossible } from '../errors.ts';
import type { AttributeType, Entity, RowOf } from './entity.ts';
import { indexKeysOf, primaryKey } from './keys.ts';

/** What a store keeps of a row: its attributes under the names of the fields. */
export type Fields = Record<string, unknown>;

/** A row as it is stored, with its keys. */
export function itemOf(entity: Entity, row: object): Fields {
  return { ...primaryKey(entity, row), ...indexKeysOf(entity, row), ...ownFieldsOf(entity, row) };
}

/** Without attributes of another version, which the entity does not have. */
export function ownFieldsOf(entity: Entity, row: object): Fields {
  const fields: Fields = {};
  for (const name of Object.keys(row)) {
    if (Object.hasOwn(entity.attributes, name)) setField(fields, entity, name, (row as Fields)[name]);
  }
  return fields;
}

export function fieldsOf(entity: Entity, values: object): Fields {
  const fields: Fields = {};
  for (const name of Object.keys(values)) setField(fields, entity, name, (values as Fields)[name]);
  return fields;
}

function setField(fields: Fields, entity: Entity, name: string, value: unknown): void {
  if (value === undefined) return;
  const field = fieldOf(entity, name);
  const type = entity.attributes[name]?.type ?? 'string';
  if (!fits(type, value)) throw impossible(`${name} of ${entity.name} is no ${type}`);
  fields[field] = value;
}

/** Rows also come from manifests. By a value of another type a row would never be found again. */
function fits(type: AttributeType, value: unknown): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'map') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

/** The row in an item. An attribute that is not the entity's is none of its row. */
export function rowOf<E extends Entity>(entity: E, item: Readonly<Fields>): RowOf<E> {
  const row: Fields = {};
  for (const name of Object.keys(entity.attributes)) {
    const value = item[fieldOf(entity, name)];
    if (value !== undefined) row[name] = value;
  }
  return row as RowOf<E>;
}

/** Of the epoch second after which the store may drop a row by itself. */
export const EXPIRY_FIELD = 'ttl';

export function fieldOf(entity: Entity, attribute: string): string {
  if (!Object.hasOwn(entity.attributes, attribute)) throw impossible(`${entity.name} has no attribute ${attribute}`);
  return attribute === entity.expiry ? EXPIRY_FIELD : attribute;
}
