import { ClientError } from '../../client/errors.ts';
import { sleep } from '../../client/flow/sleep.ts';
import type { Draft } from '../../client/service/datapath.ts';
import type { Opening } from './opening.ts';

/** A disk's contents as they were at one moment, kept readable while the disk goes on. */
export interface PinnedDisk {
  readonly draftId: string;
  /** Of the draft. */
  readonly version: number;
  readonly root: string;
  /** Of the disk, when it was pinned. */
  readonly diskVersion: number;
  readonly end: () => Promise<void>;
}

/** A draft ends a day after its last commit; this leaves a day's outage of the service. */
const RENEW_MS = 3_600_000;

const TRIES = 8; // each one lost to a commit of somebody that writes to the disk meanwhile

/**
 * Opens a draft that is never committed, and keeps it open by empty commits. That does not disturb
 * writers of the disk.
 */
export async function pinDisk(
  opening: Opening,
  disk: { readonly id: string; readonly version: number },
): Promise<PinnedDisk> {
  const { services, signal, log } = opening;
  const { datapath } = services;
  const draft = await openDraft(opening, disk);
  const renewing = new AbortController();
  const running = renew(opening, draft, AbortSignal.any([signal, renewing.signal]));
  return {
    draftId: draft.id,
    version: draft.version,
    root: draft.root,
    diskVersion: draft.baseVersion,
    end: async () => {
      renewing.abort();
      await running;
      await datapath.discardDraft(draft.id).catch((error: unknown) => {
        log.warn('a draft could not be discarded; it ends by itself', { draftId: draft.id, error });
      });
    },
  };
}

async function renew({ services, log }: Opening, draft: Draft, signal: AbortSignal): Promise<void> {
  for (let { version } = draft; ; ) {
    try {
      await sleep(RENEW_MS, signal);
      const change = { target: draft.id, expectedVersion: version, writes: [], trims: [] };
      version = (await services.datapath.commitBlocks(change)).version;
    } catch (error) {
      if (signal.aborted) return;
      log.warn('the draft that an attachment reads from could not be renewed', { draftId: draft.id, error });
    }
  }
}

async function openDraft(
  { services, holder }: Opening,
  { id: diskId, version }: { readonly id: string; readonly version: number },
): Promise<Draft> {
  const label = `attached read-only by ${holder}`.slice(0, 256);
  let expectedVersion = version;
  for (let attempt = 1; ; attempt++) {
    try {
      const clientToken = services.clientToken();
      return await services.datapath.openDraft({ diskId, expectedVersion, forReading: true, label, clientToken });
    } catch (error) {
      const present = error instanceof ClientError && error.code === 'VersionConflict' && error.extra.currentVersion;
      if (typeof present !== 'number' || attempt === TRIES) throw error;
      expectedVersion = present;
    }
  }
}
