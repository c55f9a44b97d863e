import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attachment, openAttached } from '../../src/attach/open/open.ts';
import { type Client, openClient } from '../../src/client/client.ts';
import { Patience } from '../../src/client/flow/patience.ts';
import { Meter } from '../../src/client/progress.ts';
import { blockKeysOf, createUnwrapper } from '../../src/client/service/keys.ts';
import { openFileSource } from '../../src/client/upload/source.ts';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { type BlockKeys, blockIdOf } from '../../src/engine/blocks/object-form.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import type { Acknowledged } from './acknowledged.ts';
import { backingUp } from './backing-up.ts';
import { writeBlocks } from './block-client.ts';
import { type Blocks, bytesOf, type Contents, newBlock } from './contents.ts';
import type { ServerSays } from './server-main.ts';

const never = new AbortController().signal;
/** For a server that is killed and starts again, on a machine that has other work. */
const PATIENCE_MS = 300_000;

export interface Workload {
  readonly acknowledged: Acknowledged;
  readonly says: ServerSays;
  /** Where backups go, on the same disk. */
  readonly backups: string;
  /** The data folder, in which clients stage objects. */
  readonly data: string;
  /** For what a client keeps. */
  readonly folder: string;
  readonly random: () => number;
}

interface Lane extends Workload {
  readonly blocks: Blocks;
  readonly client: Client;
  readonly name: string;
}

/** Of a client of the folder's owner. The disk is too small to keep anything in reserve. */
function endpointOf({ says: { url, apiKey }, data }: Workload) {
  return { url, apiKey, objectFolder: { origin: new URL(url).origin, dataDir: data, reserveBytes: 0 } };
}

/** Everything that a server is asked for, by several callers at once. Ends when all have ended. */
export async function runWorkload(workload: Workload): Promise<void> {
  const keyFile = join(workload.folder, 'keys.json');
  await writeFile(keyFile, workload.says.keys, { mode: 0o600 });
  const endpoint = endpointOf(workload);
  const client = openClient({ endpoint, keyFile, signal: never, patience: new Patience({ ms: PATIENCE_MS }) });
  await client.account.openSnapshotService((await client.account.snapshotService()).currentTerms);
  const blocks: Blocks = new Map();
  const lane = (name: string): Lane => ({ ...workload, client, blocks, name });
  try {
    await Promise.all([
      importing(lane('library')),
      changing(lane('plain'), false),
      changing(lane('sealed'), true),
      growing(lane('large')),
      flushing(lane('attached')),
      backingUp(lane('backups')),
    ]);
    await alone(lane('alone'));
  } finally {
    client.close();
  }
}

const pick = <T>({ random }: Lane, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function createDisk({ client, acknowledged, name }: Lane, blocks: number, encrypted: boolean): Promise<string> {
  const empty: Contents = Array.from({ length: blocks }, () => null);
  const input = { name, sizeBytes: blocks * BLOCK_BYTES, encrypted, clientToken: randomUUID() };
  return acknowledged.created(empty, async () => (await client.disks.create(input)).id);
}

async function snapshot({ client, acknowledged }: Lane, diskId: string, contents: Contents): Promise<string> {
  const input = { diskId, tags: [], clientToken: randomUUID() };
  return acknowledged.created(contents, async () => (await client.snapshots.create(input)).id);
}

async function forget({ client, acknowledged }: Lane, snapshotId: string): Promise<void> {
  await acknowledged.changed(snapshotId, 'gone', () =>
    untilDone(
      async () => {
        const [result] = await client.snapshots.delete([snapshotId], false);
        if (result?.deleted !== true) throw new Error(`${snapshotId}: ${JSON.stringify(result)}`);
      },
      () => isGone(client.snapshots.get(snapshotId)),
    ),
  );
}

async function release({ client, acknowledged }: Lane, diskId: string): Promise<void> {
  await acknowledged.changed(diskId, 'gone', () =>
    untilDone(
      async () => {
        await client.disks.release({ diskId });
      },
      () => isGone(client.disks.get(diskId)),
    ),
  );
}

/** For calls that the client does not repeat when the server dies meanwhile. */
async function untilDone(call: () => Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'Unreachable') throw error;
      if (await isDone()) return;
    }
  }
}

async function isGone(found: Promise<unknown>): Promise<boolean> {
  try {
    await found;
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === 'NotFound') return true;
    throw error;
  }
}

/** Some blocks change, some become zeros, and some become what they were before. */
function changed(lane: Lane, before: Contents, known: readonly ObjectId[]): Contents {
  return before.map((id) => {
    const kind = lane.random();
    if (kind < 0.5) return id;
    if (kind < 0.58) return null;
    if (kind < 0.7 && known.length > 0) return pick(lane, known);
    return newBlock(lane.blocks, 100 + Math.floor(lane.random() * 12_000));
  });
}

const knownIn = (all: readonly Contents[]) => all.flat().filter((id) => id !== null);

const LIBRARY_ROUNDS = 5;

/** Imports and syncs of the client library, with its threads. */
async function importing(lane: Lane): Promise<void> {
  const { client, acknowledged, blocks } = lane;
  const path = join(lane.folder, `${lane.name}.img`);
  const diskId = await createDisk(lane, 8, false);
  let contents: Contents = Array.from({ length: 8 }, () => null);
  for (let round = 0; round < LIBRARY_ROUNDS; round++) {
    contents = changed(lane, contents, knownIn([contents]));
    await writeFile(path, bytesOf(contents, blocks));
    const source = await openFileSource(path);
    const disk = await client.disks.get(diskId);
    if (disk === null) throw new Error(`${diskId} is gone`);
    await acknowledged.changed(diskId, contents, async () => {
      await client.sync(disk, source, { meter: new Meter() });
    });
    await source.close();
    await snapshot(lane, diskId, contents);
  }
}

