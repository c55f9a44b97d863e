import type { GraphQLSchema } from 'graphql';
import { ERROR_CODES } from '../../src/platform/errors.ts';

/** Held for every field by bad-input.test.ts, and for every place of an id by fuzz.test.ts. */
const HELD_ELSEWHERE = new Set(['InvalidParameter', 'NotFound']);

/** Each code that the description of an operation names, as `operation: code`. */
export function documentedRefusals(schema: GraphQLSchema): string[] {
  const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
  const textOf = (name: string) => (fields[name]?.description ?? '').replaceAll(/\s+/g, ' ');
  return Object.keys(fields).flatMap((name) => {
    const [, ...told] = textOf(name).split(/\b(?:Errors|[Rr]esults carry)\b/);
    const all = [
      ...told,
      ...told.flatMap((text) => referred(text).map((other) => `${textOf(other)}`.split('Errors').at(-1) ?? '')),
    ];
    const codes = Object.keys(ERROR_CODES).filter((code) => all.some((text) => new RegExp(`\\b${code}\\b`).test(text)));
    return codes.filter((code) => !HELD_ELSEWHERE.has(code)).map((code) => `${name}: ${code}`);
  });
}

/** Other operations whose errors a description refers to. */
function referred(text: string): string[] {
  return [...text.matchAll(/(?:as for|those of|what) `(\w+)`/g)].map(([, name = '']) => name);
}
