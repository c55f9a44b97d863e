import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type CollectGarbage = (options: { readonly type: 'minor' }) => void;

/** Between two collections: a few blocks of garbage, collected in less than a millisecond. */
const EVERY_BYTES = 4 * 1024 * 1024;

/**
 * Buffers live outside the heap, and V8 lets tens of megabytes of dead ones gather before it looks.
 * Code that makes many counts them here, and they are collected in time, which keeps a process's
 * memory flat.
 */
export class BufferGarbage {
  readonly #collect = loadCollect();
  #bytes = 0;

  made(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < EVERY_BYTES) return;
    this.#bytes = 0;
    this.#collect?.({ type: 'minor' });
  }
}

/**
 * The collector that `node --expose-gc` would give; only ever a matter of memory, so doing without
 * it is fine.
 */
function loadCollect(): CollectGarbage | undefined {
  try {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    return typeof collect === 'function' ? (collect as CollectGarbage) : undefined;
  } catch {
    return undefined;
  }
}
