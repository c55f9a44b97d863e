import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { VarveError } from '../platform/errors.ts';

export interface QueryLimits {
  readonly depth: number;
  /** Operations in one request, whatever their aliases. */
  readonly rootFields: number;
  /** Objects that the answer may hold: fields with a selection, times the lengths of the lists around them. */
  readonly cost: number;
}

/** The introspection query of the usual tools is 15 deep; a page of 1000 snapshots with all their objects costs about 8,000. */
export const QUERY_LIMITS: QueryLimits = { depth: 16, rootFields: 20, cost: 20_000 };

const LIST_ARGUMENTS = ['first', 'limit'];
const DEFAULT_LIST = 50; // what `first` is where it is left out; lists without it are short

interface Walk {
  readonly limits: QueryLimits;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  spent: number;
  roots: number;
}

/**
 * Refuses a query that asks for too much, before anything is read. Walking stops at the limit, so that nested fragments that
 * would unfold to millions of fields cost no more than a query at the limit.
 */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: QueryLimits = QUERY_LIMITS,
): void {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    limits,
    fragments: new Map(fragments.map((node) => [node.name.value, node])),
    variables,
    spent: 0,
    roots: 0,
  };
  visit(walk, operation.selectionSet, 1, 1);
}

function visit(walk: Walk, selections: SelectionSetNode, depth: number, times: number): void {
  if (depth > walk.limits.depth) throw tooComplex(`deeper than ${walk.limits.depth}`);
  for (const selection of selections.selections) {
    spend(walk, 0.01); // so that leaves and spreads are bounded too
    if (selection.kind === Kind.FIELD) visitField(walk, selection, depth, times);
    else if (selection.kind === Kind.INLINE_FRAGMENT) visit(walk, selection.selectionSet, depth, times);
    else {
      const fragment = walk.fragments.get(selection.name.value);
      if (fragment !== undefined) visit(walk, fragment.selectionSet, depth, times);
    }
  }
}

function visitField(walk: Walk, field: FieldNode, depth: number, times: number): void {
  if (depth === 1 && ++walk.roots > walk.limits.rootFields) {
    throw tooComplex(`made of more than ${walk.limits.rootFields} operations`);
  }
  if (field.selectionSet === undefined) return;
  spend(walk, times);
  visit(walk, field.selectionSet, depth + 1, times * lengthOf(walk, field));
}

function spend(walk: Walk, cost: number): void {
  walk.spent += cost;
  if (walk.spent > walk.limits.cost) throw tooComplex(`costlier than ${walk.limits.cost}`);
}

/** A connection holds its length as objects below `edges` or `nodes`; its own few fields are counted with them. */
function lengthOf(walk: Walk, field: FieldNode): number {
  const argument = field.arguments?.find(({ name }) => LIST_ARGUMENTS.includes(name.value));
  if (argument !== undefined) return Math.max(1, numberOf(walk, argument.value));
  const isConnection = field.selectionSet?.selections.some(
    (selection) => selection.kind === Kind.FIELD && ['edges', 'nodes'].includes(selection.name.value),
  );
  return isConnection ? DEFAULT_LIST : 1;
}

function numberOf(walk: Walk, value: ValueNode): number {
  const number =
    value.kind === Kind.VARIABLE ? walk.variables[value.name.value] : value.kind === Kind.INT ? value.value : undefined;
  return Number.isFinite(Number(number ?? undefined)) ? Number(number) : DEFAULT_LIST;
}

function tooComplex(how: string): VarveError {
  return new VarveError('QueryTooComplex', `The query is ${how}.`);
}
