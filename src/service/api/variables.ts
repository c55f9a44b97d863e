import {
  coerceInputValue,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { invalid } from '../../platform/errors.ts';

/**
 * The variables of a request with their defaults. Refuses what the executor would, but names the
 * field that is wrong: the executor's own error says it in words only.
 */
export function completeVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const complete: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    // A variable may have the name of what every object inherits, such as `constructor`.
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = completeVariable(schema, definition, given);
    if (value !== undefined) complete[name] = value;
  }
  return complete;
}

function completeVariable(schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): unknown {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return undefined; // validation has refused it
  if (value === undefined) {
    if (definition.defaultValue !== undefined) return valueFromAST(definition.defaultValue, type);
    if (isNonNullType(type)) throw invalid(name, 'is needed');
    return undefined;
  }
  return coerceInputValue(value, type, (path, _value, error) => {
    throw invalid(path.length === 0 ? name : path.join('.'), error.message);
  });
}
