import type { Command } from '../command.ts';
import { findSnapshot } from '../lookup.ts';
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

export const snapshotUnpin: Command = {
  path: 'snapshot unpin',
  summary: 'Unpin a snapshot: its retention holds again.',
  details: ['If its retention has ended, or ends within 24 hours, it ends 24 hours from now.'],
  args: [SNAPSHOT_ARG],
  options: [],
  examples: [{ does: 'It may expire again', line: 'varve snapshot unpin before-upgrade' }],
  json: SNAPSHOT_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const { id } = await findSnapshot(client, args[0] as string, region);
    const snapshot = await client.snapshots.unpin(id);
    console.result(snapshot, () => snapshotLines(snapshot));
  },
};

export const snapshotRetain: Command = {
  path: 'snapshot retain',
  summary: 'Change how long a snapshot is kept, counted from when it was made.',
  details: ['A shorter time needs ADMIN. It cannot end in the past.'],
  args: [SNAPSHOT_ARG, { name: 'DAYS', summary: 'Days, 1–65536, or `forever`: until it is deleted.' }],
  options: [],
  examples: [
    { does: 'Keep it for a year', line: 'varve snapshot retain before-upgrade 365' },
    { does: 'Keep it until somebody deletes it', line: 'varve snapshot retain before-upgrade forever' },
  ],
  json: SNAPSHOT_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const [word, days] = args as [string, string];
    const isForever = days === 'forever';
    if (!isForever && !/^\d{1,5}$/.test(days))
      throw new UsageError(`DAYS must be a whole number or 'forever', not '${days}'.`, 'snapshot retain');
    const client = await connect();
    const { id: snapshotId } = await findSnapshot(client, word, region);
    const snapshot = await client.snapshots.retain({ snapshotId, retentionDays: isForever ? null : Number(days) });
    console.result(snapshot, () => snapshotLines(snapshot));
  },
};
