/**
 * What the costliest queries that are allowed do to others: `node bench/heavy-queries.ts`.
 *
 * An installation of its own with a full account. A VIEWER of it asks what costs the most, one
 * query at a time, for CPU and memory of the functions' process. Then 50 such queries run at any
 * moment, while another account takes snapshots.
 */
import { execFile, execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BLOCK_BYTES } from '../src/engine/blocks/block.ts';
import { BenchError } from './bench-error.ts';
import { type Usage, usageOf } from './process/usage.ts';
import { ROOT } from './varve/build-cli.ts';
import { startEmulatedCloud } from './varve/emulated-cloud.ts';

const [DISKS, TAGS, BLOCKS, AT_ONCE, SNAPSHOTS] = [500, 50, 1024, 50, 20];
const REPEATS = 3;

type Json = Record<string, never>;
type Call = (query: string, variables?: object) => Promise<{ readonly data?: Json; readonly errors?: readonly Json[] }>;

const folder = mkdtempSync(join(tmpdir(), 'varve-heavy-'));
const cloud = await startEmulatedCloud(folder);

function caller(key: string): Call {
  const ask: Call = async (query, variables = {}) => {
    const answer = await fetch(cloud.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()) as Awaited<ReturnType<Call>>;
  };
  // An idle connection may have been closed just now.
  return (query, variables) => ask(query, variables).catch(() => ask(query, variables));
}

const run = promisify(execFile);
const cli = async (...words: string[]): Promise<Readonly<Record<string, string>>> =>
  JSON.parse(
    (await run(join(ROOT, 'src/cli/varve.mjs'), [...words, '--data', folder, '--json', '--quiet'])).stdout,
  ) as Record<string, string>;

async function measure(): Promise<void> {
  const admin = caller(cloud.adminKey);
  const other = caller((await cli('account', 'create', 'other')).apiKey ?? '');
  const disk = await fill(admin);
  const created = await admin('mutation { createApiKey(input: { name: "viewer", role: VIEWER }) { secret } }');
  const viewer = caller(text(created, 'createApiKey', 'secret'));
  const pid = functionsProcess();
  const queries = await costliest(viewer, disk);
  for (const { name, query } of queries) await alone(name, () => viewer(query), pid);
  await together(queries, viewer, other, pid);
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
  return (await cli('disk', 'import', path, '--name', 'many')).diskId ?? '';
}

interface Query {
  readonly name: string;
  readonly query: string;
}

const DISK = `id region name kind category sizeBytes status chargeType expiresAt encrypted encryption { keyId }
  deleteAutoSnapshots deleteWithInstance policy { id name } origin { kind snapshotId imageId } instances { id name }
  tags { key value } createdAt version root sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
  chain { id snapshotCount } lease { holder }`;
const times = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

/** Of each kind the largest that is not refused. */
async function costliest(viewer: Call, disk: string): Promise<Query[]> {
  const kinds: Readonly<Record<string, (n: number) => string>> = {
    'disks with all that they have': (n) => `{ disks(first: ${n * 10}) { nodes { ${DISK} } } }`,
    'disks and chains, again and again': (n) =>
      `{ disks(first: ${n * 10}) { nodes { ${times(8, (at) => `a${at}: chain { disk { id name } }`)} } } }`,
    'filters that match nothing': (n) =>
      `{ ${times(Math.min(20, n), (at) => `a${at}: disks(first: 1000, filter: { nameContains: "zz${at}" }) { nodes { id } }`)} }`,
    'URLs of blocks': (n) =>
      `{ blockMap(input: { source: "${disk}", limit: ${Math.min(1024, n * 11)} }) { blocks { ${times(4, (at) => `a${at}: url`)} } } }`,
    'validation alone': (n) =>
      `{ ${times(4, () => `disks { nodes { ${times(Math.min(n, 52), () => 'chain { disk { id } }')} } }`)} }`,
    'the schema': (n) =>
      `{ ${times(Math.min(20, n), (at) => `a${at}: __schema { types { name fields { name type { name } } } }`)} }`,
  };
  const found: Query[] = [];
  for (const [name, of] of Object.entries(kinds)) {
    for (let n = 57; n > 0; n = Math.floor(n * 0.8)) {
      const { errors } = await viewer(of(n));
      if (errors !== undefined) continue;
      found.push({ name: `${name} (${n})`, query: of(n) });
      break;
    }
  }
  return found;
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
    console.log(`${name}: ${ms} ms, CPU ${cpuMs} ms, memory +${(after.peakMib - before.peakMib).toFixed(1)} MiB`);
  }
}

async function together(queries: readonly Query[], viewer: Call, other: Call, pid: number): Promise<void> {
  await open(other);
  const diskId = text(await other(CREATE_DISK, { input: { sizeBytes: 1 << 30 } }), 'createDisk', 'disk', 'id');
  const create = 'mutation ($d: ID!) { createSnapshot(input: { diskId: $d }) { snapshot { id } } }';
  text(await other(create, { d: diskId }), 'createSnapshot');
  const alone = await timed(() => other(create, { d: diskId }));
  let going = true;
  const told: Record<string, number> = {};
  const load = async (at: number) => {
    while (going) {
      const { errors } = await viewer(queries[at % queries.length]?.query ?? '');
      const outcome = errors === undefined ? 'answered' : codeOf(errors);
      told[outcome] = (told[outcome] ?? 0) + 1;
    }
  };
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = use(pid);
  const loads = Array.from({ length: AT_ONCE }, (_, at) => load(at));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const took: number[] = [];
  for (let at = 0; at < SNAPSHOTS; at++) took.push(await timed(() => other(create, { d: diskId })));
  going = false;
  await Promise.all(loads);
  const sorted = took.toSorted((a, b) => a - b);
  console.log(`snapshot create alone: ${alone.toFixed(0)} ms`);
  console.log(
    `with ${AT_ONCE} heavy queries at any moment, ${SNAPSHOTS} times: median ${sorted[SNAPSHOTS >> 1]?.toFixed(0)} ms, most ${sorted.at(-1)?.toFixed(0)} ms`,
  );
  console.log(`heavy queries: ${JSON.stringify(told)}; memory +${(use(pid).peakMib - before.peakMib).toFixed(0)} MiB`);
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

/** The process below this one that runs the functions. */
function functionsProcess(): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter((row) => row !== null);
  const below = new Set([process.pid]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const [, pid, parent] of rows) if (below.has(Number(parent))) below.add(Number(pid));
  }
  const found = rows.filter(([, pid, , args]) => below.has(Number(pid)) && /serverless|osls/.test(args ?? ''));
  const last = found.at(-1);
  if (last === undefined) throw new BenchError('No process runs the functions.');
  return Number(last[1]);
}

/** Right after `clear_refs` the peak is what is resident then. */
function use(pid: number): Usage {
  const usage = usageOf(pid);
  if (usage === undefined) throw new BenchError('The process of the functions has ended.');
  return usage;
}

try {
  await measure();
} finally {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
}
