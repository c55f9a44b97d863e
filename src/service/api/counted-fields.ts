import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLResolveInfo, isNonNullType } from 'graphql';
import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { keyBytes, VALUE_BYTES } from './answer-bytes.ts';
import type { Budget } from './budget.ts';

/**
 * Every field of an answer is charged to the request's budget: what it takes to make it, and its
 * bytes.
 */
export interface CountedContext extends RequestContext {
  readonly budget: Budget;
}

type Resolve = GraphQLFieldResolver<unknown, CountedContext>;

/** A promise costs more than a value. */
const PROMISE_UNITS = 10;

export const countedField: Resolve = (source, args, context, info) => {
  const { budget } = context;
  if (budget.over !== undefined) return givenUp(budget, info);
  const value: unknown = defaultFieldResolver(source, args, context, info);
  budget.spend(Array.isArray(value) ? 1 + value.length : 1);
  budget.answer(keyBytes(info.path.key) + (typeof value === 'string' ? value.length : VALUE_BYTES));
  return value;
};

/** The same resolvers, each counted as well. */
export function counted(resolvers: Resolvers<RequestContext>): Resolvers<RequestContext> {
  const types: Record<string, Record<string, unknown>> = {};
  for (const [type, fields] of Object.entries(resolvers) as [string, Record<string, unknown>][]) {
    const own: Record<string, unknown> = {};
    for (const [field, resolve] of Object.entries(fields)) {
      const isField = typeof resolve === 'function' && !field.startsWith('__');
      own[field] = isField ? countedResolver(resolve as Resolve) : resolve;
    }
    types[type] = own;
  }
  return types as Resolvers<RequestContext>;
}

function countedResolver(resolve: Resolve): Resolve {
  return (source, args, context, info) => {
    const { budget } = context;
    if (budget.over !== undefined) return givenUp(budget, info);
    const value = attempt(() => resolve(source, args, context, info));
    budget.spend(value instanceof Promise ? PROMISE_UNITS : 1);
    budget.answer(keyBytes(info.path.key) + VALUE_BYTES);
    return value;
  };
}

/**
 * Null where that is allowed. Nothing here fails before it returns. If one member of a list does,
 * the executor leaves the promises of the members before it to themselves. If one of those is
 * rejected, nobody handles that, and the process ends.
 */
function givenUp(budget: Budget, { returnType }: GraphQLResolveInfo): Promise<never> | null {
  return isNonNullType(returnType) ? budget.giveUp() : null;
}

function attempt(resolve: () => unknown): unknown {
  try {
    return resolve();
  } catch (error) {
    return Promise.reject(error);
  }
}
