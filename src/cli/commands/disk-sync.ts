import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Client } from '../../client/client.ts';
import { Meter } from '../../client/progress.ts';
import type { Disk } from '../../client/service/disks.ts';
import { openFileSource, type Source, streamSource } from '../../client/upload/source.ts';
import type { SyncResult } from '../../client/upload/sync-image.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { findDisk } from '../lookup.ts';
import { summaryText, transferFields, withProgress } from '../progress-line.ts';
import { noteSameName } from '../same-name.ts';
import { uploadFailure } from '../upload-failure.ts';
import { UsageError } from '../usage-error.ts';
import { refuseLeased } from './break-lease.ts';
import { ENCRYPTION_OPTIONS, encryptionKeyId, finishCopy } from './disk-create.ts';
import { parseTags, TAG_OPTION } from './tags.ts';

const SOURCE_SUMMARY = 'Raw image file, block device, or - for standard input.';
const SYNC_JSON =
  '`{diskId, version, root, changed, resumed, writtenBlocks, trimmedBlocks, readBytes, deduplicatedBytes, transferredBytes, ' +
  'storedBytes, seconds}`.';

/** Marks a disk that an import made and has not finished: how a rerun finds it. */
const IMPORT_TAG = 'varve:import';
const TAG_CHARS = 256;

const ZERO_REST: OptionSpec = {
  name: 'zero-rest',
  takes: 'nothing',
  summary: 'Take a source that ends before the disk for whole: the rest of the disk becomes zeros.',
};

export const diskImport: Command = {
  path: 'disk import',
  summary: 'Make a disk from a raw image, a block device or standard input.',
  details: [
    'Blocks that the service has already are not sent. The disk shows nothing of the image until all of it is there. Stopped by Ctrl-C,\n' +
      'the same command goes on where it stopped; killed, at most some seconds before that, within 24 hours.',
    'A file smaller than --size is taken as it is, and the rest of the new disk is zeros. Standard input must bring all of --size: where it\n' +
      'ends earlier, as a pipe does that broke off, the import fails; --zero-rest says that it is meant to.',
  ],
  args: [{ name: 'SOURCE', summary: SOURCE_SUMMARY }],
  options: [
    {
      name: 'name',
      takes: 'text',
      value: 'NAME',
      summary: 'Name of the new disk. Default: the file’s name where it can be one.',
    },
    {
      name: 'size',
      takes: 'size',
      value: 'SIZE',
      summary: 'Size of the new disk. Default: that of the source; needed for -.',
    },
    {
      name: 'disk',
      takes: 'text',
      value: 'DISK',
      summary: 'Import to this disk instead of a new one: as disk sync does.',
    },
    ZERO_REST,
    ...ENCRYPTION_OPTIONS,
    TAG_OPTION,
  ],
  examples: [
    { does: 'An image file', line: 'varve disk import debian.img --name web-root' },
    { does: 'A block device', line: 'varve disk import /dev/vdb --name data' },
    { does: 'A compressed image', line: 'zstdcat disk.img.zst | varve disk import - --size 40G --name old' },
  ],
  json: SYNC_JSON,
  run: async (context, input) => {
    const path = input.args[0] as string;
    refuseMixture(input, path);
    await withSource(path, async (source) => {
      const client = await context.client();
      const given = input.text('disk');
      if (given !== undefined) {
        const disk = await findDisk(client, given, context.region);
        refuseLeased(disk);
        return report(context, disk, await run(context, client, { disk, source, input, isNew: false }));
      }
      const disk = (await unfinished(context, client, source, input)) ?? (await create(context, client, source, input));
      context.console.note(`Importing to disk ${disk.id} (${disk.name}).`);
      await noteSameName(context, 'disk', disk, client.disks.list);
      const done = await run(context, client, { disk, source, input, isNew: true });
      const tags = disk.tags.filter(({ key }) => key !== IMPORT_TAG);
      await client.disks.update({ diskId: disk.id, tags }).catch((error: unknown) => {
        throw uploadFailure(error, { disk, isNew: true, signal: context.signal });
      });
      return report(context, disk, done);
    });
  },
};

export const diskSync: Command = {
  path: 'disk sync',
  summary: 'Make a disk equal to a raw image, a block device or standard input.',
  details: [
    'Only what differs is sent; what became zeros becomes holes. The change takes place in one step at the end. Stopped by Ctrl-C,\n' +
      'the same command goes on where it stopped; killed, at most some seconds before that, within 24 hours.',
    'A source that ends before the disk, as a pipe does that broke off, is refused and the disk stays as it was; --zero-rest says that it is\n' +
      'meant to.',
    'Without SOURCE it finishes the encrypted copy that a disk waits for.',
  ],
  args: [
    { name: 'DISK', summary: 'Id or name of the disk.' },
    { name: 'SOURCE', summary: SOURCE_SUMMARY, optional: true },
  ],
  options: [ZERO_REST],
  examples: [
    { does: 'Bring a disk up to date', line: 'varve disk sync web-root debian.img' },
    { does: 'From a running machine’s device', line: 'varve disk sync web-data /dev/vdb' },
    { does: 'From another machine', line: 'ssh web dd if=/dev/vdb bs=4M | varve disk sync web-data -' },
  ],
  json: `${SYNC_JSON} Without SOURCE, a disk as for \`disk show\`.`,
  run: async (context, input) => {
    const { args } = input;
    const client = await context.client();
    const disk = await findDisk(client, args[0] as string, context.region);
    if (args[1] === undefined) {
      if (!disk.reencryption)
        throw new UsageError('SOURCE is missing: raw image file, block device, or -.', 'disk sync');
      const ready = await finishCopy(context, client, disk);
      return context.console.result(ready, () => [`Disk ${ready.id} is ready.`]);
    }
    refuseLeased(disk);
    return withSource(args[1], async (source) =>
      report(context, disk, await run(context, client, { disk, source, input, isNew: false })),
    );
  },
};

