import {
  type ConstDirectiveNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
} from 'graphql';
import { namedType } from './nouns.ts';
import { linkTo, type Places } from './places.ts';
import type { Roles } from './roles.ts';
import { linkNames, oneLine, row, table } from './text.ts';

/** What a table needs to know of the page that it stands on. */
export interface At {
  /** The file name of the page. */
  readonly page: string;
  readonly places: Places;
  readonly roles: Roles;
}

/** The fields of a type, and below them the arguments of those that have some. */
export function fieldTables(owner: string, fields: readonly FieldDefinitionNode[], at: At): string[] {
  const rows = fields.map((field) => {
    const role = at.roles.fields[owner]?.[field.name.value];
    const needs = role === undefined || field.description?.value.includes(role) ? [] : [`Needs ${role}.`];
    return row(nameOf(field), typeLink(field, at), meaning(field, at, needs));
  });
  const withArguments = fields.filter((field) => (field.arguments ?? []).length > 0);
  return [
    table(['field', 'type', 'meaning'], rows),
    ...withArguments.flatMap((field) => [
      `Arguments of ${nameOf(field)}:`,
      inputTable('argument', field.arguments ?? [], at),
    ]),
  ];
}

/** Arguments, or the fields of an input. */
export function inputTable(what: string, inputs: readonly InputValueDefinitionNode[], at: At): string {
  const rows = inputs.map((input) => {
    const preset = input.defaultValue === undefined ? '' : `\`${print(input.defaultValue)}\``;
    return row(nameOf(input), typeLink(input, at), preset, meaning(input, at));
  });
  return table([what, 'type', 'default', 'meaning'], rows);
}

export function valueTable(values: readonly EnumValueDefinitionNode[], at: At): string {
  const rows = values.map((value) => row(nameOf(value), meaning(value, at)));
  return table(['value', 'meaning'], rows);
}

/** The type as the schema writes it, with a link to its section. */
export function typeLink({ type }: FieldDefinitionNode | InputValueDefinitionNode, { places, page }: At): string {
  return linkTo(places, namedType(type), { page, text: print(type) });
}

export function deprecation(directives: readonly ConstDirectiveNode[] | undefined): string[] {
  const directive = directives?.find(({ name }) => name.value === 'deprecated');
  if (directive === undefined) return [];
  const reason = directive.arguments?.find(({ name }) => name.value === 'reason')?.value;
  return [`**Deprecated**: ${reason?.kind === Kind.STRING ? reason.value : 'it will go'}`];
}

type Described = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function nameOf({ name }: Described): string {
  return `\`${name.value}\``;
}

function meaning({ description, directives }: Described, at: At, more: readonly string[] = []): string {
  const text = linkNames(oneLine(description?.value ?? ''), at.places, at.page);
  return [text, ...more, ...deprecation(directives)].filter((part) => part !== '').join(' ');
}
