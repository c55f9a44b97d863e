import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import type { Counts } from '../../platform/sweep.ts';
import { type FirstRound, sweepToWake } from '../calls/to-wake.ts';
import { IMPORT_SHARDS, type ImportRow, importEntity, LONGEST_IMPORT_WAIT_MS } from '../model/imports/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for imports that have lost theirs, or have waited their time.
 * After a start all have lost theirs.
 */
export function sweepImports(service: Service, until: number, first: FirstRound = {}): Promise<Counts<'woken'>> {
  return sweepToWake<ImportRow>(service, until, first, {
    shards: IMPORT_SHARDS,
    list: (runShard, part) =>
      rowsOf(service.catalogue, importEntity, { index: 'byRun', partition: { runShard }, ...part }),
    mostMs: LONGEST_IMPORT_WAIT_MS,
    messageOf: ({ accountId, id }) => ({ kind: 'import', accountId, id }),
  });
}
