import { Kind, stripIgnoredCharacters, visit } from 'graphql';
import { shapeOf } from './answer-shape.mjs';

const SHAPE = `
/**
 * What an answer looks like: the type of a value; a list of members of one shape; one that may be
 * null, or absent; or the fields of an object.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly ['list' | 'nullable' | 'absent', Shape]
  | { readonly [Field: string]: Shape };
`;

const head = (shapes) => `
/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;${shapes ? '\n  readonly shape: Shape;' : ''}
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}
${shapes ? SHAPE : ''}
/** What a mutation answers if none of its fields was refused; the client throws otherwise. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };
`;

/**
 * One constant for each operation, beside the types of typescript-operations. That family's own
 * typed documents are objects of a class, each with a copy of every fragment. Here an operation is
 * plain data, the bundle has each fragment once, and unused operations can be left out.
 */
export const plugin = (schema, documents, { shapes = true }) => {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return [
    head(shapes),
    ...[...fragments].map(([name, node]) => `const ${name} = ${quoted(node)};`),
    ...(shapes ? fragmentsInOrder(fragments) : []).map(
      (name) => `const ${name}Shape = ${shapeOf(schema, fragments.get(name))} as const;`,
    ),
    '',
    ...operations.map((node) => {
      const name = node.name.value;
      const used = [...withFragments(node, fragments)].map((fragment) => ` + ${fragment}`);
      const types = `${name}${node.operation === 'query' ? 'Query' : 'Mutation'}`;
      const data = node.operation === 'query' ? types : `Answered<${types}>`;
      const text = quoted(node) + used.join('');
      const value = shapes ? `{ text: ${text}, shape: ${shapeOf(schema, node)} }` : `{ text: ${text} }`;
      return `export const ${name}Document: Operation<${types}Variables, ${data}> = ${value};`;
    }),
    '',
  ].join('\n');
};

function quoted(node) {
  return JSON.stringify(stripIgnoredCharacters(node.loc.source.body.slice(node.loc.start, node.loc.end)));
}

/** Each after those that it spreads. */
function fragmentsInOrder(fragments) {
  const order = new Set();
  const take = (name) => {
    for (const inner of withFragments(fragments.get(name), fragments)) take(inner);
    order.add(name);
  };
  for (const name of fragments.keys()) take(name);
  return [...order];
}

/** Names of the fragments that a node spreads, and that these spread in turn. */
function withFragments(node, fragments, found = new Set()) {
  visit(node, {
    FragmentSpread: ({ name: { value } }) => {
      if (found.has(value)) return;
      found.add(value);
      withFragments(fragments.get(value), fragments, found);
    },
  });
  return found;
}
