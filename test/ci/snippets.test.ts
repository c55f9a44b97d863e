import { expect, test } from 'vitest';
import { snippetCommands } from '../../.ci/snippets.ts';

const wordsOf = (markdown: string) => snippetCommands(markdown).map(({ words }) => words.join(' '));

test.each([
  ['```sh\nnpm ci\n```', ['npm ci']],
  ['```bash\nnpm ci && npm test # all\n\n# nothing\n```', ['npm ci', 'npm test']],
  ['```sh\nvarve disk import x.img \\\n  --name x\n```', ['varve disk import x.img --name x']],
  ['```sh\ncat a | varve disk import - > out 2>&1\n```', ['cat a', 'varve disk import -']],
  ['```sh\nA=1 B=2 node x.ts; C=3\n```', ['node x.ts']],
  ['```sh\necho "a && b" \'c | d\' e#f\n```', ['echo a && b c | d e#f']],
  ['```console\n$ npm start\nstarted\n```', ['npm start']],
  ['```json\n{}\n```\ntext npm ci\n```sh\nls\n```', ['ls']],
  ['no snippets at all', []],
])('%j', (markdown, commands) => {
  expect(wordsOf(markdown)).toEqual(commands);
});

test('lines are those of the document', () => {
  expect(snippetCommands('# A\n\n```sh\nls\n\ncat x\n```\n').map(({ line }) => line)).toEqual([4, 6]);
});
