import { ClientError } from '../../client/errors.ts';
import type { WatchedDisk } from '../../client/service/watch.ts';
import type { BreachReason } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { table } from '../console.ts';
import { counted } from '../sizes.ts';

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
    if (more) console.note('There are more: raise --limit.');
    console.result({ disks: nodes, more }, () =>
      nodes.length === 0 ? ['No disk is in breach of its objective.'] : breachLines(nodes),
    );
    if (nodes.length === 0) return;
    const count = nodes.length;
    throw new ClientError('InBreach', `${more ? 'At least ' : ''}${counted(count, 'disk')} in breach.`, { count });
  },
};

function breachLines(disks: readonly WatchedDisk[]): string[] {
  const rows = disks.map(({ name, protection, policy }) => [
    name,
    protection?.objectiveHours == null ? '-' : `${protection.objectiveHours} h`,
    minute(protection?.newestUsableAt) ?? 'none',
    minute(protection?.inBreachSince) ?? '-',
    policy?.name ?? '-',
    protection?.reason ?? '-',
  ]);
  const reasons = REASONS.filter((reason) => disks.some(({ protection }) => protection?.reason === reason));
  return [
    ...table(['DISK', 'OBJECTIVE', 'NEWEST SNAPSHOT (UTC)', 'IN BREACH SINCE', 'POLICY', 'REASON'], rows),
    ...reasons.map((reason) => `${reason}: ${ADVICE[reason]}`),
  ];
}

const minute = (instant: string | null | undefined) => instant?.slice(0, 16).replace('T', ' ');

/** How a disk stands, in one line of `disk objective`. */
export function protectionLine({ name, protection }: WatchedDisk): string {
  if (protection === null) return `${name} is LOCAL: it has no snapshots.`;
  const { status, objectiveHours, source, tag, newestUsableAt, breachAt, inBreachSince, reason } = protection;
  if (status === 'EXEMPT') return `${name} is not watched: it is exempt.`;
  if (objectiveHours === null) return `${name} is not watched: it has no objective and no policy.`;
  const from =
    source === 'TAG' ? `by its tag ${tag?.key}=${tag?.value}` : source === 'POLICY' ? 'by its policy' : 'its own';
  const newest = newestUsableAt === null ? 'it has no usable snapshot' : `its newest snapshot is of ${newestUsableAt}`;
  const breach =
    inBreachSince === null ? `in breach from ${breachAt} on` : `in breach since ${inBreachSince}, ${reason}`;
  return `${name}: ${counted(objectiveHours, 'hour')}, ${from}; ${newest}; ${breach}.`;
}
