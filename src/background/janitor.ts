import type { Composition } from '../assembly.ts';
import { isRebuilding } from '../engine/ledger/rebuild-barrier.ts';
import { mapBounded } from '../platform/bounded.ts';
import { VarveError } from '../platform/errors.ts';
import { shards } from '../platform/sweep.ts';
import { sweepAudit } from '../service/audit/copy-hours.ts';
import { roundDuration, roundFailures } from '../service/calls/metered.ts';
import { sweepSamples } from '../service/capacity/sample.ts';
import { sweepCopies } from '../service/copies/sweep.ts';
import { sweepDrafts } from '../service/datapath/discard.ts';
import { sweepUnpaid } from '../service/disks/end-of-payment.ts';
import { sweepEvents } from '../service/events/place.ts';
import { sweepSinks } from '../service/events/sinks.ts';
import { sweepExports } from '../service/exports/sweep.ts';
import { sweepImports } from '../service/imports/sweep.ts';
import { sweepInstances } from '../service/instances/work.ts';
import { sweepLeases } from '../service/leases/sweep.ts';
import { sweepListing } from '../service/listing/sweep.ts';
import { EVENT_LANES } from '../service/model/events/rows.ts';
import { sweepCancellations } from '../service/policies/delete.ts';
import { sweepPolicyCopies } from '../service/policies/sweep-copies.ts';
import { sweepNewBlocks } from '../service/scrubs/new-blocks.ts';
import { sweepScrubs } from '../service/scrubs/rolling.ts';
import { sweepArrears } from '../service/snapshots/arrears.ts';
import { sweepExpired } from '../service/snapshots/expiry.ts';
import { sweepOverdue } from '../service/snapshots/overdue.ts';
import { sweepTrash } from '../service/trash/sweep.ts';
import { sweepWatch } from '../service/watch/sweep.ts';
import { sweepOverviews } from '../service/watch/sweep-overview.ts';
import { sweepWebhooks } from '../service/webhooks/sweep.ts';

/**
 * Rounds at the same time: they wait for the stores, and one that has much to do leaves time to the
 * others.
 */
const ROUNDS_AT_ONCE = 4;

/**
 * Rounds that take what the catalogue has for all that there is: while it is being rebuilt, a
 * snapshot is there before what was made from it, and a disk before its instance.
 */
const NOT_DURING_A_REBUILD: ReadonlySet<string> = new Set([
  'drafts',
  'instances',
  'snapshots',
  'copies',
  'policyCopies',
  'exports',
  'imports',
  'policies',
  'arrears',
  'unpaid',
  'expired',
  'trash',
  'newBlocks',
  'scrubs',
  'listing',
  'watch',
  'overviews',
]);

/**
 * What the janitor does each minute, until `until`. Each round may fail by itself, having done what
 * it could, and is begun again a minute later. `isFirst`: the process and its queue are new.
 */
export async function tidyUp(
  parts: Composition,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<void> {
  const { service, worker, reclaimer, scrubs, scrubPace, newBlocksPace, expiredGraceMs, clockWatch, log } = parts;
  const rounds = {
    ledger: () => worker.sweep(until),
    drafts: () => sweepDrafts(service, until),
    instances: () => sweepInstances(service, until),
    leases: () => sweepLeases(service, until),
    snapshots: () => sweepOverdue(service, until),
    copies: () => sweepCopies(service, until, { isFirst }),
    policyCopies: () => sweepPolicyCopies(service, until, { isFirst }),
    events: () => sweepEvents(service, shards(EVENT_LANES), until),
    exports: () => sweepExports(service, until, { isFirst }),
    imports: () => sweepImports(service, until, { isFirst }),
    sinks: () => sweepSinks(service, until),
    webhooks: () => sweepWebhooks(service, until, { isFirst }),
    policies: () => sweepCancellations(service, until),
    arrears: () => sweepArrears(service, until),
    unpaid: () => sweepUnpaid(service, { graceMs: expiredGraceMs }, until),
    expired: () => sweepExpired(service, until),
    trash: () => sweepTrash(service, until),
    reclaim: () => reclaimer.sweep(until),
    samples: () => sweepSamples(service, until),
    audit: () => sweepAudit(service, until),
    listing: () => sweepListing(service, until),
    watch: () => sweepWatch(service, until),
    overviews: () => sweepOverviews(service, until),
    newBlocks: () => sweepNewBlocks(scrubs, newBlocksPace, until),
    scrubs: () => sweepScrubs(scrubs, scrubPace, until),
  };
  await clockWatch.observe().catch((error: unknown) => log.error('clock not observed', { error }));
  const isUnfinished = await mayBeRebuilding(parts);
  const due = Object.entries(rounds).filter(([round]) => !(isUnfinished && NOT_DURING_A_REBUILD.has(round)));
  await mapBounded(due, ROUNDS_AT_ONCE, async ([round, sweep]) => {
    const began = performance.now();
    try {
      const counts = await sweep();
      const found = Object.values(counts).some((count) => count > 0);
      const ms = Math.round(performance.now() - began);
      log[found ? 'info' : 'debug']('swept', { round, ...counts, ms });
    } catch (error) {
      service.meter?.count(roundFailures, { round });
      log.error('sweep failed', { round, ...(error instanceof VarveError ? error.extra : {}), error });
    } finally {
      service.meter?.observe(roundDuration, { round }, (performance.now() - began) / 1000);
    }
  });
}

/**
 * If that cannot be known, only what does no harm either way is done. What the clock may decide
 * stands as it was last seen, and at first nothing.
 */
async function mayBeRebuilding({ service, log }: Composition): Promise<boolean> {
  try {
    const isUnfinished = await isRebuilding(service);
    if (isUnfinished) log.warn('a rebuild is not finished: nothing ends by itself until it is');
    return isUnfinished;
  } catch (error) {
    const message = 'whether a rebuild goes on is not known: nothing ends by itself until it is';
    log.error(message, { error });
    return true;
  }
}
