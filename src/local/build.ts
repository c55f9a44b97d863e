import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';

export const FUNCTIONS = ['graphql', 'worker', 'janitor', 'scheduler', 'account', 'rebuild'] as const;

export interface FunctionsBuild {
  readonly root: string;
  readonly outDir: string;
  /**
   * `packed`: one small file each, as a deployment wants it, with its source map beside it.
   * `shared`: what they have in common is made once, in a fraction of the time, and names stay
   * readable.
   */
  readonly shape: 'packed' | 'shared';
}

const SHAPES: Readonly<Record<FunctionsBuild['shape'], BuildOptions>> = {
  packed: { minify: true, sourcemap: 'external' },
  shared: { splitting: true, minifyWhitespace: true, minifySyntax: true },
};

/** Bundles each function of `functions/` into an ES module `<outDir>/<name>.mjs`. */
export async function buildFunctions({ root, outDir, shape }: FunctionsBuild): Promise<void> {
  // parts that are shared no more
  if (shape === 'shared') await rm(outDir, { recursive: true, force: true });
  await build({
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
    ...SHAPES[shape],
  });
  await stop(); // else it stays as a process, with all that it read
}
