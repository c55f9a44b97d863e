import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
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
  const { entity, sort: _, ...list } = newestFirst({ accountId, diskId });
  for await (const draft of rowsOf(service.catalogue, entity, { ...list, pageSize: PAGE })) {
    await throwAway(service, draft);
  }
}

/** The janitor's round: ends drafts that nobody has worked with until their end. */
export function sweepDrafts(
  service: Pick<Service, 'catalogue' | 'clock' | 'tree'>,
  until: number,
): Promise<Counts<'discarded'>> {
  return sweep(service.clock, { until, counts: ['discarded'] }, (round) =>
    round.each(shards(SWEEP_SHARDS), (shard) =>
      round.each(expiredDrafts(service, shard), async (draft) => {
        await throwAway(service, draft);
        round.count('discarded');
      }),
    ),
  );
}

function expiredDrafts({ catalogue, clock }: Pick<Service, 'catalogue' | 'clock'>, sweepShard: number) {
  const now = isoTime(clock.now());
  return rowsOf(catalogue, draftEntity, {
    index: 'byExpiry',
    partition: { sweepShard },
    pageSize: PAGE,
    while: ({ expiresAt }) => expiresAt <= now,
  });
}

/** Fine when the draft was closed, or its contents went, a moment ago. */
async function throwAway(service: Pick<Service, 'clock' | 'tree'>, draft: DraftRow): Promise<void> {
  if (draft.state !== 'OPEN') return;
  const { accountId, id: nodeId } = draft;
  const close = closeDraft(service, draft, 'DISCARDED');
  const refusal = await refusalOf(() => service.tree.release({ accountId, nodeId }, [close]));
  if (refusal !== undefined && refusal.code !== 'NotFound') throw refusal;
}
