import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { rowsToWake } from '../calls/to-wake.ts';
import { IMPORT_SHARDS, type ImportRow, importEntity, LONGEST_IMPORT_WAIT_MS } from '../model/imports/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for imports that have lost theirs, or have waited their time.
 * After a start all have lost theirs.
 */
export function sweepImports(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) => {
    const wake = async ({ accountId, id }: ImportRow) => {
      await queue.send([{ kind: 'import', accountId, id }]);
      round.count('woken');
    };
    return round.each(shards(IMPORT_SHARDS), async (runShard) => {
      const of = { index: 'byRun' as const, partition: { runShard } };
      const lists = rowsToWake<ImportRow>(service, {
        list: (part) => rowsOf(catalogue, importEntity, { ...of, ...part }),
        mostMs: LONGEST_IMPORT_WAIT_MS,
        isFirst,
      });
      for (const rows of lists) await round.each(rows, wake);
    });
  });
}
