import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RULES } from './rules.ts';
import { wrapMarkdown } from './wrap-markdown.ts';

/**
 * docs/rules.md lists each rule with the tests whose names begin with its number:
 * `npm run docs:rules` writes it. As a gate it fails when the page is old, when a rule has no test
 * through the public API or the command line, or when a test cites a rule that is not listed.
 */
const root = resolve(import.meta.dirname, '..');
const PAGE = join(root, 'docs/rules.md');
const PUBLIC = /^test\/(api|cli|console|local|policies)\//;
/** The name of a test or a group of them, also of one that needs programs (`describeWith`). */
const NAMED = /(?:\(|\],)\s*(['"`])((?:\d{1,2}\.\d{1,2}|I\d)(?:, (?:\d{1,2}\.\d{1,2}|I\d))*): ((?:(?!\1).)+)\1/g;

interface Cited {
  readonly file: string;
  readonly name: string;
}

function citations(): Map<string, Cited[]> {
  const found = new Map<string, Cited[]>();
  for (const file of globSync('test/**/*.test.ts', { cwd: root }).sort()) {
    for (const [, , numbers = '', name = ''] of readFileSync(join(root, file), 'utf8').matchAll(NAMED)) {
      for (const rule of numbers.split(', ')) found.set(rule, [...(found.get(rule) ?? []), { file, name }]);
    }
  }
  return found;
}

function page(cited: ReadonlyMap<string, readonly Cited[]>): string {
  const sections = Object.entries(RULES).map(([rule, title]) => {
    const tests = (cited.get(rule) ?? []).map(({ file, name }) => `- ${name.replaceAll('\\', '')} (\`${file}\`)`);
    return [`## ${rule} ${title}`, '', ...tests].join('\n');
  });
  const head =
    '# Rules and their tests\n\nMade from the names of the tests by `npm run docs:rules`. ' +
    'A group of tests stands for all that is in it.';
  return wrapMarkdown(`${[head, ...sections].join('\n\n')}\n`);
}

const cited = citations();
const text = page(cited);
const faults: string[] = [];
if (process.argv.includes('--write')) writeFileSync(PAGE, text);
else if (readFileSync(PAGE, 'utf8') !== text) faults.push('docs/rules.md is old: npm run docs:rules');
for (const rule of Object.keys(RULES)) {
  const isPublic = (cited.get(rule) ?? []).some(({ file }) => PUBLIC.test(file));
  if (!isPublic) faults.push(`rule ${rule} has no test through the API or the command line`);
}
for (const rule of cited.keys()) {
  if (!rule.startsWith('I') && !(rule in RULES))
    faults.push(`tests cite rule ${rule}, which .ci/rules.ts does not have`);
}
for (const fault of faults) console.error(fault);
console.log(`${Object.keys(RULES).length} rules`);
process.exitCode = faults.length === 0 ? 0 : 1;
