import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
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

/**
 * What a caller may send, made from the schema alone: fields, aliases, fragments, directives,
 * literals and variables.
 */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

export interface Chance {
  /** In [0, 1). */
  readonly random: () => number;
  /** Ids that exist, by the names that fields and arguments have for them. */
  readonly ids: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

const TEXTS = [
  '',
  'a',
  'web',
  'x'.repeat(300),
  '\u0000',
  '\ud800',
  '\u202e',
  '__proto__',
  'http://x',
  '2026-01',
  '👩‍👩‍👧‍👦',
];
const NUMBERS = [0, 1, -1, 2, 7, 100, 1024, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 1024 ** 3];
const INSTANTS = ['2030-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01', 'x'];

/** One operation; the same chance makes the same. */
export class RandomOperations {
  readonly #schema: GraphQLSchema;
  readonly #chance: Chance;
  #declared: string[] = [];
  #variables: Record<string, unknown> = {};
  #fragments: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, chance: Chance) {
    this.#schema = schema;
    this.#chance = chance;
  }

  next(): RandomOperation {
    this.#declared = [];
    this.#variables = {};
    this.#fragments = [];
    this.#aliases = 0;
    const kind = this.#often(0.5) ? 'query' : 'mutation';
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (root == null) throw new Error(`no ${kind}`);
    const selection = this.#selection(root, 3, 1 + this.#below(3));
    const declared = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`;
    const named = this.#often(0.2) ? ' Named' : '';
    const extra = this.#often(0.01) ? ' subscription S { x }' : '';
    const query = `${kind}${named} ${declared} ${selection} ${this.#fragments.join(' ')}${extra}`;
    return {
      query: this.#often(0.02) ? query.slice(0, this.#below(query.length)) : query,
      variables: this.#often(0.02) ? null : this.#variables,
      ...(this.#often(0.05) ? { operationName: this.#pick(['Named', 'Other', '', null]) } : {}),
    };
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

  #selection(type: GraphQLNamedType, depth: number, count: number): string {
    const parts = Array.from({ length: count }, () => this.#field(type, depth)).filter((part) => part !== '');
    const text = parts.length === 0 ? '__typename' : parts.join(' ');
    if (this.#often(0.9)) return `{ ${text} }`;
    const on = this.#often(0.5) ? '' : `on ${type.name}`;
    if (this.#often(0.5)) return `{ ... ${on} ${this.#directive()} { ${text} } }`;
    const name = `f${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `{ ...${name} ${this.#directive()} }`;
  }

  #field(type: GraphQLNamedType, depth: number): string {
    if (isInterfaceType(type))
      return this.#often(0.3) ? `... on Disk { ${this.#field(this.#object('Disk'), depth)} }` : 'id';
    if (!isObjectType(type)) return '__typename';
    if (type === this.#schema.getQueryType() && this.#often(0.03)) return this.#introspection();
    const field = this.#pick(Object.values(type.getFields() as Fields));
    const below = getNamedType(field.type);
    if (!isLeafType(below) && depth === 0) return '';
    const selection = isLeafType(below) ? '' : this.#selection(below, depth - 1, 1 + this.#below(4));
    // Two fields of one name that differ in arguments are no query.
    const alias = this.#often(0.97) ? `a${this.#aliases++}: ` : '';
    return `${alias}${field.name}${this.#arguments(field)} ${this.#directive()} ${selection}`;
  }

  #object(name: string): GraphQLObjectType {
    return this.#schema.getType(name) as GraphQLObjectType;
  }

  #introspection(): string {
    return this.#pick([
      '__schema { types { name fields { name } } }',
      `__type(name: ${this.#variable('String = "Disk"', true, () => this.#pick(['Disk', 'x', null, 5]))}) { name }`,
      '__typename',
    ]);
  }

  #directive(): string {
    if (this.#often(0.95)) return '';
    const name = this.#pick(['skip', 'include']);
    return `@${name}(if: ${this.#variable(`Boolean = ${this.#often(0.5)}`, true, () => this.#pick([true, false, null, 'x']))})`;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args
      .filter((argument) => this.#often(isNeeded(argument) ? 0.98 : 0.5))
      .map(
        (argument) =>
          `${argument.name}: ${this.#value(argument.type, argument.name, argument.defaultValue !== undefined, 4)}`,
      );
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  /** As text of the query: a literal, or a variable whose value is then sent, left out or null. */
  #value(type: GraphQLInputType, name: string, hasDefault: boolean, depth: number): string {
    if (this.#often(0.6)) return this.#variable(type, hasDefault, () => this.#json(type, name, depth));
    const plain = getNullableType(type);
    if (this.#often(0.01)) return this.#pick(['null', '{}', '[]', '5', '"x"', 'X', '-0.5']);
    if (isListType(plain)) {
      return `[${Array.from({ length: this.#below(3) }, () => this.#value(plain.ofType, name, false, depth - 1)).join(', ')}]`;
    }
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields())
        .filter((field) => depth > 0 && this.#often(isNeeded(field) ? 0.98 : 0.3))
        .map(
          (field) =>
            `${field.name}: ${this.#value(field.type, field.name, field.defaultValue !== undefined, depth - 1)}`,
        );
      return `{ ${fields.join(', ')} }`;
    }
    return this.#literal(plain, name);
  }

  /** Nullable where a default lets it through, sometimes of another type than is asked for. */
  #variable(type: GraphQLInputType | string, hasDefault: boolean, choose: () => unknown): string {
    const name = this.#often(0.02) ? this.#pick(['__proto__', 'constructor', 'toString']) : `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${this.#declaration(type, hasDefault)}`);
    if (this.#often(0.05)) return `$${name}`; // left out
    this.#variables[name] = this.#often(0.05) ? null : choose();
    return `$${name}`;
  }

  /**
   * Mostly one that the type allows: what it does not is refused before anything else is looked at.
   */
  #literal(type: GraphQLInputType, name: string): string {
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    switch (getNamedType(type).name) {
      case 'Boolean':
        return this.#pick(['true', 'false']);
      case 'Int':
        return String(name === 'first' ? 1 + this.#below(9) : this.#pick([0, 1, -1, 7, 100, 1024]));
      case 'SafeInt':
      case 'Float':
        return String(this.#pick([0, 1, -1, 7, 1024 ** 2]));
      case 'DateTime':
        return JSON.stringify(INSTANTS[0]);
      default:
        return JSON.stringify(this.#leaf(type, name)).replaceAll(/\\ud[89a-f]/g, '\\ud83d\\udc69');
    }
  }

  #declaration(type: GraphQLInputType | string, hasDefault: boolean): string {
    if (this.#often(0.01)) return this.#pick(['Int', '[ID!]', 'Boolean!', 'Nonsense']);
    const exact = String(type);
    const nullable = exact.replace(/!$/, '');
    if (hasDefault) return nullable; // the place has one, or it is declared with one
    // A default of the variable's own lets null through as well.
    const isLeaf = typeof type !== 'string' && isLeafType(getNullableType(type));
    return isLeaf && this.#often(0.2) ? `${nullable} = ${this.#literal(getNullableType(type), '')}` : exact;
  }

  #json(type: GraphQLInputType, name: string, depth: number): unknown {
    if (this.#often(0.015)) return this.#pick<unknown>([null, {}, [], 5, 'x', true, [[]], [null], { x: 1 }]);
    const plain = getNullableType(type);
    if (isListType(plain))
      return Array.from({ length: this.#below(4) }, () => this.#json(plain.ofType, name, depth - 1));
    if (!isInputObjectType(plain)) return this.#leaf(plain, name);
    const fields = Object.values(plain.getFields()).filter(
      (field) => depth > 0 && this.#often(isNeeded(field) ? 0.98 : 0.3),
    );
    return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type, field.name, depth - 1)]));
  }

  /** Mostly what a caller who means well could send, so that operations get as far as they can. */
  #leaf(type: GraphQLInputType, name: string): unknown {
    const good = this.#often(0.8) ? this.#good(type, name) : undefined;
    if (good !== undefined) return good;
    if (isEnumType(type)) return this.#often(0.9) ? this.#pick(type.getValues()).name : this.#pick(TEXTS);
    switch (getNamedType(type).name) {
      case 'Boolean':
        return this.#pick<unknown>([true, false, false, 'yes']);
      case 'Int':
      case 'SafeInt':
      case 'Float':
        return name === 'first' && this.#often(0.8) ? 1 + this.#below(9) : this.#pick<unknown>([...NUMBERS, '1']);
      case 'DateTime':
        return this.#pick(INSTANTS);
      case 'ID':
        return this.#pick([...Object.values(this.#chance.ids), ...TEXTS]);
      default:
        return this.#pick(TEXTS);
    }
  }

  #good(type: GraphQLInputType, name: string): unknown {
    if (name === 'region' || name === 'after') return null;
    switch (getNamedType(type).name) {
      case 'Int':
      case 'SafeInt':
      case 'Float':
        return /bytes/i.test(name) ? 1024 ** 2 : this.#below(7);
      case 'DateTime':
        return INSTANTS[0];
      case 'ID':
        return this.#chance.ids[name] ?? this.#chance.ids[`${name.replace(/s$/, '')}Id`];
      case 'String':
        return this.#chance.ids[name] ?? 'web';
      default:
        return undefined;
    }
  }
}

function isNeeded({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
