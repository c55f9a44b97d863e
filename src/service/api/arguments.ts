import {
  type DirectiveNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getArgumentValues,
  type SelectionNode,
} from 'graphql';
import { invalid } from '../../platform/errors.ts';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * The arguments of a field with their defaults. A variable may be null where the argument may not:
 * the schema lets it through if either has a default
 * (https://spec.graphql.org/October2021/#IsVariableUsageAllowed()). The executor's own error for
 * that has no code and names nothing.
 */
export function argumentsOf(
  definition: Parameters<typeof getArgumentValues>[0] | GraphQLField<unknown, unknown>,
  node: FieldNode | DirectiveNode,
  variables: Variables,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const wrong = node.arguments?.find(({ value }) => error.nodes?.includes(value));
    throw invalid(wrong?.name.value ?? node.name.value, 'must not be null, nor hold a null where none is allowed');
  }
}

/** Whether `@skip` and `@include` leave a part of the query out. */
export function isLeftOut({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.some((node) => {
    if (node.name.value === 'skip') return argumentsOf(GraphQLSkipDirective, node, variables).if === true;
    if (node.name.value === 'include') return argumentsOf(GraphQLIncludeDirective, node, variables).if === false;
    return false;
  });
}
