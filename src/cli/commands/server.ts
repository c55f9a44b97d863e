import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import { DEFAULT_DATA_DIR } from '../../local/names.ts';
import type { Installation } from '../../local/server/installation.ts';
import { FolderError, StartError } from '../../local/start-error.ts';
import type { Command, Context, Input } from '../command.ts';
import { notifySystemd } from './notify-systemd.ts';
import { LISTENING_OPTIONS, listeningOf } from './server-listening.ts';

export const server: Command = {
  path: 'server',
  summary: 'Run the whole service on this machine, in one process.',
  details: [
    'The data lies in one folder (--data, by default .varve here), which this process has ' +
      'for itself. The API, the objects and everything that runs by the clock are behind one ' +
      'port of the loopback address, or where --socket or --listen says. Pages of other sites ' +
      'in a browser get no answer.',
    'With --listen, SIGHUP makes it read the certificate and the key again.',
    'Ctrl-C or SIGTERM ends it within 5 s. It may also be killed, and the power may go: what ' +
      'was acknowledged is there at the next start.',
    'The folder gets an administrator’s key (admin.key), which the other commands find by ' +
      'themselves, and the keys of encrypted disks (keys.json). Keep a copy of keys.json apart ' +
      'from the rest.',
    'With --objects the objects are in a bucket of any store that speaks S3 and keeps ' +
      'conditional writes. Its credentials come from the environment (AWS_ACCESS_KEY_ID, ' +
      'AWS_PROFILE and the like), and are never stored. Clients send blocks straight there. The ' +
      'folder then holds the catalogue and the keys.',
    'With --region it has further regions: snapshots are copied there, and disks are made from ' +
      'the copies. A place is empty at first, and is that region’s from then on. It may move ' +
      'with its files: name it again.',
    'The exit code is 0 if it was asked to end.',
  ],
  args: [],
  options: [
    ...LISTENING_OPTIONS,
    {
      name: 'objects',
      takes: 'text',
      value: 'S3-URL',
      summary:
        'At the first start: keep the objects in a bucket, s3://BUCKET?endpoint=URL&region=NAME. ' +
        'Later starts go on with it by themselves.',
    },
    {
      name: 'region',
      takes: 'text',
      value: 'NAME=PLACE',
      repeated: true,
      summary:
        'One more region, whose objects are in a folder of their own or in a bucket (s3://…). ' +
        'Later starts go on with it by themselves.',
    },
    {
      name: 'without-keys',
      takes: 'nothing',
      summary: 'Start though keys.json is lost. What is encrypted stays unreadable.',
    },
  ],
  examples: [
    { does: 'Run it here', line: 'varve server' },
    { does: 'Run it elsewhere', line: 'varve server --data /srv/varve --port 4200' },
    {
      does: 'With the objects in a bucket',
      line: 'varve server --data /srv/varve --objects "s3://my-disks?region=eu-central-1"',
    },
    {
      does: 'With a second region on another disk',
      line: 'varve server --data /srv/varve --region north=/mnt/north/varve',
    },
    { does: 'Only for programs of this user', line: 'varve server --socket' },
    {
      does: 'For other machines',
      line: 'varve server --listen 0.0.0.0:443 --tls-cert varve.crt --tls-key varve.key --host varve.example.com',
    },
  ],
  json: '`{url, adminKeyFile, dataDir, logFile, warnings}`, in one line as soon as the API answers.',
  run: (context, input) => runInstallation(context, input, async () => 'stay'),
};

/**
 * Starts the service, does `work` on it, and stays until it is asked to end, or as long as `work`
 * says.
 */
export async function runInstallation(
  context: Context,
  input: Input,
  work: (installation: Installation) => Promise<'stay' | 'end'>,
): Promise<void> {
  const { startInstallation } = await import('../../local/server/installation.ts');
  process.umask(0o077);
  const where = listeningOf(input);
  const began = performance.now();
  const installation = await startInstallation({
    dataDir: dataDirOf(input, context.environment),
    where,
    withoutKeys: input.has('without-keys'),
    objects: input.text('objects'),
    regions: input.texts('region'),
    environment: context.environment,
    tell: (line) => context.console.note(line),
  }).catch(throwAsFailure);
  if (where.kind === 'network') context.onHangup(installation.reload);
  announce(context, installation, performance.now() - began);
  await notifySystemd(context.environment, 'READY=1');
  const asked = aborted(context.signal);
  let isWorking = true;
  const worked = work(installation).then((then) => {
    isWorking = false;
    return then === 'stay' ? asked : undefined;
  });
  try {
    const lost = await Promise.race([installation.lost, asked, worked]);
    await notifySystemd(context.environment, 'STOPPING=1');
    if (lost !== undefined) throw new ClientError('ServerFailed', lost, OF_FOLDER);
    if (isWorking) throw stoppedEarly(context.signal);
  } finally {
    await installation.stop();
  }
}

function stoppedEarly({ reason }: AbortSignal): ClientError {
  const message = 'Stopped before it had ended. What is there stays.';
  return new ClientError('Interrupted', message, reason instanceof ClientError ? reason.extra : {});
}

export function dataDirOf(input: Input, environment: Context['environment']): string {
  const data = input.text('data');
  return resolve(data ?? (environment.VARVE_DATA || DEFAULT_DATA_DIR));
}

/** Of failures that `varve doctor` can say more about. */
export const OF_FOLDER = { subject: 'DATA_FOLDER' } as const;

export function throwAsFailure(error: unknown): never {
  if (!(error instanceof StartError)) throw error;
  const extra = error instanceof FolderError ? OF_FOLDER : {};
  throw new ClientError('ServerFailed', error.message, extra, error);
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort');
}

function announce({ console }: Context, { url, folder, logFile, warnings }: Installation, tookMs: number): void {
  const told = { url, adminKeyFile: folder.adminKey, dataDir: folder.path, logFile, warnings };
  console.announce(told, () => [
    `Varve is ready after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    ...consoleLines(url),
    `  API        ${url}`,
    `  Admin key  ${shown(folder.adminKey)}`,
    `  Data       ${shown(folder.path)}`,
    `  Log        ${shown(logFile)}`,
    '',
    ...warnings.flatMap((warning) => [warning, '']),
    'Ctrl-C ends it.',
  ]);
}

/** Browsers reach no sockets. */
function consoleLines(url: string): string[] {
  return url.startsWith('http+unix:') ? [] : [`  Console    ${new URL('/', url).href} (varve console signs you in)`];
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
