import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { counted } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { callFunction, FOR_OPERATORS, FUNCTION_OPTION } from './operator-function.ts';

interface ToldOfClock {
  readonly now: string;
  readonly held: boolean;
  readonly aheadSeconds: number;
  readonly due: Due;
  readonly released: boolean;
}

interface Due {
  readonly snapshots: number;
  readonly accounts: number;
  readonly disks: number;
  readonly drafts: number;
  readonly trash: { readonly snapshots: number; readonly disks: number; readonly images: number };
  readonly more: boolean;
}

const SHAPE = {
  now: 'string',
  held: 'boolean',
  aheadSeconds: 'number',
  due: {
    snapshots: 'number',
    accounts: 'number',
    disks: 'number',
    drafts: 'number',
    trash: { snapshots: 'number', disks: 'number', images: 'number' },
    more: 'boolean',
  },
  released: 'boolean',
} as const;

export const trustClock: Command = {
  path: 'server trust-clock',
  summary: 'Say that the clock is right, so that deletions because of time go on.',
  details: [
    ...FOR_OPERATORS,
    'While the clock is more than an hour ahead of what explains it, nothing is deleted because ' +
      'of time. That ends by itself once the clock is right, or after a day without ' +
      'contradiction. This command ends it now, as after a machine was off for weeks.',
    'Without --yes it shows the clock and what is over by it, and changes nothing. Snapshots that ' +
      'something was made from stay, whatever the count says. After a release, deleted objects ' +
      'are freed as well once their grace time is over.',
    'A clock that the store’s own clock contradicts is wrong, and cannot be trusted.',
  ],
  args: [],
  options: [
    { name: 'yes', takes: 'nothing', summary: 'The clock is right: delete what is over by it.' },
    FUNCTION_OPTION,
  ],
  examples: [
    { does: 'What would go', line: 'varve server trust-clock' },
    { does: 'The clock is right', line: 'varve server trust-clock --yes' },
  ],
  json:
    '`{now, held, aheadSeconds, due: {snapshots, accounts, disks, drafts, trash: {snapshots, disks, ' +
    'images}, more}, released}`.',
  run: async (context, input) => {
    const ask = async (clock: object) => (await callFunction(context, input, { clock }, SHAPE)) as ToldOfClock;
    const found = await ask({});
    if (!found.held || input.has('yes')) {
      const told = found.held ? await ask({ trust: found.now }) : found;
      context.console.result(told, () => [
        told.released ? 'The clock is trusted from now on.' : 'The clock is explained: nothing is held back.',
      ]);
      return;
    }
    for (const line of linesOf(found)) context.console.note(line);
    throw new UsageError('Add --yes if the clock is right.', 'server trust-clock');
  },
};

function linesOf({ now, aheadSeconds, due }: ToldOfClock): string[] {
  const { snapshots, disks, images } = due.trash;
  const trash = [counted(snapshots, 'snapshot'), counted(disks, 'disk'), counted(images, 'image')].join(', ');
  const orMore = due.more ? 'at least ' : '';
  return [
    `The clock shows ${now}, and is ${aheadSeconds} s ahead of what explains it.`,
    'By this clock these are over, and are deleted once it is trusted:',
    ...facts([
      ['Snapshots at the end of their retention', `${orMore}${due.snapshots}`],
      ['Accounts whose snapshots go for arrears', `${orMore}${due.accounts}`],
      ['Prepaid disks', `${orMore}${due.disks}`],
      ['Drafts', `${orMore}${due.drafts}`],
      ['In the recycle bin', `${orMore}${trash}`],
    ]),
  ];
}
