import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_BUCKET } from './environment.ts';
import { StartError } from './start-error.ts';

/**
 * What a first start that was killed early may have left, and what a new file system has at its
 * root.
 */
const OF_A_START = /^(lock|lock-journal|varve\.json\.new|\.probe-.*|lost\+found)$/;
/** All that a data folder holds, without the marker that says so. */
const OF_AN_INSTALLATION =
  /^((catalogue|shared-local-instance)\.db.*|objects|incoming|keys\.json|(admin\.key|operator\.key|endpoint\.json)(\.new)?|logs|code|demo)$/;

/** Refuses a folder without a marker that holds what Varve has not made. */
export function refuseForeign(path: string, opening: 'make' | 'rescue'): void {
  const isOwn = (name: string): boolean =>
    OF_A_START.test(name) || (opening === 'rescue' && OF_AN_INSTALLATION.test(name));
  const foreign = readdirSync(path).find((name) => !isOwn(name));
  if (foreign === undefined) return;
  throw new StartError(`${path} is no data folder of Varve: it holds "${foreign}"; choose another with --data.`);
}

/**
 * The bucket tells by its manifests what its objects are (docs/format.md); without one, nothing can
 * be made of them.
 */
export function requireManifests(path: string): void {
  const manifests = join(path, 'objects', LOCAL_BUCKET, 'manifests');
  if (holdsObjects(manifests)) return;
  throw new StartError(`There is nothing to rebuild from: ${manifests} holds no manifest.`);
}

/** Whether the object engine has stored anything below. Folders that it has emptied it leaves. */
export function holdsObjects(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? holdsObjects(join(folder, entry.name)) : entry.name.endsWith('._S3rver_object'),
  );
}
