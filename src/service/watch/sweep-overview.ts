import { put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { type RecountRow, recountEntity } from '../model/overview/rows.ts';
import type { Service } from '../service.ts';
import { recount } from './recount.ts';

const PAGE = 100;
const EVERY_MS = 24 * 3600_000;
/** Where shards changed while they were counted. */
const SOON_MS = 10 * 60_000;

/**
 * The janitor's round: each day what an overview counts is counted again. A count that was wrong is
 * put right, and told. Regions whose overview nobody has asked for have nothing to be counted. Can
 * be killed anywhere and done by several at once.
 */
export function sweepOverviews(service: Service, until: number): Promise<Counts<'recounted' | 'drift'>> {
  const { catalogue, clock } = service;
  return sweep(clock, { until, counts: ['recounted', 'drift'] }, async (round) => {
    const count = async (row: RecountRow) => {
      const { busy, drift } = await recount(service, row);
      const dueAt = isoTime(clock.now() + (busy > 0 ? SOON_MS : EVERY_MS));
      await catalogue.tryWrite(put(recountEntity, { ...row, dueAt }, 'any'));
      round.count('recounted');
      round.count('drift', drift);
    };
    await round.each(dueRows(service), count);
    await round.each(rowsFromFuture(service), count);
  });
}

const QUERY = { index: 'byDue', partition: { queue: 'recount' }, pageSize: PAGE } as const;

function dueRows({ catalogue, clock }: Service): AsyncGenerator<RecountRow> {
  const now = isoTime(clock.now());
  return rowsOf(catalogue, recountEntity, { ...QUERY, while: ({ dueAt }) => dueAt <= now });
}

/** Put off by a clock that was ahead (10.4). */
function rowsFromFuture(service: Service): AsyncGenerator<RecountRow> {
  const isAhead = ({ dueAt }: RecountRow) => wasStoredAhead(service, dueAt, EVERY_MS);
  return rowsOf(service.catalogue, recountEntity, { ...QUERY, descending: true, while: isAhead });
}
