import type { Catalogue } from '../../platform/catalogue/port.ts';
import { isoTime, systemClock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { adviceOnMoved, note, readNotes } from '../keep/notes.ts';
import { isReadBack } from './earlier-files-watch.ts';

const EVERY_MS = 10 * 60_000;

export interface MovedWatchDeps {
  readonly folder: string;
  readonly catalogue: Catalogue;
  readonly region: string | undefined;
  readonly log: Log;
}

/**
 * Looks now and then whether everything has been read back since the objects were moved, and says
 * once that what is still where they were may be deleted. Nothing deletes it by itself.
 */
export function watchMoved(
  { folder, catalogue, region, log }: MovedWatchDeps,
  everyMs = EVERY_MS,
): { readonly stop: () => void } {
  const look = async () => {
    const { moved } = readNotes(folder);
    if (moved === undefined || moved.verifiedAt !== undefined) return clearInterval(timer);
    if (!(await isReadBack(catalogue, moved.at, region))) return;
    const now = systemClock.now();
    note(folder, (notes) => ({ ...notes, moved: { ...moved, verifiedAt: isoTime(now) } }));
    const advice = adviceOnMoved(readNotes(folder), folder, now);
    if (advice !== undefined) log.warn(advice);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.error('what is left of the move was not looked at', { error }));
  }, everyMs).unref();
  return { stop: () => clearInterval(timer) };
}
