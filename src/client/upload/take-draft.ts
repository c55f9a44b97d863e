import { EMPTY } from '../../engine/blocks/block.ts';
import { ClientError } from '../errors.ts';
import type { Datapath, Draft } from '../service/datapath.ts';
import { commitBlocksOnce } from './commit-once.ts';
import type { TargetDisk } from './target.ts';

const TRIES = 5;

/**
 * The draft that an earlier run for the same source left, if there is something in it. Drafts of
 * that run that are empty, or whose base the disk has left behind, are thrown away.
 */
export async function takeDraft(
  datapath: Datapath,
  disk: TargetDisk,
  label: string,
  signal: AbortSignal,
): Promise<Draft | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const own = (await datapath.drafts(disk.id)).filter((draft) => draft.label === label);
    const usable = (draft: Draft) => draft.baseVersion === disk.version && draft.version > 0 && draft.root !== EMPTY;
    for (const draft of own) if (!usable(draft)) await datapath.discardDraft(draft.id);
    const found = own.find(usable);
    if (!found) return undefined;
    const fenced = await fence(datapath, found, signal);
    if (fenced) return fenced;
  }
  throw new ClientError('VersionConflict', `Another client is writing the same source to disk ${disk.id}.`, {
    diskId: disk.id,
  });
}

/**
 * A client that was killed may have a commit under way in the service, which would change the draft
 * behind our comparison:
 *
 *     killed client            service              this client
 *     commit @1 ─────────────▶ (working)
 *     ✂                                     ◀────── compares with version 1
 *                              makes 2
 *
 * So the draft moves on first: one of its blocks becomes a hole, and comes back with the rest. From
 * then on a commit that expects the version before is refused. Undefined if the late commit came
 * first.
 */
async function fence(datapath: Datapath, draft: Draft, signal: AbortSignal): Promise<Draft | undefined> {
  const { version, blocks } = await datapath.blockMap({ source: draft.id, startIndex: 0, limit: 1 }, false);
  const [first] = blocks;
  if (!first) return undefined;
  const trims = [{ start: first.index, count: 1 }];
  try {
    const moved = await commitBlocksOnce(
      datapath,
      { target: draft.id, expectedVersion: version, writes: [], trims },
      signal,
    );
    return { ...draft, ...moved };
  } catch (error) {
    if (error instanceof ClientError && error.code === 'VersionConflict') return undefined;
    throw error;
  }
}
