// Bundles the CLI and its threads into dist/cli/. Plain JavaScript, so that `npm ci` can run it on any Node.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: { varve: 'src/cli/main.ts', thread: 'src/client/threads/thread.ts' },
  outdir: process.argv[2] ?? 'dist/cli',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Loaded only when needed, from where npm put them.
  external: ['koffi', '@aws-sdk/client-kms'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
});
