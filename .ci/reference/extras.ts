import type { Argument, Expression, ObjectExpression } from 'oxc-parser';
import { parseSync, Visitor } from 'oxc-parser';

/**
 * What an error code carries besides itself: for each field whether every place that throws it
 * gives it.
 */
export type Extras = ReadonlyMap<string, ReadonlyMap<string, 'always' | 'sometimes'>>;

/**
 * One place that makes an error. A field that is spread in under a condition counts as not given
 * always.
 */
export interface Thrown {
  readonly code: string;
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
}

const ERRORS: ReadonlySet<string> = new Set(['VarveError', 'ClientError']);

/** Every `new VarveError('Code', message, { … })` of a source text whose code is written out. */
export function thrownIn(file: string, text: string): Thrown[] {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const found: Thrown[] = [];
  new Visitor({
    NewExpression({ callee, arguments: given }) {
      if (callee.type !== 'Identifier' || !ERRORS.has(callee.name)) return;
      const [code, , extra] = given;
      if (code?.type !== 'Literal' || typeof code.value !== 'string') return;
      found.push({ code: code.value, ...fieldsOf(extra) });
    },
  }).visit(program);
  return found;
}

export function extrasOf(thrown: readonly Thrown[]): Extras {
  const byCode = new Map<string, Thrown[]>();
  for (const one of thrown) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  return new Map(
    [...byCode].map(([code, all]) => {
      const names = new Set(all.flatMap(({ always, sometimes }) => [...always, ...sometimes]));
      const isAlways = (name: string) => all.every(({ always }) => always.includes(name));
      return [code, new Map([...names].sort().map((name) => [name, isAlways(name) ? 'always' : 'sometimes']))];
    }),
  );
}

function fieldsOf(extra: Argument | undefined): Pick<Thrown, 'always' | 'sometimes'> {
  if (extra?.type !== 'ObjectExpression') return { always: [], sometimes: [] };
  const always = ownNames(extra);
  const sometimes = extra.properties.flatMap((property) =>
    property.type === 'SpreadElement' ? conditionalNames(property.argument) : [],
  );
  return { always, sometimes };
}

function ownNames({ properties }: ObjectExpression): string[] {
  return properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? [property.key.name] : [],
  );
}

/** The names in `(condition && { … })` and `(condition ? { … } : { … })`. */
function conditionalNames(spread: Expression): string[] {
  switch (spread.type) {
    case 'ParenthesizedExpression':
      return conditionalNames(spread.expression);
    case 'LogicalExpression':
      return conditionalNames(spread.right);
    case 'ConditionalExpression':
      return [...conditionalNames(spread.consequent), ...conditionalNames(spread.alternate)];
    case 'ObjectExpression':
      return ownNames(spread);
    default:
      return [];
  }
}
