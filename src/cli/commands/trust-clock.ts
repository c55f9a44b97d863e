import { asking, decide, mayAsk } from '../asking/decide.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { counted } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';
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

const EXPLAINED = 'The clock is explained: nothing is held back.';

export const trustClock: Command = asking({
  path: 'server trust-clock',
  summary: 'Say that the clock is right, so that deletions because of time go on.',
  details: [
    ...FOR_OPERATORS,
    'While the clock is more than an hour ahead of what explains it, nothing is deleted because ' +
      'of time. That ends by itself once the clock is right, or after a day without ' +
      'contradiction. This command ends it now, as after a machine was off for weeks.',
    'It shows the clock and what is over by it, and asks on a terminal. Elsewhere it changes ' +
      'nothing without --yes. Snapshots that something was made from stay, whatever the count ' +
      'says. After a release, deleted objects are freed as well once their grace time is over.',
    'A clock that the store’s own clock contradicts is wrong, and cannot be trusted.',
  ],
  args: [],
  options: [
    { name: 'yes', takes: 'nothing', summary: 'The clock is right: delete what is over by it.' },
    FUNCTION_OPTION,
  ],
  examples: [
    { does: 'What would go', line: 'varve server trust-clock --dry-run' },
    { does: 'The clock is right', line: 'varve server trust-clock --yes' },
  ],
  json:
    '`{now, held, aheadSeconds, due: {snapshots, accounts, disks, drafts, trash: {snapshots, ' +
    'disks, images}, more}, released}`.',
  run: async (context, input) => {
    const ask = async (clock: object) => (await callFunction(context, input, { clock }, SHAPE)) as ToldOfClock;
    const found = await ask({});
    const isSaid = input.has('yes') || input.has('dry-run') || mayAsk(context);
    if (found.held && !isSaid) {
      for (const line of linesOf(found)) context.console.note(line);
      throw new UsageError('Add --yes if the clock is right.', 'server trust-clock');
    }
    if (!(await decide(context, input, () => clockPlan(found)))) return;
    const told = found.held ? await ask({ trust: found.now }) : found;
    context.console.result(told, () => [told.released ? 'The clock is trusted from now on.' : EXPLAINED]);
  },
});

function clockPlan({ held, now, aheadSeconds, due }: ToldOfClock): Plan {
  return {
    doing: line`trust the clock, which shows ${when(now)}, ${aheadSeconds} s ahead of what explains it`,
    goes: held ? dueOf(due).map(([what, count]) => `${what}: ${count}`) : [],
    stays: ['snapshots that something was made from, whatever the count says'],
    back: 'It cannot be brought back.',
    refusals: [],
  };
}

/** All that a trusted clock lets go, even if it is nothing yet. */
function dueOf({ snapshots, accounts, disks, drafts, trash, more }: Due): (readonly [string, string])[] {
  const inTrash = [
    counted(trash.snapshots, 'snapshot'),
    counted(trash.disks, 'disk'),
    counted(trash.images, 'image'),
  ].join(', ');
  const orMore = more ? 'at least ' : '';
  return [
    ['Snapshots at the end of their retention', `${orMore}${snapshots}`],
    ['Accounts whose snapshots go for arrears', `${orMore}${accounts}`],
    ['Prepaid disks', `${orMore}${disks}`],
    ['Drafts', `${orMore}${drafts}`],
    ['In the recycle bin', `${orMore}${inTrash}`],
  ];
}

function linesOf({ now, aheadSeconds, due }: ToldOfClock): Line[] {
  return [
    line`The clock shows ${when(now)}, and is ${aheadSeconds} s ahead of what explains it.`,
    'By this clock these are over, and are deleted once it is trusted:',
    ...facts(dueOf(due)),
  ];
}
