import {
  type GraphQLField,
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/**
 * Operations, inputs and places in them, made from the schema alone, so that what is added to it is
 * covered without a word.
 */

export type Path = readonly (string | number)[];

/** A place that takes a value, and which. */
export interface Place {
  readonly path: Path;
  /** Of the field or argument that the value, or the list around it, belongs to. */
  readonly name: string;
  readonly type: GraphQLInputType;
}

export interface GeneratedOperation {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  readonly text: string;
  /** Variables that the operation takes, most often. */
  readonly base: Readonly<Record<string, unknown>>;
  readonly places: readonly Place[];
}

/** A likely value for a leaf; undefined leaves it out where it may be left out. */
export type Sample = (place: Place & { readonly operation: string; readonly needed: boolean }) => unknown;

export function operationsOf(schema: GraphQLSchema, sample: Sample): GeneratedOperation[] {
  const of = (
    kind: GeneratedOperation['kind'],
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {},
  ) => Object.values(fields).map((field) => operationOf(kind, field, sample));
  return [...of('query', schema.getQueryType()?.getFields()), ...of('mutation', schema.getMutationType()?.getFields())];
}

function operationOf(
  kind: GeneratedOperation['kind'],
  field: GraphQLField<unknown, unknown>,
  sample: Sample,
): GeneratedOperation {
  const { name, args } = field;
  const variables = args.map((arg) => `$${arg.name}: ${arg.type.toString()}`);
  const given = args.map((arg) => `${arg.name}: $${arg.name}`);
  const call = args.length === 0 ? name : `${name}(${given.join(', ')})`;
  const head = args.length === 0 ? kind : `${kind} (${variables.join(', ')})`;
  const base = Object.fromEntries(
    args.flatMap((arg) => {
      if (arg.defaultValue !== undefined) return [[arg.name, arg.defaultValue]];
      const value = likely(arg.type, { path: [arg.name], name: arg.name, operation: name }, sample);
      return value === undefined ? [] : [[arg.name, value]];
    }),
  );
  const places = args.flatMap((arg) => placesIn(arg.type, [arg.name], arg.name));
  return { kind, name, text: `${head} { ${call} ${selection(field.type, 3)} }`, base, places };
}

interface At {
  readonly path: Path;
  readonly name: string;
  readonly operation: string;
}

function likely(type: GraphQLInputType, at: At, sample: Sample): unknown {
  const needed = isNonNullType(type);
  const plain = getNullableType(type);
  if (isListType(plain)) {
    const item = likely(plain.ofType, { ...at, path: [...at.path, 0] }, sample);
    return needed && item !== undefined ? [item] : undefined;
  }
  if (!isInputObjectType(plain)) return sample({ ...at, type, needed });
  if (!needed) return undefined;
  return Object.fromEntries(
    Object.values(plain.getFields()).flatMap((field) => {
      if (field.defaultValue !== undefined) return [];
      const value = likely(field.type, { ...at, path: [...at.path, field.name], name: field.name }, sample);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

/** What a list holds when nobody means ill. */
export function likelyMember({ path, name, type }: Place, operation: string, sample: Sample): unknown {
  const plain = getNullableType(type);
  if (!isListType(plain)) return undefined;
  return likely(new GraphQLNonNull(getNullableType(plain.ofType)), { path: [...path, 0], name, operation }, sample);
}

/** Every list and every leaf below a type; the members of a list by its first. */
function placesIn(type: GraphQLInputType, path: Path, name: string): Place[] {
  const plain = getNullableType(type);
  if (isListType(plain)) return [{ path, name, type }, ...placesIn(plain.ofType, [...path, 0], name)];
  if (!isInputObjectType(plain)) return [{ path, name, type }];
  return Object.values(plain.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name], field.name));
}

/** Everything that can be asked of an answer, so many objects deep, but for lists below lists. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isInterfaceType(named)) return '{ __typename id }';
  if (!isObjectType(named)) return '{ __typename }';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.length > 0) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    return depth > 1 ? [`${field.name} ${selection(field.type, depth - 1)}`] : [];
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/**
 * The base with one place changed; objects and lists on the way there are made where they are
 * missing.
 */
export function withValue(base: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const list = Array.isArray(base) ? [...(base as unknown[])] : [];
    list[first] = withValue(list[first], rest, value);
    return list;
  }
  const object = (base ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [first]: withValue(object[first], rest, value) };
}

export function leafKind(type: GraphQLInputType): string {
  const plain = getNullableType(type);
  if (isListType(plain)) return 'list';
  return isEnumType(plain) ? 'enum' : getNamedType(plain).name;
}
