import { expect, test } from 'vitest';
import { chooseMediaType } from '../../src/service/api/accept.ts';

const JSON_TYPE = 'application/json';
const GRAPHQL = 'application/graphql-response+json';

test.each<[string | undefined, string | undefined]>([
  [undefined, JSON_TYPE],
  ['', JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  [JSON_TYPE, JSON_TYPE],
  ['APPLICATION/JSON ; charset=utf-8', JSON_TYPE],
  [GRAPHQL, GRAPHQL],
  [`${GRAPHQL}, ${JSON_TYPE}`, GRAPHQL],
  [`${JSON_TYPE}, ${GRAPHQL}`, JSON_TYPE],
  [`${GRAPHQL}, ${JSON_TYPE};q=0.9`, GRAPHQL],
  [`${GRAPHQL};q=0.1, ${JSON_TYPE};q=0.9`, JSON_TYPE],
  [`${GRAPHQL}, */*;q=0.1`, GRAPHQL],
  [`${JSON_TYPE};q=0, */*`, GRAPHQL],
  [`${JSON_TYPE};q=none, */*;q=0.1`, GRAPHQL],
  ['multipart/mixed, text/event-stream, */*;q=0.5', JSON_TYPE],
  ['text/html', undefined],
  ['*/*;q=0', undefined],
  ['nonsense', undefined],
])('accept: %s is answered as %s', (accept, chosen) => {
  expect(chooseMediaType(accept)).toBe(chosen);
});
