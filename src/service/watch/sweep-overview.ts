import { domainCountEntity } from '../../engine/books/rows.ts';
import { equal, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { domainEntity } from '../model/disks/rows.ts';
import { overviewEntity } from '../model/overview/rows.ts';
import { type RecountRow, recountEntity } from '../model/watch/rows.ts';
import type { Service } from '../service.ts';
import { recount } from './recount.ts';

const PAGE = 100;
/** Every domain has this counter from its beginning. */
const FIRST_SHARD = 0;
const EVERY_MS = 24 * 3600_000;

/**
 * The janitor's round: each day what overviews count is counted again, from domain to domain. A
 * count that was wrong is put right, and told. Regions whose overview nobody has asked for have
 * nothing to be counted.
 */
export function sweepOverviews(service: Service, until: number): Promise<Counts<'recounted' | 'drift'>> {
  const { catalogue, clock } = service;
  return sweep(clock, { until, counts: ['recounted', 'drift'] }, async (round) => {
    const place = await placeOf(service);
    if (place === undefined) return;
    const after = place.afterDomain === undefined ? {} : { after: { domainId: place.afterDomain } };
    const query = { index: 'byShard' as const, partition: { shard: FIRST_SHARD }, pageSize: PAGE, ...after };
    const step = { ...place };
    const isWhole = await round.each(rowsOf(catalogue, domainCountEntity, query), async ({ domainId }) => {
      const domain = await catalogue.get(domainEntity, { id: domainId });
      if (domain !== undefined && (await isCounted(service, domain))) {
        const { drift } = await recount(service, domain);
        round.count('recounted');
        round.count('drift', drift);
      }
      step.step += 1;
      await catalogue.transact([put(recountEntity, { ...step, afterDomain: domainId }, [equal('step', step.step - 1)])]);
    });
    if (!isWhole) return;
    const { afterDomain: _, ...rest } = step;
    const done = { ...rest, step: step.step + 1, dueAt: isoTime(clock.now() + EVERY_MS) };
    await catalogue.transact([put(recountEntity, done, [equal('step', step.step)])]);
  });
}

/** Where to go on; undefined while nothing is due. */
async function placeOf(service: Service): Promise<RecountRow | undefined> {
  const { catalogue, clock } = service;
  const known = await catalogue.get(recountEntity, { id: 'overview' });
  if (known !== undefined)
    return known.dueAt <= isoTime(clock.now()) || wasStoredAhead(service, known.dueAt, EVERY_MS) ? known : undefined;
  const first: RecountRow = { id: 'overview', dueAt: isoTime(clock.now()), step: 0 };
  return (await catalogue.transact([put(recountEntity, first)])).ok ? first : undefined;
}

async function isCounted({ catalogue }: Service, { accountId, region }: { accountId: string; region: string }) {
  return (await catalogue.get(overviewEntity, { accountId, region, shard: 0 })) !== undefined;
}
