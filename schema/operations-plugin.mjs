import { Kind, stripIgnoredCharacters, visit } from 'graphql';

const HEAD = `
/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/** What a mutation answers if none of its fields was refused; the client throws otherwise. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };
`;

/**
 * One constant for each operation, beside the types of typescript-operations. That family's own
 * typed documents are objects of a class, each with a copy of every fragment. Here an operation is
 * plain data, the bundle has each fragment once, and unused operations can be left out.
 */
export const plugin = (_schema, documents) => {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return [
    HEAD,
    ...[...fragments].map(([name, node]) => `const ${name} = ${quoted(node)};`),
    '',
    ...operations.map((node) => {
      const name = node.name.value;
      const used = [...withFragments(node, fragments)].map((fragment) => ` + ${fragment}`);
      const types = `${name}${node.operation === 'query' ? 'Query' : 'Mutation'}`;
      const data = node.operation === 'query' ? types : `Answered<${types}>`;
      return `export const ${name}Document: Operation<${types}Variables, ${data}> = { text: ${quoted(node)}${used.join('')} };`;
    }),
    '',
  ].join('\n');
};

function quoted(node) {
  return JSON.stringify(stripIgnoredCharacters(node.loc.source.body.slice(node.loc.start, node.loc.end)));
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
