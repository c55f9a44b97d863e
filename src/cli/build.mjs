// Writes dist/cli/. Plain JavaScript, so that `npm ci` can run it on any Node.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundle } from './bundle.mjs';

const { outputFiles } = await bundle();

// Each file appears whole: a CLI that starts meanwhile gets the old or the new one.
for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}
