import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildResult, Metafile } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LICENCE = /^(licen[cs]e|notice)(\.(md|txt))?$/i;

/** The packages that the bundle has parts of, each with its licence: they go wherever it goes. */
export async function thirdParties(): Promise<string> {
  const { bundle } = (await import('../bundle.mjs' as string)) as { bundle(): Promise<BuildResult> };
  const { outputs } = (await bundle()).metafile as Metafile;
  const folders = new Set(
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).flatMap((path) => packageOf(path) ?? [])),
  );
  const texts = await Promise.all([...folders].sort().map(licenceOf));
  return `Varve contains parts of these packages.\n\n${texts.join('\n')}`;
}

/** The folder of the package that a file belongs to. */
function packageOf(path: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

async function licenceOf(folder: string): Promise<string> {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const files = (await readdir(path)).filter((file) => LICENCE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(path, file), 'utf8')));
  return [`== ${name} ${version}, ${license ?? 'see below'}`, ...texts, ''].join('\n');
}
