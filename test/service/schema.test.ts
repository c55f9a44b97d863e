import { buildSchema, validateSchema } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { createSchema } from '../../src/service/api/schema.ts';

test('the text of the schema is valid', () => {
  expect(validateSchema(buildSchema(sdl))).toEqual([]);
});

test('a resolver of what the schema does not have is a mistake', () => {
  const resolvers = { Query: { nothing: () => 1 } };
  expect(() => createSchema(resolvers as object)).toThrow('Query.nothing');
  expect(() => createSchema({ Nothing: {} } as object)).toThrow('Nothing');
});
