import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { measureHashing } from '../ceilings/hashing.ts';
import { sameContents, warm } from '../images/whole-file.ts';
import { type Restic, startRestic } from '../peers/restic.ts';
import { findProgram } from '../process/find-program.ts';
import { freshenMemory } from '../process/fresh-memory.ts';
import type { Installation } from '../varve/installation.ts';
import { checkedExport } from './checked-export.ts';
import { inTurn } from './in-turn.ts';
import { storedBytes } from './stored-bytes.ts';

/**
 * The same filesystem image through both, step by step in turn: all of it, unchanged, one hundredth
 * changed, and back.
 */
export async function measureBesideRestic(bench: BenchRun, varve: Installation, round: number): Promise<void> {
  const { figures, say, ending } = bench;
  const images = await bench.images();
  const installed = findProgram('restic') !== undefined;
  const restic = installed ? await startRestic({ folder: bench.dataDir, run: bench.run, ending }) : undefined;
  const before = storedBytes(varve.objectsDir);
  let diskId = '';

  await yardsticks(bench);
  await inTurn(round, [
    async () => {
      await freshen(bench, images.a);
      const result = await varve.cli.importImage(images.a, `system-${round}`);
      diskId = result.diskId;
      figures.addProgram('varve full', result);
      figures.add('varve stored a', storedBytes(varve.objectsDir) - before);
    },
    async () => resticBackup(bench, restic, 'full', images.a),
  ]);
  say('unchanged');
  await inTurn(round, [
    async () => {
      await warm(images.a);
      const result = await varve.cli.syncDisk(diskId, images.a);
      if (result.json.changed !== false) throw new BenchError('An unchanged sync changed the disk.');
      figures.addProgram('varve unchanged', result);
    },
    async () => resticBackup(bench, restic, 'unchanged', images.a),
  ]);
  say('one hundredth changed');
  await varve.api.createSnapshot(diskId);
  await inTurn(round, [
    async () => {
      await warm(images.b);
      figures.addProgram('varve changed', await varve.cli.syncDisk(diskId, images.b));
      figures.add('varve stored a and b', storedBytes(varve.objectsDir) - before);
    },
    async () => resticBackup(bench, restic, 'changed', images.b),
  ]);
  say('back');
  await inTurn(round, [
    async () => figures.addProgram('varve restore', await checkedExport(bench, varve, diskId, images.b)),
    async () => resticRestore(bench, restic),
  ]);
  await restic?.stop();
}

async function freshen(bench: BenchRun, image: string): Promise<void> {
  await freshenMemory(bench.run, bench.sizes.imageBytes);
  await warm(image);
}

async function yardsticks({ figures, run, ending, say, ...bench }: BenchRun): Promise<void> {
  const images = await bench.images();
  say('SHA-256 of the image, then all of it');
  await warm(images.a);
  const hashing = await measureHashing(images.a, ending.signal);
  figures.add('sha256 s', hashing.wallS);
  figures.add('sha256 alone s', hashing.hashOnlyS);
  figures.add('non-zero bytes', hashing.nonZeroBytes);
  if (findProgram('openssl') === undefined) return;
  const { wallS } = await run({ command: 'openssl', args: ['dgst', '-sha256', images.a], limitS: 120 });
  figures.add('openssl s', wallS);
}

async function resticBackup(bench: BenchRun, restic: Restic | undefined, step: string, image: string): Promise<void> {
  if (!restic) return;
  if (step === 'full') await freshen(bench, image);
  else await warm(image);
  bench.figures.addProgram(`restic ${step}`, await restic.backup(image));
  bench.figures.add(`restic stored after ${step}`, storedBytes(restic.objectsDir));
}

async function resticRestore(bench: BenchRun, restic: Restic | undefined): Promise<void> {
  if (!restic) return;
  const target = join(bench.dataDir, 'restic-restored');
  await freshenMemory(bench.run, bench.sizes.imageBytes);
  try {
    const result = await restic.restore(target);
    const { b } = await bench.images();
    if (!(await sameContents(result.path, b))) throw new BenchError('restic restored something else.');
    bench.figures.addProgram('restic restore', result);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
