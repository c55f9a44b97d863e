import type { Command } from '../command.ts';
import { findSnapshot } from '../lookup.ts';
import { DESCRIPTION_CHANGE_OPTIONS, descriptionChange } from './description.ts';
import { requireChange } from './require-change.ts';
import { SNAPSHOT_JSON, snapshotLines } from './snapshot.ts';
import { TAG_CHANGE_OPTIONS, tagChange } from './tags.ts';

export const snapshotUpdate: Command = {
  path: 'snapshot update',
  summary: 'Change a snapshot’s name, description or tags; its contents never change.',
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' }],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'A new name.' },
    ...DESCRIPTION_CHANGE_OPTIONS,
    ...TAG_CHANGE_OPTIONS,
  ],
  examples: [
    { does: 'Rename a snapshot', line: 'varve snapshot update before-upgrade --name known-good' },
    { does: 'Remove a tag', line: 'varve snapshot update known-good --untag team' },
  ],
  json: SNAPSHOT_JSON,
  run: async ({ console, client: connect, region }, input) => {
    requireChange(input, snapshotUpdate);
    const description = descriptionChange(input, 'snapshot update');
    const tags = tagChange(input, 'snapshot update');
    const client = await connect();
    const { id: snapshotId } = await findSnapshot(client, input.args[0] as string, region);
    const name = input.text('name');
    const snapshot = await client.snapshots.update({ snapshotId, name, description, ...tags });
    console.result(snapshot, () => snapshotLines(snapshot));
  },
};
