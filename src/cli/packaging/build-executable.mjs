// Writes dist/executable/varve: Node itself with the program, its threads and the native addon in
// it. For Linux x64, on Linux x64. See
// nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'postject';
import { bundleExecutable } from '../bundle.mjs';

/** Node looks for this text in itself, and whether a blob was put in. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

if (`${process.platform}-${process.arch}` !== 'linux-x64') throw new Error('The executable is built on Linux x64.');
const folder = fileURLToPath(new URL('../../../dist/executable', import.meta.url));
await mkdir(folder, { recursive: true });
const work = await mkdtemp(join(folder, 'work-'));
try {
  const { outputFiles } = await bundleExecutable();
  const assets = { 'koffi.node': addon() };
  for (const { path, contents } of outputFiles) {
    const file = join(work, basename(path));
    await writeFile(file, contents);
    if (basename(path) !== 'varve.js') assets[basename(path)] = file;
  }
  const blob = join(work, 'blob');
  const config = { main: join(work, 'varve.js'), output: blob, disableExperimentalSEAWarning: true, assets };
  await writeFile(join(work, 'config.json'), JSON.stringify({ ...config, useCodeCache: true }));
  execFileSync(process.execPath, ['--experimental-sea-config', join(work, 'config.json')], { stdio: 'ignore' });
  const made = join(work, 'varve');
  await copyFile(process.execPath, made);
  await inject(made, 'NODE_SEA_BLOB', await readFile(blob), { sentinelFuse: FUSE });
  await chmod(made, 0o755);
  await rename(made, join(folder, 'varve'));
} finally {
  await rm(work, { recursive: true, force: true });
}

function addon() {
  const path = createRequire(import.meta.url).resolve('@koromix/koffi-linux-x64');
  return join(dirname(path), 'linux_x64/koffi.node');
}
