import { ClientError } from '../../client/errors.ts';
import type { CommitBlocks, Datapath, Draft, Versioned } from '../../client/service/datapath.ts';
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

/**
 * Drafts of attachments carry the fence, as discarding a draft asks for none. So an attachment that
 * has lost the disk, and does not know it yet, leaves those of its successors alone. Under the own
 * fence there are only drafts that an earlier try left.
 */
const LABEL = /^varve attach(?: (\d+))?$/;
const labelOf = (fence: number) => `varve attach ${fence}`;

/**
 * Makes a change that is too large for one commit, wholly or not at all. It goes to a draft, which
 * the disk takes over in one step.
 */
export async function commitByDraft(parts: DraftParts, version: number, change: Change): Promise<Versioned> {
  const { datapath, diskId, fence, clientToken, signal } = parts;
  await discardLeft(parts);
  const opened = { diskId, expectedVersion: version, label: labelOf(fence), clientToken: clientToken(), fence };
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
    // A draft that is left is discarded by the service in time.
    await Promise.allSettled([datapath.discardDraft(draft.id)]);
    throw isNotFound(error) ? vanished(draft, error) : error;
  }
}

async function discardLeft({ datapath, diskId, fence }: DraftParts): Promise<void> {
  for (const { id, label } of await datapath.drafts(diskId)) {
    const match = LABEL.exec(label ?? '');
    if (match === null || Number(match[1] ?? 0) > fence) continue;
    await datapath.discardDraft(id).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

/** Somebody has thrown the draft away, which says nothing of the disk: another one will do. */
function vanished({ id }: Draft, cause: unknown): ClientError {
  return new ClientError('DraftClosed', `Draft ${id} is gone.`, { draftId: id }, cause);
}

function isNotFound(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'NotFound';
}

/** All trims before all writes, as within one commit. */
function* partsOf({ writes, trims }: Change, most: number): Generator<Change> {
  for (let at = 0; at < trims.length; at += most) yield { writes: [], trims: trims.slice(at, at + most) };
  for (let at = 0; at < writes.length; at += most) yield { writes: writes.slice(at, at + most), trims: [] };
}
