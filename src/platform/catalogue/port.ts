import type { Entity, IndexName, KeyOf, PartitionOf, PlaceOf, RowOf } from './entity.ts';

/**
 * The catalogue: small rows with conditional, transactional writes. One port for all metadata;
 * policy lives above it.
 *
 * Promises every adapter keeps (test/platform/catalogue-suite.ts):
 * - `get`, `getMany`, `getEach` and `list` on the primary key see every write that was acknowledged
 *   before they began; `list` on a secondary index may lag behind by moments.
 * - `transact` applies all writes or none. It answers `ok: false` only if a condition did not hold,
 *   and then nothing was written. An exception leaves open whether the writes happened.
 * - Every call retries passing trouble (throttling, faults of the store, time-outs, conflicts with
 *   other transactions) within a bound, and then throws `VarveError('Throttled')`. With `mayBeDone`
 *   it says that a transaction may have taken place.
 * - `tryWrite` is one write by itself, at half the cost of a transaction of one. It answers false
 *   if the condition did not hold. The reason may be that this very call had been carried out
 *   before, and its first answer was lost. So it is for writes that may be done twice, and whose
 *   outcome is looked after in any case. It takes no `add` and no check.
 * - At most {@link MAX_TRANSACTION_WRITES} writes a transaction, at most one per row.
 */
export interface Catalogue {
  get<E extends Entity>(entity: E, key: KeyOf<E>): Promise<RowOf<E> | undefined>;
  /** Rows in the order of `keys`, `undefined` for none. Any number: fan-out is bounded inside. */
  getMany<E extends Entity>(entity: E, keys: readonly KeyOf<E>[]): Promise<(RowOf<E> | undefined)[]>;
  /** The same for rows of several kinds, up to 100 in one request: they cost one wait together. */
  getEach<Reads extends readonly Read[]>(
    ...reads: Reads
  ): Promise<{ [At in keyof Reads]: RowOf<Reads[At]['entity']> | undefined }>;
  list<E extends Entity, Index extends IndexName<E> = never>(
    entity: E,
    query: ListQuery<E, Index>,
  ): Promise<ListPage<RowOf<E>>>;
  transact(writes: readonly Write[]): Promise<TransactResult>;
  tryWrite(write: Write): Promise<boolean>;
}

export const MAX_TRANSACTION_WRITES = 100; // DynamoDB TransactWriteItems

export interface ListQuery<E extends Entity = Entity, Index extends IndexName<E> = IndexName<E>> {
  /** Name of a secondary index; the primary key when absent. */
  readonly index?: Index;
  readonly partition: PartitionOf<E, Index>;
  /** Only rows after this one in the list's direction. */
  readonly after?: PlaceOf<E, Index>;
  readonly limit: number;
  readonly descending?: boolean;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  /** Whether rows may follow after the last of these. */
  readonly more: boolean;
}

/** One row that is to be read. */
export interface Read<E extends Entity = Entity> {
  readonly entity: E;
  readonly key: KeyOf<E>;
}

export const read = <E extends Entity>(entity: E, key: KeyOf<E>): Read<E> => ({ entity, key });

type Scalar = string | number | boolean;
type List = readonly unknown[];

/** A condition on some attribute. It is checked where it meets an entity: see {@link Condition}. */
export type AnyCondition =
  | Compares<string, Comparison, Scalar>
  | Compares<string, '=', List>
  | Is<string, 'absent'>
  | Is<string, 'present'>;

type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition that such a row can fulfil: one of its attributes, beside a value it can have. */
export type Condition<Row extends object> = {
  readonly [Name in keyof Row & string]-?:
    | Compared<Name, NonNullable<Row[Name]>>
    | (undefined extends Row[Name] ? Is<Name, 'absent'> | Is<Name, 'present'> : never);
}[keyof Row & string];

/** Only texts and numbers have an order. Equal lists hold the same values in the same order. */
type Compared<Name extends string, Value> = [Value] extends [Scalar]
  ? Compares<Name, [Value] extends [boolean] ? '=' | '<>' : Comparison, Value>
  : [Value] extends [List]
    ? Compares<Name, '=', Value>
    : never;

