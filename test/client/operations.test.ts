import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as ofBench from '../../bench/generated/operations.ts';
import { MOST_ADVICE, MOST_PREVIEWS } from '../../src/client/service/advice.ts';
import { LONGEST_PAGE } from '../../src/client/service/pages.ts';
import * as ofClient from '../../src/generated/operations.ts';
import { API_LIMITS } from '../../src/service/api/api-limits.ts';
import { requireAffordable } from '../../src/service/api/limits.ts';

const folder = join(import.meta.dirname, '../../schema');
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const schema = buildASTSchema(parse(files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')));

/** Pages of what is measured or previewed are shorter. */
const LONGEST: Readonly<Record<string, number>> = {
  Advice: MOST_ADVICE,
  UnprotectedDisks: MOST_PREVIEWS,
  ForgottenSnapshots: MOST_PREVIEWS,
};

describe.each([
  ['the client', ofClient],
  ['the benchmarks', ofBench],
])('operations of %s', (_, module) => {
  const operations = Object.values(module);

  it.each(operations.map(({ text }) => [/\w+ \w+/.exec(text)?.[0], text]))('%s fits the schema', (_name, text) => {
    expect(validate(schema, parse(text as string))).toEqual([]);
  });

  const ofPages = operations.filter(({ text }) => /\$first\b/.test(text));

  it.each(ofPages.map(({ text }) => [/\w+ \w+/.exec(text)?.[0], text]))(
    '%s is let in by the service with the longest page that is asked for',
    (_name, text) => {
      const document = parse(text as string);
      const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
      const needed = operation?.variableDefinitions?.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE) ?? [];
      const variables = Object.fromEntries(needed.map(({ variable }) => [variable.name.value, 'x']));
      expect(operation).toBeDefined();
      if (!operation) return;
      const first = LONGEST[operation.name?.value ?? ''] ?? LONGEST_PAGE;
      const request = { schema, document, operation, variables: { ...variables, first } };
      requireAffordable(request, API_LIMITS.query);
    },
  );
});
