import { defineConfig } from 'vitest/config';
import { CountReporter } from './.ci/count-reporter.ts';

export default defineConfig({
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
