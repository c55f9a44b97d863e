import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
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
import type { Chance } from './random-operations.ts';

export interface RandomShape {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Near what a query may have: a few go beyond it. */
const MOST_FIELDS = 330;
const DEEPEST = 18;
const MOST_FRAGMENTS = 12;
const PAGES = [1, 2, 10, 100, 500, 1000];

/**
 * Valid queries of every shape: deep and wide ones, fragments within fragments that are spread
 * again and again, fields that are merged, aliases, directives, variables. Only their size and what
 * they name are left to chance; nothing in them is wrong.
 */
export class RandomShapes {
  readonly #schema: GraphQLSchema;
  readonly #chance: Chance;
  #variables: Record<string, unknown> = {};
  #declared: string[] = [];
  #fragments: { readonly name: string; readonly type: GraphQLObjectType; readonly text: string }[] = [];
  /** Arguments of fields without an alias, by type and field: fields that merge have the same. */
  #shared = new Map<string, string>();
  #left = 0;
  #aliases = 0;

  constructor(schema: GraphQLSchema, chance: Chance) {
    this.#schema = schema;
    this.#chance = chance;
  }

  next(): RandomShape {
    this.#variables = {};
    this.#declared = [];
    this.#fragments = [];
    this.#shared = new Map();
    this.#aliases = 0;
    this.#left = 1 + Math.floor(MOST_FIELDS * this.#chance.random() ** 2);
    const root = this.#schema.getQueryType() as GraphQLObjectType;
    const depth = 2 + this.#below(DEEPEST - 1);
    const selection = this.#selection(root, depth, 1 + this.#below(this.#often(0.1) ? 24 : 6));
    const declared = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`;
    const fragments = this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`);
    return { query: `query ${declared} ${selection} ${fragments.join(' ')}`, variables: this.#variables };
  }

  #below(limit: number): number {
    return Math.floor(this.#chance.random() * limit);
  }

  #often(part: number): boolean {
    return this.#chance.random() < part;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }

  #selection(type: GraphQLObjectType, depth: number, count: number): string {
    const parts: string[] = [];
    for (let at = 0; at < count && this.#left > 0; at++) parts.push(this.#part(type, depth));
    return `{ ${parts.join(' ') || '__typename'} }`;
  }

  #part(type: GraphQLObjectType, depth: number): string {
    const known = this.#fragments.filter((fragment) => fragment.type === type);
    if (known.length > 0 && this.#often(0.25)) return `...${this.#pick(known).name} ${this.#directive()}`;
    if (this.#often(0.1)) {
      const on = this.#often(0.5) ? '' : `on ${type.name}`;
      return `... ${on} ${this.#directive()} ${this.#selection(type, depth, 1 + this.#below(3))}`;
    }
    if (this.#fragments.length < MOST_FRAGMENTS && this.#often(0.1)) {
      const text = this.#selection(type, depth, 1 + this.#below(4));
      const name = `f${this.#fragments.length}`;
      this.#fragments.push({ name, type, text });
      return `...${name}`;
    }
    const field = this.#field(type, depth);
    return this.#often(0.1) ? `${field} ${field}` : field; // the same twice is one
  }

  #field(type: GraphQLObjectType, depth: number): string {
    this.#left -= 1;
    const fields = Object.values(type.getFields()) as GraphQLField<unknown, unknown>[];
    const below = fields.filter((one) => depth > 0 && !isLeafType(getNamedType(one.type)));
    const leaves = fields.filter(
      (one) => isLeafType(getNamedType(one.type)) && one.args.every((arg) => !isNeeded(arg)),
    );
    const field =
      below.length > 0 && this.#often(0.6) ? this.#pick(below) : leaves.length > 0 ? this.#pick(leaves) : undefined;
    if (field === undefined) return '__typename';
    const inner = this.#inner(field, depth);
    if (this.#often(0.6))
      return `a${this.#aliases++}: ${field.name}${this.#arguments(field)} ${this.#directive()} ${inner}`;
    const key = `${type.name}.${field.name}`;
    const shared = this.#shared.get(key) ?? this.#arguments(field);
    this.#shared.set(key, shared);
    return `${field.name}${shared} ${this.#directive()} ${inner}`;
  }

  #inner(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return '';
    const count = 1 + this.#below(this.#often(0.05) ? 40 : 4);
    if (isObjectType(type)) return this.#selection(type, depth - 1, count);
    if (!isInterfaceType(type)) return '{ __typename }';
    const kind = this.#pick(this.#schema.getPossibleTypes(type));
    return `{ __typename ... on ${kind.name} ${this.#selection(kind, depth - 1, count)} }`;
  }

  #directive(): string {
    if (this.#often(0.9)) return '';
    const value = this.#often(0.5) ? String(this.#often(0.5)) : this.#variable('Boolean!', this.#often(0.5));
    return `@${this.#pick(['skip', 'include'])}(if: ${value})`;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args
      .filter((argument) => isNeeded(argument) || this.#often(0.4))
      .map((argument) => {
        const value = this.#json(argument.type, argument.name, 3);
        return `${argument.name}: ${this.#variable(String(argument.type), value)}`;
      });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  /** What the type allows, and mostly what is there. */
  #json(type: GraphQLInputType, name: string, depth: number): unknown {
    if (!isNonNullType(type) && (name === 'after' || name === 'region')) return null;
    const plain = getNullableType(type);
    if (isListType(plain)) return [this.#json(plain.ofType, name.replace(/s$/, ''), depth - 1)];
    if (isEnumType(plain)) return this.#pick(plain.getValues()).name;
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields()).filter((one) => isNeeded(one) || (depth > 0 && this.#often(0.3)));
      return Object.fromEntries(fields.map((one) => [one.name, this.#json(one.type, one.name, depth - 1)]));
    }
    switch (getNamedType(plain).name) {
      case 'Boolean':
        return this.#often(0.5);
      case 'DateTime':
        return '2026-01-02T00:00:00Z';
      case 'ID': {
        const { ids } = this.#chance;
        return ids[name] ?? ids[`${name}Id`] ?? this.#pick(Object.values(ids));
      }
      case 'String':
        return this.#pick(['web', 'disk 1', 'no such']);
      default:
        return name === 'first' || name === 'limit' ? this.#pick(PAGES) : this.#below(3);
    }
  }
}

function isNeeded(input: Pick<GraphQLArgument, 'type' | 'defaultValue'>): boolean {
  return isNonNullType(input.type) && input.defaultValue === undefined;
}
