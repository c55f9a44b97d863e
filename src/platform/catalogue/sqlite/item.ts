import { isDeepStrictEqual } from 'node:util';
import { EXPIRY_FIELD, fieldOf, fieldsOf, ownFieldsOf } from '../fields.ts';
import { changedIndexKeys, indexKeysOf, leftIndexFields, primaryKey } from '../keys.ts';
import type { AnyCondition, Write } from '../port.ts';

/** A stored row without its keys: what stands in the column `item`, as JSON. */
export type Item = Readonly<Record<string, unknown>>;

/** The keys of a row in the two secondary indexes, as far as it is in them. */
export type IndexKeys = Readonly<Record<string, string>>;

/** A row as the database holds it. */
export interface StoredRow {
  readonly item: Item;
  readonly keys: IndexKeys;
}

/** A write in terms of fields, free of entities: what goes to the thread of the database. */
export type StoredWrite = { readonly pk: string; readonly sk: string; readonly when: When } & (
  | { readonly kind: 'put'; readonly keys: IndexKeys; readonly text: string; readonly expiry: number | null }
  | {
      readonly kind: 'patch';
      readonly set: Item;
      readonly keys: IndexKeys;
      readonly add: Readonly<Record<string, number>>;
      readonly remove: readonly string[];
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'check' }
);

type When = 'absent' | 'present' | readonly AnyCondition[];

export function storedWrite(write: Write): StoredWrite {
  const { entity } = write;
  const place = primaryKey(entity, write.kind === 'put' ? write.row : write.key);
  const named = (conditions: readonly AnyCondition[]) =>
    conditions.map((condition) => ({ ...condition, attribute: fieldOf(entity, condition.attribute) }));
  switch (write.kind) {
    case 'put': {
      const when = write.when === 'any' ? [] : write.when === 'absent' ? 'absent' : named(write.when);
      return {
        kind: 'put',
        ...place,
        ...storedText(ownFieldsOf(entity, write.row)),
        keys: indexKeysOf(entity, write.row),
        when,
      };
    }
    case 'patch':
      return {
        kind: 'patch',
        ...place,
        set: fieldsOf(entity, write.set),
        keys: changedIndexKeys(entity, write.set),
        add: Object.fromEntries(Object.entries(write.add).map(([name, by]) => [fieldOf(entity, name), by])),
        remove: [
          ...write.remove.map((attribute) => fieldOf(entity, attribute)),
          ...leftIndexFields(entity, write.remove),
        ],
        when: named(write.when),
      };
    case 'delete':
      return { kind: 'delete', ...place, when: named(write.when) };
    case 'check':
      return { kind: 'check', ...place, when: typeof write.when === 'string' ? write.when : named(write.when) };
  }
}

/**
 * What the column `item` holds, and when it may go. A text is handed to the thread for a fraction
 * of what an object costs.
 */
export function storedText(item: Item): { readonly text: string; readonly expiry: number | null } {
  const expiry = item[EXPIRY_FIELD];
  return { text: JSON.stringify(item), expiry: typeof expiry === 'number' ? expiry : null };
}

/** Whether a write may happen to the row that is there, or to none. */
export function isAllowed(row: Item | undefined, write: StoredWrite): boolean {
  if (write.when === 'absent') return row === undefined;
  if (write.when === 'present') return row !== undefined;
  if (write.kind === 'patch' && row === undefined) return false;
  return write.when.every((condition) => holds(row, condition));
}

function holds(row: Item | undefined, condition: AnyCondition): boolean {
  const value = row?.[condition.attribute];
  if (condition.is === 'absent') return value === undefined;
  if (condition.is === 'present') return value !== undefined;
  if (condition.is === '<>') return value !== condition.value;
  // A list as it is stored: what JSON leaves out is not in it.
  if (Array.isArray(condition.value)) return isDeepStrictEqual(value, JSON.parse(JSON.stringify(condition.value)));
  if (typeof value !== typeof condition.value) return false;
  const [left, right] = [value as string, condition.value as string];
  switch (condition.is) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** The row after a patch of one that is there. */
export function patched({ item, keys }: StoredRow, patch: StoredWrite & { readonly kind: 'patch' }): StoredRow {
  const added = Object.entries(patch.add).map(
    ([name, by]) => [name, ((item[name] as number | undefined) ?? 0) + by] as const,
  );
  return {
    item: without({ ...item, ...patch.set, ...Object.fromEntries(added) }, patch.remove),
    keys: without({ ...keys, ...patch.keys }, patch.remove),
  };
}

function without<Value>(fields: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
