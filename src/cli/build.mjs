// Writes dist/cli/. Plain JavaScript, so that `npm ci` can run it on any Node.
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bundle } from './bundle.mjs';

const { outputFiles } = await bundle();

// Each file appears whole: a CLI that starts meanwhile gets the old or the new one.
for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}

// Parts of earlier builds go once no command that is still running can ask for them.
const UNUSED_FOR_MS = 24 * 3600_000;
const made = new Set(outputFiles.map(({ path }) => basename(path)));
const folder = dirname(outputFiles[0].path);
for (const name of await readdir(folder)) {
  const path = join(folder, name);
  if (made.has(name) || Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now()) < UNUSED_FOR_MS)
    continue;
  await rm(path, { force: true });
}
