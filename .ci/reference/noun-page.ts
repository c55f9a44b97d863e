import { type FieldDefinitionNode, Kind, type ObjectTypeExtensionNode } from 'graphql';
import { keyword, type Noun, type TypeDefinition } from './nouns.ts';
import { linkTo, type Places } from './places.ts';
import type { Roles } from './roles.ts';
import { type At, deprecation, fieldTables, inputTable, typeLink, valueTable } from './tables.ts';
import { linkNames, splitErrors, titleOf } from './text.ts';
import type { Uses } from './uses.ts';

export interface Context {
  readonly places: Places;
  readonly roles: Roles;
  readonly uses: Uses;
  /** All files, for the fields that one adds to a type of another. */
  readonly nouns: readonly Noun[];
}

/** The page of one noun: its operations, then its types in the order of the schema. */
export function nounPage(noun: Noun, context: Context): string {
  const page = `${noun.name}.md`;
  const at = { ...context, page };
  const parts = [
    `# ${titleOf(noun.name)}`,
    `Made from \`schema/${noun.name}.graphql\` by \`npm run docs:reference\`. [All pages](README.md)`,
    noun.intro,
    ...noun.rules.map((rule) => linkNames(splitErrors(rule).text, at.places, page)),
    ...operations({ word: 'query', title: 'Queries', fields: noun.queries, roles: context.roles.queries }, at),
    ...operations({ word: 'mutation', title: 'Mutations', fields: noun.mutations, roles: context.roles.mutations }, at),
    ...(noun.types.length + noun.extensions.length > 0 ? ['## Types'] : []),
    ...noun.types.flatMap((type) => typeSection(type, at)),
    ...noun.extensions.flatMap((extension) => extensionSection(extension, at)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

type OnPage = Context & At;

interface Operations {
  readonly title: string;
  /** What the heading of each begins with. */
  readonly word: 'query' | 'mutation';
  readonly fields: readonly FieldDefinitionNode[];
  readonly roles: Readonly<Record<string, string>>;
}

function operations({ title, word, fields, roles }: Operations, at: OnPage): string[] {
  if (fields.length === 0) return [];
  return [
    `## ${title}`,
    ...fields.flatMap((field) => {
      const { text, errors } = splitErrors(field.description?.value ?? '');
      const role = roles[field.name.value] ?? 'not known';
      const facts = [
        `- Answer: ${typeLink(field, at)}`,
        `- Role: ${linkTo(at.places, 'Role', { page: at.page, text: role })}`,
        ...(errors === '' ? [] : [`- ${linkNames(errors, at.places, at.page)}`]),
        ...deprecation(field.directives).map((told) => `- ${told}`),
      ];
      return [
        `### ${word} \`${field.name.value}\``,
        linkNames(text, at.places, at.page),
        facts.join('\n'),
        (field.arguments ?? []).length === 0 ? '' : inputTable('argument', field.arguments ?? [], at),
      ];
    }),
  ];
}

function typeSection(type: TypeDefinition, at: OnPage): string[] {
  const name = type.name.value;
  const heading = `### ${keyword(type)} \`${name}\``;
  const about = linkNames(splitErrors(type.description?.value ?? '').text, at.places, at.page);
  const uses = (at.uses.get(name) ?? []).map((user) => linkTo(at.places, user, { page: at.page }));
  const used = uses.length === 0 ? '' : `Used by: ${uses.join(', ')}.`;
  switch (type.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      return [heading, about];
    case Kind.ENUM_TYPE_DEFINITION:
      return [heading, about, valueTable(type.values ?? [], at), used];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [heading, about, inputTable('field', type.fields ?? [], at), used];
    default: {
      const interfaces = (type.interfaces ?? []).map((one) => linkTo(at.places, one.name.value, { page: at.page }));
      const implemented = interfaces.length === 0 ? '' : `Implements ${interfaces.join(', ')}.`;
      return [heading, about, implemented, ...fieldTables(name, type.fields ?? [], at), more(name, at), used];
    }
  }
}

function extensionSection(extension: ObjectTypeExtensionNode, at: OnPage): string[] {
  const name = extension.name.value;
  const about = `This page adds fields to ${linkTo(at.places, name, { page: at.page })}.`;
  return [`### more of \`${name}\``, about, ...fieldTables(name, extension.fields ?? [], at)];
}

/** Where other pages add fields to the type. */
function more(name: string, { nouns }: OnPage): string {
  const others = nouns.filter(({ extensions }) => extensions.some((extension) => extension.name.value === name));
  const links = others.map((noun) => `[${noun.name}](${noun.name}.md#more-of-${name.toLowerCase()})`);
  return links.length === 0 ? '' : `More fields: ${links.join(', ')}.`;
}
