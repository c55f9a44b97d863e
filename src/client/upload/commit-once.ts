import { ClientError, type ClientErrorCode } from '../errors.ts';
import { backoffMs, DEFAULT_BACKOFF } from '../flow/backoff.ts';
import { sleep } from '../flow/sleep.ts';
import type { CommitBlocks, Datapath, Versioned } from '../service/datapath.ts';
import { type Unreadable, unreadableInput } from './unreadable.ts';

/*
 * A commit whose answer is lost may or may not have happened. Repeated, it meets the version that
 * it made itself:
 *
 *     client        service
 *     commit @7 ──▶ makes 8
 *            ◀─ ✂ ─ (answer lost)
 *     commit @7 ──▶ VersionConflict: it is at 8
 *
 * So after an uncertain end the client looks whether the contents that it wanted are there, before
 * it repeats the call or reports the conflict.
 */

const TRIES = 5;

export async function commitBlocksOnce(
  datapath: Datapath,
  input: CommitBlocks,
  signal: AbortSignal,
): Promise<Versioned> {
  return once({
    call: () => datapath.commitBlocks(input),
    look: () => lookForBlocks(datapath, input),
    conflicts: ['VersionConflict'],
    signal,
  });
}

export interface DraftToCommit {
  readonly diskId: string;
  readonly baseVersion: number;
  readonly draft: { readonly id: string; readonly root: string };
  /** Of the writer lease that the caller holds. */
  readonly fence?: number | undefined;
  /**
   * What could not be read of the source of the contents; left out, what the disk has of it stays.
   */
  readonly unreadable?: Unreadable | undefined;
}

export async function commitDraftOnce(
  datapath: Datapath,
  { diskId, baseVersion, draft, fence, unreadable }: DraftToCommit,
  signal: AbortSignal,
): Promise<Versioned> {
  const look = async () => {
    const { version, root } = await datapath.pageMap({ source: diskId, startIndex: 0, limit: 1 });
    return version > baseVersion && root === draft.root ? { version, root } : undefined;
  };
  return once({
    call: () =>
      datapath.commitDraft({ draftId: draft.id, fence, unreadable: unreadable && unreadableInput(unreadable) }),
    look,
    conflicts: ['VersionConflict', 'DraftClosed', 'NotFound'],
    signal,
  });
}

interface OnceInput {
  readonly call: () => Promise<Versioned>;
  /** What the call was to make, if it is there. */
  readonly look: () => Promise<Versioned | undefined>;
  /** Refusals that a repetition meets when the first call succeeded. */
  readonly conflicts: readonly ClientErrorCode[];
  readonly signal: AbortSignal;
}

async function once({ call, look, conflicts, signal }: OnceInput): Promise<Versioned> {
  let uncertain = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      const { code, extra } = error;
      const lost = code === 'Unreachable' || code === 'Internal' || (code === 'Throttled' && extra.mayBeDone === true);
      if (!lost && !(uncertain && conflicts.includes(error.code))) throw error;
      uncertain = true;
      const made = await look();
      if (made) return made;
      if (!lost || attempt === TRIES) throw error;
      await sleep(backoffMs(attempt, DEFAULT_BACKOFF, Math.random), signal);
    }
  }
}

async function lookForBlocks(datapath: Datapath, input: CommitBlocks): Promise<Versioned | undefined> {
  const { target, expectedVersion, writes, trims } = input;
  const write = writes[0];
  const index = write?.index ?? trims[0]?.start;
  if (index === undefined) return undefined;
  const { version, root, blocks } = await datapath.blockMap({ source: target, startIndex: index, limit: 1 }, false);
  const id = blocks.find((block) => block.index === index)?.id;
  return version === expectedVersion + 1 && id === write?.id ? { version, root } : undefined;
}
