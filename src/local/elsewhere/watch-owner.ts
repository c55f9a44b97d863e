import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../platform/log.ts';
import { OWNER_KEY, type Owner, readOwner } from '../../platform/objects/owner.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

export interface OwnerWatch {
  /** Resolves when another installation has taken the bucket: this one must not go on. */
  readonly lost: Promise<Error>;
  stop(): Promise<void>;
}

export interface WatchOwnerDeps extends Pick<Owner, 'id' | 'run'> {
  readonly objects: Pick<ObjectStore, 'get'>;
  readonly log: Log;
}

const EVERY_MS = 30_000;

/** Looks now and then whether the bucket is still this installation's. */
export function watchOwner({ objects, id, run, log }: WatchOwnerDeps, everyMs = EVERY_MS): OwnerWatch {
  const stopped = new AbortController();
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  const look = async () => {
    const bytes = await objects.get(OWNER_KEY);
    const owner = bytes && readOwner(bytes);
    // A store that does not find what it has is in trouble, and nobody else's for that.
    if (owner === undefined) log.error(`the bucket has no readable ${OWNER_KEY}`);
    else if (owner.id === id && owner.run !== run)
      lose(new Error(`another server was started on a copy of this data folder: ${owner.what}`));
    else if (owner.id !== id) lose(new Error(`the bucket of the objects was taken over by ${owner.what}`));
  };
  const loop = async () => {
    while (!stopped.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      await look().catch((error: unknown) => log.warn('the bucket could not be asked for its owner', { error }));
    }
  };
  const ended = loop();
  return {
    lost,
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
}
