import { isFull } from './folder/space.ts';
import type { Local } from './local.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Watches for the end from now on. While the start is still under way a signal ends this process at
 * once, and the children end with it; so does a second signal while it is stopping.
 */
export function untilEnd(): { of(local: Local): Promise<number> } {
  let onSignal = (): void => process.exit(130);
  for (const signal of SIGNALS) process.on(signal, () => onSignal());
  return {
    async of(local) {
      const asked = new Promise<'asked'>((resolve) => {
        onSignal = () => resolve('asked');
      });
      const end = await Promise.race([asked, local.failed]);
      onSignal = () => process.exit(130);
      if (end !== 'asked') {
        const log = `${local.folder.logs}/${end.name}.log`;
        const why = isFull(local.folder.path) ? `${end.how}; the disk of the data folder is full` : end.how;
        process.stderr.write(`${end.name} ended by itself (${why}), so Varve ends. Its log: ${log}\n`);
      }
      await local.stop();
      return end === 'asked' ? 0 : 1;
    },
  };
}
