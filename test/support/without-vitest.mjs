import { registerHooks } from 'node:module';

/** Helpers of tests in a process that is no test: what they would do at the end is left out. */
const NAMES = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'expect', 'inject'];
const STAND_IN = `data:text/javascript,${NAMES.map((name) => `export const ${name} = () => {};`).join('')}`;

registerHooks({
  resolve: (name, context, next) => (name === 'vitest' ? { url: STAND_IN, shortCircuit: true } : next(name, context)),
});
