import type { RunOverview } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { type RunTallyRow, runTallyEntity } from '../model/overview/rows.ts';
import { policyRegisterEntity } from '../model/policies/rows.ts';
import { type SlotRow, slotEntity } from '../model/policies/run-rows.ts';
import type { Service } from '../service.ts';
import type { OverviewPlace } from './recount.ts';

const HOUR_MS = 3600_000;
const HOURS = 24;
/** By then the timer has opened the slots of an hour, unless it was down for so long. */
const SETTLED_AFTER_MS = 3 * HOUR_MS;
/**
 * Of 100 policies, as many as there can be: 600 slots, which a budget of its own is enough for.
 */
const HOURS_AT_ONCE = 6;
const IN_FLIGHT = 8;
const FORGOTTEN_AFTER_S = 2 * HOURS * 3600;
const RETRY_AFTER_MS = 1000;

type Tally = Omit<RunTallyRow, 'accountId' | 'region' | 'hour' | 'forgetAt'>;
type Reader = Pick<Service, 'catalogue' | 'clock' | 'runOnce'>;

/**
 * What the policies of a region did in the last 24 full hours and the present one. An hour whose
 * slots are finished is summed once, and its sum kept: slots of 100 policies for a day would be
 * 2500 rows for each overview.
 */
export async function runsOfDay(service: Reader, place: OverviewPlace): Promise<RunOverview> {
  const { catalogue, clock } = service;
  const nowMs = clock.now();
  const sinceMs = hourOf(nowMs - HOURS * HOUR_MS);
  const settledMs = hourOf(nowMs - SETTLED_AFTER_MS);
  const known = await knownTallies(catalogue, place, sinceMs);
  const policies = (await catalogue.get(policyRegisterEntity, place))?.ids ?? [];
  const recent = await slotsBetween(catalogue, place.accountId, policies, [settledMs, Number.POSITIVE_INFINITY]);
  const settled: Tally[] = [];
  for (const hours of missing(known, sinceMs, settledMs)) {
    const { runOnce = (work) => work() } = service;
    const summed = await runOnce(() => sumHours(catalogue, { place, policies, hours }));
    if (summed === undefined) throw tooMuch();
    settled.push(...summed);
  }
  const all = [...known.values(), ...settled, tallyOf(recent)];
  const sum = (name: keyof Tally) => all.reduce((total, tally) => total + tally[name], 0);
  return {
    since: isoTime(sinceMs),
    done: sum('done'),
    skipped: sum('skipped'),
    failed: sum('failed'),
    missedSlots: sum('missedSlots'),
  };
}

async function knownTallies(
  catalogue: Catalogue,
  { accountId, region }: OverviewPlace,
  sinceMs: number,
): Promise<ReadonlyMap<string, RunTallyRow>> {
  const after = { accountId, region, hour: isoTime(sinceMs - 1) };
  const { rows } = await catalogue.list(runTallyEntity, { partition: { accountId, region }, after, limit: HOURS });
  return new Map(rows.map((row) => [row.hour, row]));
}

/** The beginnings of those hours of which no sum is kept, some at a time. */
function missing(known: ReadonlyMap<string, RunTallyRow>, sinceMs: number, settledMs: number): number[][] {
  const hours: number[] = [];
  for (let hour = sinceMs; hour < settledMs; hour += HOUR_MS) if (!known.has(isoTime(hour))) hours.push(hour);
  return Array.from({ length: Math.ceil(hours.length / HOURS_AT_ONCE) }, (_, at) =>
    hours.slice(at * HOURS_AT_ONCE, (at + 1) * HOURS_AT_ONCE),
  );
}

interface Hours {
  readonly place: OverviewPlace;
  readonly policies: readonly string[];
  /** Their beginnings, in order. */
  readonly hours: readonly number[];
}

/** Keeps the sum of each hour in which nothing is under way any more. */
async function sumHours(catalogue: Catalogue, { place, policies, hours }: Hours): Promise<Tally[]> {
  const { accountId, region } = place;
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  const slots = await slotsBetween(catalogue, accountId, policies, [first, last + HOUR_MS]);
  const byHour = Map.groupBy(slots, ({ slotAt }) => hourOf(Date.parse(slotAt)));
  return mapBounded(hours, IN_FLIGHT, async (hourMs) => {
    const ofHour = byHour.get(hourMs) ?? [];
    const tally = tallyOf(ofHour);
    if (ofHour.every(({ finishedAt }) => finishedAt !== undefined)) {
      const forgetAt = Math.floor(hourMs / 1000) + FORGOTTEN_AFTER_S;
      const row = { accountId, region, hour: isoTime(hourMs), ...tally, forgetAt };
      await catalogue.tryWrite(put(runTallyEntity, row, 'any'));
    }
    return tally;
  });
}

async function slotsBetween(
  catalogue: Catalogue,
  accountId: string,
  policies: readonly string[],
  [fromMs, toMs]: readonly [number, number],
): Promise<SlotRow[]> {
  const slots: SlotRow[] = [];
  await mapBounded(policies, IN_FLIGHT, async (policyId) => {
    const partition = { accountId, policyId };
    const query = { partition, after: { ...partition, slotAt: isoTime(fromMs - 1) }, pageSize: HOURS_AT_ONCE + 1 };
    const isWanted = ({ slotAt }: SlotRow) => Date.parse(slotAt) < toMs;
    for await (const slot of rowsOf(catalogue, slotEntity, { ...query, while: isWanted })) slots.push(slot);
  });
  return slots;
}

function tallyOf(slots: readonly SlotRow[]): Tally {
  const sum = (name: 'done' | 'skipped' | 'failed') => slots.reduce((total, slot) => total + slot[name], 0);
  const missedSlots = slots.filter(({ status }) => status === 'MISSED').length;
  return { done: sum('done'), skipped: sum('skipped'), failed: sum('failed'), missedSlots };
}

const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

function tooMuch(): VarveError {
  const message = 'The runs of the last day are being summed: ask again in a moment.';
  return new VarveError('Throttled', message, { retryAfterMs: RETRY_AFTER_MS });
}
