import { expect, test } from 'vitest';
import { chooseFiles } from '../../.ci/own-files.ts';

const FILES = ['README.md', 'src/a.ts', 'src/b/c.ts', 'srcs/d.ts'];

test.each([
  [[], FILES],
  [['.'], FILES],
  [['src'], ['src/a.ts', 'src/b/c.ts']],
  [['./src/b/'], ['src/b/c.ts']],
  [
    ['README.md', 'srcs'],
    ['README.md', 'srcs/d.ts'],
  ],
])('%j', (named, chosen) => {
  expect(chooseFiles(FILES, named)).toEqual(chosen);
});

test('a path that nothing lies below is refused', () => {
  expect(() => chooseFiles(FILES, ['src', 'sr'])).toThrow('no file of ours is sr');
});
