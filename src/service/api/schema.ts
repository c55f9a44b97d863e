import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { Resolvers } from '../../generated/resolvers.ts';
import { sdl } from '../../generated/sdl.ts';
import { impossible } from '../../platform/errors.ts';
import type { RequestContext } from '../calls/context.ts';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;
type ResolveType = GraphQLTypeResolver<unknown, RequestContext>;

/**
 * The schema with its resolvers. Built here, as Apollo's own way takes three times as long, at each
 * start. A test validates the text.
 */
export function createSchema(resolvers: Resolvers<RequestContext>): GraphQLSchema {
  const schema = buildSchema(sdl, { assumeValid: true });
  for (const [name, own] of Object.entries(resolvers)) {
    const type = schema.getType(name);
    if (type === undefined) throw impossible(`resolvers of ${name}, which is not in the schema`);
    resolveBy(type, own as object);
  }
  return schema;
}

function resolveBy(type: GraphQLNamedType, own: object): void {
  if (isScalarType(type)) {
    const { serialize, parseValue, parseLiteral } = own as typeof type;
    Object.assign(type, { serialize, parseValue, parseLiteral });
    return;
  }
  for (const [name, resolve] of Object.entries(own)) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (field !== undefined) field.resolve = resolve as Resolve;
    else if (isInterfaceType(type) && name === '__resolveType') type.resolveType = resolve as ResolveType;
    else throw impossible(`a resolver of ${type.name}.${name}, which is not in the schema`);
  }
}
