import { spawnSync } from 'node:child_process';

/**
 * Every static gate, one after the other: `npm run check`, or some of them:
 * `npm run check -- types imports`.
 */
const GATES: Readonly<Record<string, readonly string[]>> = {
  types: ['node', '.ci/check-types.ts'],
  lint: ['biome', 'check', '--error-on-warnings'],
  'typed-lint': ['oxlint', '--type-aware', '--deny-warnings'],
  imports: ['node', '.ci/check-imports.ts'],
  portable: ['node', '.ci/check-portable.ts'],
  dead: ['knip'],
  generated: ['graphql-codegen', '--config', 'codegen.yml', '--check'],
  schema: ['node', '.ci/check-schema.ts'],
  events: ['node', '.ci/check-events.ts'],
  sizes: ['node', '.ci/check-sizes.ts'],
  mutations: ['node', '.ci/check-mutations.ts'],
  prose: ['node', '.ci/check-prose.ts'],
  rules: ['node', '.ci/check-rules.ts'],
  reference: ['node', '.ci/check-reference.ts'],
  architecture: ['node', '.ci/check-architecture.ts'],
  links: ['node', '.ci/check-links.ts'],
  'seed-map': ['node', '.ci/check-seed-map.ts'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in GATES));
if (unknown.length > 0)
  throw new Error(`No such gate: ${unknown.join(', ')}. Gates: ${Object.keys(GATES).join(', ')}.`);

const failed = Object.entries(GATES)
  .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  .filter(([name, [command = '', ...options]]) => {
    console.log(`\n== ${name}: ${[command, ...options].join(' ')}`);
    return spawnSync(command, options, { stdio: 'inherit' }).status !== 0;
  })
  .map(([name]) => name);

console.log(failed.length === 0 ? '\nAll gates passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
