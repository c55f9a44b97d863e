import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { rowsToWake } from '../calls/to-wake.ts';
import { EXPORT_KEPT_MS, EXPORT_SHARDS, type ExportRow, exportEntity } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for exports that have lost theirs, or have waited their time,
 * and for what is left of those that have ended. After a start all have lost theirs.
 */
export function sweepExports(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) => {
    const wake = async ({ accountId, id }: ExportRow) => {
      await queue.send([{ kind: 'export', accountId, id }]);
      round.count('woken');
    };
    return round.each(shards(EXPORT_SHARDS), async (runShard) => {
      const of = { index: 'byRun' as const, partition: { runShard } };
      const lists = rowsToWake<ExportRow>(service, {
        list: (part) => rowsOf(catalogue, exportEntity, { ...of, ...part }),
        mostMs: EXPORT_KEPT_MS,
        isFirst,
      });
      for (const rows of lists) await round.each(rows, wake);
    });
  });
}
