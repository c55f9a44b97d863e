import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import type { ListedPolicy, Policy } from '../../client/service/policies.ts';
import { asking, decide } from '../asking/decide.ts';
import { called } from '../asking/facts.ts';
import type { Command, Input, OptionSpec } from '../command.ts';
import { facts } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findPolicy } from '../lookup.ts';
import { counted } from '../sizes.ts';
import { type Line, state, when, whenIn } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { WATCH_OPTION } from '../watching.ts';
import {
  BY_TIME_OR_NAME,
  choiceFilter,
  commonFilterIn,
  commonFilters,
  FILTERS,
  orderIn,
  orderOptions,
} from './filters.ts';
import {
  COPY_TO_OPTION,
  changedTargets,
  copyTargets,
  kept,
  NO_COPIES_OPTION,
  retention,
  targetsText,
} from './policy-copies.ts';
import { requireChange } from './require-change.ts';
import { parseTags, TAG_CHANGE_OPTIONS, TAG_OPTION, tagChange } from './tags.ts';

const POLICY_JSON =
  'a policy: `id region name hours[] weekdays[] timeZone retentionDays ' +
  'copyTargets[region retentionDays] status diskCount ' +
  'nextRunAt tags[key value] createdAt`; `retentionDays` ' +
  'is null if they are kept for ever, and `nextRunAt` is null if it is PAUSED.';
export const POLICY_ARG = { name: 'POLICY', summary: 'Id or name of the policy.' };
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const WHEN_OPTIONS: readonly OptionSpec[] = [
  { name: 'hours', takes: 'text', value: 'LIST', summary: 'Hours of the day, 0–23, such as 0,12 or 8-18.' },
  { name: 'weekdays', takes: 'text', value: 'LIST', summary: '1 = Monday … 7 = Sunday, such as 1-5. Default: 1-7.' },
  { name: 'time-zone', takes: 'text', value: 'ZONE', summary: 'Such as Europe/Berlin. Default: the region’s.' },
  {
    name: 'retention',
    takes: 'text',
    value: 'DAYS',
    summary: 'How long its snapshots are kept: 1–65536 days, or forever. Default: 30.',
  },
  COPY_TO_OPTION,
];

/** Such as `0,8-18`. The service says which numbers are right. */
function numbers(option: string, text: string | undefined, path: string): number[] | undefined {
  if (text === undefined) return undefined;
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) {
      throw new UsageError(`--${option} '${text}' must be numbers and ranges, such as 0,8-18.`, path);
    }
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at);
  });
}

function settings(input: Input, path: string) {
  return {
    hours: numbers('hours', input.text('hours'), path),
    weekdays: numbers('weekdays', input.text('weekdays'), path),
    timeZone: input.text('time-zone'),
    retentionDays: retention(input.text('retention'), path),
    copyTargets: copyTargets(input, path),
  };
}

export const policyCreate: Command = {
  path: 'policy create',
  summary: 'Create a policy that takes snapshots by itself.',
  details: [
    'It takes snapshots of those of its disks that are IN_USE. See varve policy apply.',
    'With --copy-to each snapshot is copied to other regions as well, as by varve snapshot copy. ' +
      'A copy has a retention of its own. varve policy runs says what has become of it.',
  ],
  args: [{ name: 'NAME', summary: 'Name: 2–128 characters, first a letter. Default: its id.', optional: true }],
  options: [...WHEN_OPTIONS, TAG_OPTION],
  examples: [
    { does: 'Every night, kept for a week', line: 'varve policy create nightly --hours 2 --retention 7' },
    {
      does: 'Hourly while people work',
      line: 'varve policy create office --hours 8-18 --weekdays 1-5 --time-zone Europe/Berlin',
    },
    {
      does: 'With a copy in another region',
      line: 'varve policy create safe --hours 2 --copy-to north:90',
    },
  ],
  json: POLICY_JSON,
  run: async ({ console, client: connect, region }, input) => {
    const { hours, ...rest } = settings(input, 'policy create');
    if (hours === undefined) throw new UsageError('--hours is missing: it says when the policy runs.', 'policy create');
    const client = await connect();
    const tags = parseTags(input.texts('tag'));
    const wanted = { region, name: input.args[0], hours, ...rest, tags, clientToken: randomUUID() };
    const policy = await client.policies.create(wanted);
    console.result(policy, () => policyLines(policy));
  },
};

