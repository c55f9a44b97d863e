import type { ClientError } from '../../client/errors.ts';
import type { MoveReport } from '../../local/move/move.ts';
import type { Command } from '../command.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { counted, formatSize } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { dataDirOf, throwAsFailure } from './server.ts';
import { noteOtherRegions } from './server-regions.ts';

export const serverMove: Command = {
  path: 'server move',
  summary: 'Move the objects of a data folder into a bucket, or back.',
  details: [
    'It is for operators. The server must be stopped. The catalogue and the keys stay in the ' +
      'data folder (--data).',
    '--to s3://BUCKET?endpoint=URL&region=NAME is an empty bucket of its own, with the ' +
      'credentials that the environment gives. --to folder is the data folder itself.',
    'It copies what is missing, compares everything by size and SHA-256, and then switches in ' +
      'one step. It can be killed at any time: until it has ended, the objects are where they ' +
      'were, and the next run goes on.',
    'Nothing is deleted where the objects were. varve doctor and the log say when everything ' +
      'has been read back, so that you may delete it.',
    'It moves the objects of the first region. Those of further regions (server --region) stay.',
  ],
  args: [],
  options: [
    { name: 'to', takes: 'text', value: 'S3-URL', summary: 'A bucket, or "folder". Needed.' },
    {
      name: 'accept-losses',
      takes: 'nothing',
      summary: 'Go on though objects are missing that the catalogue names.',
    },
  ],
  examples: [
    { does: 'Into a bucket', line: 'varve server move --to "s3://my-disks?region=eu-central-1" --data /srv/varve' },
    { does: 'Back into the folder', line: 'varve server move --to folder --data /srv/varve' },
  ],
  json: '`{from, to, objects, copied, copiedBytes, there, removed, missing}`.',
  run: async ({ console, signal, environment }, input) => {
    const to = input.text('to');
    if (to === undefined) throw new UsageError('Say where the objects are to go: --to.', 'server move');
    const { moveObjects } = await import('../../local/move/move.ts');
    const progress = ({ objects, bytes }: { readonly objects: number; readonly bytes: number }) => {
      console.line(`${counted(objects, 'object')}, ${formatSize(bytes)} copied`);
    };
    const move = { dataDir: dataDirOf(input, environment), to, acceptLosses: input.has('accept-losses'), environment };
    const report = await moveObjects(move, { signal, progress })
      .catch(throwAsFailure)
      .catch((error: unknown) => {
        throw signal.aborted ? withRepeatHint(signal.reason as ClientError) : error;
      })
      .finally(() => console.line(undefined));
    await noteOtherRegions(console, move.dataDir, 'stay where they are.');
    console.result(report, () => reportLines(report, move.dataDir));
  },
};

function reportLines({ from, to, objects, copied, copiedBytes, there, missing }: MoveReport, data: string): string[] {
  return [
    `The ${counted(objects, 'object')} of ${data} are now in ${to}: ${copied} copied (${formatSize(copiedBytes)}), ` +
      `${there} there before.`,
    ...(missing.length === 0 ? [] : [`${counted(missing.length, 'object')} were missing: run varve scrub.`]),
    `Nothing was deleted in ${from}. Run varve scrub; then varve doctor says that you may delete it.`,
    `Start it with: varve server --data ${data}`,
  ];
}
