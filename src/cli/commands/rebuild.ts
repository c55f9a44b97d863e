import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ClientError } from '../../client/errors.ts';
import { VarveError } from '../../platform/errors.ts';
import { invokeLambda } from '../../platform/functions/lambda.ts';
import type { Command, Input } from '../command.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { UsageError } from '../usage-error.ts';

/** The answer of the service's `rebuild` function. */
interface Report {
  readonly finished: boolean;
  readonly restored: number;
  readonly alreadyThere: number;
  readonly disks: readonly { readonly diskId: string; readonly asOf: string }[];
  readonly losses: readonly { readonly what: string; readonly why: string }[];
  readonly reclaimHeldBack: boolean;
  readonly apiKeys: readonly { readonly accountId: string; readonly apiKey: string }[];
}

export const rebuild: Command = {
  path: 'rebuild',
  summary: 'Make a lost catalogue anew from what lies in the bucket.',
  details: [
    'For operators: without --function that of the local data folder (--data), which must not be running; its damaged catalogue is put ' +
      'aside, not deleted. With --function that of an installation on AWS, by the rights that the environment gives (AWS_PROFILE and the ' +
      'like), while nobody calls its API.',
    'It can be killed at any time; running it again goes on. Until it has come to its end nothing is freed, nothing ends by itself, and ' +
      'npm start refuses a data folder whose catalogue was lost. docs/operations.md tells what comes back and what does not. The exit code ' +
      'is 5 while there are losses that are not accepted: until then nothing is freed, so what is missing may still be put back.',
  ],
  args: [],
  options: [
    { name: 'from-bucket', takes: 'nothing', summary: 'Say that this is meant: needed.' },
    { name: 'account', takes: 'text', value: 'ID', summary: 'Only this account; what others have stays untouched.' },
    {
      name: 'into-non-empty',
      takes: 'nothing',
      summary: 'Add what is missing to a catalogue that has disks; the step after point-in-time recovery.',
    },
    { name: 'accept-losses', takes: 'nothing', summary: 'Give up what is lost.' },
    {
      name: 'without-keys',
      takes: 'nothing',
      summary: 'Go on though keys.json of the data folder is lost: what is encrypted stays unreadable.',
    },
    {
      name: 'function',
      takes: 'text',
      value: 'NAME',
      summary: 'The function on AWS, such as varve-production-rebuild.',
    },
  ],
  examples: [
    { does: 'The local catalogue is gone', line: 'varve rebuild --from-bucket --data .varve' },
    { does: 'The table on AWS is gone', line: 'varve rebuild --from-bucket --function varve-production-rebuild' },
  ],
  json:
    '`{finished, restored, alreadyThere, disks: [{diskId, asOf}], losses: [{what, why}], reclaimHeldBack, apiKeys: [{accountId, ' +
    'apiKey}]}`.',
  run: async ({ console, signal }, input) => {
    if (!input.has('from-bucket')) throw new UsageError('Add --from-bucket to make the catalogue anew.', 'rebuild');
    const event = {
      ...(input.text('account') !== undefined && { account: input.text('account') }),
      ...(input.has('into-non-empty') && { intoNonEmpty: true }),
      ...(input.has('accept-losses') && { acceptLosses: true }),
    };
    const name = input.text('function');
    if (name !== undefined && input.has('without-keys')) {
      throw new UsageError('--without-keys is for a data folder: on AWS the keys are in KMS.', 'rebuild');
    }
    const report = await (name === undefined ? rebuildFolder(input, event, signal) : invoke(name, event, signal)).catch(
      (error: unknown) => {
        throw signal.aborted ? withRepeatHint(signal.reason as ClientError) : error;
      },
    );
    console.result(report, () => reportLines(report));
    if (report.losses.length === 0 || input.has('accept-losses')) return;
    throw new ClientError('ObjectDamaged', `${report.losses.length} versions or manifests are lost.`, {
      losses: report.losses.length,
    });
  },
};

function reportLines({ restored, alreadyThere, disks, losses, reclaimHeldBack, apiKeys }: Report): string[] {
  return [
    `Restored ${restored} versions${alreadyThere === 0 ? '' : `; ${alreadyThere} were there`}.`,
    ...disks.map(({ diskId, asOf }) => `Disk ${diskId} as of ${asOf}`),
    ...losses.map(({ what, why }) => `Lost: ${what}: ${why}`),
    ...apiKeys.map(({ accountId, apiKey }) => `New administrator's key of account ${accountId}: ${apiKey}`),
    ...(reclaimHeldBack
      ? ['Nothing is freed until each rebuild has come to its end without losses, or with --accept-losses.']
      : []),
  ];
}

const PROGRAM = new URL('../../src/local/rebuild-main.ts', import.meta.url); // from dist/cli

async function rebuildFolder(input: Input, event: object, signal: AbortSignal): Promise<Report> {
  const data = resolve(input.text('data') ?? '.varve');
  const args = [fileURLToPath(PROGRAM), '--data', data, '--event', JSON.stringify(event)];
  if (input.has('without-keys')) args.push('--without-keys');
  // By its channel it hears that this process is gone, however it went.
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGTERM',
  }) as ChildProcessByStdio<null, Readable, Readable>;
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close').then(([status]) => status as number | null),
  ]);
  if (code === 0) return JSON.parse(stdout) as Report;
  throw new ClientError('BadAnswer', stderr.trim() || `The rebuild ended with exit code ${code}.`, { data });
}

async function invoke(name: string, event: object, signal: AbortSignal): Promise<Report> {
  for (;;) {
    const report = (await invokeLambda(name, event, { signal }).catch((error: unknown) => {
      const code = error instanceof VarveError ? error.code : 'BadAnswer';
      throw new ClientError(code, `${name}: ${(error as Error).message}`, { function: name }, error);
    })) as Report;
    if (report.finished) return report;
  }
}
