import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import { findProgram } from '../process/find-program.ts';
import type { Run } from '../process/program.ts';
import type { Sizes } from '../sizes.ts';
import { writeChanged } from './change-set.ts';
import { writeExt4 } from './ext4-image.ts';
import { writeSparse, writeZeros } from './plain-images.ts';

export interface FilesystemImages {
  /** A real filesystem. */
  readonly a: string;
  /** The same, with one hundredth changed. */
  readonly b: string;
}

/** The files that are measured with. */
export interface ImageSet extends FilesystemImages {
  readonly zeros: string;
  readonly sparse: string;
}

export interface ImagePlace {
  /** Kept from run to run. */
  readonly folder: string;
  /** Gone after the run. */
  readonly work: string;
}

const SEED = 'varve bench 1';

/** `filesystems` and what is made for one run only. */
export async function prepareImages(
  { work }: ImagePlace,
  sizes: Sizes,
  filesystems: FilesystemImages,
): Promise<ImageSet> {
  mkdirSync(work, { recursive: true });
  const zeros = join(work, 'zeros.img');
  const sparse = join(work, 'sparse.img');
  await writeZeros(zeros, sizes.zeroBytes);
  await writeSparse(sparse, sizes.largeBytes, sizes.sparseBlocks, SEED);
  return { ...filesystems, zeros, sparse };
}

/**
 * Makes what is not there yet. Another machine's files give another image: only what was measured
 * on the same one compares.
 */
export async function prepareFilesystems({ folder }: ImagePlace, sizes: Sizes, run: Run): Promise<FilesystemImages> {
  mkdirSync(folder, { recursive: true });
  const a = join(folder, 'a.img');
  const b = join(folder, 'b.img');
  if (!existsSync(a)) {
    needE2fsprogs();
    const contentBytes = Math.floor(sizes.imageBytes * 0.54);
    await writeExt4(a, { bytes: sizes.imageBytes, contentBytes, contentRoot: '/usr' }, run);
  }
  if (!existsSync(b)) await writeChanged(b, a, SEED);
  if (statSync(a).size !== statSync(b).size) throw new BenchError(`${a} and ${b} differ in size: remove them.`);
  return { a, b };
}

function needE2fsprogs(): void {
  const missing = ['mke2fs', 'debugfs'].find((program) => findProgram(program) === undefined);
  if (missing === undefined) return;
  throw new BenchError(
    `${missing} is missing: install e2fsprogs, or give a folder with a.img and b.img (b: a with 1 % changed) by --images DIR.`,
  );
}
