// Writes dist/man, dist/completions and dist/cli/THIRD-PARTY.txt, for the package.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import { COMMANDS } from '../commands/all.ts';
import { completionScript } from '../completion/scripts.ts';
import { manPages } from '../man.ts';
import { thirdParties } from './third-parties.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
// Builds of the same sources are the same: reproducible-builds.org/docs/source-date-epoch
const epoch = process.env.SOURCE_DATE_EPOCH;
const date = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);

const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    manPages(COMMANDS, { version: manifest.version, date }).map(({ name, text }) => [`man/${name}`, text]),
  ),
  'completions/varve.bash': completionScript('bash'),
  'completions/_varve': completionScript('zsh'),
  'completions/varve.fish': completionScript('fish'),
  'cli/THIRD-PARTY.txt': await thirdParties(),
};

// What an earlier build left is not packed: `prepare` then builds dist/cli.
for (const folder of ['cli', 'man', 'completions']) await rm(join(dist, folder), { recursive: true, force: true });
for (const [name, text] of Object.entries(files)) {
  const path = join(dist, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
