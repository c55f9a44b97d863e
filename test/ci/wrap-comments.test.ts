import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentsOf } from '../../.ci/prose/comments.ts';
import { isSameCode } from '../../.ci/prose/same-code.ts';
import { wrapComments } from '../../.ci/prose/wrap.ts';

const wrap = (text: string) => wrapComments('a.ts', text);
const words = (count: number, word = 'word') => Array<string>(count).fill(word).join(' ');
const FILL = words(19); // 94 columns

test.each([
  ['a block on one line', `/** ${FILL} one two. */\n`, `/**\n * ${FILL}\n * one two.\n */\n`],
  [
    'a block on several lines',
    `  /**\n   * ${FILL} one\n   * two.\n   */\n`,
    `  /**\n   * ${FILL}\n   * one two.\n   */\n`,
  ],
  ['a block that begins on its first line', `/** ${FILL} one\n * two. */\n`, `/**\n * ${FILL}\n * one two.\n */\n`],
  ['a run of lines', `// ${FILL} one\n// two.\nf();\n`, `// ${FILL}\n// one two.\nf();\n`],
  ['two runs', `// ${FILL} one\n\n// two.\n`, `// ${FILL}\n// one\n\n// two.\n`],
  [
    'a list',
    `/**\n * - ${FILL} one\n *   two\n * - three\n */\n`,
    `/**\n * - ${FILL}\n *   one two\n * - three\n */\n`,
  ],
  ['a tag', `/**\n * Text.\n * @throws ${FILL}\n */\n`, `/**\n * Text.\n * @throws ${words(18)}\n * word\n */\n`],
  ['a code span stays whole', `// ${FILL} \`one two\`\n`, `// ${FILL}\n// \`one two\`\n`],
  ['a link stays whole', `// ${FILL} {@link one two}\n`, `// ${FILL}\n// {@link one two}\n`],
  [
    'only what is too long',
    `/**\n * ${FILL} one\n *\n * a\n * b\n */\n`,
    `/**\n * ${FILL}\n * one\n *\n * a\n * b\n */\n`,
  ],
  ['no line becomes an item', `// ${FILL} w - one\n`, `// ${FILL}\n// w - one\n`],
  ['no line becomes a directive', `// ${FILL} @ts-ignore\n`, `// ${words(18)}\n// word @ts-ignore\n`],
  [
    'a comment behind code that is too long goes above',
    `  // biome-ignore lint/a/b: so\n  const a = [${words(15, '1,')}]; // ${FILL} one\n`,
    `  // ${FILL}\n  // one\n  // biome-ignore lint/a/b: so\n  const a = [${words(15, '1,')}];\n`,
  ],
])('%s is wrapped', (_, before, after) => {
  expect(wrap(before)).toBe(after);
  expect(wrap(after)).toBe(after);
});

test.each([
  ['short lines', '/**\n * a\n * b\n */\n// c\n// d\n'],
  ['a diagram', `/**\n * A race:\n *\n *     ${FILL} one two three\n */\n`],
  ['a table', `/**\n * | ${FILL} one two |\n */\n`],
  ['code', `/**\n * \`\`\`ts\n * ${FILL} one two three\n * \`\`\`\n */\n`],
  ['a marker with nothing behind it', `/**\n * *\n * ${FILL}\n */\n`],
  ['a directive', `// biome-ignore lint/a/b: ${FILL}\n`],
  ['a URL', `// see https://example.org/${'a'.repeat(100)} for more\n`],
  ['a word that is too long', `// ${'a'.repeat(120)}\n`],
  ['a comment behind code, up to 100 columns', `f(); // ${words(17)} one\n`],
  ['a comment before code', `f(/* ${FILL} ${FILL} */ 1);\n`],
  ['a block without stars', `/*\n${FILL} one two three\n*/\n`],
  ['strings that look like comments', `const a = \`\n// ${FILL} one\n\`;\nconst b = '/** ${FILL} one two */';\n`],
  ['expressions that look like comments', `const a = /\\/\\* ${FILL} one two \\*\\//;\n`],
])('%s: nothing changes', (_, text) => {
  expect(wrap(text)).toBe(text);
});

const root = resolve(import.meta.dirname, '../..');
const textOf = (text: string) => {
  const { own, trailing } = commentsOf('a.ts', text);
  const lines = [...own.flatMap((comment) => comment.lines), ...trailing];
  return lines
    .flatMap((line) => line.text.split(/\s+/))
    .filter((word) => word !== '')
    .sort();
};
/** The code is the same, no comment has lost a word, and wrapping it again changes nothing. */
const expectHarmless = (before: string, columns = 100, name = 'a.ts') => {
  const after = wrapComments('a.ts', before, columns);
  if (after === before) return;
  expect(isSameCode('a.ts', before, after), name).toBe(true);
  expect(textOf(after), name).toEqual(textOf(before));
  expect(wrapComments('a.ts', after, columns), name).toBe(after);
};

test.each([
  [100, '{src,functions,test,bench,.ci,schema}/**/*.{ts,mjs}', 500],
  [60, '{src/engine,src/attach,.ci}/**/*.ts', 100],
])('at %i columns no file of this repository changes its code or loses a word', (columns, pattern, atLeast) => {
  const files = globSync(pattern, { cwd: root });
  expect(files.length).toBeGreaterThan(atLeast);
  for (const file of files) expectHarmless(readFileSync(join(root, file), 'utf8'), columns, file);
});

const word = fc.oneof(
  fc.constantFrom('a', 'word', 'longer.', '`a b`', '{@link X y}', '-', '1.', '@throws', '#', '|', '```', '→'),
  fc.constantFrom('biome-ignore', 'https://example.org/a', '//', '/*', '/', '*', "it's", '"', '${'),
);
const line = fc.array(word, { maxLength: 30 }).map((all) => all.join(' '));
const comment = fc.oneof(
  line.map((text) => `// ${text}`),
  fc
    .array(line, { minLength: 1, maxLength: 4 })
    .map((all) => `/**\n${all.map((text) => `   * ${text}`).join('\n')}\n   */`),
  line.map((text) => `/** ${text} */`),
);
const code = fc.constantFrom('f();', 'const a = `\n// x`;', "f('/* x */');", 'x = y / 2; // of it', '{', 'g(1,\n2);');
const program = fc.array(fc.tuple(comment, code), { maxLength: 4 }).map((parts) => {
  const lines = parts.map(([text, statement]) => `  ${text}\n  ${statement === '{' ? '{ f(); }' : statement}`);
  return `${lines.join('\n')}\n`.replaceAll('const a', 'var a');
});

test('whatever comments say, the code stays and so do their words', () => {
  fc.assert(
    fc.property(program, fc.integer({ min: 20, max: 100 }), (before, columns) => expectHarmless(before, columns)),
    { numRuns: 1000 },
  );
});

test.each([
  ['const a = 1;', 'const a = 2;'],
  ['const a = `x\n`;', 'const a = `x `;'],
  ['f(a, b);', 'f(a,b);'],
  ['f(); // a', 'f(), g();'],
])('%j and %j are not the same code', (before, after) => {
  expect(isSameCode('a.ts', before, after)).toBe(false);
});

test('code with other comments is the same code', () => {
  expect(isSameCode('a.ts', 'f(); // a\n/* b */ g();\n', '// a\nf();\n/** c */\ng();\n')).toBe(true);
});
