import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Client } from '../../client/client.ts';
import type { Disk, Tag } from '../../client/service/disks.ts';
import type { Source } from '../../client/upload/source.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { Context, Input } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { encryptionKeyId } from './disk-create.ts';
import { parseTags } from './tags.ts';

/** Marks a disk that an import made and has not finished: how a rerun finds it. */
const IMPORT_TAG = 'varve:import';
const TAG_CHARS = 256;
const MOST_TAGS = 50; // of a disk, by the service's rules

/** The disk of an import, new or of an earlier run, and what to do with it in the end. */
export interface ImportDisk {
  readonly disk: Disk;
  /** Whether the same command finds it again. */
  readonly isMarked: boolean;
}

/** Refuses early what the service would refuse in the end, or call otherwise. */
export function refuseTags(input: Input): void {
  const tags = parseTags(input.texts('tag'));
  if (tags.length > MOST_TAGS)
    throw new UsageError(`--tag: a disk can have ${MOST_TAGS} tags, not ${tags.length}.`, 'disk import');
  if (tags.some(({ key }) => key === IMPORT_TAG))
    throw new UsageError(`--tag: ${IMPORT_TAG} is the tag of imports that are under way.`, 'disk import');
}

/**
 * Goes on with the disk of an interrupted import of the same source, or makes one. All pipes look
 * alike: only one that was given a name can be known again.
 */
export async function findOrCreate(
  context: Context,
  client: Client,
  source: Source,
  input: Input,
): Promise<ImportDisk> {
  const isMarked = source.kind === 'file' || input.has('name');
  const found = isMarked ? await unfinished(context, client, source, input) : undefined;
  return { disk: found ?? (await create(context, client, source, input, isMarked)), isMarked };
}

/**
 * The tags as they were asked for, without the mark. Tags that somebody gave the disk during the
 * import stay.
 */
export async function removeMark(client: Client, { disk, isMarked }: ImportDisk, input: Input): Promise<void> {
  if (!isMarked) return;
  const addTags = parseTags(input.texts('tag'));
  const asked = new Set(addTags.map(({ key }) => key));
  const others = input.has('tag') ? disk.tags.map(({ key }) => key).filter((key) => !asked.has(key)) : [];
  await client.disks.update({ diskId: disk.id, addTags, removeTags: [...new Set([IMPORT_TAG, ...others])] });
}

async function create(
  { region }: Context,
  client: Client,
  source: Source,
  input: Input,
  isMarked: boolean,
): Promise<Disk> {
  const sizeBytes = wantedSize(source, input);
  if (source.kind === 'file' && sizeBytes < source.sizeBytes) {
    throw new UsageError(
      `--size ${sizeText(sizeBytes)} is less than the ${sizeText(source.sizeBytes)} of the source.`,
      'disk import',
    );
  }
  return client.disks.create({
    region,
    name: wantedName(input),
    sizeBytes,
    encryptionKeyId: encryptionKeyId(input),
    tags: tagsUntilDone(input, isMarked ? source : undefined),
    clientToken: randomUUID(),
  });
}

/** With the mark there is room for one label less: that one comes in the end. */
function tagsUntilDone(input: Input, marked: Source | undefined): Tag[] {
  const tags = parseTags(input.texts('tag'));
  return marked ? [...tags.slice(0, MOST_TAGS - 1), { key: IMPORT_TAG, value: markOf(marked) }] : tags;
}

/**
 * The disk that an interrupted import of the same source made, among the newest ones. One that
 * something was committed to may have been put to another use since.
 */
async function unfinished(
  { region }: Context,
  client: Client,
  source: Source,
  input: Input,
): Promise<Disk | undefined> {
  const filter = { tags: [{ key: IMPORT_TAG, values: [markOf(source)] }] };
  const { nodes } = await client.disks.list({ region, filter, limit: 100 });
  const [name, keyId, sizeBytes] = [wantedName(input), encryptionKeyId(input), wantedSize(source, input)];
  return nodes.find(
    (disk) =>
      disk.version === 0 &&
      disk.sizeBytes === sizeBytes &&
      disk.encryption?.keyId === keyId &&
      (name === undefined || disk.name === name),
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

/**
 * The name given, or the file's where it keeps the rule for names. The service keeps names in this
 * form.
 */
function wantedName(input: Input): string | undefined {
  const given = input.text('name');
  return given === undefined ? nameOfFile(input.args[0] as string) : given.normalize('NFC');
}

function nameOfFile(path: string): string | undefined {
  const name = basename(path).normalize('NFC');
  const keepsRule = /^\p{L}\P{C}{1,127}$/u.test(name) && !/^https?:/i.test(name);
  const isLikeId = /^[a-z]{1,2}-[0-9a-z]{20}$/.test(name);
  return keepsRule && !isLikeId ? name : undefined;
}
