import { remove } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { AUDIT_SHARDS, type AuditHourRow, type AuditRow, auditEntity, auditHourEntity } from '../model/audit/rows.ts';
import type { Service } from '../service.ts';
import { hourPrefix, partKey, partOf, readPart, writePart } from './stored.ts';

const PAGE = 500;
const SHARDS_AT_ONCE = 4;
const HOUR_MS = 3600_000;
/**
 * An hour is closed so long after its end. A record has its time from the process that sends it,
 * and no process is longer at one record than the time limit of the longest function, 15 minutes.
 */
export const CLOSED_AFTER_MS = HOUR_MS;
/** Some hundred kilobytes packed. */
export const RECORDS_A_PART = 2000;
/**
 * Others that copy the same hour at the same time put the same parts: each try finds them there.
 */
const MOST_TRIES = 8;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'trust' | 'objects' | 'regions'>;

/**
 * The janitor's round, rule 8.6: copies the records of each hour that is over into the bucket of
 * the first region, in parts that are never replaced. It goes by what lies there, so it does not
 * matter who does it, how often, or where it is killed. The row of an hour goes last.
 */
export function sweepAudit(deps: Deps, until: number): Promise<Counts<'auditHours' | 'auditRecords'>> {
  return sweep(deps.clock, { until, counts: ['auditHours', 'auditRecords'] }, (round) =>
    round.each(
      shards(AUDIT_SHARDS),
      (shard) =>
        round.each(closedHours(deps, shard), async (hour) => {
          if (!(await copyHour(deps, hour, round))) return;
          await deps.catalogue.transact([remove(auditHourEntity, hour)]);
          round.count('auditHours');
        }),
      { atOnce: SHARDS_AT_ONCE },
    ),
  );
}

/** None while the clock is ahead of what explains it: others may still write to these hours. */
function closedHours({ catalogue, clock, trust }: Deps, shard: number): AsyncGenerator<AuditHourRow> {
  const now = clock.now();
  const isClosed = ({ hour }: AuditHourRow) =>
    Date.parse(hour) + HOUR_MS + CLOSED_AFTER_MS <= now && trust.mayDeleteByTime(now);
  return rowsOf(catalogue, auditHourEntity, { partition: { shard }, pageSize: PAGE, while: isClosed });
}

type CopyRound = Round<'auditHours' | 'auditRecords'>;

/** Whether all of it is there. */
async function copyHour(deps: Deps, hour: AuditHourRow, round: CopyRound): Promise<boolean> {
  const home = deps.objects(deps.regions[0]);
  let there = await partsOf(home, hour);
  let batch: AuditRow[] = [];
  const flush = async (): Promise<void> => {
    for (let tries = 0; batch.length > 0; tries++) {
      if (tries === MOST_TRIES) throw new VarveError('Throttled', 'Others copy this hour.', { retryAfterMs: 1000 });
      if (await home.putNew(partKey(hour.accountId, hour.hour, there.last + 1), await writePart(batch))) {
        round.count('auditRecords', batch.length);
        there.last += 1;
        batch = [];
      } else {
        there = await partsOf(home, hour);
        batch = batch.filter(({ id }) => !there.ids.has(id));
      }
    }
  };
  for await (const row of recordsOfHour(deps, hour)) {
    if (round.isOver()) return false;
    if (there.ids.has(row.id)) continue;
    batch.push(row);
    if (batch.length === RECORDS_A_PART) await flush();
  }
  await flush();
  return true;
}

function recordsOfHour({ catalogue }: Deps, { accountId, hour }: AuditHourRow): AsyncGenerator<AuditRow> {
  const end = isoTime(Date.parse(hour) + HOUR_MS);
  const place = { after: { at: hour, id: '' }, while: ({ at }: AuditRow) => at < end };
  return rowsOf(catalogue, auditEntity, { partition: { accountId }, pageSize: PAGE, ...place });
}

/** What lies in the bucket of an hour: most often nothing. */
async function partsOf(home: ObjectStore, { accountId, hour }: AuditHourRow) {
  const ids = new Set<string>();
  let last = 0;
  for await (const keys of pagesOfKeys(home, hourPrefix(accountId, hour))) {
    for (const { key } of keys) {
      for (const id of await idsOf(home, key)) ids.add(id);
      last = Math.max(last, partOf(key));
    }
  }
  return { ids, last };
}

/** Of a part that is damaged nobody knows what was in it: all of that is put again. */
async function idsOf(home: ObjectStore, key: string): Promise<readonly string[]> {
  const bytes = await home.get(key);
  if (bytes === undefined) return [];
  try {
    return (await readPart(key, bytes)).map(({ id }) => id);
  } catch (error) {
    if (error instanceof VarveError && error.code === 'ObjectDamaged') return [];
    throw error;
  }
}
