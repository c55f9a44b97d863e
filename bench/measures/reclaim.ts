import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { writeUnique } from '../images/plain-images.ts';
import { countingPreload, settled } from '../requests/counting.ts';
import { install } from '../varve/installation.ts';

interface Freed {
  readonly tombstoned: number;
  readonly buryMs: number;
  readonly freedObjects: number;
  readonly forgetMs: number;
}

const PROGRAM = fileURLToPath(new URL('../varve/reclaim-main.ts', import.meta.url));
const LIMIT_S = 600;

/**
 * A disk of incompressible blocks is released, and all of it is freed: how fast, and at how many
 * requests a block.
 */
export async function measureReclaim({ run, ending, sizes, dataDir, workDir, figures, say }: BenchRun): Promise<void> {
  say('reclaim');
  const folder = join(dataDir, 'reclaim');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'requests');
  const preload = countingPreload(file);
  const varve = await install({ folder, run, ending, preload });
  const image = join(workDir, 'freed.img');
  await writeUnique(image, sizes.uniqueBytes, 'freed');
  const { diskId } = await varve.cli.importImage(image, 'freed').finally(() => rmSync(image, { force: true }));
  await settled(file, ending.signal);
  await varve.api.finished(await varve.api.releaseDisk(diskId));
  const env = { ...varve.environment, ...preload.environment, NODE_OPTIONS: `--import=${preload.module}` };
  const child = (what: 'settle' | 'free') =>
    run({ command: process.execPath, args: [PROGRAM, what], env, limitS: LIMIT_S });
  await child('settle');
  const dropped = await settled(file, ending.signal);
  const { stdout } = await child('free');
  const freed = JSON.parse(stdout) as Freed;
  const deleted = await settled(file, ending.signal);
  const { freedObjects: objects } = freed;
  if (objects === 0 || objects !== freed.tombstoned) throw new BenchError(`Reclaim freed ${objects} objects.`);
  figures.add('reclaim objects/s', (objects * 1000) / (freed.buryMs + freed.forgetMs));
  figures.add('reclaim s3', (deleted.s3Reads + deleted.s3Writes + deleted.s3Deletes) / objects);
  figures.add('reclaim write units', deleted.writeUnits / objects);
  figures.add('reclaim drop write units', dropped.writeUnits / objects);
  await varve.stop();
}
