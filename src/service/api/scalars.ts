import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isCalendarDay, isoTime } from '../../platform/clock.ts';

export const SafeInt = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  serialize: safeInteger,
  parseValue: safeInteger,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT) throw wrong('SafeInt is a whole number', node);
    return safeInteger(Number(node.value));
  },
});

export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: (value) => instant(value),
  parseValue: instant,
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw wrong('DateTime is ISO 8601 text', node);
    return instant(node.value);
  },
});

function safeInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw wrong('SafeInt is a whole number between -(2^53-1) and 2^53-1');
  return value as number;
}

/** With a zone, so that no two machines read it differently. */
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function instant(value: unknown): string {
  const text = typeof value === 'string' && ISO_INSTANT.test(value) && isCalendarDay(value.slice(0, 10)) ? value : '';
  const epochMs = Date.parse(text);
  const time = Number.isNaN(epochMs) ? '' : isoTime(epochMs);
  // Its zone can take it out of the years 0000 to 9999, which alone sort as text.
  if (!ISO_INSTANT.test(time)) throw wrong('DateTime is ISO 8601 text with a time zone, like 2026-01-31T23:59:59Z');
  return time;
}

function wrong(message: string, node?: ValueNode): GraphQLError {
  return new GraphQLError(message, node === undefined ? {} : { nodes: [node] });
}
