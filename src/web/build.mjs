// Writes dist/web/: what browsers are given, each file also in its compressed forms. Plain
// JavaScript, so that `npm ci` can run it on any Node.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
// biome-ignore lint/correctness/useImportExtensions: it takes the declarations beside it for the file
import { buildConsole } from '../console/build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Compressed forms of what has no form of its own, where they save anything. */
const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|webmanifest)$/;
const FORMS = [
  // The best form takes seconds, for 8 % less: GraphiQL has 401 kB so, and 367 then.
  ['.br', (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/** GraphiQL's styles hold two fonts as text, twice as much as all else. Those of the system do. */
const withoutFonts = {
  name: 'without fonts',
  setup({ onLoad }) {
    onLoad({ filter: /graphiql\/dist\/style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

/** Into dist/web, or another folder. It appears whole. */
export async function buildWeb(folder = join(ROOT, 'dist/web')) {
  const work = `${folder}.${process.pid}`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    await buildGraphiql(join(work, 'graphiql'));
    await buildConsole(join(work, 'console'));
    await compressAll(work);
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function buildGraphiql(folder) {
  const from = join(ROOT, 'src/web/graphiql');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: join(from, 'main.mjs') },
    outdir: join(folder, 'assets'),
    entryNames: '[name]-[hash]',
    plugins: [withoutFonts],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  await mkdir(join(folder, 'assets'), { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const nameOf = (ending) => outputFiles.map(({ path }) => basename(path)).find((name) => name.endsWith(ending));
  const html = (await readFile(join(from, 'index.html'), 'utf8'))
    .replace('%main.css%', `assets/${nameOf('.css')}`)
    .replace('%main.js%', `assets/${nameOf('.js')}`);
  await writeFile(join(folder, 'index.html'), html);
}

async function compressAll(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((found) => found.isFile() && COMPRESSIBLE.test(found.name))) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(path);
    for (const [ending, compress] of FORMS) {
      const packed = await compress(bytes);
      if (packed.length < bytes.length) await writeFile(`${path}${ending}`, packed);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