interface Is<Name extends string, What extends string> {
  readonly attribute: Name;
  readonly is: What;
}
interface Compares<Name extends string, What extends string, Value> extends Is<Name, What> {
  readonly value: Value;
}

/** A write as data: decided by pure code, carried out by an adapter, checked when it was made. */
export type Write =
  | {
      /** Writes the whole row; with conditions, only over a row that exists and fulfils them. */
      readonly kind: 'put';
      readonly entity: Entity;
      readonly row: object;
      readonly when: 'absent' | 'any' | readonly AnyCondition[];
    }
  | {
      /** Changes a row that exists and fulfils all conditions. */
      readonly kind: 'patch';
      readonly entity: Entity;
      readonly key: object;
      readonly set: Readonly<Record<string, unknown>>;
      readonly add: Readonly<Record<string, number>>;
      readonly remove: readonly string[];
      readonly when: readonly AnyCondition[];
    }
  | {
      /** Removes a row that fulfils all conditions. Without conditions there may be no row. */
      readonly kind: 'delete';
      readonly entity: Entity;
      readonly key: object;
      readonly when: readonly AnyCondition[];
    }
  | {
      /** Changes nothing: that there is a row, or none, or one that fulfils all conditions. */
      readonly kind: 'check';
      readonly entity: Entity;
      readonly key: object;
      readonly when: 'absent' | 'present' | readonly AnyCondition[];
    };

/** What `tryWrite` may be given: done twice, it is as if done once. */
export function isRepeatable(write: Write): boolean {
  return (
    write.kind === 'put' || write.kind === 'delete' || (write.kind === 'patch' && Object.keys(write.add).length === 0)
  );
}

export type TransactResult =
  | { readonly ok: true }
  /** Positions in `writes` whose conditions did not hold (never empty). */
  | { readonly ok: false; readonly failed: readonly number[] };

export const put = <E extends Entity>(
  entity: E,
  row: RowOf<E>,
  when: 'absent' | 'any' | readonly Condition<RowOf<E>>[] = 'absent',
): Write => ({ kind: 'put', entity, row, when });

export interface Change<Row extends object> {
  /** Must hold the values of *all* attributes of an index as soon as it changes one of them. */
  readonly set?: Partial<Row>;
  readonly add?: { readonly [Name in NumberName<Row>]?: number };
  readonly remove?: readonly OptionalName<Row>[];
  readonly when?: readonly Condition<Row>[];
}

type NumberName<Row> = { [Name in keyof Row]-?: NonNullable<Row[Name]> extends number ? Name : never }[keyof Row];
type OptionalName<Row> = { [Name in keyof Row]-?: undefined extends Row[Name] ? Name : never }[keyof Row] & string;

/** `Set` with no attribute that the row does not have, as a variable could have. */
type Only<Row, Set> = Set & { readonly [Name in Exclude<keyof Set, keyof Row>]: never };

export const patch = <E extends Entity, Set extends Partial<RowOf<E>>>(
  entity: E,
  key: KeyOf<E>,
  change: Change<RowOf<E>> & { readonly set?: Only<RowOf<E>, Set> },
): Write => ({
  kind: 'patch',
  entity,
  key,
  set: change.set ?? {},
  add: (change.add ?? {}) as Record<string, number>,
  remove: change.remove ?? [],
  when: change.when ?? [],
});

export const remove = <E extends Entity>(
  entity: E,
  key: KeyOf<E>,
  when: readonly Condition<RowOf<E>>[] = [],
): Write => ({ kind: 'delete', entity, key, when });

export const check = <E extends Entity>(
  entity: E,
  key: KeyOf<E>,
  when: 'absent' | 'present' | readonly Condition<RowOf<E>>[],
): Write => ({ kind: 'check', entity, key, when });

export const equal = <Name extends string, Value extends Scalar | List>(
  attribute: Name,
  value: Value,
): Compares<Name, '=', Value> => ({ attribute, is: '=', value });
export const absent = <Name extends string>(attribute: Name): Is<Name, 'absent'> => ({ attribute, is: 'absent' });
export const present = <Name extends string>(attribute: Name): Is<Name, 'present'> => ({ attribute, is: 'present' });