interface Upload {
  readonly disk: Disk;
  readonly source: Source;
  readonly input: Input;
  /** Whether the disk was made for it. */
  readonly isNew: boolean;
}

interface Done {
  readonly result: SyncResult;
  readonly meter: Meter;
  readonly source: Source;
}

async function run(
  { console, signal }: Context,
  client: Client,
  { disk, source, input, isNew }: Upload,
): Promise<Done> {
  const meter = new Meter(source.kind === 'file' ? source.sizeBytes : undefined);
  // The size of a file is known: it cannot have broken off, and a new disk is zeros where the file has nothing.
  const zeroRest = input.has('zero-rest') || (isNew && source.kind === 'file');
  try {
    const sync = () => client.sync(disk, source, { meter, zeroRest });
    return { result: await withProgress(console, meter, 'upload', sync), meter, source };
  } catch (error) {
    throw uploadFailure(error, { disk, isNew, signal });
  }
}

function report({ console }: Context, disk: Disk, { result, meter, source }: Done): void {
  const { version, resumed, writtenBlocks, trimmedBlocks } = result;
  if (source.kind === 'file' && resumed) console.note('Went on where an interrupted run had stopped.');
  if (meter.readBytes < disk.sizeBytes) {
    console.note(
      `The source ended at ${meter.readBytes} of ${disk.sizeBytes} bytes; the rest of the disk is zeros now.`,
    );
  }
  const value = {
    diskId: disk.id,
    version: version?.version ?? disk.version,
    root: version?.root ?? disk.root,
    changed: version !== undefined,
    resumed,
    writtenBlocks,
    trimmedBlocks,
    ...transferFields(meter),
  };
  console.result(value, () => [
    `Disk ${disk.id} ${value.changed ? `is at version ${value.version}` : 'was equal already'}.`,
    summaryText(meter, 'upload'),
  ]);
}

function refuseMixture(input: Input, path: string): void {
  const disk = input.has('disk');
  const other = ['name', 'size', 'encrypted', 'key', 'tag'].find((name) => disk && input.has(name));
  if (other !== undefined)
    throw new UsageError(`--${other} is for new disks and does not go with --disk.`, 'disk import');
  if (path === '-' && !disk && !input.has('size')) {
    throw new UsageError('--size is missing: standard input does not tell its size beforehand.', 'disk import');
  }
}

async function withSource(path: string, work: (source: Source) => Promise<void>): Promise<void> {
  if (path === '-') return work(streamSource(process.stdin));
  const source = await openFileSource(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

async function create({ region }: Context, client: Client, source: Source, input: Input): Promise<Disk> {
  const sizeBytes = wantedSize(source, input);
  if (source.kind === 'file' && sizeBytes < source.sizeBytes) {
    throw new UsageError(
      `--size ${sizeBytes} is less than the ${source.sizeBytes} bytes of the source.`,
      'disk import',
    );
  }
  return client.disks.create({
    region,
    name: wantedName(input),
    sizeBytes,
    encryptionKeyId: encryptionKeyId(input),
    tags: [...parseTags(input.texts('tag')), { key: IMPORT_TAG, value: markOf(source) }],
    clientToken: randomUUID(),
  });
}

/** The disk that an interrupted import of the same source made, among the newest ones. */
async function unfinished(
  { region }: Context,
  client: Client,
  source: Source,
  input: Input,
): Promise<Disk | undefined> {
  const filter = { tags: [{ key: IMPORT_TAG, values: [markOf(source)] }] };
  const { nodes } = await client.disks.list({ region, filter, limit: 100 });
  const name = wantedName(input);
  const [encrypted, sizeBytes] = [encryptionKeyId(input) !== undefined, wantedSize(source, input)];
  return nodes.find(
    (disk) =>
      disk.sizeBytes === sizeBytes && disk.encrypted === encrypted && (name === undefined || disk.name === name),
  );
}

function markOf(source: Source): string {
  return source.label.slice(0, TAG_CHARS);
}

function wantedSize(source: Source, input: Input): number {
  const sizeBytes = input.number('size') ?? (source.kind === 'file' ? source.sizeBytes : undefined);
  if (sizeBytes === undefined) throw new Error('a stream needs a size');
  return sizeBytes;
}

/** The name given, or the file's where it keeps the rule for names. */
function wantedName(input: Input): string | undefined {
  const given = input.text('name');
  if (given !== undefined) return given;
  const name = basename(input.args[0] as string);
  return /^\p{L}.{1,127}$/u.test(name) && !/^https?:/.test(name) ? name : undefined;
}
