// Writes varve into the folder that is given, by default dist/executable: Node itself with the
// program, its threads and the native addon in it. For Linux x64, on Linux x64. See "Single
// executable applications" in Node's documentation.
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { buildWeb } from '../../web/build.mjs';
import { bundleExecutable } from '../bundle.mjs';

// It names each note of Node's file that it has no name for, many times over.
const warn = console.warn;
console.warn = (text, ...more) => {
  if (!String(text).includes('string offset for section name')) warn(text, ...more);
};
const { inject } = await import('postject');

/** Node looks for this text in itself, and whether a blob was put in. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

if (`${process.platform}-${process.arch}` !== 'linux-x64') throw new Error('The executable is built on Linux x64.');
const folder = process.argv[2] ?? fileURLToPath(new URL('../../../dist/executable', import.meta.url));
await mkdir(folder, { recursive: true });
const work = await mkdtemp(join(folder, 'work-'));
try {
  const { parts, others } = await bundleExecutable();
  const assets = { 'koffi.node': addon() };
  const carry = async (name, contents) => {
    assets[name] = join(work, name);
    await writeFile(assets[name], contents);
  };
  for (const [name, source] of Object.entries(parts)) {
    await carry(name, source);
    await carry(`${name}.cache`, compiled(name, source));
  }
  await carry('loader.js', others['loader.js']);
  const web = join(work, 'web');
  await buildWeb(web);
  const pages = (await readdir(web, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const names = pages.map(({ parentPath, name }) => relative(web, join(parentPath, name)));
  for (const name of names) assets[`web/${name}`] = join(web, name);
  await carry('web.json', JSON.stringify(names));
  await writeFile(join(work, 'start.js'), others['start.js']);
  const blob = join(work, 'blob');
  const config = { main: join(work, 'start.js'), output: blob, disableExperimentalSEAWarning: true, assets };
  await writeFile(join(work, 'config.json'), JSON.stringify(config));
  execFileSync(process.execPath, ['--experimental-sea-config', join(work, 'config.json')], { stdio: 'ignore' });
  const made = join(work, 'varve');
  await copyFile(process.execPath, made);
  await inject(made, 'NODE_SEA_BLOB', await readFile(blob), { sentinelFuse: FUSE });
  await chmod(made, 0o755);
  await rename(made, join(folder, 'varve'));
  process.stdout.write(`${relative(process.cwd(), join(folder, 'varve'))} is ready.\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** What V8 makes of a part, in the form in which load-part.ts asks for it. */
function compiled(filename, source) {
  const script = new Script(`(function (module, exports, require) {${source}\n})`, { filename });
  script.runInThisContext();
  return script.createCachedData();
}

function addon() {
  const path = createRequire(import.meta.url).resolve('@koromix/koffi-linux-x64');
  return join(dirname(path), 'linux_x64/koffi.node');
}
