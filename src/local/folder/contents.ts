import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FolderError } from '../start-error.ts';
import { MARKER } from './marker.ts';

const OF_A_START = /^(lock|lock-journal|\.probe-.*|lost\+found)$/;

/**
 * What a first start that was killed early may have left, also while it wrote its `mark`, and what
 * a new file system has at its root.
 */
export function isOfAStart(name: string, mark: string): boolean {
  return OF_A_START.test(name) || name === `${mark}.new`;
}

/** All that a data folder holds, without the marker that says so. */
const OF_AN_INSTALLATION =
  /^(catalogue\.sqlite.*|api\.sock|objects|exports|imports|incoming|removed|staging|(keys\.json|(admin|operator|urls)\.key|metrics\.token|(endpoint|keeping)\.json)(\.new)?|logs|check|demo|earlier)$/;

/** Stands in a folder for as long as it is being restored: nothing takes it for whole. */
export const RESTORING = 'restoring.json';

/**
 * `make`: where there is none it is made. `rescue`: its objects are there, and its catalogue is
 * lost or damaged.
 */
export type Opening = 'make' | 'rescue';

/** Refuses a folder without a marker that holds what Varve has not made. */
export function refuseForeign(path: string, opening: Opening): void {
  const isOwn = (name: string): boolean =>
    isOfAStart(name, MARKER) || (opening === 'rescue' && OF_AN_INSTALLATION.test(name));
  const foreign = readdirSync(path).find((name) => !isOwn(name));
  if (foreign === undefined) return;
  if (existsSync(join(path, RESTORING)))
    throw new FolderError(`Restoring the data folder ${path} was interrupted: run "npx varve server restore" again.`);
  throw new FolderError(`${path} is no data folder of Varve: it holds "${foreign}"; choose another with --data.`);
}

/**
 * The store tells by its manifests what its objects are (docs/format.md); without one, nothing can
 * be made of them.
 */
export function requireManifests(path: string, below = join('objects', 'manifests')): void {
  const manifests = join(path, below);
  if (holdsFiles(manifests)) return;
  throw new FolderError(`There is nothing to rebuild from: ${manifests} holds no manifest.`);
}

/** Whether anything is stored below. */
export function holdsFiles(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) => !entry.isDirectory() || holdsFiles(join(folder, entry.name)),
  );
}
