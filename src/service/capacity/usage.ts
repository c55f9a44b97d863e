import type { Catalogue } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { dayOf, isoTime } from '../../platform/clock.ts';
import { type MeteredHourRow, meteredHourEntity } from '../model/capacity/metering-rows.ts';
import type { HourUsage } from '../model/money/charge.ts';
import { DAY_MS, HOUR_MS } from '../model/money/months.ts';
import { ByteHours, type Holder, knownDay, type Place, type Shares, sharesAt, sharesOfDay } from './shares.ts';

export interface Usage {
  /** Hour by hour; undefined before the first sample that there ever was. */
  readonly course: readonly (HourUsage | undefined)[];
  /** They add up to the bytes of all hours. */
  readonly parts: readonly (Holder & { readonly byteHours: bigint })[];
}

interface Span {
  /** A beginning of a UTC day, epoch ms. */
  readonly from: number;
  /** A beginning of an hour, not in it any more. */
  readonly until: number;
}

const PAGE = 500;

/** The last hour before an instant that was sampled. */
export async function lastHourBefore(
  catalogue: Catalogue,
  partition: Place,
  epochMs: number,
): Promise<MeteredHourRow | undefined> {
  const after = { hour: isoTime(epochMs) };
  const { rows } = await catalogue.list(meteredHourEntity, { partition, after, limit: 1, descending: true });
  return rows[0];
}

/**
 * Rule 8.2: what a region held, hour by hour, and who held how much of it. An hour without a sample
 * takes the one before it.
 */
export async function usageOf(catalogue: Catalogue, place: Place, { from, until }: Span): Promise<Usage> {
  const heads = await headsBetween(catalogue, place, { from, until });
  const before = await lastHourBefore(catalogue, place, from);
  let carried = before && { head: before, shares: await sharesAt(catalogue, before) };
  const sums = new ByteHours();
  for (let start = from; start < until; start += DAY_MS) {
    const end = Math.min(start + DAY_MS, until);
    const day = await dayUsage(catalogue, place, { from: start, until: end, heads, carried: carried?.shares });
    for (const { byteHours, ...holder } of day.parts) sums.add(holder, byteHours);
    if (day.last !== undefined) carried = day.last;
  }
  return { course: courseOf({ from, until }, heads, before), parts: sums.all() };
}

interface Day extends Span {
  readonly heads: ReadonlyMap<string, MeteredHourRow>;
  /** Who held what in the last sampled hour before this day. */
  readonly carried: Shares | undefined;
}

interface DayUsage {
  readonly parts: Usage['parts'];
  /** The last hour of it that was sampled. */
  readonly last?: { readonly head: MeteredHourRow; readonly shares: Shares };
}

/**
 * A day that is whole and has been added up is taken as it is, unless the row of an hour came only
 * after that: its writer slept for long.
 */
async function dayUsage(catalogue: Catalogue, place: Place, day: Day): Promise<DayUsage> {
  const sampled = hoursOf(day).flatMap((hour) => day.heads.get(hour) ?? []);
  const head = sampled.at(-1);
  if (head !== undefined && day.until - day.from === DAY_MS) {
    const known = await knownDay(catalogue, place, dayOf(day.from));
    if (known?.hours === sampled.length) {
      const parts = known.parts.map(({ last: _, byteHours, ...holder }) => ({
        ...holder,
        byteHours: BigInt(byteHours),
      }));
      return { parts, last: { head, shares: sharesOfDay(known.parts) } };
    }
  }
  return addHours(catalogue, day);
}

export async function addHours(catalogue: Catalogue, day: Day): Promise<DayUsage> {
  const sums = new ByteHours();
  let last: DayUsage['last'];
  let shares = day.carried;
  for (const hour of hoursOf(day)) {
    const head = day.heads.get(hour);
    if (head !== undefined) {
      shares = await sharesAt(catalogue, head);
      last = { head, shares };
    }
    if (shares !== undefined) sums.addShares(shares);
  }
  return { parts: sums.all(), ...(last && { last }) };
}

const hoursOf = ({ from, until }: Span): string[] =>
  Array.from({ length: (until - from) / HOUR_MS }, (_, at) => isoTime(from + at * HOUR_MS));

/** The rows of the hours that were sampled, by hour. */
export async function headsBetween(
  catalogue: Catalogue,
  partition: Place,
  { from, until }: Span,
): Promise<Map<string, MeteredHourRow>> {
  const heads = new Map<string, MeteredHourRow>();
  const end = isoTime(until);
  const query = {
    partition,
    after: { hour: isoTime(from - 1) },
    pageSize: PAGE,
    while: ({ hour }: MeteredHourRow) => hour < end,
  };
  for await (const head of rowsOf(catalogue, meteredHourEntity, query)) heads.set(head.hour, head);
  return heads;
}

function courseOf(
  span: Span,
  heads: ReadonlyMap<string, MeteredHourRow>,
  before: MeteredHourRow | undefined,
): (HourUsage | undefined)[] {
  let bytes = before?.storedBytes;
  return hoursOf(span).map((hour) => {
    const head = heads.get(hour);
    if (head !== undefined) bytes = head.storedBytes;
    return bytes === undefined ? undefined : { bytes, isMissing: head === undefined };
  });
}
