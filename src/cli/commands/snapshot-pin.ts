import type { Snapshot } from '../../client/service/snapshots.ts';
import { asking, decide } from '../asking/decide.ts';
import { called } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { findSnapshot } from '../lookup.ts';
import { counted } from '../sizes.ts';
import { line, when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { SNAPSHOT_JSON, snapshotLines } from './snapshot.ts';

const SNAPSHOT_ARG = { name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' };

export const snapshotPin: Command = {
  path: 'snapshot pin',
  summary: 'Pin a snapshot: it never expires, and cannot be deleted until it is unpinned.',
  details: ['It does not give way to a newer one either when the quota of its disk is full.'],
  args: [SNAPSHOT_ARG],
  options: [],
  examples: [{ does: 'Keep it whatever happens', line: 'varve snapshot pin before-upgrade' }],
  json: SNAPSHOT_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const { id } = await findSnapshot(client, args[0] as string, region);
    const snapshot = await client.snapshots.pin(id);
    console.result(snapshot, () => snapshotLines(snapshot));
  },
};

export const snapshotUnpin: Command = asking({
  path: 'snapshot unpin',
  summary: 'Unpin a snapshot: its retention holds again.',
  details: ['If its retention has ended, or ends within 24 hours, it ends 24 hours from now.'],
  args: [SNAPSHOT_ARG],
  options: [],
  examples: [{ does: 'It may expire again', line: 'varve snapshot unpin before-upgrade' }],
  json: SNAPSHOT_JSON,
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const found = await findSnapshot(client, input.args[0] as string, region);
    if (!(await decide(context, input, () => unpinPlan(found)))) return;
    const snapshot = await client.snapshots.unpin(found.id);
    console.result(snapshot, () => snapshotLines(snapshot));
  },
});

function unpinPlan(snapshot: Snapshot): Plan {
  const { id, pinnedAt, expiresAt } = snapshot;
  const end = expiresAt === null ? '' : line`: its retention ends at ${when(expiresAt)}`;
  return {
    doing: `unpin snapshot ${called(snapshot)}`,
    goes: pinnedAt === null ? [] : [line`its protection against deletion, expiry and giving way${end}`],
    stays: ['the snapshot, for 24 hours at least'],
    back: `As long as it is there: varve snapshot pin ${id}`,
    refusals: [],
  };
}

export const snapshotRetain: Command = asking({
  path: 'snapshot retain',
  summary: 'Change how long a snapshot is kept, counted from when it was made.',
  details: [
    'A shorter time needs ADMIN, and a terminal asks before it. It cannot end in the past. Days ' +
      'count from when the snapshot was made.',
  ],
  args: [SNAPSHOT_ARG, { name: 'DAYS', summary: 'Days, 1–65536, or `forever`: until it is deleted.' }],
  options: [],
  examples: [
    { does: 'Keep it for a year', line: 'varve snapshot retain before-upgrade 365' },
    { does: 'Keep it until somebody deletes it', line: 'varve snapshot retain before-upgrade forever' },
  ],
  json: SNAPSHOT_JSON,
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const [word, days] = input.args as [string, string];
    const isForever = days === 'forever';
    if (!isForever && !/^\d{1,5}$/.test(days))
      throw new UsageError(`DAYS must be a whole number or 'forever', not '${days}'.`, 'snapshot retain');
    const client = await connect();
    const found = await findSnapshot(client, word, region);
    const retentionDays = isForever ? null : Number(days);
    if (!(await decide(context, input, () => retainPlan(found, retentionDays)))) return;
    const snapshot = await client.snapshots.retain({ snapshotId: found.id, retentionDays });
    console.result(snapshot, () => snapshotLines(snapshot));
  },
});

const FOREVER = 'until it is deleted';

function retainPlan(snapshot: Snapshot, wanted: number | null): Plan {
  const { id, retentionDays } = snapshot;
  const textOf = (days: number | null) => (days === null ? FOREVER : `for ${counted(days, 'day')}`);
  const isShorter = wanted !== null && (retentionDays === null || wanted < retentionDays);
  return {
    doing: line`keep snapshot ${called(snapshot)} ${textOf(wanted)}, from ${when(snapshot.createdAt)} on`,
    goes: isShorter ? [`the rest of the time that it is kept now: ${textOf(retentionDays)}`] : [],
    stays: ['the snapshot, until then'],
    back: `As long as it is there: varve snapshot retain ${id} ${retentionDays ?? 'forever'}`,
    refusals: [],
  };
}
