import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one line for scripts: `N passed, N failed`. A file that does not even load
 * counts as failed.
 */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const unloaded = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    process.on('exit', () => console.log(`${passed} passed, ${failed + unloaded + errors.length} failed`));
  }
}
