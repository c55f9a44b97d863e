import { expect, test } from 'vitest';
import { commandFaults, rowsOf } from '../../.ci/map-rows.ts';
import { pagesOf } from '../../.ci/pages.ts';

const MANUAL = `# varve

## Global options

- \`--json\` As JSON.

## varve disk create

- \`--size SIZE\` Its size.

## varve usage

Nothing.
`;

test.each([
  [['disk create'], []],
  [['disk create --size', 'usage --json'], []],
  [['disk make'], ['there is no command varve disk make']],
  [['usage --size'], ['varve usage has no option --size']],
  [['disk create --siz'], ['varve disk create has no option --siz']],
])('commands %j of a row', (commands, faults) => {
  expect(commandFaults(commands, MANUAL)).toEqual(faults);
});

test('a rule is an item that begins with its number, with what is labelled below it', () => {
  const map = [
    '## 4 Snapshots',
    '',
    '- **4.10** recent work kept',
    '  - where: `src/a.ts`',
    '  - commands: `disk create`,',
    '    `usage`',
    '  - test: `test/a.test.ts`',
    '- **4.11** changed blocks',
    '  - place: `src/b.ts`',
    '- no rule',
    '',
  ].join('\n');
  const [place, proof] = ['`src/a.ts`', '`test/a.test.ts`'];
  expect(rowsOf(map)).toEqual([
    { line: 3, rule: '4.10', places: place, commands: ['disk create', 'usage'], tests: proof, strange: [] },
    { line: 8, rule: '4.11', places: '', commands: [], tests: '', strange: ['place'] },
  ]);
});

test('a page is a section with its commands in their order', () => {
  const page =
    '# Pages\n\n```sh\nno page\n```\n\n## One\n\n```sh\na\n```\n\n```\nnothing\n```\n\n```sh\nb\n```\n\n## Two\n';
  expect(pagesOf(page)).toEqual([{ title: 'One', script: 'a\nb\n' }]);
});
