import type { CommitBlocks, Datapath, Versioned } from '../../client/service/datapath.ts';
import { commitBlocksOnce, commitDraftOnce } from '../../client/upload/commit-once.ts';

export interface DraftParts {
  readonly datapath: Datapath;
  readonly diskId: string;
  /** Of the lease that is held. */
  readonly fence: number;
  /** What one commit takes, of writes and of trims. */
  readonly commitBlocks: number;
  readonly clientToken: () => string;
  readonly signal: AbortSignal;
}

export type Change = Pick<CommitBlocks, 'writes' | 'trims'>;

/** Only the holder of the lease opens drafts of this name, so whatever has it was left by one that died. */
const LABEL = 'varve attach';

/** Makes a change that is too large for one commit, wholly or not at all: by way of a draft, which the disk takes over in one step. */
export async function commitByDraft(parts: DraftParts, version: number, change: Change): Promise<Versioned> {
  const { datapath, diskId, fence, clientToken, signal } = parts;
  await discardLeft(parts);
  const opened = { diskId, expectedVersion: version, label: LABEL, clientToken: clientToken(), fence };
  const draft = await datapath.openDraft(opened);
  try {
    let made: Versioned = draft;
    for (const part of partsOf(change, parts.commitBlocks)) {
      const commit = { target: draft.id, expectedVersion: made.version, ...part };
      made = await commitBlocksOnce(datapath, commit, signal);
    }
    const { root } = made;
    return await commitDraftOnce(
      datapath,
      { diskId, baseVersion: version, fence, draft: { id: draft.id, root } },
      signal,
    );
  } catch (error) {
    await Promise.allSettled([datapath.discardDraft(draft.id)]); // one that is left is thrown away by the service in time
    throw error;
  }
}

async function discardLeft({ datapath, diskId }: DraftParts): Promise<void> {
  for (const { id, label } of await datapath.drafts(diskId)) if (label === LABEL) await datapath.discardDraft(id);
}

/** All trims before all writes, as within one commit. */
function* partsOf({ writes, trims }: Change, most: number): Generator<Change> {
  for (let at = 0; at < trims.length; at += most) yield { writes: [], trims: trims.slice(at, at + most) };
  for (let at = 0; at < writes.length; at += most) yield { writes: writes.slice(at, at + most), trims: [] };
}
