import { expect, test } from 'vitest';
import { extrasOf, thrownIn } from '../../.ci/reference/extras.ts';

const thrown = (text: string) => thrownIn('a.ts', text);

test.each([
  ["throw new VarveError('A', 'm', { one, two: 2 });", { code: 'A', always: ['one', 'two'], sometimes: [] }],
  ["new ClientError('A', 'm')", { code: 'A', always: [], sometimes: [] }],
  ["new VarveError('A', 'm', { ...(one && { one }) })", { code: 'A', always: [], sometimes: ['one'] }],
  ["new VarveError('A', 'm', { ...(x ? { one } : { two }) })", { code: 'A', always: [], sometimes: ['one', 'two'] }],
  ["new VarveError('A', 'm', extra)", { code: 'A', always: [], sometimes: [] }],
  ["new VarveError('A', 'm', { one, ...extra })", { code: 'A', always: ['one'], sometimes: [] }],
])('%s', (text, expected) => {
  expect(thrown(text)).toEqual([expected]);
});

test.each(["new VarveError(code, 'm', { one })", "new Error('A')", "call('A', 'm', { one })"])('%s is none', (text) => {
  expect(thrown(text)).toEqual([]);
});

test('a field is given always only if every place gives it', () => {
  const all = thrown("new VarveError('A', 'm', { one, two }); new VarveError('A', 'm', { one, ...(x && { two }) });");
  expect(extrasOf(all).get('A')).toEqual(
    new Map([
      ['one', 'always'],
      ['two', 'sometimes'],
    ]),
  );
});

test('a source that does not parse is a fault of the check', () => {
  expect(() => thrown('new (')).toThrow('a.ts: ');
});
