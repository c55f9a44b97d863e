/** How a store keeps the values of an attribute. */
export type AttributeType = 'string' | 'number' | 'boolean' | 'map' | 'list';

// Only the compiler knows what these stand for: there is no value behind them.
declare const valueType: unique symbol;
declare const rowType: unique symbol;

/** One attribute of a row: how it is stored, and for the compiler the type of its values. */
export interface Attribute<Value = unknown, Optional extends boolean = boolean> {
  readonly type: AttributeType;
  /** Whether a row may be without it. */
  readonly optional: Optional;
  readonly [valueType]?: Value;
}

type Attributes = Readonly<Record<string, Attribute>>;
type ValueOf<A extends Attribute> = Exclude<A[typeof valueType], undefined>;

/** A text; `string<'ON' | 'OFF'>()` for one of a few. */
export const string = <Value extends string = string>(): Attribute<Value, false> => required('string');
export const number = (): Attribute<number, false> => required('number');
export const boolean = (): Attribute<boolean, false> => required('boolean');
/** Names with values of one kind. */
export const map = <Value>(): Attribute<Readonly<Record<string, Value>>, false> => required('map');
export const list = <Element>(): Attribute<readonly Element[], false> => required('list');

export const optional = <Value>({ type }: Attribute<Value, false>): Attribute<Value, true> => ({
  type,
  optional: true,
});

const required = (type: AttributeType) => ({ type, optional: false }) as const;

/** The attributes that make up a key, in their order. They never change after the row was put. */
export interface IndexKey<Name extends string = string> {
  readonly partition: readonly Name[];
  readonly sort: readonly Name[];
}

export interface SecondaryIndex<Name extends string = string> extends IndexKey<Name> {
  readonly slot: 1 | 2;
}

type SecondaryIndexes<Name extends string = string> = Readonly<Record<string, SecondaryIndex<Name>>>;
type NoIndexes = Readonly<Record<never, SecondaryIndex>>;

/** How one kind of row is laid out. Made by {@link entity}, which infers its types. */
export interface Entity<
  Row extends object = object,
  Primary extends IndexKey = IndexKey,
  Indexes extends SecondaryIndexes = SecondaryIndexes,
> {
  readonly name: string;
  readonly attributes: Attributes;
  readonly primary: Primary;
  /** A row that lacks one of an index's attributes is not in that index. */
  readonly indexes: Indexes;
  /** Attribute with the epoch second after which the store may drop the row by itself. */
  readonly expiry?: string;
  readonly [rowType]: Row;
}

interface Layout<A extends Attributes, Primary, Indexes> {
  /** Begins every key of these rows, so it never changes. */
  readonly name: string;
  readonly attributes: A;
  readonly primary: Primary;
  readonly indexes?: Indexes;
  readonly expiry?: NamesOf<A, number>;
}

/** Declares a kind of row once: {@link RowOf} is its type, `attributes` the way it is stored. */
export function entity<
  A extends Attributes,
  const Primary extends IndexKey<NamesOf<A, string | number, false>>,
  const Indexes extends SecondaryIndexes<NamesOf<A, string | number>> = NoIndexes,
>(layout: Layout<A, Primary, Indexes>): Entity<RowWith<A>, Primary, Indexes> {
  // By way of `object`, as nothing stands behind `rowType`.
  return { indexes: {}, ...layout } as object as Entity<RowWith<A>, Primary, Indexes>;
}

/** Attributes with values of a type; if `Optional` is false, only those that every row has. */
type NamesOf<A extends Attributes, Type, Optional extends boolean = boolean> = {
  [Name in keyof A]: A[Name] extends Attribute<Type, Optional> ? Name : never;
}[keyof A] &
  string;

type RowWith<A extends Attributes> = {
  readonly [Name in keyof A as A[Name]['optional'] extends true ? never : Name]: ValueOf<A[Name]>;
} & {
  readonly [Name in keyof A as A[Name]['optional'] extends true ? Name : never]?: ValueOf<A[Name]>;
} extends infer Row extends object
  ? { [Name in keyof Row]: Row[Name] } // as one object, so that messages of the compiler stay short
  : never;

/** A whole row. */
export type RowOf<E extends Entity> = E[typeof rowType];

/** The values of the attributes of the primary key. */
export type KeyOf<E extends Entity> = Pick<
  RowOf<E>,
  (PartitionName<E['primary']> | SortName<E['primary']>) & keyof RowOf<E>
>;

export type IndexName<E extends Entity> = keyof E['indexes'] & string;

/** The attributes of a secondary index, or of the primary key where `Index` is never. */
type KeyAt<E extends Entity, Index extends IndexName<E>> = [Index] extends [never] ? E['primary'] : E['indexes'][Index];

/** The values by which the rows of one list are found. */
export type PartitionOf<E extends Entity, Index extends IndexName<E> = never> = Required<
  Pick<RowOf<E>, PartitionName<KeyAt<E, Index>> & keyof RowOf<E>>
>;

/** The values that say the place of a row within its list. */
export type PlaceOf<E extends Entity, Index extends IndexName<E> = never> = Pick<
  RowOf<E>,
  SortName<KeyAt<E, Index>> & keyof RowOf<E>
>;

type PartitionName<Key extends IndexKey> = Key['partition'][number];
type SortName<Key extends IndexKey> = Key['sort'][number];
