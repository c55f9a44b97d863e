import { join } from 'node:path';
import { shared } from './shared.ts';

/** What starts the CLI, once `cliBuilt` has resolved. */
export const LAUNCHER = join(import.meta.dirname, '../../src/cli/varve.mjs');

/** The CLI of the sources under test: the one in dist/ may be of others. */
export async function cliBuilt(): Promise<void> {
  await shared('cli');
}

/** For `node --import`: changes sources by the edits in VARVE_TEST_EDITS, in each thread. */
export const PATCH_SOURCES = join(import.meta.dirname, 'patch-sources.ts');
