import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { EXPORT_KEPT_MS, EXPORT_SHARDS, type ExportRow, exportEntity } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';

const PAGE = 100;

/**
 * The janitor's round: wakes workers for exports that have lost theirs, or have waited their time,
 * and for what is left of those that have ended. After a start all that run have lost theirs.
 */
export function sweepExports(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  return sweep(service.clock, { until, counts: ['woken'] }, (round) =>
    round.each(shards(EXPORT_SHARDS), async (runShard) => {
      for (const rows of [dueRows(service, runShard, isFirst), rowsFromFuture(service, runShard)]) {
        await round.each(rows, async ({ accountId, id }) => {
          await service.queue.send([{ kind: 'export', accountId, id }]);
          round.count('woken');
        });
      }
    }),
  );
}

async function* dueRows({ catalogue, clock }: Service, runShard: number, isFirst: boolean): AsyncGenerator<ExportRow> {
  const now = isoTime(clock.now());
  const isDue = ({ wakeAt = '' }: ExportRow) => wakeAt <= now;
  const query = { index: 'byRun' as const, partition: { runShard }, pageSize: PAGE };
  const rows = rowsOf(catalogue, exportEntity, { ...query, ...(!isFirst && { while: isDue }) });
  for await (const row of rows) if (isDue(row) || row.status === 'RUNNING') yield row;
}

/** A clock that was ahead has put them off too far (10.4): they are the last of the index. */
function rowsFromFuture(service: Service, runShard: number): AsyncGenerator<ExportRow> {
  const isAhead = ({ wakeAt = '' }: ExportRow) => wasStoredAhead(service, wakeAt, EXPORT_KEPT_MS);
  const query = { index: 'byRun' as const, partition: { runShard }, pageSize: PAGE, descending: true, while: isAhead };
  return rowsOf(service.catalogue, exportEntity, query);
}
