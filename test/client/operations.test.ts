import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as ofBench from '../../bench/generated/operations.ts';
import * as ofClient from '../../src/generated/operations.ts';

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
