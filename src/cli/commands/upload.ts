import { statSync } from 'node:fs';
import type { Client } from '../../client/client.ts';
import { Meter } from '../../client/progress.ts';
import type { Disk } from '../../client/service/disks.ts';
import { ReadyThreads } from '../../client/threads/ready-threads.ts';
import { type FileSource, openFileSource, type Source, streamSource } from '../../client/upload/source.ts';
import { inWords } from '../../client/upload/source-watch.ts';
import type { SyncResult } from '../../client/upload/sync-image.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { Context, Input } from '../command.ts';
import { summaryText, transferFields, withProgress } from '../progress-line.ts';
import { unreadableLines, unreadableText } from '../unreadable-lines.ts';
import { type FailedUpload, uploadFailure } from '../upload-failure.ts';
import { sourceChoice } from './source-options.ts';

export const SOURCE_SUMMARY = 'Raw image file, block device, or - for standard input.';
export const SYNC_JSON =
  '`{diskId, format, version, root, changed, resumed, writtenBlocks, trimmedBlocks, readBytes, ' +
  'deduplicatedBytes, transferredBytes, ' +
  'storedBytes, seconds, sourceChanges: [text], unreadable: {count, bytes, ranges: ' +
  '[{offsetBytes, lengthBytes}]}}`; with `--allow-change`, `sourceChanges` ' +
  'says how the source changed meanwhile. With `--on-read-error zero`, `unreadable` lists ' +
  'what became zeros because it could not be read.';

interface Upload {
  readonly disk: Disk;
  readonly source: Source;
  readonly input: Input;
  /** Whether the disk was made for it. */
  readonly isNew: boolean;
  readonly found?: FailedUpload['found'];
  readonly threads: ReadyThreads;
}

interface Done {
  readonly result: SyncResult;
  readonly meter: Meter;
  readonly source: Source;
}

/** Makes the disk's contents those of the source. */
export async function upload(
  { console, signal }: Context,
  client: Client,
  { disk, source, input, isNew, found, threads }: Upload,
): Promise<Done> {
  const meter = new Meter(source.kind === 'file' ? source.sizeBytes : undefined);
  // The size of a file is known: it cannot have broken off. A new disk is zeros behind the file's
  // end.
  const zeroRest = input.has('zero-rest') || (isNew && source.kind === 'file');
  try {
    const sync = () => client.sync(disk, source, { meter, zeroRest, threads, ...sourceChoice(input) });
    return { result: await withProgress(console, meter, 'upload', sync), meter, source };
  } catch (error) {
    throw uploadFailure(error, { disk, isNew, found, signal });
  }
}

/** The result of an upload, once there is nothing left to do. */
export function report({ console }: Context, disk: Disk, { result, meter, source }: Done): void {
  const { version, resumed, writtenBlocks, trimmedBlocks, sourceChanges, unreadable } = result;
  if (source.kind === 'file' && resumed) console.note('Went on where an interrupted run had stopped.');
  if (meter.readBytes < disk.sizeBytes) {
    const place = `${sizeText(meter.readBytes)} of ${sizeText(disk.sizeBytes)}`;
    console.note(`The source ended at ${place}; the rest of the disk is zeros now.`);
  }
  if (sourceChanges.length > 0) console.note(`The source changed while it was read: ${inWords(sourceChanges)}.`);
  const lost = unreadableText(unreadable);
  if (lost !== undefined) console.note(`${lost}.`);
  const value = {
    diskId: disk.id,
    format: (source.kind === 'file' && source.image?.format) || 'raw',
    version: version?.version ?? disk.version,
    root: version?.root ?? disk.root,
    changed: version !== undefined,
    resumed,
    writtenBlocks,
    trimmedBlocks,
    ...transferFields(meter),
    sourceChanges,
    unreadable,
  };
  console.result(value, () => [
    `Disk ${disk.id} ${value.changed ? `is at version ${value.version}` : 'was equal already'}.`,
    summaryText(meter, 'upload'),
    ...unreadableLines(unreadable),
  ]);
}

/** Of a file that is worth it. */
const MANY_BYTES = 64 * 1024 * 1024;

/** For an upload from this path: they start while the service is being asked. */
export function readyThreads(path: string | undefined): ReadyThreads {
  return new ReadyThreads(path !== undefined && bytesOf(path) >= MANY_BYTES ? 2 : 1);
}

/** 0 for what cannot be opened either, and says so then. */
function bytesOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** What a file or device is taken for, by what it is: as it is, unless said otherwise. */
export type Take = (source: FileSource) => Promise<FileSource>;

/** Opens the source for as long as `work` runs. */
export async function withSource(
  { console }: Context,
  { path, input, take }: { readonly path: string; readonly input: Input; readonly take?: Take },
  work: (source: Source) => Promise<void>,
): Promise<void> {
  if (path === '-') return work(streamSource(process.stdin, process.stdin.fd));
  let source = await openFileSource(path, { live: input.has('live') });
  try {
    if (source.mayBeInUse) console.note(`This system does not say whether ${path} is in use.`);
    if (take) source = await take(source);
    return await work(source);
  } finally {
    await source.close();
  }
}
