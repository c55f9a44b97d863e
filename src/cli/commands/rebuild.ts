import { ClientError } from '../../client/errors.ts';
import { VarveError } from '../../platform/errors.ts';
import { invokeLambda } from '../../platform/functions/lambda.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Context, Input } from '../command.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { UsageError } from '../usage-error.ts';
import { dataDirOf, throwAsFailure } from './server.ts';

/** The answer of the service's `rebuild` function. */
interface Report {
  readonly finished: boolean;
  readonly restored: number;
  readonly alreadyThere: number;
  readonly disks: readonly { readonly diskId: string; readonly asOf: string }[];
  readonly losses: readonly { readonly what: string; readonly why: string }[];
  readonly reclaimHeldBack: boolean;
  readonly fromCopy?: {
    readonly asOf: string;
    readonly apiKeys: number;
    readonly instances: number;
    readonly arrears: number;
    readonly instancesLost: readonly string[];
  };
  readonly apiKeys: readonly { readonly accountId: string; readonly apiKey: string }[];
}

export const rebuild: Command = asking({
  path: 'rebuild',
  summary: 'Rebuild a lost catalogue from the bucket.',
  details: [
    'It is for operators. Without --function it rebuilds the catalogue of the local data ' +
      'folder (--data), which must not be running. The damaged catalogue is put aside, not ' +
      'deleted.',
    'With --function it rebuilds the catalogue of an installation on AWS. It needs the ' +
      'rights that the environment gives (AWS_PROFILE and the like), and nobody may call the ' +
      'API meanwhile.',
    'It can be killed at any time, and the next run goes on. Until it is complete, nothing ' +
      'is freed and nothing ends by itself. varve server refuses a data folder whose catalogue ' +
      'was lost.',
    'The exit code is 5 while there are losses that are not accepted. Until then nothing is ' +
      'freed, so missing objects can still be put back. docs/operations.md says what comes ' +
      'back.',
  ],
  args: [],
  options: [
    { name: 'from-bucket', takes: 'nothing', summary: 'Needed, so that nobody rebuilds by mistake.' },
    {
      name: 'account',
      takes: 'text',
      value: 'ID',
      summary: 'Rebuild only this account. Other accounts do not change.',
    },
    {
      name: 'into-non-empty',
      takes: 'nothing',
      summary: 'Add what is missing to a catalogue that has disks. It is the step after a point-in-time recovery.',
    },
    { name: 'accept-losses', takes: 'nothing', summary: 'Accept what is lost.' },
    {
      name: 'without-keys',
      takes: 'nothing',
      summary: 'Go on without keys.json of the data folder. Encrypted disks and snapshots stay unreadable.',
    },
    {
      name: 'objects',
      takes: 'text',
      value: 'S3-URL',
      summary: 'The bucket of the objects, for a new data folder: s3://BUCKET?endpoint=URL&region=NAME.',
    },
    {
      name: 'take-over',
      takes: 'nothing',
      summary: 'The bucket is another installation’s, which does not use it any more.',
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
    {
      does: 'The machine is gone, and its bucket is there',
      line: 'varve rebuild --from-bucket --data .varve --objects "s3://my-disks?region=eu-central-1" --take-over',
    },
    { does: 'The table on AWS is gone', line: 'varve rebuild --from-bucket --function varve-production-rebuild' },
  ],
  json:
    '`{finished, restored, alreadyThere, disks: [{diskId, asOf}], losses: [{what, why}], ' +
    'reclaimHeldBack, fromCopy{asOf accounts apiKeys arrears instances jobs scrubs samples ' +
    'instancesLost}, apiKeys: [{accountId, ' +
    'apiKey}]}`.',
  run: async (context, input) => {
    const { console, signal } = context;
    if (!input.has('from-bucket')) throw new UsageError('Add --from-bucket to rebuild the catalogue.', 'rebuild');
    const event = {
      ...(input.text('account') !== undefined && { account: input.text('account') }),
      ...(input.has('into-non-empty') && { intoNonEmpty: true }),
      ...(input.has('accept-losses') && { acceptLosses: true }),
    };
    const name = input.text('function');
    if (name !== undefined && input.has('without-keys')) {
      throw new UsageError('--without-keys is for a data folder: on AWS the keys are in KMS.', 'rebuild');
    }
    const foreign = name === undefined ? undefined : ['objects', 'take-over'].find((option) => input.has(option));
    if (foreign !== undefined) throw new UsageError(`--${foreign} is for a data folder.`, 'rebuild');
    if (!(await decide(context, input, () => rebuildPlan(context, input, name)))) return;
    const report = await (name === undefined
      ? rebuildFolder(input, context, event)
      : invoke(name, event, signal)
    ).catch((error: unknown) => {
      throw signal.aborted ? withRepeatHint(signal.reason as ClientError) : error;
    });
    console.result(report, () => reportLines(report));
    if (report.losses.length === 0 || input.has('accept-losses')) return;
    throw new ClientError('ObjectDamaged', `${report.losses.length} versions or manifests are lost.`, {
      losses: report.losses.length,
    });
  },
});

function rebuildPlan({ environment }: Context, input: Input, name: string | undefined): Plan {
  const where = name ?? dataDirOf(input, environment);
  const adds = input.has('into-non-empty');
  return {
    doing: `rebuild the catalogue of ${where} from the bucket`,
    goes: [
      ...(adds ? [] : ['what the catalogue alone holds, such as changes of the last minutes']),
      ...(input.has('accept-losses') ? ['what is lost, which is then no longer waited for'] : []),
    ],
    stays: [
      'all objects of the bucket',
      ...(adds || name !== undefined ? [] : ['the catalogue that is there: it is put aside']),
    ],
    back: 'It can be killed at any time, and the next run goes on.',
    refusals: [],
  };
}

function reportLines({ restored, alreadyThere, disks, losses, reclaimHeldBack, fromCopy, apiKeys }: Report): string[] {
  return [
    `Restored ${restored} versions${alreadyThere === 0 ? '' : `; ${alreadyThere} were there already`}.`,
    ...disks.map(({ diskId, asOf }) => `Disk ${diskId} as of ${asOf}`),
    ...(fromCopy === undefined
      ? []
      : [
          `From the copy of the catalogue of ${fromCopy.asOf}: ${fromCopy.apiKeys} API keys, ` +
            `${fromCopy.instances} instances, ${fromCopy.arrears} changes of arrears. Revoke ` +
            'again what was revoked since.',
          ...fromCopy.instancesLost.map((id) => `Instance ${id} did not come back: its system disk is not there.`),
        ]),
    ...losses.map(({ what, why }) => `Lost: ${what}: ${why}`),
    ...apiKeys.map(({ accountId, apiKey }) => `New administrator's key of account ${accountId}: ${apiKey}`),
    ...(reclaimHeldBack
      ? ['Nothing is freed until each rebuild is complete without losses, or with --accept-losses.']
      : []),
  ];
}

async function rebuildFolder(
  input: Input,
  { environment, signal, console }: Context,
  options: object,
): Promise<Report> {
  const local = await import('../../local/server/rebuild.ts');
  return local
    .rebuildFolder({
      dataDir: dataDirOf(input, environment),
      withoutKeys: input.has('without-keys'),
      objects: input.text('objects'),
      takeOver: input.has('take-over'),
      environment,
      options,
      signal,
      tell: (line) => console.note(line),
    })
    .catch(throwAsFailure);
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
