import { open } from 'node:fs/promises';
import type { Client } from '../../client/client.ts';
import { checkOutput } from '../../client/download/output.ts';
import { type OutputTarget, refuseUsedDescriptor } from '../../client/download/output-target.ts';
import { OUTPUT_FORMS, type OutputForm } from '../../client/download/partial.ts';
import type { ExpectedContents } from '../../client/download/proved-pages.ts';
import { ClientError } from '../../client/errors.ts';
import { deviceBytes } from '../../client/host/device-bytes.ts';
import { Meter } from '../../client/progress.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { Snapshot } from '../../client/service/snapshots.ts';
import { ReadyThreads } from '../../client/threads/ready-threads.ts';
import { isNamedForFormat } from '../../client/upload/image-format.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { parseRoot, ROOT_OPTION } from '../expected-root.ts';
import { findDisk, findSnapshot } from '../lookup.ts';
import { summaryText, transferFields, withProgress } from '../progress-line.ts';
import { withRepeatHint } from '../repeat-hint.ts';
import { formatSize } from '../sizes.ts';
import { type Line, line, when } from '../text.ts';
import { unreadableText } from '../unreadable-lines.ts';
import { UsageError } from '../usage-error.ts';

const OUTPUT = { name: 'OUTPUT', summary: 'File, block device, or - for standard output.' };
const FORCE: OptionSpec = { name: 'force', takes: 'nothing', summary: 'Overwrite an existing file, or a device.' };
const FORMATS = ['raw', 'qcow2'] as const;
const FORMAT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'format',
    takes: 'text',
    value: 'FORMAT',
    summary: 'raw, or qcow2: a file that qemu and others read. Default: raw.',
    choices: FORMATS,
  },
  {
    name: 'compression',
    takes: 'text',
    value: 'HOW',
    summary: 'How a qcow2 file is compressed: none, zlib or zstd. Default: none.',
    choices: OUTPUT_FORMS,
  },
];
const DETAILS = [
  'Every block is checked against its id, and every id against the root of the version, before it is written.',
  'A file is written as OUTPUT.partial. It gets its name when it is complete and on disk. ' +
    'Holes stay holes. After an interruption the same command goes on.',
  '--format qcow2 makes a sparse qcow2 file of version 3. zlib can be read by every program that ' +
    'knows qcow2, zstd by qemu since 5.1. An export that compresses begins again after an interruption.',
  'On a device, only the blocks that differ are written.',
  'With --force it asks on a terminal before it overwrites a file or a device.',
];
const JSON_FIELDS =
  '`{source, output, format, sizeBytes, root, version, resumed, readBytes, deduplicatedBytes, ' +
  'transferredBytes, storedBytes, seconds}`. ' +
  'There is no JSON if the output is `-`.';

export const diskExport: Command = asking({
  path: 'disk export',
  summary: 'Write a disk’s contents to an image file, a block device or standard output.',
  details: DETAILS,
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }, OUTPUT],
  options: [FORCE, ROOT_OPTION, ...FORMAT_OPTIONS],
  examples: [
    { does: 'To a sparse file', line: 'varve disk export web-root web-root.img' },
    { does: 'Compressed', line: 'varve disk export web-root - | zstd > web-root.img.zst' },
    { does: 'For qemu', line: 'varve disk export web-root web-root.qcow2 --format qcow2 --compression zstd' },
  ],
  json: JSON_FIELDS,
  run: (context, input) =>
    run(context, input, choiceOf(input, 'disk export'), (client) =>
      findDisk(client, input.args[0] as string, context.region),
    ),
});

export const snapshotExport: Command = asking({
  path: 'snapshot export',
  summary: 'Write a snapshot’s contents to an image file, a block device or standard output.',
  details: DETAILS,
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' }, OUTPUT],
  options: [FORCE, ROOT_OPTION, ...FORMAT_OPTIONS],
  examples: [{ does: 'To a device', line: 'varve snapshot export before-upgrade /dev/vdc --force' }],
  json: JSON_FIELDS,
  run: (context, input) =>
    run(context, input, choiceOf(input, 'snapshot export'), (client) =>
      findSnapshot(client, input.args[0] as string, context.region),
    ),
});

