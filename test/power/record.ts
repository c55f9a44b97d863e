import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/local/ports.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type Acknowledged, createAcknowledged } from './acknowledged.ts';
import type { Told } from './forgetful-device.ts';
import { emptyFileSystem, startPowerMachine } from './power-machine.ts';
import { startServerProcess } from './server-process.ts';
import { runWorkload } from './workload.ts';

/** Everything that a device was told while a server worked on it, and who was told what by then. */
export interface PowerRecord {
  readonly contents: Buffer;
  readonly told: readonly Told[];
  readonly acknowledged: Acknowledged;
  readonly apiKey: string;
  /** From here on the server answered. */
  readonly startedAt: number;
}

export interface RecordOptions {
  readonly folder: string;
  readonly seed: number;
  readonly breaks?: Mutation['edits'] | undefined;
}

const DEVICE_BYTES = 32 * 1024 * 1024;
/** Of the data, below the root of the file system. */
export const DATA_FOLDER = 'data';

/** The process is killed so often meanwhile, and started again. */
const KILLS = 3;
const KILL_WAIT_MS = 2500;
const RECLAIM_GRACE_MS = 300;

/** Runs the workload once, with the power on. */
export async function recordRun({ folder, seed, breaks }: RecordOptions): Promise<PowerRecord> {
  const contents = await emptyFileSystem(folder, DEVICE_BYTES);
  await using machine = await startPowerMachine(folder, contents);
  const { told } = machine.device;
  const acknowledged = createAcknowledged(() => told.length);
  const data = join(machine.mounted, DATA_FOLDER);
  const port = await freePort();
  const random = seededRandom(seed);
  const start = () => startServerProcess({ folder: data, port, reclaimGraceMs: RECLAIM_GRACE_MS, breaks });
  let server = await start();
  const startedAt = told.length;
  const over = new AbortController();
  const killing = (async () => {
    for (let kill = 0; kill < KILLS && !over.signal.aborted; kill++) {
      // It fails only if the signal fires.
      await sleep(KILL_WAIT_MS * (0.5 + random()), undefined, over).catch(() => undefined);
      await server.kill();
      server = await start();
    }
  })();
  try {
    await runWorkload({ acknowledged, says: server, folder, backups: machine.mounted, random });
  } finally {
    over.abort();
    await killing;
    await server.kill();
  }
  return { contents, told: [...told], acknowledged, apiKey: server.apiKey, startedAt };
}
