import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { KIB } from '../../sizes.ts';

/** A file of which 4 KiB more are synced each time: what the disk takes for it by itself. */
export function openAppended(path: string): { appendMs(): number; remove(): void } {
  const fd = openSync(path, 'a');
  const bytes = Buffer.alloc(4 * KIB, 'a sync ');
  return {
    appendMs: () => {
      const began = performance.now();
      writeSync(fd, bytes);
      fdatasyncSync(fd);
      return performance.now() - began;
    },
    remove: () => {
      closeSync(fd);
      rmSync(path, { force: true });
    },
  };
}