interface Choice {
  readonly expected: ExpectedContents | undefined;
  /** Of a qcow2 file. */
  readonly form: OutputForm | undefined;
}

function choiceOf(input: Input, command: string): Choice {
  const expected = parseRoot(input, command);
  const compression = input.choice('compression', OUTPUT_FORMS);
  if (input.choice('format', FORMATS) !== 'qcow2') {
    if (compression === undefined) return { expected, form: undefined };
    throw new UsageError('--compression goes with --format qcow2.', command);
  }
  if (input.args[1] === '-') {
    throw new UsageError('--format qcow2 needs a file: it cannot be written to standard output.', command);
  }
  return { expected, form: compression ?? 'none' };
}

async function run(
  context: Context,
  input: Input,
  { expected, form }: Choice,
  find: (client: Client) => Promise<Pick<Disk | Snapshot, 'id' | 'unreadable'>>,
): Promise<void> {
  const { console, client: connect } = context;
  const path = input.args[1] as string;
  const force = input.has('force');
  const target = path === '-' ? undefined : await checkOutput({ path, force });
  if (target === undefined) refuseUsedDescriptor(1, 'Standard output');
  else if (mayBeInUse(target)) console.note(`This system does not say whether ${path} is in use.`);
  if (!(await decide(context, input, () => overwritePlan(path, input.args[0] as string, target)))) return;
  if (form === undefined && isNamedForFormat(path)) {
    console.note(`${path} becomes a raw image, whatever its name says.`);
  }
  await using threads = new ReadyThreads(1);
  const client = await connect();
  const { id: source, unreadable } = await find(client);
  const lost = unreadableText(unreadable);
  if (lost !== undefined) console.note(`${lost} in ${source}; its show command lists them.`);
  const meter = new Meter();
  if (path === '-') {
    await withProgress(console, meter, 'download', () => client.exportTo(source, 1, { meter, expected, threads }));
    return console.note(summaryText(meter, 'download'));
  }
  const result = await withProgress(console, meter, 'download', () =>
    client.export(source, { path, force }, { meter, expected, form, threads }).catch((error: unknown) => {
      throw resumable(error);
    }),
  );
  if (result.resumed) console.note('Went on where an interrupted run had stopped.');
  const format: (typeof FORMATS)[number] = form === undefined ? 'raw' : 'qcow2';
  return console.result({ source, output: path, format, ...result, ...transferFields(meter) }, () => [
    `Exported ${source} to ${path}, every block verified.`,
    summaryText(meter, 'download'),
  ]);
}

async function overwritePlan(path: string, source: string, target: OutputTarget | undefined): Promise<Plan> {
  return {
    doing: `write the contents of ${source} to ${path === '-' ? 'standard output' : path}`,
    goes: target === undefined ? [] : await overwritten(path, target),
    stays: target?.kind === 'device' ? ['what lies behind it on the device'] : [],
    back: 'It cannot be brought back.',
    refusals: [],
  };
}

async function overwritten(path: string, target: OutputTarget): Promise<Line[]> {
  if (target.kind === 'file') {
    const { replaces } = target;
    if (replaces === undefined) return [];
    const { size, mtime } = replaces;
    return [line`the file ${path}, ${formatSize(size)}, written ${when(mtime.toISOString())}`];
  }
  await using device = await open(target.path, 'r');
  return [`what is on the device ${path}, ${formatSize(await deviceBytes(device))}`];
}

function mayBeInUse(target: OutputTarget): boolean {
  return target.kind === 'device' && target.mayBeInUse;
}

/** What a file or device got stays there, and is found by its blocks' ids. */
function resumable(error: unknown): unknown {
  return error instanceof ClientError && error.code === 'Interrupted' ? withRepeatHint(error) : error;
}
