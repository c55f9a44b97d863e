import { expect, test } from 'vitest';
import { wrapMarkdown } from '../../.ci/wrap-markdown.ts';

const LONG = Array.from({ length: 30 }, () => 'word').join(' ');
const HEAD = '| field | type | default | meaning |\n| --- | --- | --- | --- |\n';

test('a table with a row that is too long becomes a list', () => {
  const table = `${HEAD}| \`size\` | \`Int\` | 4 | ${LONG} |\n| \`kind\` | \`A\` |  | Red \\| blue. |\n`;
  const lines = wrapMarkdown(`Before.\n\n${table}\nAfter.\n`).split('\n');
  expect(lines[2]).toMatch(/^- `size` \(type `Int`, default 4\): word word/);
  expect(lines[3]).toMatch(/^ {2}word/);
  expect(lines.slice(4)).toEqual(['- `kind` (type `A`): Red | blue.', '', 'After.', '']);
});

test('any other table stays', () => {
  const table = `${HEAD}| \`size\` | \`Int\` | 4 | How large. |\n`;
  expect(wrapMarkdown(table)).toBe(table);
});
