import { join } from 'node:path';
import { shared } from './shared.ts';

/** What starts the CLI, once `cliBuilt` has resolved. */
export const LAUNCHER = join(import.meta.dirname, '../../src/cli/varve.mjs');

/** The CLI of the sources under test: the one in dist/ may be of others. */
export async function cliBuilt(): Promise<void> {
  await shared('cli');
}