const STATES = ['ACTIVE', 'PAUSED'] as const;

export const policyList: Command = {
  path: 'policy list',
  summary: 'List policies, newest first; with --name, by name.',
  details: [FILTERS],
  args: [],
  options: [
    ...commonFilters('policies'),
    choiceFilter('status', STATES, 'policies in this state'),
    ...orderOptions(BY_TIME_OR_NAME),
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'All policies', line: 'varve policy list' }],
  json:
    '`{policies: [policy], more}`: `more` says that the limit left some out. Policies as for ' +
    '`policy show`, with `slots{nodes[slotAt status doneCount skippedCount failedCount]}`, the latest alone.',
  run: async ({ console, client: connect, region }, input) => {
    const { policies } = await connect();
    const filter = { ...commonFilterIn(input, 'policy list'), status: input.choice('status', STATES) };
    const orderBy = orderIn(input, BY_TIME_OR_NAME, input.has('name') ? 'name' : 'created');
    const limit = input.number('limit') ?? 1000;
    const { nodes, more } = await policies.list({ region, filter, orderBy, limit });
    showList(console, input, { of: 'policies', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No policies. varve policy create makes one.';

/** Hours and the next run are on the clocks of the policy's zone. */
const COLUMNS: readonly Column<ListedPolicy>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'HOURS', spare: 5, cell: ({ hours }) => hours.join(',') },
  { head: 'DAYS', spare: 6, cell: ({ weekdays }) => days(weekdays) },
  {
    head: 'KEPT',
    spare: 4,
    cell: ({ retentionDays }) => kept(retentionDays),
    plain: ({ retentionDays }) => retentionDays,
  },
  { head: 'DISKS', spare: 3, cell: ({ diskCount }) => String(diskCount) },
  { head: 'LAST RUN', spare: 7, cell: ({ slots }) => lastRun(slots.nodes) },
  {
    head: 'NEXT RUN',
    spare: 1,
    cell: ({ nextRunAt, timeZone }) => (nextRunAt === null ? state('PAUSED') : whenIn(timeZone, nextRunAt)),
    plain: ({ nextRunAt }) => nextRunAt,
  },
  { head: 'ZONE', spare: 2, cell: ({ timeZone }) => timeZone },
];

/** Disks that are not attached were skipped. */
function lastRun([slot]: ListedPolicy['slots']['nodes']): string {
  if (slot === undefined) return '-';
  if (slot.status === 'MISSED') return 'missed';
  const others = [
    ...(slot.skippedCount > 0 ? [`${slot.skippedCount} skipped`] : []),
    ...(slot.failedCount > 0 ? [`${slot.failedCount} failed`] : []),
  ];
  return [`${slot.doneCount} done`, ...others].join(', ');
}

const days = (weekdays: readonly number[]) =>
  weekdays.length === DAYS.length ? 'all' : weekdays.map((day) => DAYS[day - 1]).join(',');

/** Disks of a policy that are looked at, or shown unless more are asked for. */
export const MOST_DISKS = 1000;

/** Rule 5.3: a run takes snapshots of disks that are IN_USE. */
async function disksText(client: Client, { id, diskCount }: Policy): Promise<string> {
  if (diskCount === 0) return '0';
  const { nodes, more } = await client.policies.disks(id, MOST_DISKS);
  const idle = nodes.filter(({ status }) => status !== 'IN_USE').length;
  if (idle === 0) return String(diskCount);
  const [are, them] = idle === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${diskCount}; ${more ? 'at least ' : ''}${idle} ${are} not IN_USE, and no snapshots are taken of ${them}`;
}

function policyLines(policy: Policy, disks = String(policy.diskCount)): Line[] {
  return facts([
    ['Policy', policy.id],
    ['Name', policy.name],
    ['Region', policy.region],
    ['Status', state(policy.status)],
    ['Hours', `${policy.hours.join(', ')} (${policy.timeZone})`],
    ['Weekdays', days(policy.weekdays)],
    ['Kept', kept(policy.retentionDays)],
    ['Copied to', targetsText(policy.copyTargets)],
    ['Disks', disks],
    ['Next run', policy.nextRunAt === null ? undefined : whenIn(policy.timeZone, policy.nextRunAt)],
    ['Created', when(policy.createdAt)],
    ['Tags', policy.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || undefined],
  ]);
}

export const policyShow: Command = {
  path: 'policy show',
  summary: 'Show one policy.',
  args: [POLICY_ARG],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show a policy by its name', line: 'varve policy show nightly' }],
  json: POLICY_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const policy = await findPolicy(client, args[0] as string, region);
    const disks = console.json ? undefined : await disksText(client, policy);
    console.result(policy, () => policyLines(policy, disks));
  },
};

export const policyUpdate: Command = {
  path: 'policy update',
  summary: 'Change a policy from its next run on.',
  details: [
    'Snapshots that it has made keep their retention.',
    '--copy-to replaces all regions that it copies to. Copies that are under way go on. Those ' +
      'that wait for a region which is not named any more are not made.',
  ],
  args: [POLICY_ARG],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    ...WHEN_OPTIONS.map((option) => ({ ...option, summary: option.summary.replace(/ Default: .*$/, '') })),
    NO_COPIES_OPTION,
    { name: 'pause', takes: 'nothing', summary: 'Take no snapshots until --resume.' },
    { name: 'resume', takes: 'nothing', summary: 'Take snapshots again, from the next run on.' },
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [
    { does: 'Keep new snapshots longer', line: 'varve policy update nightly --retention 30' },
    { does: 'Stop it for a while', line: 'varve policy update nightly --pause' },
  ],
  json: POLICY_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, policyUpdate);
    const [pause, resume] = [input.has('pause'), input.has('resume')];
    if (pause && resume) throw new UsageError('Give --pause or --resume, not both.', 'policy update');
    const change = { ...settings(input, 'policy update'), copyTargets: changedTargets(input, 'policy update') };
    const tags = tagChange(input, 'policy update');
    const client = await connect();
    const { id: policyId } = await findPolicy(client, input.args[0] as string, region);
    const policy = await client.policies.update({
      policyId,
      name: input.text('name'),
      ...change,
      status: pause ? 'PAUSED' : resume ? 'ACTIVE' : undefined,
      ...tags,
    });
    console.result(policy, () => policyLines(policy));
  },
};

export const policyDelete: Command = asking({
  path: 'policy delete',
  summary: 'Delete a policy. Its disks are under no policy then.',
  details: ['Its snapshots stay until their own retention ends.'],
  args: [POLICY_ARG],
  options: [],
  examples: [{ does: 'Delete a policy', line: 'varve policy delete nightly' }],
  json: '`{policyId}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const policy = await findPolicy(client, input.args[0] as string, region);
    const { id, diskCount } = policy;
    const plan = () => ({
      doing: `delete policy ${called(policy)}`,
      goes: ['the policy', ...(diskCount === 0 ? [] : [`its further snapshots of ${counted(diskCount, 'disk')}`])],
      stays: ['the snapshots that it has made, until their own retention ends'],
      back: 'It cannot be brought back.',
      refusals: [],
    });
    if (!(await decide(context, input, plan))) return;
    const deleted = await client.policies.delete(id);
    console.result(deleted, () => [`Deleted policy ${id}.`]);
  },
});
