import { equal, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { findDraft } from '../model/datapath/find-draft.ts';
import { type DraftRow, draftEntity } from '../model/datapath/rows.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';
import { closeDraft } from './commit-draft.ts';
import { DRAFT_TTL_MS, newestFirst, SWEEP_SHARDS } from './drafts.ts';

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

type SweepService = Pick<Service, 'catalogue' | 'clock' | 'trust' | 'tree'>;

/**
 * The janitor's round: ends drafts that nobody has worked with until their end. What a wrong clock
 * made of that end is mended (10.4).
 */
export function sweepDrafts(service: SweepService, until: number): Promise<Counts<'discarded'>> {
  const { clock, trust } = service;
  return sweep(clock, { until, counts: ['discarded'] }, (round) =>
    round.each(shards(SWEEP_SHARDS), async (shard) => {
      await round.each(draftsFromFuture(service, shard), (draft) => endAt(service, draft, clock.now() + DRAFT_TTL_MS));
      await round.each(expiredDrafts(service, shard), async (draft) => {
        const end = trust.correct(Date.parse(draft.expiresAt) - DRAFT_TTL_MS) + DRAFT_TTL_MS;
        const now = clock.now();
        if (!trust.mayDeleteByTime(now)) return;
        if (end > now) {
          if (trust.isTrusted(now)) await endAt(service, draft, end);
          return;
        }
        await throwAway(service, draft);
        round.count('discarded');
      });
    }),
  );
}

function expiredDrafts({ catalogue, clock, trust }: SweepService, sweepShard: number) {
  const now = clock.now();
  return rowsOf(catalogue, draftEntity, {
    index: 'byExpiry',
    partition: { sweepShard },
    pageSize: PAGE,
    while: ({ expiresAt }) => expiresAt <= isoTime(now) && trust.mayDeleteByTime(now),
  });
}

/** Drafts that a clock opened or put off while it was ahead: they are the last to end. */
function draftsFromFuture(service: SweepService, sweepShard: number) {
  return rowsOf(service.catalogue, draftEntity, {
    index: 'byExpiry',
    partition: { sweepShard },
    pageSize: PAGE,
    descending: true,
    while: ({ expiresAt }) => wasStoredAhead(service, expiresAt, DRAFT_TTL_MS),
  });
}

/** Fine when it was put off or closed in this moment. */
async function endAt({ catalogue }: SweepService, draft: DraftRow, endMs: number): Promise<void> {
  const when = [equal('state', 'OPEN'), equal('expiresAt', draft.expiresAt)];
  await catalogue.transact([put(draftEntity, { ...draft, expiresAt: isoTime(endMs) }, when)]);
}

/** Fine when the draft was closed, or its contents went, a moment ago. */
async function throwAway(service: Pick<Service, 'clock' | 'tree'>, draft: DraftRow): Promise<void> {
  if (draft.state !== 'OPEN') return;
  const { accountId, id: nodeId } = draft;
  const close = closeDraft(service, draft, 'DISCARDED');
  const refusal = await refusalOf(() => service.tree.release({ accountId, nodeId }, [close]));
  if (refusal !== undefined && refusal.code !== 'NotFound') throw refusal;
}
