import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from '../../client/errors.ts';
import type { BackupReport } from '../../local/keep/backup.ts';
import type { BackupAnswer } from '../../local/keep/backups.ts';
import type { Progress } from '../../local/keep/thread-jobs.ts';
import type { LocalFunctions } from '../../platform/functions/local.ts';
import { invokeLocal, NoAnswerError } from '../../platform/functions/local.ts';
import type { Command, Context, Input } from '../command.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { counted, formatSize } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';
import { dataDirOf, throwAsFailure } from './server.ts';
import { noteOtherRegions } from './server-regions.ts';

export const serverBackup: Command = {
  path: 'server backup',
  summary: 'Back up the data folder, while the server runs or is stopped.',
  details: [
    'It is for operators. The backup holds the state of one instant: the catalogue, and ' +
      'every object that it names. While the server runs, everybody goes on working.',
    'DIR is an empty folder, or an earlier backup: what is there already is not copied ' +
      'again. On the same file system objects are hard links. These protect from deletion, and ' +
      'not from the end of the disk.',
    's3://bucket/prefix sends the backup to an object store, with the credentials, the ' +
      'region and the endpoint (AWS_ENDPOINT_URL_S3) that the environment gives. ' +
      'VARVE_S3_PATH_STYLE=1 is for stores without host names for buckets.',
    'keys.json is not in it: keep a copy of it apart, or what is encrypted cannot be read ' +
      'again. --with-keys puts it in. Then whoever has the backup can read everything.',
    'It can be killed at any time. The next run goes on, and the backup before it is whole ' +
      'until then. The exit code is 5 if objects were missing or not whole.',
    'The objects of further regions (server --region) are not in it. After a restore, name the ' +
      'places of these regions again.',
  ],
  args: [{ name: 'TO', summary: 'A folder, or s3://bucket/prefix.' }],
  options: [{ name: 'with-keys', takes: 'nothing', summary: 'Put keys.json in. Without it the backup opens nothing.' }],
  examples: [
    { does: 'Onto another disk', line: 'varve server backup /mnt/backup/varve' },
    { does: 'Into a bucket', line: 'varve server backup s3://my-backups/varve --data /srv/varve' },
  ],
  json:
    '`{to, madeAt, id, catalogue{file sizeBytes sha256}, objects{count bytes}, ' +
    'manifests{count bytes}, linked, copied, there, pruned, ' +
    'missing, installation, withKeys}`. With `s3://`, `copied` are those that were sent.',
  run: async (context, input) => {
    const { console, signal } = context;
    const [to = ''] = input.args;
    const report = await (to.startsWith('s3://')
      ? backUpRemote(context, input, to)
      : backUpTo(context, input, resolve(to))
    )
      .catch(throwAsFailure)
      .catch((error: unknown) => {
        throw signal.aborted ? withRepeatHint(signal.reason as ClientError) : error;
      })
      .finally(() => console.line(undefined));
    await noteOtherRegions(console, dataDirOf(input, context.environment), NOT_IN_IT);
    console.result(report, () => reportLines(report));
    if (report.missing.length === 0) return;
    throw new ClientError(
      'ObjectDamaged',
      `${counted(report.missing.length, 'object')} of the store ` +
        `${report.missing.length === 1 ? 'is' : 'are'} missing or not whole: run varve scrub.`,
      { keys: report.missing.slice(0, MOST_NAMED) },
    );
  },
};

const NOT_IN_IT = 'are not in the backup: they lie in places of their own, which need backups of their own.';
const MOST_NAMED = 20;

function reportLines(report: BackupReport): Line[] {
  const { to, madeAt, objects, manifests, catalogue, linked, copied, there, pruned, withKeys } = report;
  return [
    line`Backed up to ${to}, as of ${when(madeAt)}.`,
    `${counted(objects.count, 'object')} (${formatSize(objects.bytes)}), ` +
      `${counted(manifests.count, 'manifest')}, catalogue ${formatSize(catalogue.sizeBytes)}.`,
    `${linked} linked, ${copied} copied, ${there} there before, ${pruned} no longer needed.`,
    withKeys
      ? 'keys.json is in the backup: whoever has it can read everything.'
      : 'keys.json is not in the backup. Keep a copy of it apart: without it, what is ' +
        'encrypted cannot be read again.',
  ];
}

