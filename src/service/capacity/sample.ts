import { type DomainCountRow, domainCountEntity } from '../../engine/books/rows.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { type SamplingRow, sampleEntity, samplingEntity } from '../model/capacity/rows.ts';
import { type DomainRow, domainEntity } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';
import { hourOf, takenBy } from './capacity.ts';

const PAGE = 100;
const IN_FLIGHT = 8;
const KEPT_S = 400 * 24 * 3600;
/** Every domain has this counter from its beginning; the others come when they are needed. */
const FIRST_SHARD = 0;

type Deps = Pick<Service, 'catalogue' | 'clock'>;

/**
 * The janitor's round, rule 8.1: once an hour a sample of each account and region. It goes from domain to domain and remembers where it is;
 * a sample is written only if its hour has none, so it does not matter who runs it, how often, or where it is killed.
 */
export async function sweepSamples(deps: Deps, until: number): Promise<{ readonly samples: number }> {
  const { catalogue, clock } = deps;
  const hour = hourOf(clock.now());
  const known = await catalogue.get(samplingEntity, { id: 'sampling' });
  let state: SamplingRow = known?.hour === hour ? known : { id: 'sampling', hour, done: false };
  let samples = 0;
  while (!state.done && clock.now() < until) {
    const page = await catalogue.list(domainCountEntity, {
      index: 'byShard',
      partition: { shard: FIRST_SHARD },
      limit: PAGE,
      ...(state.afterDomain !== undefined && { after: { domainId: state.afterDomain } }),
    });
    samples += await sampleDomains(deps, page.rows, hour);
    const last = page.rows.at(-1);
    state = {
      id: 'sampling',
      hour,
      done: !page.more || last === undefined,
      ...(last !== undefined && { afterDomain: last.domainId }),
    };
    await catalogue.transact([put(samplingEntity, state, 'any')]);
  }
  return { samples };
}

/** Of each account and region that has one of these domains, unless it has a sample already. */
async function sampleDomains(deps: Deps, rows: readonly DomainCountRow[], hour: string): Promise<number> {
  const domains = await deps.catalogue.getMany(
    domainEntity,
    rows.map(({ domainId }) => ({ id: domainId })),
  );
  const places = new Map(
    domains.flatMap((domain) => (domain === undefined ? [] : [[`${domain.accountId} ${domain.region}`, domain]])),
  );
  const written = await mapBounded([...places.values()], IN_FLIGHT, (place) => sample(deps, place, hour));
  return written.filter((isNew) => isNew).length;
}

async function sample({ catalogue, clock }: Deps, { accountId, region }: DomainRow, hour: string): Promise<boolean> {
  if ((await catalogue.get(sampleEntity, { accountId, region, hour })) !== undefined) return false;
  const taken = await takenBy(catalogue, { accountId, region });
  const now = clock.now();
  const row = { accountId, region, hour, at: isoTime(now), ...taken, forgetAt: Math.floor(now / 1000) + KEPT_S };
  return (await catalogue.transact([put(sampleEntity, row, 'absent')])).ok;
}
