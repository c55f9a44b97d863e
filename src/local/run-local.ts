import { fileURLToPath } from 'node:url';
import { systemClock } from '../platform/clock.ts';
import { loseWhatIsTooMuch } from '../platform/log.ts';
import { banner } from './banner.ts';
import type { Opening } from './data-folder.ts';
import { type Local, startLocal } from './local.ts';
import { type LocalOptions, parseLocalOptions, USAGE } from './options.ts';
import { StartError } from './start-error.ts';
import { untilEnd } from './until-end.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Up {
  readonly local: Local;
  readonly options: LocalOptions;
}

type Work = (up: Up) => Promise<'stay' | 'end'>;

/**
 * Starts the single machine, does `work` on it, and stays until it is asked to end, or as long as
 * `work` says.
 */
export async function runLocal(
  args: readonly string[],
  work?: Work,
  options: { readonly opening?: Opening; readonly silent?: boolean } = {},
): Promise<void> {
  process.umask(0o077); // of the programs that it starts, too
  for (const stream of [process.stdout, process.stderr]) loseWhatIsTooMuch(stream);
  process.exitCode = await exitCode(args, work, options);
  // Connections that are kept open, or a child that is slow to go, must not hold a process that is
  // done.
  process.exit();
}

async function exitCode(
  args: readonly string[],
  work: Work | undefined,
  { opening = 'make', silent = false }: { readonly opening?: Opening; readonly silent?: boolean },
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const options = parseLocalOptions(args, process.cwd());
    const ending = untilEnd();
    const began = performance.now();
    const local = await startLocal({ ...options, root: ROOT, clock: systemClock, opening });
    const tookMs = performance.now() - began;
    if (!silent)
      process.stdout.write(`${banner({ ...local, dataDir: options.dataDir, cwd: process.cwd(), tookMs })}\n`);
    const end = ending.of(local);
    return await (work === undefined ? end : Promise.race([end, during(work, { local, options }, end)]));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function during(work: Work, up: Up, end: Promise<number>): Promise<number> {
  try {
    if ((await work(up)) === 'stay') return await end;
    return 0;
  } finally {
    await up.local.stop();
  }
}
