import { setFlagsFromString } from 'node:v8';
import manifest from '../../package.json' with { type: 'json' };

/** The program of the single executable, as varve.mjs starts the package's. */
const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') process.stdout.write(`${manifest.version}\n`);
else void start();

async function start(): Promise<void> {
  setFlagsFromString('--max-semi-space-size=1'); // as in varve.mjs
  const { main } = await import('./main.ts');
  process.exitCode = await main(words);
  process.stdout.write('', () => process.exit());
}