const CHANGES = 14;
const KEPT_SNAPSHOTS = 3;

/** Commits, snapshots, deletions, rollbacks, and in the end the release of everything. */
async function changing(lane: Lane, encrypted: boolean): Promise<void> {
  const { client, acknowledged } = lane;
  for (let life = 0; life < 2; life++) {
    const diskId = await createDisk(lane, 10, encrypted);
    const keys = encrypted ? await keysOf(lane, diskId) : undefined;
    let contents: Contents = Array.from({ length: 10 }, () => null);
    const all: Contents[] = [];
    const snapshots: { readonly id: string; readonly contents: Contents }[] = [];
    for (let round = 0; round < CHANGES; round++) {
      const target = snapshots.length > 0 && lane.random() < 0.2 ? pick(lane, snapshots) : undefined;
      if (target === undefined) {
        contents = changed(lane, contents, knownIn(all));
        all.push(contents);
        await commit(lane, diskId, contents, keys);
      } else {
        contents = target.contents;
        await acknowledged.changed(diskId, contents, async () => {
          const input = {
            diskId,
            snapshotId: target.id,
            dryRun: false,
            safetySnapshot: false,
            clientToken: randomUUID(),
          };
          await client.disks.rollBack(input);
        });
      }
      if (lane.random() < 0.6) snapshots.push({ id: await snapshot(lane, diskId, contents), contents });
      if (snapshots.length > KEPT_SNAPSHOTS) await forget(lane, snapshots.shift()?.id ?? '');
    }
    if (life === 1) return;
    for (const { id } of snapshots) await forget(lane, id);
    await release(lane, diskId);
  }
}

async function commit(lane: Lane, diskId: string, contents: Contents, keys?: BlockKeys): Promise<void> {
  const disk = await lane.client.disks.get(diskId);
  if (disk === null) throw new Error(`${diskId} is gone`);
  await lane.acknowledged.changed(diskId, contents, () =>
    writeBlocks(lane.client.graphql, disk, { contents, blocks: lane.blocks, keys }),
  );
}

const keysOf = (lane: Lane, id: string) =>
  blockKeysOf(lane.client.account, createUnwrapper(join(lane.folder, 'keys.json')), id);

const MANY = 94; // more than one transaction takes

/** Commits in steps, and then so much to reclaim that it takes several turns. */
async function growing(lane: Lane): Promise<void> {
  let before: ObjectId[] = [];
  for (let life = 0; life < 3; life++) {
    const diskId = await createDisk(lane, MANY, false);
    // Half of it is what the last one had, which is dead by now, and maybe on its way out.
    const old = before.slice(0, MANY / 2);
    const own = Array.from({ length: MANY - old.length }, () => newBlock(lane.blocks, 50));
    before = [...own, ...old];
    await commit(lane, diskId, before);
    const id = await snapshot(lane, diskId, before);
    await commit(
      lane,
      diskId,
      before.map((block, at) => (at % 3 === 0 ? null : block)),
    );
    await forget(lane, id);
    await release(lane, diskId);
    await sleep(700 + Math.floor(lane.random() * 600));
  }
}

const ALONE = 50;

/** One call after the other, so that no other caller's sync helps. */
async function alone(lane: Lane): Promise<void> {
  const diskId = await createDisk(lane, 2, false);
  for (let round = 0; round < ALONE; round++) await commit(lane, diskId, [newBlock(lane.blocks, 3000), null]);
}

const WRITES = 40;

/** An attached disk, whose flushes reach the service. */
async function flushing(lane: Lane): Promise<void> {
  const { acknowledged } = lane;
  const diskId = await createDisk(lane, 4, false);
  const bytes = Buffer.alloc(4 * BLOCK_BYTES);
  const { device } = await attach(lane, diskId);
  let acknowledge = (): void => undefined;
  for (let write = 0; write < WRITES; write++) {
    const offset = Math.floor((lane.random() * (bytes.length - 4096)) / 512) * 512;
    const data = Buffer.alloc(4096, `write ${write} `);
    data.copy(bytes, offset);
    acknowledge = acknowledged.begun(diskId, contentsOf(lane, bytes));
    await device.write(offset, data, never);
    if (lane.random() < 0.4) {
      await device.flush(never);
      acknowledge();
    } else await sleep(lane.random() * 40);
  }
  await device.close();
  acknowledge();
}

/** Nobody waits long for a service at the beginning: it may be down. */
async function attach(lane: Lane, id: string): Promise<Attachment> {
  for (;;) {
    try {
      return await openAttached({
        id,
        endpoint: endpointOf(lane),
        readOnly: false,
        durability: 'remote',
        holder: 'power',
        steal: true,
        stateFolder: join(lane.folder, 'state'),
        cacheFolder: join(lane.folder, 'cache'),
        versionsFolder: join(lane.folder, 'versions'),
        limits: { memoryBlocks: 44, heldBlocks: 8, uploads: 4, fetches: 8, writeBackMs: 150, patienceMs: PATIENCE_MS },
        onEvent: () => undefined,
        log: SILENT_LOG,
        signal: never,
      });
    } catch (error) {
      if ((error as { code?: string }).code !== 'Unreachable') throw error;
    }
  }
}

function contentsOf({ blocks }: Lane, bytes: Buffer): Contents {
  return Array.from({ length: bytes.length / BLOCK_BYTES }, (_, at) => {
    const block = Buffer.from(bytes.subarray(at * BLOCK_BYTES, (at + 1) * BLOCK_BYTES));
    if (block.every((byte) => byte === 0)) return null;
    const id = blockIdOf(block);
    blocks.set(id, block);
    return id;
  });
}
