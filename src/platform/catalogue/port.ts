/**
 * The catalogue: small rows with conditional, transactional writes. One port for all metadata; policy lives above it.
 *
 * Promises every adapter keeps (test/platform/catalogue-suite.ts):
 * - `get`, `getMany`, `getEach` and `list` on the primary key see every write that was acknowledged before they began;
 *   `list` on a secondary index may lag behind by moments.
 * - `transact` applies all writes or none. It answers `ok: false` only when a condition did not hold, and then nothing
 *   was written. An exception leaves open whether the writes happened.
 * - Passing trouble (throttling, faults of the store, time-outs, conflicts with other transactions) is retried inside, by
 *   every call, within a bound, and then thrown as `VarveError('Throttled')`. With `mayBeDone` it says that it is not
 *   known whether a transaction took place.
 * - `tryWrite` is one write by itself, at half of what a transaction of one costs. It answers false when the condition did not hold, which may be
 *   because this very call had been carried out before, when its first answer was lost: for writes that somebody looks after in any case, and
 *   that may be done twice. Not for `add`, and not for a check.
 * - At most {@link MAX_TRANSACTION_WRITES} writes a transaction, at most one per row.
 */
export interface Catalogue {
  get<Row extends object>(entity: Entity<Row>, key: Partial<Row>): Promise<Row | undefined>;
  /** Rows in the order of `keys`, `undefined` where there is none. Any number of keys; fan-out is bounded inside. */
  getMany<Row extends object>(entity: Entity<Row>, keys: readonly Partial<Row>[]): Promise<(Row | undefined)[]>;
  /** The same for rows of several kinds, in one request where there are at most 100: what is needed together costs one wait. */
  getEach<Reads extends readonly AnyRead[]>(
    ...reads: Reads
  ): Promise<{ [At in keyof Reads]: RowOf<Reads[At]> | undefined }>;
  list<Row extends object>(entity: Entity<Row>, query: ListQuery<Row>): Promise<ListPage<Row>>;
  transact(writes: readonly Write[]): Promise<TransactResult>;
  tryWrite(write: Write): Promise<boolean>;
}

export const MAX_TRANSACTION_WRITES = 100; // DynamoDB TransactWriteItems

export type AttributeType = 'string' | 'number' | 'boolean' | 'map' | 'list';

/** How one kind of row is laid out. `partition` and `sort` attributes never change after the row was put. */
export interface Entity<Row extends object> {
  readonly name: string;
  readonly attributes: { readonly [A in keyof Required<Row>]: AttributeType };
  readonly primary: IndexKey<Row>;
  /** Secondary indexes. A row that lacks one of an index's attributes is not in that index. */
  readonly indexes?: Readonly<Record<string, IndexKey<Row> & { readonly slot: 1 | 2 }>>;
  /** Attribute with the epoch second after which the store may drop the row by itself. */
  readonly expiry?: keyof Row & string;
}

export interface IndexKey<Row> {
  readonly partition: readonly (keyof Row & string)[];
  readonly sort: readonly (keyof Row & string)[];
}

export interface ListQuery<Row> {
  /** Name of a secondary index; the primary key when absent. */
  readonly index?: string;
  /** Values of all partition attributes of that index. */
  readonly partition: Partial<Row>;
  /** Only rows after this one in the list's direction: the values of all sort attributes. */
  readonly after?: Partial<Row>;
  readonly limit: number;
  readonly descending?: boolean;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  /** Whether rows may follow after the last of these. */
  readonly more: boolean;
}

/** One row that is to be read. */
export interface Read<Row extends object> {
  readonly entity: Entity<Row>;
  readonly key: Partial<Row>;
}
export interface AnyRead {
  readonly entity: AnyEntity;
  readonly key: object;
}
type RowOf<Of> = Of extends Read<infer Row> ? Row : never;

export const read = <Row extends object>(entity: Entity<Row>, key: Partial<Row>): Read<Row> => ({ entity, key });

export type Scalar = string | number | boolean;

export type Condition =
  | { readonly attribute: string; readonly is: '=' | '<>' | '<' | '<=' | '>' | '>='; readonly value: Scalar }
  | { readonly attribute: string; readonly is: 'absent' | 'present' };

/** An entity of any row type: a write forgets which, once {@link put}, {@link patch} and the like have checked the row. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where row types are let go
export type AnyEntity = Entity<any>;

/** A write as data: decided by pure code, carried out by an adapter. */
export type Write =
  | {
      /** Writes the whole row; with conditions, only over a row that exists and fulfils them. */
      readonly kind: 'put';
      readonly entity: AnyEntity;
      readonly row: object;
      readonly when: 'absent' | 'any' | readonly Condition[];
    }
  | {
      /** Changes a row that exists and fulfils all conditions. */
      readonly kind: 'patch';
      readonly entity: AnyEntity;
      readonly key: object;
      readonly set: Readonly<Record<string, unknown>>;
      readonly add: Readonly<Record<string, number>>;
      readonly remove: readonly string[];
      readonly when: readonly Condition[];
    }
  | {
      /** Removes a row that fulfils all conditions; without conditions, also fine when there is none. */
      readonly kind: 'delete';
      readonly entity: AnyEntity;
      readonly key: object;
      readonly when: readonly Condition[];
    }
  | { readonly kind: 'check'; readonly entity: AnyEntity; readonly key: object; readonly when: readonly Condition[] };

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

export const put = <Row extends object>(
  entity: Entity<Row>,
  row: Row,
  when: 'absent' | 'any' | readonly Condition[] = 'absent',
): Write => ({ kind: 'put', entity, row, when });

/** `set` must hold the values of *all* attributes of an index as soon as it changes one of them. */
export const patch = <Row extends object>(
  entity: Entity<Row>,
  key: Partial<Row>,
  change: {
    readonly set?: Partial<Row>;
    readonly add?: Partial<Record<keyof Row & string, number>>;
    readonly remove?: readonly (keyof Row & string)[];
    readonly when?: readonly Condition[];
  },
): Write => ({
  kind: 'patch',
  entity,
  key,
  set: (change.set ?? {}) as Record<string, unknown>,
  add: (change.add ?? {}) as Record<string, number>,
  remove: change.remove ?? [],
  when: change.when ?? [],
});

export const remove = <Row extends object>(
  entity: Entity<Row>,
  key: Partial<Row>,
  when: readonly Condition[] = [],
): Write => ({ kind: 'delete', entity, key, when });

export const check = <Row extends object>(
  entity: Entity<Row>,
  key: Partial<Row>,
  when: readonly Condition[],
): Write => ({
  kind: 'check',
  entity,
  key,
  when,
});

export const equal = (attribute: string, value: Scalar): Condition => ({ attribute, is: '=', value });
export const absent = (attribute: string): Condition => ({ attribute, is: 'absent' });
export const present = (attribute: string): Condition => ({ attribute, is: 'present' });
