import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRun } from '../bench-run.ts';
import { measureRawObjects } from '../ceilings/raw-objects.ts';
import { writeUnique } from '../images/plain-images.ts';
import { warm } from '../images/whole-file.ts';
import { freshenMemory } from '../process/fresh-memory.ts';
import type { Installation } from '../varve/installation.ts';
import { checkedExport } from './checked-export.ts';

/**
 * What the store gives by itself, and what Varve moves through it: unique and duplicate bytes,
 * zeros and holes, and back.
 */
export async function measureTransfers(bench: BenchRun, varve: Installation, round: number): Promise<void> {
  const { figures, sizes, say } = bench;
  const images = await bench.images();
  await measureStore(bench, varve, `bench-${round}-before`);

  const unique = join(bench.workDir, 'unique.img');
  // what one round has stored would be known in the next
  await writeUnique(unique, sizes.uniqueBytes, `unique ${round}`);
  try {
    await freshenMemory(bench.run, 2 * sizes.uniqueBytes);
    await warm(unique);
    say('import of unique bytes, and again');
    const first = await varve.cli.importImage(unique, `unique-${round}`);
    figures.addProgram('import unique', first);
    const second = await varve.cli.importImage(unique, `again-${round}`);
    figures.addProgram('import duplicate', second);
    say('export');
    figures.addProgram('export unique', await checkedExport(bench, varve, first.diskId, unique));
  } finally {
    rmSync(unique, { force: true });
  }
  // the machine may have become faster or slower meanwhile: the better of both counts
  await measureStore(bench, varve, `bench-${round}-after`);

  say('zeros and holes');
  await warm(images.zeros);
  figures.addProgram('import zeros', await varve.cli.importImage(images.zeros, `zeros-${round}`));
  figures.addProgram('import sparse', await varve.cli.importImage(images.sparse, `sparse-${round}`));
}

async function measureStore(bench: BenchRun, varve: Installation, prefix: string): Promise<void> {
  const { figures, sizes, ending, say } = bench;
  say('raw PUT and GET');
  const rates = await measureRawObjects({
    store: varve.store,
    objects: sizes.rawObjects,
    prefix,
    signal: ending.signal,
  });
  rmSync(join(varve.objectsDir, varve.store.bucket, prefix), { recursive: true, force: true });
  figures.add('raw put B/s', rates.put);
  figures.add('raw get B/s', rates.get);
  for (const { connections, put, get } of rates.byConnections) {
    figures.add(`raw put ${connections} B/s`, put);
    figures.add(`raw get ${connections} B/s`, get);
  }
}
