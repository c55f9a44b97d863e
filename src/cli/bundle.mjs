// The bundles of the CLI, its threads and the server: for dist/cli/, and for the single executable.
// Plain JavaScript, so that `npm ci` can run it on any Node.
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

/**
 * An `import` of a module of Node's evaluates each of its exports. Among those of node:http is
 * undici, among those of node:tls all root certificates, which no command uses: together a third of
 * the CPU time of a short one.
 */
const withoutLazyExports = {
  name: 'without lazy exports',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(http|tls)$/ }, ({ path }) => ({ path, namespace: 'lazy' }));
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

/** The executable has no files beside it: what it carries is in src/platform/program/embedded. */
const withEmbedded = {
  name: 'with embedded',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/platform\/program\/[a-z-]+\.ts$/ }, async ({ path }) => ({
      contents: `export * from './embedded/${path.split('/').at(-1)}';`,
      resolveDir: fileURLToPath(new URL('../platform/program', import.meta.url)),
    }));
  },
};

const THREADS = {
  thread: 'src/client/threads/thread.ts',
  'catalogue-thread': 'src/platform/catalogue/sqlite/thread.ts',
  'keep-thread': 'src/local/keep/thread.ts',
  'judge-thread': 'src/local/server/judge-thread.ts',
  'copy-thread': 'src/platform/objects/folder/copy-thread.ts',
};

const COMMON = {
  absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
  write: false,
  metafile: true,
  bundle: true,
  platform: 'node',
  target: 'node22.15',
  // The AWS SDK and Apollo have ES builds beside their CommonJS ones; only those can be pruned.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

// graphql checks each value's class in a slower way elsewhere, to explain mistakes.
const PRODUCTION = { 'process.env.NODE_ENV': '"production"' };

const PARTS = {
  ...COMMON,
  entryPoints: { varve: 'src/cli/main.ts', ...THREADS },
  splitting: true, // what only some commands need is loaded by them
  format: 'esm',
};

/** Each file with its contents, and what it is made of. Nothing is written. */
export function bundle() {
  return build({
    ...PARTS,
    outdir: 'dist/cli',
    // CommonJS packages inside the bundle still call require() for Node's own modules.
    banner: {
      js: "import{createRequire as varveRequire}from'node:module';const require=varveRequire(import.meta.url);",
    },
    define: PRODUCTION,
    plugins: [withoutLazyExports],
  });
}

/**
 * For the single executable, by names of files: `start.js`, which Node runs, `loader.js`, by which
 * threads begin, and the parts, which these two load. An executable runs CommonJS alone.
 */
export async function bundleExecutable() {
  const common = { ...COMMON, target: 'node24', outdir: 'dist/executable' };
  const { outputFiles } = await build({
    ...PARTS,
    ...common,
    define: { ...PRODUCTION, 'import.meta.url': '"file:///varve.js"' },
    plugins: [withoutLazyExports, withEmbedded],
  });
  const parts = outputFiles.map(async ({ path, text }) => {
    // `import()` becomes `require` too: of parts there is nothing else.
    const supported = { 'dynamic-import': false };
    const { code } = await transform(text, { format: 'cjs', target: 'node24', supported, minifyWhitespace: true });
    return [basename(path), code];
  });
  const start = await build({ ...common, entryPoints: { start: 'src/cli/executable.ts' }, format: 'cjs' });
  const loader = await build({
    ...common,
    entryPoints: { loader: 'src/platform/program/embedded/load-part.ts' },
    format: 'iife',
    globalName: 'varveParts',
  });
  const others = [...start.outputFiles, ...loader.outputFiles].map(({ path, text }) => [basename(path), text]);
  return { parts: Object.fromEntries(await Promise.all(parts)), others: Object.fromEntries(others) };
}
