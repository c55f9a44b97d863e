import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import type { Counts } from '../../platform/sweep.ts';
import { type FirstRound, sweepToWake } from '../calls/to-wake.ts';
import { EXPORT_KEPT_MS, EXPORT_SHARDS, type ExportRow, exportEntity } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for exports that have lost theirs, or have waited their time,
 * and for what is left of those that have ended. After a start all have lost theirs.
 */
export function sweepExports(service: Service, until: number, first: FirstRound = {}): Promise<Counts<'woken'>> {
  return sweepToWake<ExportRow>(service, until, first, {
    shards: EXPORT_SHARDS,
    list: (runShard, part) =>
      rowsOf(service.catalogue, exportEntity, { index: 'byRun', partition: { runShard }, ...part }),
    mostMs: EXPORT_KEPT_MS,
    messageOf: ({ accountId, id }) => ({ kind: 'export', accountId, id }),
  });
}
