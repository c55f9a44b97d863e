import { ClientError } from '../../client/errors.ts';
import type { WatchedDisk } from '../../client/service/watch.ts';
import type { BreachReason } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { counted } from '../sizes.ts';
import { type Line, line, toned, when } from '../text.ts';

const DEFAULT_LIMIT = 1000;

/** What to do about each, as a command or in words. */
const ADVICE: Readonly<Record<BreachReason, string>> = {
  SNAPSHOTS_DAMAGED: 'find out what is damaged: varve damage list',
  ACCOUNT_IN_ARREARS: 'pay: no snapshots are made until then. See varve account show',
  NO_POLICY: 'put it under a policy: varve policy apply POLICY DISK',
  POLICY_PAUSED: 'go on with its policy: varve policy update POLICY --resume',
  DISK_NOT_ATTACHED: 'attach it, or make a snapshot by hand: varve snapshot create DISK',
  RUN_FAILED: 'see why the runs fail: varve policy runs POLICY',
  RUN_SKIPPED: 'see why the runs are skipped: varve policy runs POLICY',
  POLICY_TOO_SPARSE: 'let its policy run more often: varve policy update POLICY --hours LIST',
  NO_RUN: 'see when its policy ran: varve policy slots POLICY',
};

export const REASONS = Object.keys(ADVICE) as BreachReason[];

export const PROTECTION_JSON =
  '`id name status policy{id name} protection{status objectiveHours source tag{key value} ' +
  'newestUsableAt breachAt inBreachSince reason}`';

export const watch: Command = {
  path: 'watch',
  summary: 'List disks whose newest snapshot is older than their objective. For cron.',
  details: [
    'The objective of a disk is that of varve disk objective or varve objective set, the ' +
      'strictest of them. Without any it follows from the policy’s schedule: the longest time ' +
      'between two runs, and 2 hours. A disk without a policy and without an objective is not ' +
      'watched (varve disk list --without-policy).',
    'The exit code is 8 if any disk is in breach, and 0 if none is. A breach is listed within ' +
      'a minute while the janitor runs.',
  ],
  args: [],
  options: [
    {
      name: 'reason',
      takes: 'text',
      value: 'REASON',
      summary: `Only those for this reason: ${REASONS.join(', ')}.`,
      choices: REASONS,
    },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: `The most to list. Default: ${DEFAULT_LIMIT}.` },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'Is any snapshot missing?', line: 'varve watch' },
    { does: 'Their names, for a script', line: "varve watch --json | jq -r '.disks[].name'" },
  ],
  json: `\`{disks: [disk], more}\`: \`more\` says that the limit left some out. A disk: ${PROTECTION_JSON}.`,
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const limit = input.number('limit') ?? DEFAULT_LIMIT;
    const { nodes, more } = await client.watch.breaches({ region, reason: input.choice('reason', REASONS), limit });
    const empty = 'No disk is in breach of its objective.';
    const foot = adviceLines(nodes);
    showList(console, input, { of: 'disks', rows: nodes, more, columns: COLUMNS, empty, foot });
    if (nodes.length === 0) return;
    const count = nodes.length;
    throw new ClientError('InBreach', `${more ? 'At least ' : ''}${counted(count, 'disk')} in breach.`, { count });
  },
};

const COLUMNS: readonly Column<WatchedDisk>[] = [
  { head: 'ID', spare: 4, cell: ({ id }) => id },
  { head: 'DISK', isCut: true, cell: ({ name }) => name },
  {
    head: 'OBJECTIVE',
    spare: 3,
    cell: ({ protection }) => (protection?.objectiveHours == null ? '-' : `${protection.objectiveHours} h`),
    plain: ({ protection }) => protection?.objectiveHours ?? null,
  },
  { head: 'NEWEST SNAPSHOT', spare: 1, cell: ({ protection }) => when(protection?.newestUsableAt, 'none') },
  { head: 'IN BREACH SINCE', cell: ({ protection }) => when(protection?.inBreachSince) },
  { head: 'POLICY', spare: 2, cell: ({ policy }) => policy?.name ?? '-', plain: ({ policy }) => policy?.name ?? null },
  { head: 'REASON', cell: ({ protection }) => toned('danger', protection?.reason ?? '-') },
];

/** What to do about each reason that is there. */
function adviceLines(disks: readonly WatchedDisk[]): string[] {
  const reasons = REASONS.filter((reason) => disks.some(({ protection }) => protection?.reason === reason));
  return reasons.map((reason) => `${reason}: ${ADVICE[reason]}`);
}

/** How a disk stands, in one line of `disk objective`. */
export function protectionLine({ name, protection }: WatchedDisk): Line {
  if (protection === null) return `${name} is LOCAL: it has no snapshots.`;
  const { status, objectiveHours, source, tag, newestUsableAt, breachAt, inBreachSince, reason } = protection;
  if (status === 'EXEMPT') return `${name} is not watched: it is exempt.`;
  if (objectiveHours === null) return `${name} is not watched: it has no objective and no policy.`;
  const from =
    source === 'TAG' ? `by its tag ${tag?.key}=${tag?.value}` : source === 'POLICY' ? 'by its policy' : 'its own';
  const newest = newestUsableAt === null ? 'it has no usable snapshot' : line`its newest is of ${when(newestUsableAt)}`;
  const breach =
    inBreachSince === null
      ? line`in breach from ${when(breachAt)} on`
      : line`in breach since ${when(inBreachSince)}, ${reason ?? ''}`;
  return line`${name}: ${counted(objectiveHours, 'hour')}, ${from}; ${newest}; ${breach}.`;
}
