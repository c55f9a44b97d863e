import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mapBounded } from '../../src/platform/bounded.ts';
import type { BenchRun } from '../bench-run.ts';
import { countingPreload, settled } from '../requests/counting.ts';
import type { Tally } from '../requests/tally.ts';
import type { Api } from '../varve/api.ts';
import { type FilledDisk, fillDisk, uploadContents } from '../varve/filled-disk.ts';
import { install } from '../varve/installation.ts';

export const CLONE_OPERATIONS = ['clone', 'snapshot', 'delete snapshot', 'delete disk'] as const;

/** Rule 1.4: a disk has at most 256 by hand; a longer line goes on in a clone of the last one. */
const SNAPSHOTS_PER_DISK = 250;
const SHORT_LINE = 10;
const CLONE_REPEATS = 20;
/** As many as the API client has connections. */
const CLONES_AT_ONCE = 4;

interface Growth {
  readonly bench: BenchRun;
  readonly api: Api;
  readonly settle: () => Promise<Tally>;
}

/**
 * Whether time and requests follow what a call changes, and not what there is. In an installation
 * of its own, which counts.
 */
export async function measureGrowth(bench: BenchRun): Promise<void> {
  const { run, ending, sizes } = bench;
  const folder = join(bench.dataDir, 'growth');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'requests');
  const varve = await install({ folder, run, ending, preload: countingPreload(file) });
  const growth: Growth = { bench, api: varve.api, settle: () => settled(file, ending.signal) };
  for (const length of sizes.chainLengths) {
    bench.say(`deletions out of ${length} snapshots`);
    const disk = await fillDisk(varve.api, { name: `line ${length}`, sizeBytes: sizes.uniqueBytes, blocks: 64 });
    await deletions(growth, `chain ${length}`, await snapshotLine(varve.api, disk, length));
  }
  for (const blocks of sizes.storeBlocks) {
    bench.say(`deletions in a disk of ${blocks} blocks`);
    const disk = await fillDisk(varve.api, { name: `store ${blocks}`, sizeBytes: sizes.largeBytes, blocks });
    await deletions(growth, `store ${blocks}`, await snapshotLine(varve.api, disk, SHORT_LINE));
  }
  await cloning(growth);
  await varve.stop();
}

/** Snapshots one below the other, each with one block changed since the one before. */
async function snapshotLine(api: Api, first: FilledDisk, length: number): Promise<string[]> {
  const contents = await uploadContents(api, first.id);
  const ids: string[] = [];
  let disk = first;
  for (let at = 0; at < length; at++) {
    if (at > 0 && at % SNAPSHOTS_PER_DISK === 0) {
      const { id, version } = await api.createDisk({ name: `goes on at ${at}`, snapshotId: ids.at(-1) as string });
      disk = { id, version };
    }
    const change = { index: at % contents.length, id: contents[(at * 7 + 1) % contents.length] as string };
    disk.version = await api.commit(disk.id, disk.version, [change]);
    ids.push(await api.createSnapshot(disk.id));
  }
  return ids;
}

/**
 * Four snapshots with others on both sides: two are counted and not looked at meanwhile, two are
 * timed to the end.
 */
async function deletions({ bench: { figures }, api, settle }: Growth, name: string, line: string[]): Promise<void> {
  const victims = [1, 3, 2, 4].map((fifth) => line[Math.floor((line.length * fifth) / 5)] as string);
  for (const [at, id] of victims.entries()) {
    await settle();
    const began = performance.now();
    const job = await api.deleteSnapshot(id);
    figures.add(`growth ${name} answer ms`, performance.now() - began);
    if (at < 2) {
      const { dynamoRequests, writeUnits, s3Reads, s3Writes } = await settle();
      figures.add(`growth ${name} write units`, writeUnits);
      figures.add(`growth ${name} requests`, dynamoRequests + s3Reads + s3Writes);
    } else {
      await api.finished(job);
      figures.add(`growth ${name} done ms`, performance.now() - began);
    }
  }
}

type Among = 'few' | 'many';

/** A block's new content, and a snapshot to make clones of. */
interface Origin {
  readonly snapshotId: string;
  readonly change: { readonly index: number; readonly id: string };
}

/**
 * Clones of one snapshot, all of which hold one more block in common. Then the same calls on it and
 * on one without other clones, in turn: whatever else the machine does slows both down.
 */
async function cloning(growth: Growth): Promise<void> {
  const { bench, api, settle } = growth;
  const origins: Record<Among, Origin> = { few: await originOf(growth, 'few'), many: await originOf(growth, 'many') };
  bench.say(`${bench.sizes.clones} clones`);
  await mapBounded(
    Array.from({ length: bench.sizes.clones }, (_, at) => at),
    CLONES_AT_ONCE,
    async (at) => {
      const { id, version } = await api.createDisk({ name: `clone ${at}`, snapshotId: origins.many.snapshotId });
      await api.commit(id, version, [origins.many.change]);
    },
  );
  await settle();
  bench.say('calls among few and among many clones');
  for (let at = 0; at < CLONE_REPEATS; at++) {
    for (const among of ['few', 'many'] as const) await cloneCalls(growth, among, origins[among]);
  }
  for (const among of ['few', 'many'] as const) {
    await settle();
    await cloneCalls(growth, among, origins[among]);
    const { dynamoRequests, writeUnits, s3Reads, s3Writes } = await settle();
    bench.figures.add(`growth calls among ${among} write units`, writeUnits);
    bench.figures.add(`growth calls among ${among} requests`, dynamoRequests + s3Reads + s3Writes);
  }
}

async function originOf({ bench, api }: Growth, among: Among): Promise<Origin> {
  const disk = await fillDisk(api, { name: `origin of ${among}`, sizeBytes: bench.sizes.uniqueBytes, blocks: 64 });
  const [hot] = await uploadContents(api, disk.id);
  return { snapshotId: await api.createSnapshot(disk.id), change: { index: 1, id: hot as string } };
}

async function cloneCalls({ bench: { figures }, api }: Growth, among: Among, origin: Origin): Promise<void> {
  const timed = async <T>(operation: (typeof CLONE_OPERATIONS)[number], call: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await call();
    figures.add(`growth ${operation} among ${among} ms`, performance.now() - began);
    return answer;
  };
  const { snapshotId: originId, change } = origin;
  const { id, version } = await timed('clone', () => api.createDisk({ name: `one of ${among}`, snapshotId: originId }));
  await api.commit(id, version, [change]);
  const snapshotId = await timed('snapshot', () => api.createSnapshot(id));
  const deletion = await timed('delete snapshot', () => api.deleteSnapshot(snapshotId));
  const release = await timed('delete disk', () => api.releaseDisk(id));
  const began = performance.now();
  for (const job of [deletion, release]) await api.finished(job);
  figures.add(`growth work among ${among} ms`, performance.now() - began);
}
