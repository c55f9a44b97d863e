import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { VarveError } from '../../platform/errors.ts';
import { argumentsOf, isLeftOut, type Variables } from './arguments.ts';

export interface QueryLimits {
  readonly depth: number;
  /** Operations in one request, whatever their aliases. */
  readonly rootFields: number;
  /**
   * Objects that the answer may hold: fields with a selection, times the lengths of the lists
   * around them.
   */
  readonly cost: number;
}

/**
 * The introspection query of the usual tools is 15 deep; a page of 1000 snapshots with all their
 * objects costs about 8,000.
 */
const QUERY_LIMITS: QueryLimits = { depth: 16, rootFields: 20, cost: 20_000 };

const LEAF_COST = 0.01; // so that leaves and spreads are bounded too

interface Walk {
  readonly schema: GraphQLSchema;
  readonly limits: QueryLimits;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  spent: number;
  roots: number;
}

export interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** With defaults filled in. */
  readonly variables: Variables;
}

/**
 * Refuses a query that asks for too much, before anything is read. Walking stops at the limit, so
 * that nested fragments that would unfold to millions of fields cost no more than a query at the
 * limit.
 */
export function requireAffordable({ schema, document, operation, variables }: Request, limits = QUERY_LIMITS): void {
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(definitions.map((node) => [node.name.value, node]));
  const root = schema.getRootType(operation.operation) ?? undefined;
  visit({ schema, limits, fragments, variables, spent: 0, roots: 0 }, operation.selectionSet, root, {
    depth: 1,
    times: 1,
  });
}

interface Place {
  readonly depth: number;
  /** How often this selection may stand in the answer. */
  readonly times: number;
}

function visit(walk: Walk, selections: SelectionSetNode, type: GraphQLNamedType | undefined, place: Place): void {
  if (place.depth > walk.limits.depth) throw tooComplex(`deeper than ${walk.limits.depth}`);
  for (const selection of selections.selections) {
    spend(walk, LEAF_COST);
    if (isLeftOut(selection, walk.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      visitField(walk, selection, type, place);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    if (fragment === undefined) continue; // validation has refused it
    const condition = fragment.typeCondition?.name.value;
    visit(walk, fragment.selectionSet, condition === undefined ? type : walk.schema.getType(condition), place);
  }
}

function visitField(walk: Walk, node: FieldNode, type: GraphQLNamedType | undefined, { depth, times }: Place): void {
  if (depth === 1 && ++walk.roots > walk.limits.rootFields) {
    throw tooComplex(`made of more than ${walk.limits.rootFields} operations`);
  }
  const field = fieldOf(type, node.name.value);
  const args = field === undefined ? {} : argumentsOf(field, node, walk.variables);
  if (node.selectionSet === undefined) return;
  spend(walk, times);
  const below = field === undefined ? undefined : getNamedType(field.type);
  visit(walk, node.selectionSet, below, { depth: depth + 1, times: times * lengthOf(field, args) });
}

/** None for `__typename` and `__schema`, which take no arguments. */
function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/**
 * A connection holds its length as objects below `edges` or `nodes`; its own few fields are counted
 * with them.
 */
function lengthOf(
  field: GraphQLField<unknown, unknown> | undefined,
  { first, ids }: Readonly<Record<string, unknown>>,
): number {
  if (!field?.args.some(({ name }) => name === 'first' || name === 'ids')) return 1;
  return Math.max(1, Array.isArray(ids) ? ids.length : Number(first));
}

function spend(walk: Walk, cost: number): void {
  walk.spent += cost;
  if (walk.spent > walk.limits.cost) throw tooComplex(`costlier than ${walk.limits.cost}`);
}

function tooComplex(how: string): VarveError {
  return new VarveError('QueryTooComplex', `The query is ${how}.`);
}
