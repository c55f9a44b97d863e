import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as ofBench from '../../bench/generated/operations.ts';
import { pageOf } from '../../src/client/service/pages.ts';
import * as ofClient from '../../src/generated/operations.ts';
import { API_LIMITS } from '../../src/service/api/api-limits.ts';
import { requireAffordable } from '../../src/service/api/limits.ts';

const folder = join(import.meta.dirname, '../../schema');
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const schema = buildASTSchema(parse(files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')));

describe.each([
  ['the client', ofClient],
  ['the benchmarks', ofBench],
])('operations of %s', (_, module) => {
  const operations = Object.values(module);

  it.each(operations.map(({ text }) => [/\w+ \w+/.exec(text)?.[0], text]))('%s fits the schema', (_name, text) => {
    expect(validate(schema, parse(text as string))).toEqual([]);
  });
});

/** Of the lists of the client, as its commands ask for them. */
const LISTS = Object.entries(ofClient).flatMap(([name, { text }]) => {
  const document = parse(text);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const variables = (operation?.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return operation !== undefined && variables.includes('first') ? [{ name, document, operation, variables }] : [];
});

it.each(LISTS)('the largest page of $name costs what the service allows', ({ document, operation, variables }) => {
  const field = operation.selectionSet.selections[0];
  const list = field?.kind === Kind.FIELD ? field.name.value : '';
  const likely = { id: 'x', diskId: 'x', filter: { name: 'web' }, first: pageOf(list) };
  const given = Object.fromEntries(Object.entries(likely).filter(([name]) => variables.includes(name)));
  const request = { schema, document, operation, variables: given };
  expect(requireAffordable(request, API_LIMITS.query).units).toBeGreaterThan(0);
});
