import { impossible } from '../errors.ts';
import type { Entity, IndexKey, SecondaryIndex } from './entity.ts';

type Values = Readonly<Record<string, unknown>>;

const KEY_DIGITS = 16; // safe integers, so that numbers in keys sort as numbers

/** Below every character of a value: so `ab` comes before `ab c`, as it does by attributes. */
const SEPARATOR = '\u0001';

/**
 * The entity's name and values, joined so that they sort attribute by attribute. Rows that are
 * stored are found by these texts, so they never change.
 */
export function keyText(entity: Entity, attributes: readonly string[], values: object): string {
  let text = entity.name;
  for (const attribute of attributes) {
    const value = (values as Values)[attribute];
    if (typeof value === 'number') text += SEPARATOR + String(value).padStart(KEY_DIGITS, '0');
    else if (typeof value === 'string') text += SEPARATOR + value.replaceAll(SEPARATOR, '\ufffd');
    else throw impossible(`key of ${entity.name} lacks ${attribute}`);
  }
  return text;
}

export type PrimaryKey = Readonly<Record<'pk' | 'sk', string>>;

export function primaryKey(entity: Entity, values: object): PrimaryKey {
  const { partition, sort } = entity.primary;
  return { pk: keyText(entity, partition, values), sk: keyText(entity, sort, values) };
}

/** The partition of each row of an entity begins so. */
export const partitionPrefix = ({ name }: Entity): string => name + SEPARATOR;

/** The index that a query names; undefined for one that goes by the primary key. */
export function indexOf(entity: Entity, name: string | undefined): SecondaryIndex | undefined {
  if (name === undefined) return undefined;
  const index = entity.indexes[name];
  if (index === undefined) throw impossible(`entity ${entity.name} has no index ${name}`);
  return index;
}

/** The two fields that hold a row's key in the index of a slot. */
export function indexFields(slot: SecondaryIndex['slot']): readonly [partition: string, sort: string] {
  return [`gsi${slot}pk`, `gsi${slot}sk`];
}

/** The keys of a whole row in those indexes whose attributes it has. */
export function indexKeysOf(entity: Entity, row: object): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const index of Object.values(entity.indexes)) {
    if (attributesOf(index).every((attribute) => (row as Values)[attribute] !== undefined))
      addKeys(keys, entity, index, row);
  }
  return keys;
}

/** The keys that change with some values of a row. */
export function changedIndexKeys(entity: Entity, set: object): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const index of Object.values(entity.indexes)) {
    const given = attributesOf(index).filter((attribute) => (set as Values)[attribute] !== undefined);
    if (given.length === 0) continue;
    if (given.length < attributesOf(index).length) throw impossible(`patch of ${entity.name} sets part of an index`);
    addKeys(keys, entity, index, set);
  }
  return keys;
}

/** The fields of the indexes that a row leaves with these attributes. */
export function leftIndexFields(entity: Entity, removed: readonly string[]): string[] {
  return Object.values(entity.indexes)
    .filter((index) => attributesOf(index).some((attribute) => removed.includes(attribute)))
    .flatMap(({ slot }) => indexFields(slot));
}

function addKeys(keys: Record<string, string>, entity: Entity, index: SecondaryIndex, values: object): void {
  const [partition, sort] = indexFields(index.slot);
  keys[partition] = keyText(entity, index.partition, values);
  keys[sort] = keyText(entity, index.sort, values);
}

function attributesOf({ partition, sort }: IndexKey): string[] {
  return [...partition, ...sort];
}
