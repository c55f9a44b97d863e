import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';
import { FULL, GIB, QUICK, type Sizes } from './sizes.ts';

export const PARTS = [
  'machine',
  'local',
  'store',
  'restic',
  'api',
  'requests',
  'reclaim',
  'growth',
  'timer',
  'nbd',
] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly sizes: Sizes;
  readonly parts: ReadonlySet<Part>;
  /** Where stores and exported images go. */
  readonly dataDir: string;
  /** Where images are kept; undefined: made for this run. */
  readonly imagesDir: string | undefined;
  readonly json: string;
}

export const USAGE = `npm run bench -- [options]
  --quick         small images and one round: a few minutes
  --rounds N      rounds of everything that is timed (3)
  --only PARTS    some of ${PARTS.join(',')}
  --disks N       disks that are due at the same hour, for the parts machine and timer
                  (100000; 1000 with --quick)
  --images DIR    take a.img and b.img from there, making them where they are missing
  --data DIR      for stores and exported images (/dev/shm where there is room, else the
                  system's temporary folder)
  --json FILE     where all figures go (bench/results/latest.json)`;

const MEMORY_FOLDER = '/dev/shm';
/** Three stores of the same images and an exported one beside them. */
const ROOM_IMAGES = 4;

export function parseOptions(args: readonly string[], cwd: string): Options {
  const { values } = parse(args);
  const preset = values.quick ? QUICK : FULL;
  const sizes = {
    ...preset,
    rounds: rounds(values.rounds) ?? preset.rounds,
    timerDisks: disks(values.disks) ?? preset.timerDisks,
  };
  return {
    sizes,
    parts: new Set(values.only === undefined ? PARTS : values.only.split(',').map(part)),
    dataDir: values.data === undefined ? roomyFolder(sizes) : resolve(cwd, values.data),
    imagesDir: values.images === undefined ? undefined : resolve(cwd, values.images),
    json: resolve(cwd, values.json),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        only: { type: 'string' },
        disks: { type: 'string' },
        images: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'string', default: 'bench/results/latest.json' },
      },
    });
  } catch (error) {
    throw new BenchError(`${(error as Error).message}\n${USAGE}`);
  }
}

function rounds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d?$/.test(text)) throw new BenchError('--rounds must be a number from 1 to 99.');
  return Number(text);
}

function disks(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new BenchError('--disks must be a number from 1 to 9999999.');
  return Number(text);
}

function part(name: string): Part {
  const found = PARTS.find((candidate) => candidate === name);
  if (found === undefined) throw new BenchError(`There is no part ${name}: ${PARTS.join(', ')}.`);
  return found;
}

/** On a tmpfs the figures hold no disk: they are CPU and memory alone. */
function roomyFolder(sizes: Sizes): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    if (bavail * bsize > ROOM_IMAGES * sizes.imageBytes + GIB) return MEMORY_FOLDER;
  } catch {
    // There is none.
  }
  return tmpdir();
}
