import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './.ci/count-reporter.ts';

export default defineConfig({
  // As Node resolves it: `graphql` must be one module for our files and for the server's.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', new CountReporter()],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    retry: 0, // a test that fails now and then is broken
    allowOnly: false,
  },
});
