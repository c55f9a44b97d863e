import { setFlagsFromString } from 'node:v8';
import manifest from '../../package.json' with { type: 'json' };
import { createLoader } from '../platform/program/embedded/load-part.ts';
import type { main } from './main.ts';

/**
 * The program of the single executable, as varve.mjs starts the package's. What a command needs is
 * among the executable's assets, and is not touched before.
 */
const words = process.argv.slice(2);
const isVersion = words.includes('--version') && words.every((word) => word === '--version' || word === '--json');
if (isVersion) process.stdout.write(`${words.includes('--json') ? versionJson() : manifest.version}\n`);
else void start();

/** As varve.mjs has it. */
function versionJson(): string {
  const { platform, arch, versions } = process;
  const { version } = manifest;
  return JSON.stringify({ version, node: versions.node, platform: `${platform}-${arch}`, form: 'executable' }, null, 2);
}

async function start(): Promise<void> {
  if (words[0] === 'server') process.env.UV_THREADPOOL_SIZE ??= '16';
  const program = createLoader()('./varve.js') as { readonly main: typeof main };
  // After loading: V8 takes only what was compiled under the same flags.
  setFlagsFromString('--max-semi-space-size=1');
  process.exitCode = await program.main(words);
  process.stdout.write('', () => process.exit());
}
