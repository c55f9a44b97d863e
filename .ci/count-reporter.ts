import type { Reporter, TestModule } from 'vitest/node';

const LONGEST = 400;

/**
 * Ends the run with lines for scripts: `failed: FILE: NAME: WHY` for each test that failed, and one
 * `N passed, N failed`. A file that does not even load counts as failed.
 */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    // The file of a worker that crashed is not named otherwise.
    const unfinished = modules
      .filter((module) => !['passed', 'failed', 'skipped'].includes(module.state()))
      .map((module) => module.relativeModuleId)
      .join(', ');
    const crashed = unfinished === '' ? '' : `; not finished: ${unfinished}`;
    const failed = [
      ...tests
        .filter((test) => test.result().state === 'failed')
        .map((test) => `${test.module.relativeModuleId}: ${test.fullName}: ${test.result().errors?.[0]?.message}`),
      // A hook that failed: the tests below it did not run.
      ...modules.flatMap((module) =>
        [module, ...module.children.allSuites()].flatMap((suite) =>
          suite.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`),
        ),
      ),
      ...errors.map((error) => `outside of tests: ${messageOf(error)}${crashed}`),
    ];
    process.on('exit', () => {
      for (const what of failed) console.log(`failed: ${what.replaceAll(/\s+/g, ' ').slice(0, LONGEST)}`);
      console.log(`${passed} passed, ${failed.length} failed`);
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
    ? String(error.message)
    : String(error);
}
