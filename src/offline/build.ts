import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';

export const FUNCTIONS = [
  'graphql',
  'console',
  'worker',
  'notifier',
  'janitor',
  'scheduler',
  'account',
  'rebuild',
] as const;

/** Each function of `functions/` as an ES module `<outDir>/<name>.mjs`. */
export function bundleOptions(root: string, outDir: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: FUNCTIONS.map((name) => join('functions', `${name}.ts`)),
    outdir: outDir,
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
    legalComments: 'none',
    logLevel: 'silent',
  };
}

/** For a deployment: one small file each, with its source map beside it, and what browsers get. */
export async function packFunctions(root: string): Promise<void> {
  await build({ ...bundleOptions(root, join(root, 'dist')), minify: true, sourcemap: 'external' });
  const { buildWeb } = (await import('../web/build.mjs' as string)) as { buildWeb(): Promise<void> };
  await buildWeb();
  await stop(); // else it stays as a process, with all that it read
}
