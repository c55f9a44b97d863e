import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Files that nobody writes by hand, and the licence. */
const NOT_OURS = /^(package-lock\.json|LICENSE|docs\/(cli|rules)\.md|docs\/reference\/.*|(src|bench)\/generated\/.*)$/;

/** The files of the tree, new ones included. Run in the root of the repository. */
export function allFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(file)); // some are deleted, but not committed yet
}

/** Those of them that people write. */
export function ownFiles(): string[] {
  return allFiles().filter((file) => !NOT_OURS.test(file));
}

/** Made from descriptions in the schema, which have to be short enough for it. */
export function describedFiles(): string[] {
  return allFiles().filter((file) => /^(src|bench)\/generated\/.*\.ts$/.test(file));
}

/** Those of them that are named, or lie below a folder that is named. All, if nothing is named. */
export function chooseFiles(files: readonly string[], named: readonly string[]): string[] {
  const paths = named.map((name) => name.replace(/^\.\//, '').replace(/\/$/, ''));
  const unknown = paths.find((path) => path !== '.' && !files.some((file) => isBelow(file, path)));
  if (unknown !== undefined) throw new Error(`no file of ours is ${unknown} or lies below it`);
  return files.filter((file) => paths.length === 0 || paths.some((path) => path === '.' || isBelow(file, path)));
}

function isBelow(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}
