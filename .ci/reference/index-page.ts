import type { FieldDefinitionNode } from 'graphql';
import type { Noun } from './nouns.ts';
import { linkTo, type Places } from './places.ts';
import type { Roles } from './roles.ts';
import { firstSentence, linkNames, row, splitErrors, table, titleOf } from './text.ts';

const PAGE = 'README.md';

const HEAD = `# GraphQL reference

Made from \`schema/*.graphql\` by \`npm run docs:reference\`. There is one page for each noun, and one
for [error codes](errors.md). How to call the API, how lists and errors work and how data moves is in
[api.md](../api.md).`;

/** The index: pages, then every operation, then every type by its name. */
export function indexPage(nouns: readonly Noun[], roles: Roles, places: Places): string {
  const pages = nouns.map(({ name, queries, mutations, types }) =>
    row(`[${titleOf(name)}](${name}.md)`, ...[queries, mutations, types].map(({ length }) => String(length))),
  );
  const names = nouns.flatMap(({ types }) => types.map(({ name }) => name.value)).sort();
  const parts = [
    HEAD,
    '## Pages',
    table(['noun', 'queries', 'mutations', 'types'], pages),
    '## Queries',
    operations(
      nouns.flatMap(({ queries }) => queries),
      roles.queries,
      places,
    ),
    '## Mutations',
    operations(
      nouns.flatMap(({ mutations }) => mutations),
      roles.mutations,
      places,
    ),
    '## Types',
    names.map((name) => linkTo(places, name, { page: PAGE })).join(' · '),
  ];
  return `${parts.join('\n\n')}\n`;
}

function operations(
  fields: readonly FieldDefinitionNode[],
  roles: Readonly<Record<string, string>>,
  places: Places,
): string {
  const rows = fields.map(({ name, description }) =>
    row(
      linkTo(places, name.value, { page: PAGE }),
      roles[name.value] ?? 'not known',
      linkNames(firstSentence(splitErrors(description?.value ?? '').text), places, PAGE),
    ),
  );
  return table(['operation', 'role', 'meaning'], rows);
}
