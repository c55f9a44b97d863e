import {
  type DefinitionNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type ScalarTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** A definition that has a section of its own on a page. */
export type TypeDefinition =
  | ObjectTypeDefinitionNode
  | InterfaceTypeDefinitionNode
  | InputObjectTypeDefinitionNode
  | EnumTypeDefinitionNode
  | ScalarTypeDefinitionNode;

/** One file of schema/, taken apart. */
export interface Noun {
  /** The name of the file, without its ending. */
  readonly name: string;
  /** The comment at the top of the file. */
  readonly intro: string;
  /** What the fields of `Query` and `Mutation` have in common, in the file that defines them. */
  readonly rules: readonly string[];
  readonly queries: readonly FieldDefinitionNode[];
  readonly mutations: readonly FieldDefinitionNode[];
  readonly types: readonly TypeDefinition[];
  /** Fields that the file adds to types of other files. */
  readonly extensions: readonly ObjectTypeExtensionNode[];
}

const OPERATIONS: ReadonlySet<string> = new Set(['Query', 'Mutation']);
const SECTION_KINDS: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
]);

export function parseNoun(name: string, sdl: string): Noun {
  const { definitions } = parse(sdl);
  const unknown = definitions.find((definition) => !isType(definition) && !isExtension(definition));
  if (unknown !== undefined) throw new Error(`${name}.graphql: no section is made for a ${unknown.kind}`);
  const fieldsOf = (operation: string): readonly FieldDefinitionNode[] =>
    definitions.flatMap((definition) =>
      isObject(definition) && definition.name.value === operation ? (definition.fields ?? []) : [],
    );
  return {
    name,
    intro: introOf(sdl),
    rules: definitions.flatMap((definition) =>
      isType(definition) && OPERATIONS.has(definition.name.value) ? [definition.description?.value ?? ''] : [],
    ),
    queries: fieldsOf('Query'),
    mutations: fieldsOf('Mutation'),
    types: definitions.filter(isType).filter((definition) => !OPERATIONS.has(definition.name.value)),
    extensions: definitions.filter(isExtension).filter((definition) => !OPERATIONS.has(definition.name.value)),
  };
}

/** The name of a type without its brackets and exclamation marks. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The word that begins the heading of a definition. */
export function keyword(definition: TypeDefinition): string {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return 'type';
    case Kind.INTERFACE_TYPE_DEFINITION:
      return 'interface';
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return 'input';
    case Kind.ENUM_TYPE_DEFINITION:
      return 'enum';
    case Kind.SCALAR_TYPE_DEFINITION:
      return 'scalar';
  }
}

function introOf(sdl: string): string {
  const lines = sdl.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.slice(1).trim())
    .join(' ');
}

function isType(definition: DefinitionNode): definition is TypeDefinition {
  return SECTION_KINDS.has(definition.kind);
}

function isExtension(definition: DefinitionNode): definition is ObjectTypeExtensionNode {
  return definition.kind === Kind.OBJECT_TYPE_EXTENSION;
}

function isObject(definition: DefinitionNode): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || isExtension(definition);
}
