import type { Catalogue } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { findDraft } from '../model/datapath/find-draft.ts';
import { type DraftRow, draftEntity } from '../model/datapath/rows.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';
import { closeDraft } from './commit-draft.ts';
import { newestFirst, SWEEP_SHARDS } from './drafts.ts';

const PAGE = 100;

export async function discardDraft(service: Service, caller: Caller, draftId: string): Promise<string> {
  const draft = await findDraft(service.catalogue, caller, draftId);
  if (draft.state === 'COMMITTED') {
    throw new VarveError('DraftClosed', `Draft ${draftId} is committed.`, { draftId });
  }
  await throwAway(service, draft);
  return draftId;
}

/** The drafts of a disk that is about to be released. */
export async function discardDraftsOf(service: Service, { accountId, id: diskId }: DiskRow): Promise<void> {
  const { rows } = await service.catalogue.list(draftEntity, { ...newestFirst({ accountId, diskId }), limit: PAGE });
  for (const draft of rows) await throwAway(service, draft);
}

/** The janitor's round: ends drafts that nobody has worked with until their end. */
export async function sweepDrafts(
  service: Pick<Service, 'catalogue' | 'clock' | 'tree'>,
  until: number,
): Promise<{ readonly discarded: number }> {
  let discarded = 0;
  for (let shard = 0; shard < SWEEP_SHARDS; shard++) {
    for (const draft of await expiredDrafts(service, shard)) {
      if (service.clock.now() >= until) return { discarded };
      await throwAway(service, draft);
      discarded++;
    }
  }
  return { discarded };
}

async function expiredDrafts(
  { catalogue, clock }: { readonly catalogue: Catalogue; readonly clock: Clock },
  sweepShard: number,
): Promise<DraftRow[]> {
  const { rows } = await catalogue.list(draftEntity, { index: 'byExpiry', partition: { sweepShard }, limit: PAGE });
  const now = isoTime(clock.now());
  return rows.filter(({ expiresAt }) => expiresAt <= now);
}

/** Fine when the draft was closed, or its contents went, a moment ago. */
async function throwAway(service: Pick<Service, 'clock' | 'tree'>, draft: DraftRow): Promise<void> {
  if (draft.state !== 'OPEN') return;
  const { accountId, id: nodeId } = draft;
  const close = closeDraft(service, draft, 'DISCARDED');
  const refusal = await refusalOf(() => service.tree.release({ accountId, nodeId }, [close]));
  if (refusal !== undefined && refusal.code !== 'NotFound') throw refusal;
}
