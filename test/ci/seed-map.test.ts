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
])('commands %j of a row', (commands, faults) => {
  expect(commandFaults(commands, MANUAL)).toEqual(faults);
});

test('rows are those whose first cell is the number of a rule', () => {
  const table =
    '| rule | what |\n| --- | --- |\n| 4.10 | work | `src/a.ts` | `disk create`, `usage` | `test/a.test.ts` |';
  expect(rowsOf(table)).toEqual([
    { line: 3, rule: '4.10', places: '`src/a.ts`', commands: ['disk create', 'usage'], tests: '`test/a.test.ts`' },
  ]);
});

test('a page is a section with its commands in their order', () => {
  const page =
    '# Pages\n\n```sh\nno page\n```\n\n## One\n\n```sh\na\n```\n\n```\nnothing\n```\n\n```sh\nb\n```\n\n## Two\n';
  expect(pagesOf(page)).toEqual([{ title: 'One', script: 'a\nb\n' }]);
});
