import { requireStated } from '../../client/download/proved-pages.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { Opening } from './opening.ts';

/** A disk as its lease or its draft has it. */
export interface TakenDisk {
  readonly version: number;
  readonly root: string;
  readonly sizeBytes: number;
}

/**
 * Throws if a disk that was taken contradicts what the service showed of that version before, or
 * the contents that the caller named.
 */
export function requireTaken({ id, expected }: Opening, shown: Disk, taken: TakenDisk): void {
  const { version, root, sizeBytes } = taken;
  if (shown.version === version) requireStated(id, { root: shown.root, sizeBytes }, { root, sizeBytes });
  if (expected) requireStated(id, expected, { root, sizeBytes });
}
