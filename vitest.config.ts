import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './.ci/count-reporter.ts';
import { LongestFirst } from './.ci/longest-first.ts';

/** Each keeps its modules and may run engines of its own: about a gigabyte. */
const MOST_WORKERS = 8;

export default defineConfig({
  // As Node resolves it: `graphql` must be one module for our files and for the server's.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    reporters: ['default', new CountReporter()],
    pool: 'forks',
    // What is deprecated fails the run: above all a file handle that nobody closed.
    execArgv: ['--throw-deprecation', '--expose-gc'],
    setupFiles: ['test/support/surroundings.ts', 'test/support/leaks.ts'],
    // Threads and processes of ours run TypeScript as it stands; with its types stripped once, they
    // start in half the time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') },
    // Against what hangs. Nothing is held to a time here: that is what bench/ is for.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    retry: 0, // a test that fails now and then is broken
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/global-setup.ts'],
    // One more than there are cores: most files wait now and then for a program that they started,
    // or for a time to pass.
    maxWorkers: Math.min(availableParallelism() + 1, MOST_WORKERS),
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          // A worker and its modules serve many files. A worker for each file would take 1.4 s of
          // CPU each time. Modules have no state, so no file notices the ones before it.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{program,long}.test.ts'],
          env: { VARVE_TEST_STORES: 'embedded' },
        },
      },
      {
        extends: true,
        // Long by nature: varve in processes of its own, tools of images and of NBD, mounts.
        test: { name: 'programs', include: ['test/**/*.program.test.ts'] },
      },
      {
        extends: true,
        // The rule book once more, on the stores of the cloud.
        test: {
          name: 'cloud',
          isolate: false, // as in main
          include: ['test/api/*.test.ts'],
          env: { VARVE_TEST_STORES: 'cloud' },
        },
      },
      {
        extends: true,
        // Long by nature: whole installations, power cuts, thousands of random histories.
        test: { name: 'long', include: ['test/**/*.long.test.ts'] },
      },
      {
        extends: true,
        // Long by nature, and root's alone: power cuts below the kernel's ext4.
        test: { name: 'power', include: ['test/power/*.power.ts'], testTimeout: 3_600_000 },
      },
      {
        extends: true,
        test: { name: 'kernel', include: ['test/kernel/*.kernel.ts'], testTimeout: 400_000 },
      },
    ],
  },
});