/** To a folder, or if `to` is undefined into the data folder's own, from where it is sent. */
async function backUpTo(context: Context, input: Input, to: string | undefined): Promise<BackupReport> {
  const { backUpStopped, noteBackup } = await import('../../local/keep/backup-stopped.ts');
  const { stagingOf } = await import('../../local/keep/backup-place.ts');
  const withKeys = input.has('with-keys');
  const running = await serverOf(context);
  if (running !== undefined) return throughServer(context, running, { ...(to !== undefined && { to }), withKeys });
  const dataDir = dataDirOf(input, context.environment);
  const progress = showOn(context);
  const wish = { dataDir, to: to ?? stagingOf(dataDir), withKeys };
  const report = await backUpStopped(wish, { signal: context.signal, progress });
  if (to !== undefined) noteBackup(dataDir, to);
  return report;
}

/** The running server, or nothing: then this process does the work. */
async function serverOf({ localFunctions }: Context): Promise<LocalFunctions | undefined> {
  try {
    return await localFunctions();
  } catch (error) {
    if (error instanceof ClientError && error.code === 'Unreachable') return undefined;
    throw error;
  }
}

const POLL_MS = 200;

async function throughServer(context: Context, server: LocalFunctions, start: object): Promise<BackupReport> {
  const { signal } = context;
  const progress = showOn(context);
  let answer = await ask(server, { start });
  while (answer.state === 'running') {
    if (signal.aborted) {
      await ask(server, { stop: answer.id });
      throw signal.reason;
    }
    if (answer.progress !== undefined) progress(answer.progress);
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    answer = await ask(server, { poll: answer.id });
  }
  if (answer.state === 'done') return answer.report;
  const message = answer.state === 'failed' ? answer.message : 'The server has started again: run the backup again.';
  throw new ClientError('ServerFailed', message);
}

async function ask(server: LocalFunctions, event: object): Promise<BackupAnswer> {
  try {
    return (await invokeLocal(server, 'backup', event)) as BackupAnswer;
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw new ClientError('BadAnswer', (error as Error).message, {}, error);
    throw new ClientError('Unreachable', 'The server does not answer any more: run the backup again.', {}, error);
  }
}

function showOn({ console }: Context): (progress: Progress) => void {
  return ({ objects, of }) => {
    console.line(`${objects} of ${counted(of, 'object')}`);
  };
}

const HEARTBEAT_MS = 10_000;

/**
 * Made within the data folder, by links where they are possible, and sent from there by this
 * process.
 */
async function backUpRemote(context: Context, input: Input, text: string): Promise<BackupReport> {
  const { openRemotePlace } = await import('../../local/keep/s3-place.ts');
  const { sendBackup } = await import('../../local/keep/send-backup.ts');
  const { noteBackup } = await import('../../local/keep/backup-stopped.ts');
  const place = openRemotePlace(text, context.environment);
  const report = await backUpTo(context, input, undefined);
  const server = await serverOf(context);
  const tell = async (sent: object) => server && (await ask(server, { sent }));
  const heartbeat = setInterval(() => void tell({ ended: false }).catch(() => undefined), HEARTBEAT_MS);
  let isSent = false;
  try {
    const options = { signal: context.signal, progress: showOn(context) };
    const { sent, there, pruned } = await sendBackup({ folder: report.to, manifest: report }, place, options);
    isSent = true;
    return { ...report, to: place.name, linked: 0, copied: sent, there, pruned };
  } finally {
    clearInterval(heartbeat);
    const to = isSent ? { to: place.name } : {};
    if (server !== undefined) await tell({ ...to, ended: true });
    else {
      if (isSent) noteBackup(dataDirOf(input, context.environment), place.name);
      await rm(report.to, { recursive: true, force: true });
    }
  }
}
