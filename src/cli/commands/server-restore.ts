import { resolve } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import type { RestoreReport } from '../../local/keep/restore.ts';
import type { Command, Context } from '../command.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { counted, formatSize } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';
import { dataDirOf, throwAsFailure } from './server.ts';

export const serverRestore: Command = {
  path: 'server restore',
  summary: 'Make a data folder of a backup.',
  details: [
    'It is for operators. The data folder (--data) must be new or empty. On the same file ' +
      'system objects are hard links.',
    'Everything that the catalogue of the backup names must be there, with its size. ' +
      '--verify also reads each object and compares it with its id.',
    'It can be killed at any time, and the next run goes on. Until it has ended, varve server refuses the folder.',
    'The version of each disk jumps by 1,000,000. So a client that knows a later state than ' +
      'that of the backup cannot overwrite what it has not seen. The exit code is 5 if the ' +
      'backup is damaged.',
  ],
  args: [{ name: 'FROM', summary: 'The folder of a backup, or s3://bucket/prefix.' }],
  options: [{ name: 'verify', takes: 'nothing', summary: 'Read each object and compare it with its id.' }],
  examples: [
    { does: 'From another disk', line: 'varve server restore /mnt/backup/varve --data /srv/varve' },
    { does: 'From a bucket', line: 'varve server restore s3://my-backups/varve --data /srv/varve' },
  ],
  json: '`{dataDir, madeAt, objects{count bytes}, manifests{count bytes}, linked, copied, there, missing, withKeys}`.',
  run: async (context, input) => {
    const { console, signal } = context;
    const { restore } = await import('../../local/keep/restore.ts');
    const source = await sourceOf(context, input.args[0] ?? '');
    const wish = { to: dataDirOf(input, context.environment), verify: input.has('verify') };
    const progress = ({ objects, of }: { readonly objects: number; readonly of: number }) => {
      console.line(`${objects} of ${counted(of, 'object')}`);
    };
    const report = await restore(source, wish, { signal, progress })
      .catch(throwAsFailure)
      .catch((error: unknown) => {
        throw signal.aborted ? withRepeatHint(signal.reason as ClientError) : error;
      })
      .finally(() => console.line(undefined));
    console.result(report, () => reportLines(report));
    if (report.missing.length === 0) return;
    const message = `${counted(report.missing.length, 'object')} were missing when it was backed up: run varve scrub.`;
    throw new ClientError('ObjectDamaged', message, { keys: report.missing.slice(0, MOST_NAMED) });
  },
};

const MOST_NAMED = 20;

function reportLines({ dataDir, madeAt, objects, linked, copied, there, withKeys }: RestoreReport): Line[] {
  const contents = `${counted(objects.count, 'object')} (${formatSize(objects.bytes)})`;
  return [
    line`Restored ${dataDir}, as of ${when(madeAt)}: ${contents}.`,
    `${linked} linked, ${copied} copied, ${there} there before.`,
    ...(withKeys ? [] : [`Put keys.json back from its copy before you start it: ${dataDir}/keys.json, mode 0600.`]),
    `Start it with: varve server --data ${dataDir}`,
  ];
}

async function sourceOf({ environment }: Context, from: string) {
  if (!from.startsWith('s3://')) {
    const { folderSource } = await import('../../local/keep/restore.ts');
    return folderSource(resolve(from));
  }
  const { openRemotePlace } = await import('../../local/keep/s3-place.ts');
  const { remoteSource } = await import('../../local/keep/fetch-backup.ts');
  return remoteSource(openRemotePlace(from, environment));
}
