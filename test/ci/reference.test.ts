import { expect, test } from 'vitest';
import type { Registry } from '../../.ci/reference/errors-page.ts';
import { extrasOf } from '../../.ci/reference/extras.ts';
import { referencePages } from '../../.ci/reference/pages.ts';

const BASE = `
"Reads. Nothing changes."
type Query {
  "Any thing."
  node("Id of a thing." id: ID!): Node
}

"Changes."
type Mutation

"A thing with an id."
interface Node {
  id: ID!
}
`;

const BOXES = `# Boxes hold
# things.

extend type Query {
  "The boxes of a shelf. Errors: NotFound."
  boxes("How many." first: Int! = 50, old: Int @deprecated(reason: "Use \`first\`.")): [Box!]!
}

extend type Mutation {
  """
  Fills a box, see \`Box.colour\`. Errors: Full (no room
  is left), NotFound.
  """
  fillBox("The box." input: FillBoxInput!): Box!
}

"A box."
type Box implements Node {
  "\`b-…\`"
  id: ID!
  "Red | blue."
  colour: Colour!
  "Key of the box."
  secret: String
}

"A colour."
enum Colour {
  "Red."
  RED
}

"Input of \`fillBox\`."
input FillBoxInput {
  colour: Colour! = RED
}
`;

const LIDS = `
extend type Box {
  "Its lid, or Full."
  lid(open: Boolean! = false): Lid
}

"A lid."
type Lid {
  box: Box
}
`;

const extras = extrasOf([{ code: 'Full', always: ['used'], sometimes: ['limit'] }]);
const registry: Registry = {
  title: 'Codes',
  about: 'All of them.',
  codes: { NotFound: 'No such thing.', Full: 'No room.' },
  extras,
};
const pagesOf = (schema: Record<string, string>) =>
  referencePages({
    schema,
    roles: {
      queries: { node: 'READER', boxes: 'READER' },
      mutations: { fillBox: 'WRITER' },
      fields: { Box: { secret: 'WRITER' } },
    },
    registries: [registry],
  });
const pages = pagesOf({ base: BASE, boxes: BOXES, lids: LIDS });
const page = (name: string): string => pages.get(name) ?? '';

test('there is a page for each noun, one for errors, and an index', () => {
  expect([...pages.keys()]).toEqual(['README.md', 'base.md', 'boxes.md', 'lids.md', 'errors.md']);
  expect(page('boxes.md')).toContain('# Boxes\n');
  expect(page('boxes.md')).toContain('\nBoxes hold things.\n');
  expect(page('base.md')).toContain('\nReads. Nothing changes.\n\nChanges.\n');
});

test('an operation has its answer, its role, its errors and its arguments', () => {
  expect(page('boxes.md')).toContain(`### query \`boxes\`

The boxes of a shelf.

- Answer: [\`[Box!]!\`](#type-box)
- Role: \`READER\`
- Errors: [\`NotFound\`](errors.md#notfound).

| argument | type | default | meaning |
| --- | --- | --- | --- |
| \`first\` | \`Int!\` | \`50\` | How many. |
| \`old\` | \`Int\` |  | **Deprecated**: Use \`first\`. |
`);
});

test('names in a description are links, on the page and to others', () => {
  const text = page('boxes.md');
  expect(text).toContain('Fills a box, see [`Box.colour`](#type-box).');
  expect(text).toContain('- Errors: [`Full`](errors.md#full) (no room is left), [`NotFound`](errors.md#notfound).');
  expect(text).toContain('Implements [`Node`](base.md#interface-node).');
  expect(page('lids.md')).toContain('Its lid, or [`Full`](errors.md#full).');
});

test('a type has its fields, and says who uses it and where it has more', () => {
  const text = page('boxes.md');
  expect(text).toContain('| `colour` | [`Colour!`](#enum-colour) | Red \\| blue. |');
  expect(text).toContain('| `secret` | `String` | Key of the box. Needs WRITER. |');
  expect(text).toContain('More fields: [lids](lids.md#more-of-box).');
  expect(text).toContain(
    'Used by: [`boxes`](#query-boxes), [`fillBox`](#mutation-fillbox), [`Lid`](lids.md#type-lid).',
  );
  expect(text).toContain('### enum `Colour`\n\nA colour.\n\n| value | meaning |\n| --- | --- |\n| `RED` | Red. |');
  expect(text).toContain('| `colour` | [`Colour!`](#enum-colour) | `RED` |  |');
});

test('fields that a page adds to a type of another have their arguments there', () => {
  expect(page('lids.md')).toContain('### more of `Box`\n\nThis page adds fields to [`Box`](boxes.md#type-box).');
  expect(page('lids.md')).toContain('Arguments of `lid`:\n\n| argument |');
});

test('an error has its meaning, what it carries and the operations that name it', () => {
  expect(page('errors.md')).toContain(
    '### Full\n\nNo room.\n\n- Carries: (`limit`), `used`\n- Named by: [`fillBox`](boxes.md#mutation-fillbox)\n',
  );
});

test('the index has every operation with its role, and every type', () => {
  const index = page('README.md');
  expect(index).toContain('| [Boxes](boxes.md) | 1 | 1 | 3 |');
  expect(index).toContain('- [`fillBox`](boxes.md#mutation-fillbox) (role WRITER): Fills a box, see');
  expect(index).toContain('[`Box`](boxes.md#type-box) · [`Colour`](boxes.md#enum-colour) ·');
});

test('what the reference cannot show is refused', () => {
  expect(() => pagesOf({ base: `${BASE}union Any = Node` })).toThrow('no section is made for a UnionTypeDefinition');
  expect(() => pagesOf({ base: `${BASE}type Full { id: ID! }` })).toThrow('would be called Full');
});
