import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reason } from './reason.ts';
import { StartError } from './start-error.ts';

/** What a data folder says of itself. */
export interface Marker {
  readonly format: number;
  /** The database engine that wrote the catalogue; no other reads it. */
  readonly database: string;
  /** It has been up once: from then on a missing part is damage, no longer a first start. */
  readonly complete: boolean;
  /** The catalogue is being made anew from the objects, and does not have all of them yet. */
  readonly rebuilding: boolean;
}

export const FORMAT = 1;
export const MARKER = 'varve.json';

export function readMarker(path: string): Marker | undefined {
  const file = join(path, MARKER);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new StartError(`The data folder ${path} cannot be read (${reason(error)}).`);
  }
  const marker = parseMarker(text);
  if (marker === undefined) throw new StartError(`The data folder ${path} is damaged: ${MARKER} is not readable.`);
  if (marker.format !== FORMAT) {
    throw new StartError(
      `The data folder ${path} has format ${marker.format}; this version of Varve reads format ${FORMAT}.`,
    );
  }
  return marker;
}

function parseMarker(text: string): Marker | undefined {
  try {
    const { format, database, complete, rebuilding } = JSON.parse(text) as Partial<Marker>;
    if (typeof format !== 'number' || typeof database !== 'string' || typeof complete !== 'boolean') return undefined;
    return { format, database, complete, rebuilding: rebuilding === true };
  } catch {
    return undefined;
  }
}

/** Beside and renamed, so that a crash leaves the old one or the new one. */
export function writeMarker(path: string, marker: Marker): void {
  const beside = join(path, `${MARKER}.new`);
  writeFileSync(beside, `${JSON.stringify(marker)}\n`, { flush: true });
  renameSync(beside, join(path, MARKER));
}
