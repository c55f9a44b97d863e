import { describe, expect, test } from 'vitest';
import { requireModestJson } from '../../src/service/api/json-text.ts';

const nested = (open: string, depth: number, close: string) => open.repeat(depth) + close.repeat(depth);
const list = (count: number) => JSON.stringify(Array.from({ length: count }, () => 1));

describe('JSON that costs much before anything of it is understood is refused', () => {
  test.each([
    ['deep lists', nested('[', 33, ']')],
    ['deep objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    ['lists that never end', '['.repeat(500_000)],
    ['deep lists after text with a quote', `["\\"${'x'.repeat(9)}",${nested('[', 33, ']')}]`],
    ['deep lists after text that ends with a backslash', `["\\\\",${nested('[', 33, ']')}]`],
    ['many values', list(10_002)],
    ['many objects', `[${'{},'.repeat(10_001)}{}]`],
  ])('%s', (_, text) => {
    expect(() => requireModestJson(text)).toThrow(expect.objectContaining({ code: 'QueryTooComplex' }));
  });

  test.each([
    [
      'a full commit',
      JSON.stringify({ variables: { writes: Array.from({ length: 2048 }, () => ({ index: 1, id: 'x' })) } }),
    ],
    ['as deep as it may be', nested('[', 32, ']')],
    ['brackets within text', JSON.stringify({ query: '[{'.repeat(20_000), other: '\\"[' })],
    ['commas within text', JSON.stringify([','.repeat(20_000)])],
    ['text that never ends', '["[[[['],
    ['text that ends with a backslash', '["\\'],
    ['nothing', ''],
  ])('but not %s', (_, text) => {
    expect(() => requireModestJson(text)).not.toThrow();
  });
});
