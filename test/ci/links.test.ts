import { expect, test } from 'vitest';
import { anchorsOf, linkFaults, linksOf } from '../../.ci/links.ts';

const targetsIn = (markdown: string) => linksOf(markdown).map(({ target }) => target);

test.each([
  ['[a](b.md)', ['b.md']],
  ['[a](b.md#c) and [d](#e)', ['b.md#c', '#e']],
  ['[`a`](b.md "title") ![picture](c.png)', ['b.md', 'c.png']],
  ['[a]: ../b.md', ['../b.md']],
  ['| [a](b.md) | [c](<d.md>) |', ['b.md', 'd.md']],
  ['[a](https://example.org) <https://example.org> [m](mailto:a@b.c) [p](//example.org)', []],
  ['`[a](b.md)` and ``[c](d.md)``', []],
  ['```md\n[a](b.md)\n```', []],
  ['[a] (b.md) and f(x)', []],
])('%j', (markdown, targets) => {
  expect(targetsIn(markdown)).toEqual(targets);
});

test('lines are those of the document', () => {
  expect(linksOf('a\n\n[b](c)\n').map(({ line }) => line)).toEqual([3]);
});

test.each([
  ['# One two', ['one-two']],
  ['## The `code`, and more!', ['the-code-and-more']],
  ['### A [link](b.md) in it ###', ['a-link-in-it']],
  ['# A\n\n# A\n\n## a', ['a', 'a-1', 'a-2']],
  ['### query `boxes_of`', ['query-boxes_of']],
  ['<a id="own"></a>text', ['own']],
  ['```\n# no heading\n```\n#none', []],
])('%j has the anchors %j', (markdown, anchors) => {
  expect([...anchorsOf(markdown)]).toEqual(anchors);
});

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Top',
  'docs/a b.md': '# A',
  'docs/c.md': '# C',
  'src/d.ts': '',
};
const faultsOf = (markdown: string) => {
  const files: Readonly<Record<string, string>> = { ...FILES, 'docs/x.md': markdown };
  const folders = new Set(['docs', 'src', '.']);
  const tree = { has: (path: string) => path in files || folders.has(path), read: (path: string) => files[path] ?? '' };
  return linkFaults('docs/x.md', tree).map(({ message }) => message);
};

test.each([
  '[a](c.md#c)',
  '[a](../README.md#top)',
  '[a](a%20b.md)',
  '[a](../src/) [b](../src/d.ts#L10) [c](..)',
  '# Here\n\n[a](#here)',
])('%j leads somewhere', (markdown) => {
  expect(faultsOf(markdown)).toEqual([]);
});

test.each([
  ['[a](d.md)', 'd.md leads to no file'],
  ['[a](../d.ts)', '../d.ts leads to no file'],
  ['[a](../../README.md)', '../../README.md leads to no file'],
  ['[a](c.md#d)', 'c.md#d leads to no heading'],
  ['[a](#here)', '#here leads to no heading'],
])('%j leads nowhere', (markdown, fault) => {
  expect(faultsOf(markdown)).toEqual([fault]);
});
