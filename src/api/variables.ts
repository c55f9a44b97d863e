import {
  coerceInputValue,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { invalid } from '../platform/errors.ts';

/**
 * Checks the variables of a request as the executor will, and names the field that is wrong. The executor's own error says
 * it in words only.
 */
export function requireValidVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue; // validation has refused it
    const value = variables[name];
    if (value === undefined && (definition.defaultValue !== undefined || !isNonNullType(type))) continue;
    if (value === undefined) throw invalid(name, 'is needed');
    coerceInputValue(value, type, (path, _value, error) => {
      throw invalid(path.length === 0 ? name : path.join('.'), error.message);
    });
  }
}
