import { join } from 'node:path';
import { EARLIER } from '../folder/earlier-files.ts';

/** Where the parts of a folder are while it is taken over. */
export interface Places {
  readonly path: string;
  /** The bucket of the earlier version. */
  readonly bucket: string;
  /** All that is made is made here, until all of it is there. */
  readonly work: string;
  readonly newObjects: string;
  readonly newCatalogue: string;
  /** A copy of the old catalogue, for its engine. */
  readonly engine: string;
  /** What the earlier version left, once it is replaced. */
  readonly kept: string;
}

export function placesOf(path: string): Places {
  const work = join(path, 'taking-over');
  return {
    path,
    bucket: join(path, 'objects', 'varve-local'),
    work,
    newObjects: join(work, 'objects'),
    newCatalogue: join(work, 'catalogue.sqlite'),
    engine: join(work, 'engine'),
    kept: join(path, EARLIER),
  };
}
