import { afterAll } from 'vitest';

const environment = { ...process.env };
const folder = process.cwd();

/** A worker runs many files: each finds the environment and the working folder as the first did. */
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(folder);
});
