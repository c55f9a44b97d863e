import { expect, test } from 'vitest';
import { type ProseFault, proseOf, reportOf } from '../../.ci/prose/faults.ts';
import { summaryOf } from '../../.ci/prose/summary.ts';

const LONG_LINE = `${'word '.repeat(20)}end`; // 103 columns
const LONG_SENTENCE = ['It', ...Array<string>(17).fill('is'), '\n', ...Array<string>(18).fill('so')].join(' ');

const reportFor = (file: string, text: string) => {
  const prose = proseOf(file, text);
  if (prose === undefined) throw new Error(`${file} has no prose`);
  return reportOf(prose);
};
const told = ({ line, kind }: ProseFault) => `${line} ${kind}`;
const faultsIn = (file: string, text: string) => reportFor(file, text).faults.map(told);

test.each([
  ['a.md', `# A\n\n${LONG_LINE}\n`, ['3 column']],
  ['a.md', `# A ${LONG_LINE}\n`, ['1 column']],
  ['a.md', `- one\n- ${LONG_LINE}\n`, ['2 column']],
  ['a.md', `> ${LONG_LINE}\n`, ['1 column']],
  ['a.ts', `// ${LONG_LINE}\n`, ['1 column']],
  ['a.ts', `/**\n * ${LONG_LINE}\n */\n`, ['2 column']],
  ['a.ts', `/** ${LONG_LINE} */\nconst a = 1;\n`, ['1 column']],
  ['a.ts', `/** ${LONG_LINE.slice(0, 95)} */\nconst a = 1;\n`, ['1 column']],
  ['a.tsx', `/** ${LONG_LINE} */\nconst a = <b />;\n`, ['1 column']],
  ['a.tsx', `const a = (\n  <b>\n    {/* ${LONG_LINE} */}\n  </b>\n);\n`, ['3 column']],
  ['a.yml', `a: 1\n# ${LONG_LINE}\n`, ['2 column']],
  ['a.yml', `a: ${'x'.repeat(90)} # ${LONG_LINE}\n`, ['1 column']],
  ['a.mjs', `const a = '${'x'.repeat(90)}'; // ${LONG_LINE}\n`, ['1 column']],
  ['a.graphql', `"${LONG_LINE}"\ntype A {\n  "${LONG_LINE}"\n  a: Int\n}\n`, ['1 column', '3 column']],
  ['a.graphql', `"""\n${LONG_LINE}\n"""\ntype A { a: Int }\n`, ['2 column']],
  ['a.graphql', `# ${LONG_LINE}\ntype A { a: Int }\n`, ['1 column']],
  ['run', `#!/bin/sh\n# ${LONG_LINE}\n`, ['2 column']],
])('%s: a line over 100 columns is found: %j', (file, text, faults) => {
  expect(faultsIn(file, text)).toEqual(faults);
});

test.each([
  ['a.md', `\`\`\`sh\n${LONG_LINE}\n\`\`\`\n`],
  ['a.md', `A list:\n\n    ${LONG_LINE}\n`],
  ['a.md', `| ${LONG_LINE} |\n`],
  ['a.md', `See https://example.org/${'a'.repeat(100)} for more.\n`],
  ['a.md', `[link]: https://example.org/${'a'.repeat(100)}\n`],
  ['a.md', `- \`${LONG_LINE}\`\n`],
  ['a.ts', `const a = '${LONG_LINE}';\n`],
  ['a.ts', `/**\n * A race:\n *\n *     ${LONG_LINE}\n */\n`],
  ['a.ts', `/**\n * \`\`\`ts\n * ${LONG_LINE}\n * \`\`\`\n */\n`],
  ['a.ts', `// biome-ignore lint/a/b: ${LONG_LINE}\nconst a = 1;\n`],
  ['a.ts', `const a = 1; // ${LONG_LINE.slice(0, 80)}\n`],
  ['a.ts', `f(/* ${LONG_LINE} */ 1);\n`],
  ['a.tsx', `const a = (\n  <b>\n    {/* biome-ignore lint/a/b: ${LONG_LINE} */}\n  </b>\n);\n`],
])('%s: no fault: %j', (file, text) => {
  expect(faultsIn(file, text)).toEqual([]);
});

test.each([
  ['a.md', `# A\n\nShort. ${LONG_SENTENCE}.\n`, ['3 sentence']],
  ['a.md', `- ${LONG_SENTENCE.replace('\n', '\n ')}.\n`, ['1 sentence']],
  ['a.ts', `/** ${LONG_SENTENCE.replace('\n', '\n * ')}. */\n`, ['1 sentence']],
  ['a.ts', `f();\n// ${LONG_SENTENCE.replace('\n', '\n// ')}.\n`, ['2 sentence']],
  ['a.ts', `/**\n * Short.\n *\n * ${LONG_SENTENCE.replace('\n', '\n * ')}.\n */\n`, ['4 sentence']],
  ['a.graphql', `type A {\n  """\n  ${LONG_SENTENCE}\n  """\n  a: Int\n}\n`, ['3 sentence']],
])('%s: a sentence of 36 words is found at its beginning: %j', (file, text, faults) => {
  expect(faultsIn(file, text)).toEqual(faults);
});

test.each([
  ['thirty-five words', LONG_SENTENCE.replace('is ', '')],
  ['two sentences', LONG_SENTENCE.replace('\n', 'now.\n One')],
  ['a code span is one word', LONG_SENTENCE.replace('is is is', '`is is is`')],
  ['signs are none', LONG_SENTENCE.replace('is', '→')],
  ['items of a list', LONG_SENTENCE.replace('\n', '\n- ')],
  ['what stands before a list', LONG_SENTENCE.replace('\n', '\n\n')],
  ['a diagram in between', LONG_SENTENCE.replace('\n', '\n\n    a → b\n\n')],
])('no fault: %s', (_, text) => {
  expect(faultsIn('a.md', text)).toEqual([]);
});

test('an abbreviation ends no sentence, and a link may', () => {
  expect(faultsIn('a.md', LONG_SENTENCE.replace('\n', '\ne.g. A'))).toEqual(['1 sentence']);
  expect(faultsIn('a.md', LONG_SENTENCE.replace('\n', '\n[now.](b.md) One'))).toEqual([]);
});

test('files without prose are left out', () => {
  expect(proseOf('a.json', '{}')).toBeUndefined();
  expect(proseOf('a.sqlite', '# a')).toBeUndefined();
});

test('the summary counts by folder, below src two names deep, the worst first', () => {
  const bad = reportFor('a.md', `${LONG_LINE}\n\n${LONG_SENTENCE}\n`);
  const good = reportFor('a.md', 'One. Two.\n');
  const summary = summaryOf(
    new Map([
      ['README.md', good],
      ['src/a/b/c.ts', bad],
      ['src/a/d.ts', good],
      ['docs/e/f.md', good],
    ]),
  );
  expect(summary.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['folder', 'lines', 'over 100', 'sentences', 'over 35'],
    ['src/a', '4', '1', '4', '1'],
    ['.', '1', '0', '2', '0'],
    ['docs', '1', '0', '2', '0'],
    ['all', '6', '1', '8', '1'],
  ]);
});
