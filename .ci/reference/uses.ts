import type { FieldDefinitionNode, InputValueDefinitionNode } from 'graphql';
import { type Noun, namedType } from './nouns.ts';

/** For each type the types and operations that use it, each once, in the order of the schema. */
export type Uses = ReadonlyMap<string, readonly string[]>;

export function usesOf(nouns: readonly Noun[]): Uses {
  const found = new Map<string, Set<string>>();
  const add = (user: string, used: { readonly type: FieldDefinitionNode['type'] }): void => {
    const name = namedType(used.type);
    if (name !== user) found.set(name, (found.get(name) ?? new Set()).add(user));
  };
  const addField = (user: string, field: FieldDefinitionNode | InputValueDefinitionNode): void => {
    add(user, field);
    if ('arguments' in field) for (const argument of field.arguments ?? []) add(user, argument);
  };
  for (const { queries, mutations, types, extensions } of nouns) {
    for (const operation of [...queries, ...mutations]) addField(operation.name.value, operation);
    for (const type of [...types, ...extensions]) {
      if ('fields' in type) for (const field of type.fields ?? []) addField(type.name.value, field);
    }
  }
  return new Map([...found].map(([name, users]) => [name, [...users]]));
}
