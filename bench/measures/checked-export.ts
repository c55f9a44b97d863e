import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import type { BenchRun } from '../bench-run.ts';
import { sameContents } from '../images/whole-file.ts';
import { freshenMemory } from '../process/fresh-memory.ts';
import type { CliResult } from '../varve/cli.ts';
import type { Installation } from '../varve/installation.ts';

/**
 * Exports a disk to a new file and compares that with what was imported. The time is that of the
 * export alone.
 */
export async function checkedExport(
  bench: BenchRun,
  varve: Pick<Installation, 'cli'>,
  diskId: string,
  image: string,
): Promise<CliResult> {
  const path = join(bench.dataDir, 'exported.img');
  await freshenMemory(bench.run, bench.sizes.imageBytes);
  try {
    const result = await varve.cli.exportDisk(diskId, path);
    if (!(await sameContents(path, image))) throw new BenchError(`Disk ${diskId} came out different from ${image}.`);
    return result;
  } finally {
    rmSync(path, { force: true });
  }
}
