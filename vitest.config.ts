import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './.ci/count-reporter.ts';

/** Tests that start the whole machine and hold it to its times: one after the other, when nothing else runs. */
const MACHINE = ['test/functions/**/*.test.ts', 'test/local/**/*.test.ts'];

export default defineConfig({
  // As Node resolves it: `graphql` must be one module for our files and for the server's.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    reporters: ['default', new CountReporter()],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    retry: 0, // a test that fails now and then is broken
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          maxWorkers: 2, // vitest leaves one core of two idle
          include: ['test/**/*.test.ts'],
          exclude: MACHINE,
          globalSetup: ['test/support/global-setup.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'machine',
          include: MACHINE,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
