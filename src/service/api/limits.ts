import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { VarveError } from '../../platform/errors.ts';
import { keyBytes, VALUE_BYTES } from './answer-bytes.ts';
import { argumentsOf, isLeftOut, type Variables } from './arguments.ts';
import { WEIGHTS } from './weights.ts';

const BYTES_A_MB = 1_000_000;

export interface QueryLimits {
  readonly depth: number;
  /** Operations in one request, whatever their aliases. */
  readonly rootFields: number;
  /**
   * Rows and values, if every list had its full length. What is really read is counted by the
   * budget.
   */
  readonly units: number;
  /** What no budget counts when it is done. */
  readonly work: number;
  readonly answerBytes: number;
}

/** What a request would cost by its text and variables. */
export interface Estimate {
  readonly units: number;
  readonly work: number;
  readonly bytes: number;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly limits: QueryLimits;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  roots: number;
  units: number;
  work: number;
  bytes: number;
}

export interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** With defaults filled in. */
  readonly variables: Variables;
}

/**
 * Refuses a query that asks for too much, before anything is read; answers what it would cost.
 * Every value counts as often as the lists around it are long. Walking stops at a limit, so that
 * nested fragments that would unfold to millions of fields cost no more than a query at the limit.
 */
export function requireAffordable(request: Request, limits: QueryLimits): Estimate {
  const { schema, document, operation, variables } = request;
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(definitions.map((node) => [node.name.value, node]));
  const walk: Walk = { schema, limits, fragments, variables, roots: 0, units: 0, work: 0, bytes: 0 };
  visit(walk, operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, { depth: 1, times: 1 });
  return { units: walk.units, work: walk.work, bytes: walk.bytes };
}

interface Place {
  readonly depth: number;
  /** How often this selection may stand in the answer. */
  readonly times: number;
}

function visit(walk: Walk, selections: SelectionSetNode, type: GraphQLNamedType | undefined, place: Place): void {
  if (place.depth > walk.limits.depth) throw tooComplex(`deeper than ${walk.limits.depth}`);
  for (const selection of selections.selections) {
    spend(walk, { units: 1 });
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
  const weight = WEIGHTS[`${type?.name}.${node.name.value}`] ?? {};
  const asked = lengthAsked(args);
  const length = weight.length ?? (isListType(field && getNullableType(field.type)) && !isPage(type) ? asked : 1);
  const each = weight.single === true ? 1 : Math.max(asked, length);
  const isOfSchema = type?.name.startsWith('__') === true; // which graphql-js resolves by itself
  spend(walk, {
    units:
      times *
      ((weight.units ?? 0) + (isFiltered(args) ? (weight.filtered ?? 0) : 0) + (weight.each ?? 0) * each + length),
    work: times * ((weight.work ?? 0) + (weight.workEach ?? 0) * each + (isOfSchema ? length : 0)),
    bytes: times * (keyBytes((node.alias ?? node.name).value) + length * (weight.bytes ?? VALUE_BYTES)),
  });
  if (node.selectionSet === undefined || field === undefined) return;
  visit(walk, node.selectionSet, getNamedType(field.type), {
    depth: depth + 1,
    times: times * each,
  });
}

const FILTERS = ['filter', 'status', 'action', 'subject', 'actor', 'outcome'] as const;

function isFiltered(args: Readonly<Record<string, unknown>>): boolean {
  return FILTERS.some((name) => args[name] != null);
}

/** None for `__typename`, which takes no arguments. */
function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** A connection's `edges` and `nodes` are as long as the field around it asks for. */
function isPage(type: GraphQLNamedType | undefined): boolean {
  return type?.name.endsWith('Connection') === true;
}

/** No list has more: the operation refuses a longer one, and names the field. */
const MOST_MEMBERS = 1024;

/** How many members the arguments ask for: `first` or `limit`, or the longest list among them. */
function lengthAsked(value: unknown): number {
  if (Array.isArray(value)) return Math.min(MOST_MEMBERS, value.length);
  if (typeof value !== 'object' || value === null) return 1;
  let longest = 1;
  for (const [name, part] of Object.entries(value)) {
    const asked = (name === 'first' || name === 'limit') && typeof part === 'number' ? part : lengthAsked(part);
    longest = Math.max(longest, asked);
  }
  return Math.min(MOST_MEMBERS, longest);
}

function spend(walk: Walk, { units = 0, work = 0, bytes = 0 }: Partial<Estimate>): void {
  walk.units += units;
  walk.work += work;
  walk.bytes += bytes;
  const { limits } = walk;
  if (walk.units > limits.units) throw tooComplex(`costlier than ${limits.units}`);
  if (walk.work > limits.work) throw tooComplex(`more work than ${limits.work}`);
  if (walk.bytes > limits.answerBytes)
    throw tooComplex(`answered with more than ${limits.answerBytes / BYTES_A_MB} MB`);
}

function tooComplex(how: string): VarveError {
  return new VarveError('QueryTooComplex', `The query is ${how}.`);
}
