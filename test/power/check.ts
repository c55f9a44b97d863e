import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../src/client/client.ts';
import { blockKeysOf, createUnwrapper } from '../../src/client/service/keys.ts';
import { createDatapath } from '../../src/client/service/datapath.ts';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { readManifest } from '../../src/engine/books/manifest.ts';
import { decodeObject, requireSealedForm } from '../../src/engine/blocks/object-form.ts';
import { startServer } from '../../src/local/server/server.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';
import { missing } from '../../src/platform/objects/folder/places.ts';
import type { Expected } from './acknowledged.ts';
import { readContents } from './block-client.ts';
import { type Contents, sameContents } from './contents.ts';

const never = new AbortController().signal;

export interface AfterCut {
  /** The data folder, on the file system as the cut left it. */
  readonly folder: string;
  readonly expected: Expected;
  /** Every plain block that was ever sent before the cut. */
  readonly sent: readonly ObjectId[];
  /** What the API key was, if the start had been acknowledged. */
  readonly apiKey?: string | undefined;
}

/** What is wrong after a power cut. Nothing, if the server keeps its word. */
export async function faultsAfterCut(after: AfterCut): Promise<string[]> {
  const { folder } = after;
  const lines: string[] = [];
  {const u = process.cpuUsage(); console.log(`T start ${Math.round(performance.now())} cpu ${Math.round((u.user + u.system) / 1000)}`);}
  makeFolder(folder);
  const server = await startServer({
    folder,
    port: 0,
    // Nothing is freed now: what is dead and not yet being freed must still be there.
    settings: { ...parseUpkeep({ VARVE_LOG: 'warn' }), reclaimGraceMs: 24 * 3600_000 },
    timeZone: 'UTC',
    operatorSecret: 'nobody calls the operator here',
    writeLog: (line) => lines.push(line),
  });
  const key = (await readFile(join(folder, 'admin.key'), 'utf8')).trim();
  const client = openClient({
    endpoint: { url: `${server.origin}/graphql`, apiKey: key },
    keyFile: join(folder, 'keys.json'),
    signal: never,
  });
  try {
    const lap = (w: string) => { const u = process.cpuUsage(); console.log(`T ${w} ${Math.round(performance.now())} cpu ${Math.round((u.user + u.system) / 1000)}`); };
    lap('begin');
    const a = await wrongStates(client, after); lap('states');
    const b = await wrongObjects(join(folder, 'objects')); lap('objects');
    const c = await notPresent(client, after); lap('present');
    const d = await scrubFaults(client); lap('scrub');
    return [
      ...(after.apiKey !== undefined && after.apiKey !== key ? ['the API key is another one'] : []),
      ...a, ...b, ...c, ...d,
      ...lines.map((line) => `the log says: ${line}`),
    ];
  } finally {
    client.close();
    await server.stop();const u = process.cpuUsage(); console.log(`T stop ${Math.round(performance.now())} cpu ${Math.round((u.user + u.system) / 1000)}`);
  }
}

/** Everything that was acknowledged is there, bit for bit, and what was deleted is not. */
async function wrongStates(client: Client, { expected, folder }: AfterCut): Promise<string[]> {
  const [disks, snapshots] = await Promise.all([
    client.disks.list({ region: undefined, filter: {}, limit: 1000 }),
    client.snapshots.list({ region: undefined, filter: {}, limit: 1000 }),
  ]);
  const there = new Set([...disks.nodes, ...snapshots.nodes].map(({ id }) => id));
  const others = [...there].filter((id) => !(id in expected.states));
  const faults = others.length > expected.mostOthers ? [`nobody made ${others.join(', ')}`] : [];
  const read = new Map<ObjectId, ObjectId>();
  for (const [id, states] of Object.entries(expected.states)) {
    if (!there.has(id)) {
      if (!states.includes('gone')) faults.push(`${id} is lost`);
      continue;
    }
    const wanted = states.filter((state): state is Contents => state !== 'gone');
    if (wanted.length === 0) {
      faults.push(`${id} was deleted, and is there`);
      continue;
    }
    const keys = await blockKeysOf(client.account, createUnwrapper(join(folder, 'keys.json')), id);
    try {
      const contents = await readContents(client.graphql, id, { keys, read });
      if (!wanted.some((state) => sameContents(contents, state))) faults.push(`${id} has other contents`);
    } catch (error) {
      faults.push(`${id} cannot be read: ${(error as Error).message}`);
    }
  }
  return faults;
}

/** No file lies in its place with other bytes than its name says, whoever refers to it. */
async function wrongObjects(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const faults: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(missing);
    if (bytes === undefined) continue; // a newer manifest has taken its place
    try {
      if (path.startsWith(join(root, 'objects'))) requireObject(bytes, basename(path) as ObjectId);
      else requireManifest(bytes);
    } catch (error) {
      faults.push(`${path.slice(root.length)}: ${(error as Error).message}`);
    }
  }
  return faults;
}

function requireManifest(bytes: Buffer): void {
  const manifest = readManifest(bytes);
  if (typeof manifest === 'string') throw new Error(manifest);
}

const SEALED_AT = 5;

function requireObject(bytes: Buffer, id: ObjectId): void {
  if (bytes.length !== BLOCK_BYTES && bytes[SEALED_AT] === 1) requireSealedForm(bytes, id);
  else decodeObject(bytes, { id });
}

/** A client that sends the same again believes what the service says it has. */
async function notPresent(client: Client, { sent }: AfterCut): Promise<string[]> {
  // The key file is whole.
  await client.disks.create({ name: 'sealed-probe', sizeBytes: BLOCK_BYTES, encrypted: true });
  const disk = await client.disks.create({ name: 'probe', sizeBytes: 1024 * BLOCK_BYTES });
  if (sent.length === 0) return [];
  const datapath = createDatapath(client.graphql, never);
  const prepared = await datapath.prepareUpload(
    disk.id,
    sent.map((id) => ({ id })),
  );
  const present = sent.filter((_, at) => prepared[at]?.state === 'PRESENT');
  if (present.length === 0) return [];
  const writes = present.map((id, index) => ({ index, id }));
  await datapath.commitBlocks({ target: disk.id, expectedVersion: disk.version, writes, trims: [] });
  return [];
}

const SCRUBS = 60;
const SCRUB_WAIT_MS = 100;

/** What a scrub finds once everything has come to rest. */
async function scrubFaults(client: Client): Promise<string[]> {
  for (let round = 1; ; round++) {
    let scrub = await client.scrubs.start({});
    while (scrub.status === 'RUNNING') {
      await sleep(10);
      scrub = (await client.scrubs.get(scrub.id)) ?? scrub;
    }
    const { damaged, wrongCounts, findings, unsettled } = scrub;
    const faults = [
      ...(damaged > 0 ? [`a scrub finds ${damaged} damaged objects`] : []),
      ...(wrongCounts > 0 ? [`a scrub finds ${wrongCounts} wrong counts`] : []),
      ...findings,
    ];
    if (faults.length > 0 || unsettled === 0) return faults;
    if (round === SCRUBS) return ['the counts do not come to rest'];
    await sleep(SCRUB_WAIT_MS);
  }
}
