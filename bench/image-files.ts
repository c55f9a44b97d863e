/**
 * What image files save: `node bench/image-files.ts [ROUNDS]`.
 *
 * A filesystem of 1 GiB with files of this machine, as a qcow2 file of qemu-img, is imported to an
 * installation of its own on the embedded stores, and once more. Beside it, qemu-img converts the
 * same file to a raw image, which is imported to another new installation. Then the disk is
 * exported as qcow2, and as a raw image that qemu-img converts. Files are in the page cache, and
 * results on tmpfs if TMPDIR is. Medians of all rounds (3), in seconds.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ending } from './ending.ts';
import { writeExt4 } from './images/ext4-image.ts';
import { createRun } from './process/program.ts';
import { MIB } from './sizes.ts';
import { buildCli } from './varve/build-cli.ts';
import { startMachine } from './varve/machine.ts';

const ROUNDS = Number(process.argv[2] ?? 3);
const LIMIT_S = 600;
const KINDS = [
  { name: 'as it is', convert: [], export: [] },
  { name: 'zlib', convert: ['-c'], export: ['--compression', 'zlib'] },
  { name: 'zstd', convert: ['-c', '-o', 'compression_type=zstd'], export: ['--compression', 'zstd'] },
] as const;

const ending = new Ending();
const run = createRun(ending.signal);
const folder = mkdtempSync(join(tmpdir(), 'varve-image-files-'));
ending.removeFolder(folder);
const at = (name: string) => join(folder, name);

/** Seconds; processor time is that of the programs alone, without the server. */
interface Cost {
  readonly wallS: number;
  readonly cpuS: number;
}

const costs = new Map<string, Cost[]>();

function note(name: string, ...parts: readonly Cost[]): void {
  const sum = { wallS: 0, cpuS: 0 };
  for (const { wallS, cpuS } of parts) {
    sum.wallS += wallS;
    sum.cpuS += cpuS;
  }
  costs.set(name, [...(costs.get(name) ?? []), sum]);
}

function convert(from: string, to: string, args: readonly string[]): Promise<Cost> {
  return run({ command: 'qemu-img', args: ['convert', ...args, from, to], limitS: LIMIT_S });
}

interface Imports {
  /** To an installation that has nothing yet. */
  readonly first: Cost;
  /** To a new disk of the same installation, which has all blocks. */
  readonly again: Cost;
}

async function importTwice(path: string): Promise<Imports> {
  const installation = await startMachine({ dataDir: at('new'), run, ending });
  try {
    const first = await installation.cli.importImage(path, 'first');
    const again = await installation.cli.importImage(path, 'again');
    return { first, again };
  } finally {
    await installation.stop();
    rmSync(at('new'), { recursive: true, force: true });
  }
}

async function measureImport(name: string): Promise<void> {
  const file = at(`${name}.qcow2`);
  const own = await importTwice(file);
  const converted = await convert(file, at('converted.img'), ['-f', 'qcow2', '-O', 'raw']);
  const raw = await importTwice(at('converted.img'));
  rmSync(at('converted.img'));
  note(`convert ${name}`, converted);
  for (const which of ['first', 'again'] as const) {
    note(`${which} import of qcow2 ${name}`, own[which]);
    note(`convert and ${which} import of qcow2 ${name}`, converted, raw[which]);
  }
}

async function measureExports(): Promise<void> {
  const installation = await startMachine({ dataDir: at('kept'), run, ending });
  try {
    const { diskId } = await installation.cli.importImage(at('disk.img'), 'disk');
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, convert: options, export: more } of KINDS) {
        const own = await installation.cli.exportDisk(diskId, at('own.qcow2'), '--format', 'qcow2', ...more);
        note(`export as qcow2 ${name}`, own);
        await run({ command: 'qemu-img', args: ['check', '-q', at('own.qcow2')], limitS: LIMIT_S });
        const raw = await installation.cli.exportDisk(diskId, at('own.img'));
        const converted = await convert(at('own.img'), at('theirs.qcow2'), ['-f', 'raw', '-O', 'qcow2', ...options]);
        note(`export and convert to qcow2 ${name}`, raw, converted);
        if (round === 0) {
          console.log(`${name}: ${mib(at('own.qcow2'))} MiB, of qemu-img ${mib(at('theirs.qcow2'))} MiB`);
        }
        for (const file of ['own.qcow2', 'own.img', 'theirs.qcow2']) rmSync(at(file));
      }
    }
  } finally {
    await installation.stop();
  }
}

const mib = (path: string) => Math.round(statSync(path).size / MIB);

function median(name: string, what: keyof Cost): number {
  const sorted = (costs.get(name) ?? []).map((cost) => cost[what]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print(own: string, other: string): void {
  const figures = (['wallS', 'cpuS'] as const).map((what) => {
    const [mine, theirs] = [median(own, what), median(other, what)];
    return `${what} ${mine.toFixed(2)} / ${theirs.toFixed(2)} = ${(mine / theirs).toFixed(2)}`;
  });
  console.log(`${own} / ${other}: ${figures.join(', ')}`);
}

try {
  await buildCli(run);
  await writeExt4(at('disk.img'), { bytes: 1024 * MIB, contentBytes: 550 * MIB, contentRoot: '/usr' }, run);
  for (const { name, convert: options } of KINDS) {
    await convert(at('disk.img'), at(`${name}.qcow2`), ['-f', 'raw', '-O', 'qcow2', ...options]);
  }
  for (let round = 0; round < ROUNDS; round++) for (const { name } of KINDS) await measureImport(name);
  await measureExports();
  for (const { name } of KINDS) {
    console.log(`qemu-img alone, ${name}: ${median(`convert ${name}`, 'wallS').toFixed(2)} s`);
    for (const which of ['first', 'again']) {
      print(`${which} import of qcow2 ${name}`, `convert and ${which} import of qcow2 ${name}`);
    }
    print(`export as qcow2 ${name}`, `export and convert to qcow2 ${name}`);
  }
} finally {
  await ending.run();
}
