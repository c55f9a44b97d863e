import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export const FUNCTIONS = ['graphql', 'worker', 'janitor', 'account'] as const;

/** Bundles each function of `functions/` into one minified ES module `<outDir>/<name>.mjs`, with its source map beside it. */
export async function buildFunctions(options: { readonly root: string; readonly outDir: string }): Promise<void> {
  await mkdir(options.outDir, { recursive: true });
  await build({
    absWorkingDir: options.root,
    entryPoints: FUNCTIONS.map((name) => join('functions', `${name}.ts`)),
    outdir: options.outDir,
    outExtension: { '.js': '.mjs' },
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
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    logLevel: 'silent',
  });
}
