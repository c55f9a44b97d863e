import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { measureHashing } from '../ceilings/hashing.ts';
import { sameContents, warm } from '../images/whole-file.ts';
import { mediumOf } from '../medium.ts';
import { startLocalBorg } from '../peers/borg.ts';
import type { LocalPeer } from '../peers/local-peer.ts';
import { startLocalRestic } from '../peers/restic.ts';
import { freshenMemory } from '../process/fresh-memory.ts';
import type { ProgramResult } from '../process/program.ts';
import { type Machine, startMachine } from '../varve/machine.ts';
import { checkedExport } from './checked-export.ts';
import { inTurn } from './in-turn.ts';
import { fileBytes } from './stored-bytes.ts';

/** What each program does in a round, in this order. */
export const PEER_STEPS = ['first', 'again', 'unchanged', 'changed', 'restore'] as const;
export type PeerStep = (typeof PEER_STEPS)[number];
export type Side = 'varve' | LocalPeer['name'];

/** Seconds of a step, as a figure. */
export const peerStep = (side: Side, step: PeerStep) => `local ${side} ${step}`;
export const FLOOR_NAME = 'local floor s';
/** Only there if stores are on a disk. */
export const ON_DISK_NAME = 'local rounds on a disk';
/** `images`: what had been stored then. */
export const peerStored = (side: Side, images: 'a' | 'a and b') => `local ${side} stored ${images}`;

/**
 * New blocks are read back within two minutes of an import, with the least priority. That would
 * fall into anybody's time, and most often into that of others.
 */
const NOTHING_LATER = { VARVE_READ_BACK_GIB_PER_DAY: '0' };
const SYNC_LIMIT_S = 300;

/**
 * The same filesystem image through `varve server`, borg and restic, each on a folder of this
 * machine, step by step in turn. On a disk each step but the restore ends with a sync.
 */
export async function measureBesidePeers(bench: BenchRun, round: number): Promise<void> {
  const { dataDir, run, ending, say } = bench;
  const folder = (name: string) => join(dataDir, `local-${name}`);
  const machine = await startMachine({ dataDir: folder('varve'), run, ending, environment: NOTHING_LATER });
  await machine.api.openSnapshotService();
  const peers = [await startLocalBorg(folder('borg'), run), await startLocalRestic(folder('restic'), run)];
  const sides = [varveSide(bench, machine), ...peers.flatMap((peer) => (peer ? [peerSide(bench, peer)] : []))];
  const { a } = await bench.filesystems();
  await warm(a);
  bench.figures.add(FLOOR_NAME, (await measureHashing(a, ending.signal)).wallS);
  if (mediumOf(dataDir) === 'disk') bench.figures.add(ON_DISK_NAME, 1);
  for (const step of PEER_STEPS) {
    say(`  ${step}`);
    await inTurn(
      round,
      sides.map(({ name, take, storedBytes }) => async () => {
        await prepare(bench, step);
        bench.figures.addProgram(peerStep(name, step), await synced(bench, step, () => take(step)));
        if (step === 'first') bench.figures.add(peerStored(name, 'a'), storedBytes());
        if (step === 'changed') bench.figures.add(peerStored(name, 'a and b'), storedBytes());
      }),
    );
  }
  await machine.stop();
  for (const { name } of sides) await rm(folder(name), { recursive: true, force: true });
}

interface PeerSide {
  readonly name: Side;
  take(step: PeerStep): Promise<ProgramResult>;
  storedBytes(): number;
}

async function prepare(bench: BenchRun, step: PeerStep): Promise<void> {
  const { a, b } = await bench.filesystems();
  if (step === 'first' || step === 'restore') await freshenMemory(bench.run, bench.sizes.imageBytes);
  if (step !== 'restore') await warm(step === 'changed' ? b : a);
}

/** What a program leaves to the system to write is part of its work. */
async function synced(
  { dataDir, run }: BenchRun,
  step: PeerStep,
  work: () => Promise<ProgramResult>,
): Promise<ProgramResult> {
  const result = await work();
  if (step === 'restore' || mediumOf(dataDir) === 'tmpfs') return result;
  const { wallS } = await run({ command: 'sync', args: ['-f', dataDir], limitS: SYNC_LIMIT_S });
  return { ...result, wallS: result.wallS + wallS };
}

function varveSide(bench: BenchRun, { cli, dataDir }: Machine): PeerSide {
  let diskId = '';
  return {
    name: 'varve',
    storedBytes: () => fileBytes(join(dataDir, 'objects')),
    take: async (step) => {
      const { a, b } = await bench.filesystems();
      switch (step) {
        case 'first': {
          const result = await cli.importImage(a, 'first');
          diskId = result.diskId;
          return result;
        }
        case 'again':
          return cli.importImage(a, 'again');
        case 'unchanged': {
          const result = await cli.syncDisk(diskId, a);
          if (result.json.changed !== false) throw new BenchError('An unchanged sync changed the disk.');
          return result;
        }
        case 'changed':
          return cli.syncDisk(diskId, b);
        case 'restore':
          return checkedExport(bench, { cli }, diskId, b);
      }
    },
  };
}

function peerSide(bench: BenchRun, peer: LocalPeer): PeerSide {
  const target = join(bench.dataDir, 'restored');
  return {
    name: peer.name,
    storedBytes: () => fileBytes(peer.repository),
    take: async (step) => {
      const { a, b } = await bench.filesystems();
      if (step !== 'restore') return peer.backup(step === 'changed' ? b : a, step);
      try {
        const result = await peer.restore('changed', target);
        if (!(await sameContents(result.path, b))) throw new BenchError(`${peer.name} restored something else.`);
        return result;
      } finally {
        rmSync(target, { recursive: true, force: true });
      }
    },
  };
}
