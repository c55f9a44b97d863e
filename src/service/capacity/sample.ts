import { type DomainCountRow, domainCountEntity } from '../../engine/books/rows.ts';
import { put } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { type Counts, type Round, sweep } from '../../platform/sweep.ts';
import { type SamplingRow, sampleEntity, sampleForgetAt, samplingEntity } from '../model/capacity/rows.ts';
import { type DomainRow, domainEntity } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';
import { redateFromFuture } from '../snapshots/redate.ts';
import { redateTrash } from '../trash/sweep.ts';
import { hourOf, takenBy } from './capacity.ts';
import { meter } from './meter.ts';

const PAGE = 100;
const IN_FLIGHT = 8;
/** Every domain has this counter from its beginning; the others come when they are needed. */
const FIRST_SHARD = 0;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'trust' | 'tree'>;

/**
 * The janitor's round, rule 8.1: once an hour a sample of each account and region. It goes from
 * domain to domain and remembers where it is. A sample is written only if its hour has none. So it
 * does not matter who runs it, how often, or where it is killed. The round goes by each account and
 * region, so it also dates back what was made there while the clock was ahead (10.4).
 */
export function sweepSamples(deps: Deps, until: number): Promise<Counts<'samples'>> {
  return sweep(deps.clock, { until, counts: ['samples'] }, async (round) => {
    const hour = hourOf(deps.clock.now());
    const known = await deps.catalogue.get(samplingEntity, { id: 'sampling' });
    if (known?.hour !== hour) await sampleOn(deps, round, { id: 'sampling', hour, done: false });
    else if (!known.done) await sampleOn(deps, round, known);
  });
}

/**
 * The place that is kept stays before a page of which a sample failed, so that the next round tries
 * it again; the pages behind it have their turn all the same. Where the time is up before their
 * end, the place moves on, as otherwise what is behind might never be reached.
 */
async function sampleOn(deps: Deps, round: SampleRound, { hour, afterDomain }: SamplingRow): Promise<void> {
  const { catalogue } = deps;
  const domains = pagesOfRows(catalogue, domainCountEntity, {
    index: 'byShard',
    partition: { shard: FIRST_SHARD },
    pageSize: PAGE,
    ...(afterDomain !== undefined && { after: { domainId: afterDomain } }),
  });
  const keep = (place: SamplingRow) => catalogue.transact([put(samplingEntity, place, 'any')]);
  let reached: SamplingRow | undefined;
  let isBehind = false;
  await round.each(domains, async ({ rows, more }) => {
    const wasBehind = isBehind;
    isBehind = true;
    const isWhole = await sampleDomains(deps, round, { rows, hour });
    if (!isWhole && round.isOver()) return;
    const last = rows.at(-1);
    reached = { id: 'sampling', hour, done: !more, ...(last !== undefined && { afterDomain: last.domainId }) };
    if (!isWhole || wasBehind) return;
    await keep(reached);
    isBehind = false;
  });
  if (isBehind && round.isOver() && reached?.done === false) await keep(reached);
}

type SampleRound = Round<'samples'>;

/** Of each account and region that has one of these domains, unless it has a sample already. */
async function sampleDomains(
  deps: Deps,
  round: SampleRound,
  { rows, hour }: { readonly rows: readonly DomainCountRow[]; readonly hour: string },
): Promise<boolean> {
  const domains = await deps.catalogue.getMany(
    domainEntity,
    rows.map(({ domainId }) => ({ id: domainId })),
  );
  const places = new Map(
    domains.flatMap((domain) => (domain === undefined ? [] : [[`${domain.accountId} ${domain.region}`, domain]])),
  );
  let isMetered = true;
  const sampleOne = async (place: DomainRow) => {
    if (await sample(deps, place, hour)) round.count('samples');
    await redateFromFuture(deps, place);
    await redateTrash(deps, place);
    if (!(await meter(deps, place, hour, round.isOver))) isMetered = false;
  };
  return (await round.each(places.values(), sampleOne, { atOnce: IN_FLIGHT })) && isMetered;
}

async function sample({ catalogue, clock }: Deps, { accountId, region }: DomainRow, hour: string): Promise<boolean> {
  if ((await catalogue.get(sampleEntity, { accountId, region, hour })) !== undefined) return false;
  const taken = await takenBy(catalogue, { accountId, region });
  const now = clock.now();
  const row = { accountId, region, hour, at: isoTime(now), ...taken, forgetAt: sampleForgetAt(now) };
  return (await catalogue.transact([put(sampleEntity, row, 'absent')])).ok;
}
