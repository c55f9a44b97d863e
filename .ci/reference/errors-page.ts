import type { Extras } from './extras.ts';
import type { Noun } from './nouns.ts';
import { linkTo, type Places } from './places.ts';
import { codesIn } from './text.ts';

/** One registry of codes, with what the sources that throw them give. */
export interface Registry {
  readonly title: string;
  readonly about: string;
  /** By code: what it means. */
  readonly codes: Readonly<Record<string, string>>;
  readonly extras: Extras;
}

const PAGE = 'errors.md';

const HEAD = `# Error codes

Made from the registries and from the sources that throw the codes, by \`npm run docs:reference\`.
[All pages](README.md)

A code never changes its meaning. "Carries" lists the fields beside it in \`errors[].extensions\`; a
field in brackets is given only in some cases. What to do about each error is in
[api.md](../api.md#errors).`;

export function errorsPage(registries: readonly Registry[], nouns: readonly Noun[], places: Places): string {
  const named = namedBy(nouns, Object.keys(registries[0]?.codes ?? {}));
  const parts = registries.flatMap(({ title, about, codes, extras }) => [
    `## ${title}`,
    about,
    ...Object.entries(codes).flatMap(([code, meaning]) => {
      const fields = [...(extras.get(code) ?? [])];
      const told = fields.map(([field, when]) => (when === 'always' ? `\`${field}\`` : `(\`${field}\`)`));
      const users = (named.get(code) ?? []).map((name) => linkTo(places, name, { page: PAGE }));
      const facts = [
        ...(told.length === 0 ? [] : [`- Carries: ${told.join(', ')}`]),
        ...(users.length === 0 ? [] : [`- Named by: ${users.join(', ')}`]),
      ];
      return [`### ${code}`, meaning, facts.join('\n')].filter((part) => part !== '');
    }),
  ]);
  return `${[HEAD, ...parts].join('\n\n')}\n`;
}

/**
 * For each code the operations and types whose descriptions name it, in the order of the schema.
 */
function namedBy(nouns: readonly Noun[], codes: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { queries, mutations, types } of nouns) {
    for (const definition of [...queries, ...mutations, ...types]) {
      const texts = [definition.description?.value ?? '', ...innerTexts(definition)];
      for (const code of codesIn(texts.join(' '), codes)) {
        found.set(code, [...(found.get(code) ?? []), definition.name.value]);
      }
    }
  }
  return found;
}

function innerTexts(definition: Noun['queries'][number] | Noun['types'][number]): string[] {
  const inner = [
    ...('fields' in definition ? (definition.fields ?? []) : []),
    ...('values' in definition ? (definition.values ?? []) : []),
    ...('arguments' in definition ? (definition.arguments ?? []) : []),
  ];
  return inner.map(({ description }) => description?.value ?? '');
}
