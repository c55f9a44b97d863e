/** Threads of the pool that wait for the disk; the others go on with reading and writing. */
const AT_ONCE = 3;

/**
 * Syncs files while the next ones are still being written. What fails is told to those who wait for
 * it, and only to them: the kernel tells it once.
 */
export function createEarlySyncs(syncFile: (path: string) => Promise<void>): (path: string) => Promise<void> {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const begin = () => {
    while (running < AT_ONCE) {
      const next = waiting.shift();
      if (next === undefined) return;
      running++;
      void next().finally(() => {
        running--;
        begin();
      });
    }
  };
  return (path) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => undefined);
    waiting.push(() => syncFile(path).then(resolve, reject));
    begin();
    return promise;
  };
}
