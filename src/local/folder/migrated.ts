import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const COPY = /^catalogue\.sqlite\.version-(\d+)$/;

/** On each copy of the catalogue from before a later version of Varve changed its form. */
export function adviceOnCopies(dataFolder: string): string[] {
  return readdirSync(dataFolder).flatMap((name) => {
    const version = COPY.exec(name)?.[1];
    if (version === undefined) return [];
    return (
      `The form of the catalogue was changed: ${join(dataFolder, name)} is a copy of what it was, ` +
      `in version ${version}. Delete it when everything works.`
    );
  });
}
