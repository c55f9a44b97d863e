import { expect, test } from 'vitest';
import { namedPaths } from '../../.ci/named-paths.ts';

test.each([
  ['see `src/engine/deps.ts`, or `.ci/rooms.ts`.', ['src/engine/deps.ts', '.ci/rooms.ts']],
  ['the folder `src/engine/`', ['src/engine']],
  ['in docs/format.md.', ['docs/format.md']],
  ['[a](docs/format.md#references)', ['docs/format.md']],
  ['a["src/cli<br/>the command"]', ['src/cli']],
  ['`varve/src/a.ts` and `../src/b.ts` are elsewhere', []],
  ['https://example.org/src/a.ts', []],
  ['src and test', []],
])('%j', (text, paths) => {
  expect(namedPaths(text).map(({ path }) => path)).toEqual(paths);
});

test('lines are those of the document', () => {
  expect(namedPaths('a\nsrc/b\n\nsrc/c').map(({ line }) => line)).toEqual([2, 4]);
});
