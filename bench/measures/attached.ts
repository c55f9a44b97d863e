import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { writeUnique } from '../images/plain-images.ts';
import { warm } from '../images/whole-file.ts';
import { LOCAL_SERVERS, serveFile } from '../peers/local-nbd.ts';
import { findProgram } from '../process/find-program.ts';
import { type Direction, fio } from '../process/fio.ts';
import { freshenMemory } from '../process/fresh-memory.ts';
import { GIB, KIB, MIB, TIB } from '../sizes.ts';
import { type Attachment, type AttachSpec, attach } from '../varve/attachment.ts';
import { fillDisk } from '../varve/filled-disk.ts';
import { type Machine, startMachine } from '../varve/machine.ts';
import { openAppended } from './machine/appended.ts';

/** One way of reading or writing. */
export interface Access {
  readonly direction: Direction;
  readonly blockBytes: number;
  readonly depth: number;
}

const BLOCKS = [4 * KIB, 64 * KIB, MIB];
const DEPTHS = [1, 32];
const accesses = (directions: readonly Direction[]): Access[] =>
  directions.flatMap((direction) =>
    BLOCKS.flatMap((blockBytes) => DEPTHS.map((depth) => ({ direction, blockBytes, depth }))),
  );

export const READS = accesses(['read', 'randread']);
export const WRITES = accesses(['write', 'randwrite']);

/** Under which a rate stands among the figures. */
export function rateName(server: string, { direction, blockBytes, depth }: Access): string {
  return `nbd ${server} ${direction} ${blockBytes / KIB}k ${depth} B/s`;
}

/** What a journal takes by itself, and what a burst writes in a second, at most. */
const JOURNAL_BYTES = 4 * GIB;
const BURST_BYTES_S = GIB;
const LARGEST_BYTES = 64 * TIB;
/**
 * Nothing is looked at faster than by lookups in the block map, and nothing is kept longer than
 * what was written.
 */
const LARGEST_ACCESSES: readonly Access[] = [
  { direction: 'randread', blockBytes: 4 * KIB, depth: 32 },
  { direction: 'randwrite', blockBytes: 64 * KIB, depth: 32 },
];

const PROGRAMS = ['fio', ...LOCAL_SERVERS];

const SYNCS = 20;
export const SYNC_NAME = 'nbd fdatasync ms';

/**
 * Disks of `varve server` over NBD: cold, warm and written to, beside servers of a local file, in
 * turn. Each round has a server of its own.
 */
