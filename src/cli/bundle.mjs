// The bundle of the CLI, its threads and the server, for dist/cli/. Plain JavaScript, so that
// `npm ci` can run it on any Node.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

/** Each file with its contents, and what it is made of. Nothing is written. */
export function bundle() {
  return build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: {
      varve: 'src/cli/main.ts',
      thread: 'src/client/threads/thread.ts',
      'catalogue-thread': 'src/platform/catalogue/sqlite/thread.ts',
      'keep-thread': 'src/local/keep/thread.ts',
      'judge-thread': 'src/local/server/judge-thread.ts',
    },
    outdir: 'dist/cli',
    splitting: true, // what only some commands need is loaded by them
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The AWS SDK and Apollo have ES builds beside their CommonJS ones; only those can be pruned.
    mainFields: ['module', 'main'],
    // CommonJS packages inside the bundle still call require() for Node's own modules.
    banner: {
      js: "import{createRequire as varveRequire}from'node:module';const require=varveRequire(import.meta.url);",
    },
    // Loaded only when needed, from where npm put them.
    external: ['koffi', '@aws-sdk/client-kms', '@aws-sdk/client-lambda', '@aws-sdk/client-s3'],
    // graphql checks each value's class in a slower way elsewhere, to explain mistakes.
    define: { 'process.env.NODE_ENV': '"production"' },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [withoutLazyExports],
  });
}
