import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildResult, context, type OutputFile, type Plugin } from 'esbuild';
import { writeDurably } from '../platform/durable-file.ts';
import { bundleOptions, FUNCTIONS } from './build.ts';

export interface WatchOptions {
  readonly root: string;
  /** Gets `dist/<function>.mjs`, as serverless.yml names the handlers. */
  readonly codeDir: string;
  /** After each build but the first; what the compiler found wrong, if anything. */
  readonly onRebuild: (errors: readonly string[]) => void;
}

/** A file beside the handlers, with the name of the folder that has the newest build. */
const NEWEST = 'newest';
/** A call that is under way may still load a part of the one before. */
const KEPT_BUILDS = 2;

/**
 * Bundles the functions, and again whenever one of their sources changes. Node loads a module once
 * for each address, whatever becomes of its file. So each build has a folder of its own, and a
 * handler is a few lines that call the newest build. What does not compile changes nothing.
 */
export async function watchFunctions({ root, codeDir, onRebuild }: WatchOptions): Promise<void> {
  const dist = join(codeDir, 'dist');
  await mkdir(dist, { recursive: true });
  for (const name of FUNCTIONS) await writeFile(join(dist, `${name}.mjs`), handlerOf(name));
  let builds = 0;
  const first = Promise.withResolvers<void>();
  const onEnd = async (result: BuildResult<{ write: false }>) => {
    const errors = result.errors.map(({ text, location }) => `${location?.file}:${location?.line}: ${text}`);
    if (errors.length === 0) {
      builds += 1;
      await publish(dist, builds, result.outputFiles);
    }
    if (builds === 0) first.reject(new Error(errors.join('\n')));
    else if (builds > 1 || errors.length > 0) onRebuild(errors);
    first.resolve();
  };
  const publisher: Plugin = { name: 'publish', setup: (build) => build.onEnd((result) => onEnd(result as never)) };
  const watching = await context({
    ...bundleOptions(root, join(dist, 'build')),
    splitting: true, // what they have in common is made once
    sourcemap: true, // for breakpoints in the sources
    write: false,
    plugins: [publisher],
  });
  await watching.watch();
  await first.promise;
}

async function publish(dist: string, build: number, files: readonly OutputFile[]): Promise<void> {
  const folder = `build-${build}`;
  for (const { path, contents } of files) {
    const target = join(dist, folder, path.slice(join(dist, 'build').length));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  writeDurably(join(dist, NEWEST), folder);
  rmSync(join(dist, `build-${build - KEPT_BUILDS}`), { recursive: true, force: true });
}

function handlerOf(name: string): string {
  return `import { readFileSync } from 'node:fs';
const newest = new URL('${NEWEST}', import.meta.url);
export async function handler(event, context) {
  const built = await import(new URL(readFileSync(newest, 'utf8') + '/${name}.mjs', import.meta.url));
  return built.handler(event, context);
}
`;
}
