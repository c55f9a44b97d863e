import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';

test('the examples of GraphiQL are queries that the API takes', async () => {
  const { EXAMPLES } = (await import('../../src/web/graphiql/examples.mjs' as string)) as {
    readonly EXAMPLES: readonly string[];
  };
  const schema = buildSchema(sdl);
  expect(EXAMPLES.length).toBeGreaterThan(0);
  for (const example of EXAMPLES) {
    const document = parse(example);
    expect(validate(schema, document), example).toEqual([]);
    expect(document.definitions).toMatchObject([{ kind: 'OperationDefinition', operation: 'query' }]);
  }
});
