import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './.ci/count-reporter.ts';
import { LongestFirst } from './.ci/longest-first.ts';

/** Each may run engines of its own, at about half a gigabyte. */
const MOST_WORKERS = 8;

export default defineConfig({
  // As Node resolves it: `graphql` must be one module for our files and for the server's.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    reporters: ['default', new CountReporter()],
    pool: 'forks',
    // Against what hangs. Nothing is held to a time here: that is what bench/ is for.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    retry: 0, // a test that fails now and then is broken
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    include: [process.env.VARVE_TESTS === 'kernel' ? 'test/kernel/*.kernel.ts' : 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // One more than there are cores: most files wait now and then for a program that they started, or for a time to pass.
    maxWorkers: Math.min(availableParallelism() + 1, MOST_WORKERS),
  },
});
