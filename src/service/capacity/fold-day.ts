import { put } from '../../platform/catalogue/port.ts';
import { dayOf } from '../../platform/clock.ts';
import {
  type DayPart,
  type MeteredHourRow,
  meteredDayEntity,
  meteredDayPageEntity,
} from '../model/capacity/metering-rows.ts';
import { sampleForgetAt } from '../model/capacity/rows.ts';
import { DAY_MS } from '../model/money/months.ts';
import type { Service } from '../service.ts';
import { pagesOf } from './page-bytes.ts';
import { type KnownDay, keyOf, type Place, sharesAt } from './shares.ts';
import { addHours, headsBetween, lastHourBefore } from './usage.ts';

export type MeterDeps = Pick<Service, 'catalogue' | 'clock' | 'trust'>;

/**
 * Adds up the day of the last hour that was sampled, before the first hour of another day is. Done
 * again it comes to the same, as the hours of that day do not change any more.
 */
export async function foldDayBefore(deps: MeterDeps, place: Place, hour: string): Promise<void> {
  const { catalogue } = deps;
  const last = await lastHourBefore(catalogue, place, Date.parse(hour));
  if (last === undefined) return;
  const day = dayOf(Date.parse(last.hour));
  if (day === dayOf(Date.parse(hour))) return;
  const { hours, parts } = await addUp(deps, place, last);
  const { accountId, region } = place;
  const forgetAt = sampleForgetAt(deps.clock.now());
  const pages = pagesOf(parts);
  for (const [page, some] of pages.entries()) {
    await catalogue.tryWrite(
      put(meteredDayPageEntity, { accountId, region, day, hours, page, parts: some, forgetAt }, 'any'),
    );
  }
  await catalogue.tryWrite(
    put(meteredDayEntity, { accountId, region, day, hours, pages: pages.length, forgetAt }, 'any'),
  );
}

async function addUp({ catalogue }: MeterDeps, place: Place, last: MeteredHourRow): Promise<KnownDay> {
  const from = Math.floor(Date.parse(last.hour) / DAY_MS) * DAY_MS;
  const span = { from, until: from + DAY_MS };
  const heads = await headsBetween(catalogue, place, span);
  const before = await lastHourBefore(catalogue, place, from);
  const carried = before && (await sharesAt(catalogue, before));
  const day = await addHours(catalogue, { ...span, heads, carried });
  const inLast = new Map(day.last?.shares.map((share) => [keyOf(share), share.bytes]));
  const parts: DayPart[] = day.parts.map(({ byteHours, ...holder }) => {
    const bytes = inLast.get(keyOf(holder));
    return { ...holder, byteHours: String(byteHours), ...(bytes !== undefined && { last: Number(bytes) }) };
  });
  return { hours: heads.size, parts };
}
