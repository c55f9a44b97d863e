import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Client } from '../../src/client/client.ts';
import { createDatapath } from '../../src/client/service/datapath.ts';
import { blockKeysOf, createUnwrapper } from '../../src/client/service/keys.ts';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import type { BlockKeys } from '../../src/engine/blocks/object-form.ts';
import { readManifest } from '../../src/engine/books/manifest.ts';
import { mapBounded } from '../../src/platform/bounded.ts';
import { missing } from '../../src/platform/objects/folder/places.ts';
import { filesBelow } from '../support/files-below.ts';
import type { Expected } from './acknowledged.ts';
import { type Contents, sameContents } from './contents.ts';
import type { StoredObjects } from './stored-objects.ts';

const never = new AbortController().signal;
const AT_ONCE = 8;

export interface Reader {
  readonly client: Client;
  readonly keyFile: string;
  readonly stored: StoredObjects;
}

/** Everything that was acknowledged is there, bit for bit, and what was deleted is not. */
export async function wrongStates(reader: Reader, expected: Expected): Promise<string[]> {
  const { client } = reader;
  const [disks, snapshots] = await Promise.all([
    client.disks.list({ region: undefined, filter: {}, limit: 1000 }),
    client.snapshots.list({ region: undefined, filter: {}, limit: 1000 }),
  ]);
  const there = new Set([...disks.nodes, ...snapshots.nodes].map(({ id }) => id));
  const others = [...there].filter((id) => !(id in expected.states));
  const faults = others.length > expected.mostOthers ? [`nobody made ${others.join(', ')}`] : [];
  const each = await mapBounded(Object.entries(expected.states), AT_ONCE, async ([id, states]) => {
    if (!there.has(id)) return states.includes('gone') ? [] : [`${id} is lost`];
    const wanted = states.filter((state): state is Contents => state !== 'gone');
    if (wanted.length === 0) return [`${id} was deleted, and is there`];
    try {
      const contents = await readContents(reader, id);
      return wanted.some((state) => sameContents(contents, state)) ? [] : [`${id} has other contents`];
    } catch (error) {
      return [`${id} cannot be read: ${(error as Error).message}`];
    }
  });
  return [...faults, ...each.flat()];
}

/** Reads everything back, as a client does. Each block is held against its id. */
async function readContents(reader: Reader, source: string): Promise<Contents> {
  const { client, keyFile } = reader;
  const keys = await blockKeysOf(client.account, createUnwrapper(keyFile), source);
  const map = await createDatapath(client.graphql, never).blockMap({ source, startIndex: 0 }, true);
  if (map.nextIndex !== null) throw new Error('it has more blocks than one map holds');
  const contents: (ObjectId | null)[] = Array.from({ length: Math.ceil(map.sizeBytes / BLOCK_BYTES) }, () => null);
  await mapBounded(map.blocks, AT_ONCE, async ({ index, id, url }) => {
    contents[index] = await readBlock(reader, { id, url: url ?? '', keys });
  });
  return contents;
}

interface Block {
  readonly id: ObjectId;
  readonly url: string;
  readonly keys: BlockKeys | undefined;
}

async function readBlock({ stored }: Reader, { id, url, keys }: Block): Promise<ObjectId> {
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`block ${id} answers ${response.status}`);
  return stored.blockSum(id, bytes, keys);
}

/** No file lies in its place with other bytes than its name says, with references or without. */
export async function wrongFiles(root: string, stored: StoredObjects): Promise<string[]> {
  const faults = await mapBounded(filesBelow(root), AT_ONCE, async (path) => {
    const bytes = await readFile(path).catch(missing);
    if (bytes === undefined) return []; // a newer manifest has taken its place
    try {
      if (path.startsWith(join(root, 'objects'))) stored.require(basename(path) as ObjectId, bytes);
      else if (path.startsWith(join(root, 'manifests'))) requireManifest(bytes);
      return [];
    } catch (error) {
      return [`${path.slice(root.length)}: ${(error as Error).message}`];
    }
  });
  return faults.flat();
}

function requireManifest(bytes: Buffer): void {
  const manifest = readManifest(bytes);
  if (typeof manifest === 'string') throw new Error(manifest);
}

/**
 * A client that sends everything again believes the service where it says that it has a block:
 * these must be there.
 */
export async function wronglyPresent(reader: Reader, sent: readonly ObjectId[]): Promise<string[]> {
  const { client } = reader;
  // Keys outlive a cut, too.
  await client.disks.create({ name: 'sealed-probe', sizeBytes: BLOCK_BYTES, encrypted: true });
  const disk = await client.disks.create({ name: 'probe', sizeBytes: 1024 * BLOCK_BYTES });
  if (sent.length === 0) return [];
  const datapath = createDatapath(client.graphql, never);
  const wanted = sent.map((id) => ({ id }));
  const prepared = await datapath.prepareUpload(disk.id, wanted);
  const present = sent.filter((_, at) => prepared[at]?.state === 'PRESENT');
  if (present.length === 0) return [];
  const writes = present.map((id, index) => ({ index, id }));
  await datapath.commitBlocks({ target: disk.id, expectedVersion: disk.version, writes, trims: [] });
  const probe = [...present, ...Array.from({ length: 1024 - present.length }, () => null)];
  return wrongStates(reader, { states: { [disk.id]: [probe] }, mostOthers: Number.POSITIVE_INFINITY });
}
