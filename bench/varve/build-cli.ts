import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../process/program.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const LIMIT_S = 120;

/** Bundles the command line, so that what is measured is what the sources say. */
export async function buildCli(run: Run): Promise<void> {
  await run({ command: process.execPath, args: [join(ROOT, 'src/cli/build.mjs')], limitS: LIMIT_S });
}
