import type { PolicyRun, PolicySlot } from '../../client/service/policies.ts';
import type { PolicyRunStatus } from '../../generated/operations.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId, findPolicy } from '../lookup.ts';
import { state, when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { POLICY_ARG } from './policy.ts';
import { copyText } from './policy-copies.ts';

const LIMIT = { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 100.' } as const;
const STATUSES: readonly PolicyRunStatus[] = ['DONE', 'SKIPPED', 'FAILED'];

export const policyRuns: Command = {
  path: 'policy runs',
  summary: 'Show what policies did, disk by disk, the latest first.',
  details: [
    'For each disk and each time that its policy was due, it shows the snapshot, or why ' +
      'there is none; below it, what has become of its copies to other regions. Runs are ' +
      'kept for 90 days.',
  ],
  args: [{ ...POLICY_ARG, optional: true }],
  options: [
    { name: 'disk', takes: 'text', value: 'DISK', summary: 'Show the runs of this disk, under whatever policy.' },
    {
      name: 'status',
      takes: 'text',
      value: 'STATUS',
      summary: `Only runs with this status: ${STATUSES.join(', ')}.`,
      choices: STATUSES,
    },
    LIMIT,
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'What went wrong?', line: 'varve policy runs nightly --status failed' },
    { does: 'Was this disk snapshotted?', line: 'varve policy runs --disk web-data' },
  ],
  json:
    '`{runs: [{diskId policyId slotAt status code message snapshotId replacedSnapshotId ' +
    'triedAgain missedSlots copies[region status snapshotId replacedSnapshotId ' +
    'problem{code message since} finishedAt] at}], more}`: `slotAt` is when the ' +
    'policy was due, and `more` says that the limit left some out.',
  run: async ({ console, client: connect, region }, input) => {
    const [text] = input.args;
    const disk = input.text('disk');
    if ((text === undefined) === (disk === undefined)) throw new UsageError('Give POLICY or --disk.', 'policy runs');
    const client = await connect();
    const of = disk === undefined ? 'policy' : 'disk';
    const id =
      disk === undefined ? (await findPolicy(client, text ?? '', region)).id : await findDiskId(client, disk, region);
    const status = input.choice('status', STATUSES);
    const wanted = {
      of,
      id,
      status: status === undefined ? undefined : [status],
      limit: input.number('limit') ?? 100,
    } as const;
    const { nodes, more } = await client.policies.runs(wanted);
    const empty = 'No runs. A policy runs at its hours, for the disks that are under it.';
    showList(console, input, {
      ...{ of: 'runs', rows: nodes, more, columns: RUN_COLUMNS, empty },
      below: ({ copies }) => copies.map((copy) => `  copy to ${copyText(copy)}`),
    });
  },
};

const RUN_COLUMNS: readonly Column<PolicyRun>[] = [
  { head: 'DUE', cell: ({ slotAt }) => when(slotAt) },
  { head: 'DISK', spare: 2, cell: ({ diskId }) => diskId },
  { head: 'POLICY', spare: 1, cell: ({ policyId }) => policyId },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  {
    head: 'SNAPSHOT OR REASON',
    isCut: true,
    cell: ({ snapshotId, code, message, triedAgain }) =>
      snapshotId ?? `${code}: ${message}${triedAgain ? ' (tried again)' : ''}`,
  },
];

export const policySlots: Command = {
  path: 'policy slots',
  summary: 'Show when a policy was due and how it went, the latest first.',
  args: [POLICY_ARG],
  options: [LIMIT, ...LIST_OUTPUT],
  examples: [{ does: 'The last week', line: 'varve policy slots nightly --limit 7' }],
  json:
    '`{slots: [{slotAt status doneCount skippedCount failedCount missedSlots openedAt ' +
    'finishedAt}], more}`: `more` says that the limit left ' +
    'some out.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const { id } = await findPolicy(client, input.args[0] as string, region);
    const { nodes, more } = await client.policies.slots(id, input.number('limit') ?? 100);
    showList(console, input, { of: 'slots', rows: nodes, more, columns: SLOT_COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No slots. There is one each time that the policy is due.';

const SLOT_COLUMNS: readonly Column<PolicySlot>[] = [
  { head: 'DUE', cell: ({ slotAt }) => when(slotAt) },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'DONE', cell: ({ doneCount }) => String(doneCount) },
  { head: 'SKIPPED', cell: ({ skippedCount }) => String(skippedCount) },
  { head: 'FAILED', cell: ({ failedCount }) => String(failedCount) },
  { head: 'FINISHED', spare: 1, cell: ({ finishedAt }) => when(finishedAt) },
];