export async function measureAttached(bench: BenchRun): Promise<void> {
  const missing = PROGRAMS.filter((program) => findProgram(program) === undefined);
  if (missing.length > 0) throw new BenchError(`For the part nbd, install ${missing.join(', ')}.`);
  const { sizes, run, ending, say } = bench;
  const dataDir = join(bench.dataDir, 'nbd-server');
  for (let round = 0; round < sizes.rounds; round++) {
    say(`nbd, round ${round + 1} of ${sizes.rounds}`);
    const varve = await startMachine({ dataDir, run, ending });
    await measureRound(bench, varve, round);
    await varve.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureRound(bench: BenchRun, varve: Machine, round: number): Promise<void> {
  const image = join(bench.dataDir, 'nbd.img');
  await writeUnique(image, bench.sizes.nbdBytes, `nbd ${round}`);
  try {
    const { diskId } = await varve.cli.importImage(image, `nbd-${round}`);
    await measureCold(bench, varve, diskId);
    await measureWarm(bench, varve, diskId);
    await measureLocalWrites(bench, varve, round);
    measureSyncs(bench);
    await measureFlushes(bench, varve, diskId);
    await measureLargest(bench, varve, round);
    await measureLocalServers(bench, image);
  } finally {
    rmSync(image, { force: true });
  }
}

/** What the disk below takes for a flush by itself. */
function measureSyncs({ dataDir, figures }: BenchRun): void {
  const appended = openAppended(join(dataDir, 'appended'));
  try {
    for (let at = 0; at < SYNCS; at++) figures.add(SYNC_NAME, appended.appendMs());
  } finally {
    appended.remove();
  }
}

/** Each from an attachment of its own that has read nothing yet. */
async function measureCold(bench: BenchRun, varve: Machine, diskId: string): Promise<void> {
  for (const access of READS) {
    bench.say(`nbd: cold ${label(access)}`);
    await attached(bench, { dataDir: varve.dataDir, source: diskId, mode: 'read-only' }, async ({ uri, startS }) => {
      bench.figures.add('nbd attach s', startS);
      await measureRate(bench, 'varve cold', uri, access, false);
    });
  }
}

async function measureWarm(bench: BenchRun, varve: Machine, diskId: string): Promise<void> {
  bench.say('nbd: warm reads');
  await attached(bench, { dataDir: varve.dataDir, source: diskId, mode: 'read-only' }, async ({ uri }) => {
    const all = { uri, direction: 'read', blockBytes: MIB, depth: 32, sizeBytes: bench.sizes.nbdBytes } as const;
    await fio(bench.run, { ...all, seconds: 600, again: false });
    for (const access of READS) await measureRate(bench, 'varve warm', uri, access, true);
  });
}

/**
 * Bursts: each to a disk and through an attachment of its own, which is killed after it, as its
 * uploads would last into the next one.
 */
async function measureLocalWrites(bench: BenchRun, varve: Machine, round: number): Promise<void> {
  const sizeBytes = bench.sizes.nbdBytes;
  const disks: string[] = [];
  for (const at of WRITES.keys())
    disks.push((await varve.api.createDisk({ name: `nbd-written-${round}-${at}`, sizeBytes })).id);
  for (const [at, access] of WRITES.entries()) {
    bench.say(`nbd: durable here ${label(access)}`);
    await freshenMemory(bench.run, Math.min(JOURNAL_BYTES, BURST_BYTES_S * bench.sizes.nbdSeconds));
    const spec = { dataDir: varve.dataDir, source: disks[at] as string, mode: 'local' } as const;
    await attached(bench, spec, ({ uri }) => measureRate(bench, 'varve local', uri, access, true), 'kill');
  }
}

async function measureFlushes(bench: BenchRun, varve: Machine, diskId: string): Promise<void> {
  bench.say('nbd: writes of 4 KiB with a flush each, durable in the service');
  await attached(bench, { dataDir: varve.dataDir, source: diskId, mode: 'remote' }, async ({ uri }) => {
    const access = { direction: 'randwrite', blockBytes: 4 * KIB, depth: 1 } as const;
    const { sizes } = bench;
    const spec = { uri, ...access, sizeBytes: sizes.nbdBytes, seconds: sizes.nbdSeconds, again: true, flush: true };
    const { p50Ms, flushP50Ms } = await fio(bench.run, spec);
    bench.figures.add('nbd write and flush ms', p50Ms + flushP50Ms);
  });
}

/**
 * How long it takes to attach, and what memory it takes to read each block that was written, then
 * to read and write anywhere.
 */
async function measureLargest(bench: BenchRun, varve: Machine, round: number): Promise<void> {
  const { run, sizes, figures, say } = bench;
  say('nbd: the largest disk');
  const blocks = sizes.nbdLargestBlocks;
  const disk = await fillDisk(varve.api, { name: `nbd-largest-${round}`, sizeBytes: LARGEST_BYTES, blocks });
  const all = { sizeBytes: LARGEST_BYTES, seconds: sizes.nbdSeconds };
  const spec = { dataDir: varve.dataDir, source: disk.id, mode: 'local' } as const;
  const peakMib = await attached(
    bench,
    spec,
    async ({ uri, startS }) => {
      figures.add('nbd largest attach s', startS);
      const written = { direction: 'read', blockBytes: BLOCK_BYTES, depth: 32, again: false } as const;
      const sparse = { skipBytes: LARGEST_BYTES / blocks - BLOCK_BYTES, totalBytes: blocks * BLOCK_BYTES };
      await fio(run, { uri, ...all, ...written, seconds: 600, sparse });
      for (const access of LARGEST_ACCESSES) await fio(run, { uri, ...all, ...access, again: true });
    },
    'kill',
  );
  if (peakMib !== undefined) figures.add('nbd largest peak MiB', peakMib);
}

async function measureLocalServers(bench: BenchRun, image: string): Promise<void> {
  for (const which of LOCAL_SERVERS) {
    bench.say(`nbd: ${which}`);
    await warm(image);
    const server = await serveFile(which, {
      image,
      socket: join(bench.workDir, `${which}.sock`),
      ending: bench.ending,
    });
    for (const access of [...READS, ...WRITES]) await measureRate(bench, which, server.uri, access, true);
    await server.stop();
  }
}

async function attached(
  bench: BenchRun,
  spec: Omit<AttachSpec, 'folder' | 'ending'>,
  work: (attachment: Attachment) => Promise<void>,
  end: 'stop' | 'kill' = 'stop',
): Promise<number | undefined> {
  mkdirSync(bench.dataDir, { recursive: true });
  const folder = mkdtempSync(join(bench.dataDir, 'attach-'));
  const attachment = await attach({ ...spec, folder, ending: bench.ending });
  await work(attachment);
  const peakMib = attachment.usage()?.peakMib;
  if (peakMib !== undefined) bench.figures.add('nbd attach peak MiB', peakMib);
  await attachment[end]();
  return peakMib;
}

async function measureRate(
  { run, figures, sizes }: BenchRun,
  server: string,
  uri: string,
  access: Access,
  again: boolean,
): Promise<void> {
  const { bytesPerSecond } = await fio(run, {
    uri,
    ...access,
    sizeBytes: sizes.nbdBytes,
    seconds: sizes.nbdSeconds,
    again,
  });
  figures.add(rateName(server, access), bytesPerSecond);
}

function label({ direction, blockBytes, depth }: Access): string {
  return `${direction} of ${blockBytes / KIB} KiB, ${depth} at once`;
}
