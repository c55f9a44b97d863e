import { fileURLToPath } from 'node:url';
import { systemClock } from '../platform/clock.ts';
import { banner } from './banner.ts';
import { startLocal } from './local.ts';
import { parseLocalOptions } from './options.ts';
import { StartError } from './start-error.ts';
import { untilEnd } from './until-end.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

try {
  const options = parseLocalOptions(process.argv.slice(2), process.cwd());
  const began = performance.now();
  const ending = untilEnd();
  const local = await startLocal({ ...options, root: ROOT, clock: systemClock });
  console.log(
    banner({
      url: local.url,
      warnings: local.warnings,
      dataDir: options.dataDir,
      cwd: process.cwd(),
      tookMs: performance.now() - began,
    }),
  );
  process.exit(await ending.of(local));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
