import type { DeleteResult } from '../../client/service/snapshots.ts';
import type { Command } from '../command.ts';
import { findSnapshot } from '../lookup.ts';
import { throwFirst } from '../refusals.ts';
import { counted, formatSize } from '../sizes.ts';

const KEPT = ['snapshot was not deleted', 'snapshots were not deleted'] as const;

export const snapshotDelete: Command = {
  path: 'snapshot delete',
  summary: 'Delete snapshots, in any order; the others keep their contents.',
  details: [
    'Each has its own result: one that is refused does not keep the others. The exit code is that of the first refusal.',
  ],
  args: [{ name: 'SNAPSHOT', summary: 'Ids or names of snapshots, at most 100.', repeated: true }],
  options: [
    {
      name: 'preview',
      takes: 'nothing',
      summary: 'Change nothing; tell exactly what deleting them together would free.',
    },
    { name: 'force', takes: 'nothing', summary: 'Delete also those from which a disk was made; the disk works on.' },
  ],
  examples: [
    { does: 'What would it free?', line: 'varve snapshot delete monday tuesday --preview' },
    { does: 'Delete', line: 'varve snapshot delete monday tuesday' },
  ],
  json:
    '`{results: [{snapshotId, deleted, error{code message}}]}`; with --preview `{objects, storedBytes, results: [{snapshotId, ' +
    'error{code message}}]}`.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const ids: string[] = [];
    for (const text of input.args) ids.push((await findSnapshot(client, text, region)).id);
    const force = input.has('force');
    if (input.has('preview')) {
      const preview = await client.snapshots.deletePreview([...new Set(ids)], force);
      const refused = preview.results.filter(({ error }) => error !== null);
      console.result(preview, () => [
        `Would free ${formatSize(preview.storedBytes)} in ${counted(preview.objects, 'object')}.`,
        ...refused.map(({ snapshotId, error }) => `Would be refused: ${snapshotId}: ${error?.message}`),
      ]);
      return;
    }
    const results = await client.snapshots.delete([...new Set(ids)], force);
    console.result({ results }, () => results.map(resultLine));
    throwFirst(results, KEPT, ({ snapshotId }) => ({ snapshotId }));
  },
};

function resultLine({ snapshotId, error }: DeleteResult): string {
  return error ? `Kept ${snapshotId}: ${error.message} (${error.code})` : `Deleted ${snapshotId}.`;
}
