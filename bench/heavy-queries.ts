/**
 * What the costliest queries that are allowed do to others: `node bench/heavy-queries.ts`, on the
 * embedded stores, or with `--emulators` on the emulators of AWS.
 *
 * An installation of its own with a full account. A VIEWER of it asks what costs the most, one
 * query at a time, for CPU and memory of the service's process. Then 50 such queries run at any
 * moment, while another account takes snapshots.
 */
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCK_BYTES } from '../src/engine/blocks/block.ts';
import { BenchError } from './bench-error.ts';
import { startEmbedded, startEmulated } from './heavy/installations.ts';
import { type Call, costliest, type Json, type Query } from './heavy/queries.ts';
import { type Usage, usageOf } from './process/usage.ts';

const [DISKS, TAGS, BLOCKS, AT_ONCE, SNAPSHOTS] = [500, 50, 1024, 50, 20];
const REPEATS = 3;
const LOAD_BEFORE_MS = 2000;

const folder = mkdtempSync(join(tmpdir(), 'varve-heavy-'));
const installation = await (process.argv.includes('--emulators') ? startEmulated : startEmbedded)(folder);

function caller(key: string): Call {
  const ask: Call = async (query, variables = {}) => {
    const answer = await fetch(installation.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()) as Awaited<ReturnType<Call>>;
  };
  // An idle connection may have been closed just now.
  return (query, variables) => ask(query, variables).catch(() => ask(query, variables));
}

async function measure(): Promise<void> {
  const admin = caller(installation.adminKey);
  const other = caller(await installation.cli.createAccount('other'));
  const disk = await fill(admin);
  const created = await admin('mutation { createApiKey(input: { name: "viewer", role: VIEWER }) { secret } }');
  const viewer = caller(text(created, 'createApiKey', 'secret'));
  const { pid } = installation;
  const queries = await costliest(viewer, disk);
  for (const { name, text } of queries) await alone(name, () => viewer(text()), pid);
  const snapshot = await snapshots(other);
  for (const query of queries) await together(`of the ${query.name}`, [query], viewer, snapshot, pid);
  await together('of all kinds', queries, viewer, snapshot, pid);
}

/** The answer's value at a path; a refusal ends the run. */
function text(answer: Awaited<ReturnType<Call>>, ...path: string[]): string {
  if (answer.errors !== undefined) throw new BenchError(JSON.stringify(answer.errors[0]));
  return path.reduce<unknown>((value, name) => (value as Json)[name], answer.data) as string;
}

const CREATE_DISK = 'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id } } }';
const OPEN =
  'mutation ($terms: String!) { openSnapshotService(input: { acceptedTerms: $terms }) { snapshotService { opened } } }';

async function open(call: Call): Promise<void> {
  const terms = text(await call('{ snapshotService { currentTerms } }'), 'snapshotService', 'currentTerms');
  text(await call(OPEN, { terms }), 'openSnapshotService');
}

async function fill(admin: Call): Promise<string> {
  await open(admin);
  const tags = Array.from({ length: TAGS }, (_, at) => ({ key: `key-${at}`, value: 'v'.repeat(20) }));
  const left = Array.from({ length: DISKS }, (_, at) => at);
  const create = async () => {
    for (let at = left.pop(); at !== undefined; at = left.pop())
      text(await admin(CREATE_DISK, { input: { name: `disk ${at}`, sizeBytes: 1 << 20, tags } }), 'createDisk');
  };
  await Promise.all(Array.from({ length: 8 }, create));
  const path = join(folder, 'many.img');
  const image = openSync(path, 'w');
  ftruncateSync(image, BLOCKS * BLOCK_BYTES);
  for (let at = 0; at < BLOCKS; at++) writeSync(image, `block ${at}`, at * BLOCK_BYTES);
  closeSync(image);
  return (await installation.cli.importImage(path, 'many')).diskId;
}

async function alone(name: string, ask: () => Promise<unknown>, pid: number): Promise<void> {
  await ask();
  for (let at = 0; at < REPEATS; at++) {
    writeFileSync(`/proc/${pid}/clear_refs`, '5'); // the peak begins here
    const [before, began] = [use(pid), performance.now()];
    await ask();
    const ms = (performance.now() - began).toFixed(0);
    const after = use(pid);
    const cpuMs = ((after.cpuS - before.cpuS) * 1000).toFixed(0);
    const grownMib = (after.peakMib - before.peakMib).toFixed(1);
    console.log(`${name}: ${ms} ms, CPU ${cpuMs} ms, memory +${grownMib} MiB`);
  }
}

/** How long another account takes for a snapshot. */
async function snapshots(other: Call): Promise<() => Promise<number>> {
  await open(other);
  const diskId = text(await other(CREATE_DISK, { input: { sizeBytes: 1 << 30 } }), 'createDisk', 'disk', 'id');
  const create = 'mutation ($d: ID!) { createSnapshot(input: { diskId: $d }) { snapshot { id } } }';
  const once = () => timed(() => other(create, { d: diskId }));
  await once();
  console.log(`snapshot create alone: ${(await once()).toFixed(0)} ms`);
  return once;
}

async function together(
  kind: string,
  queries: readonly Query[],
  viewer: Call,
  snapshot: () => Promise<number>,
  pid: number,
): Promise<void> {
  let going = true;
  const told: Record<string, number> = {};
  const load = async (at: number) => {
    while (going) {
      const { errors } = await viewer(queries[at % queries.length]?.text() ?? '');
      const outcome = errors === undefined ? 'answered' : codeOf(errors);
      told[outcome] = (told[outcome] ?? 0) + 1;
    }
  };
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = use(pid);
  const loads = Array.from({ length: AT_ONCE }, (_, at) => load(at));
  await sleep(LOAD_BEFORE_MS);
  const took: number[] = [];
  for (let at = 0; at < SNAPSHOTS; at++) took.push(await snapshot());
  going = false;
  await Promise.all(loads);
  const sorted = took.toSorted((a, b) => a - b);
  const [medianMs, mostMs] = [sorted[SNAPSHOTS >> 1], sorted.at(-1)].map((ms) => ms?.toFixed(0));
  const grownMib = (use(pid).peakMib - before.peakMib).toFixed(0);
  console.log(
    `with ${AT_ONCE} ${kind} at any moment, snapshot create ${SNAPSHOTS} times: ` +
      `median ${medianMs} ms, most ${mostMs} ms; ` +
      `heavy queries ${JSON.stringify(told)}; memory +${grownMib} MiB`,
  );
}

function codeOf([error]: readonly Json[]): string {
  const extensions: Json = error?.extensions ?? {};
  return String(extensions.code);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  text((await work()) as Awaited<ReturnType<Call>>);
  return performance.now() - began;
}

/** Right after `clear_refs` the peak is what is resident then. */
function use(pid: number): Usage {
  const usage = usageOf(pid);
  if (usage === undefined) throw new BenchError('The process of the service has ended.');
  return usage;
}

try {
  await measure();
} finally {
  await installation.stop();
  rmSync(folder, { recursive: true, force: true });
}
