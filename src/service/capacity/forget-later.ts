import { mapBounded } from '../../platform/bounded.ts';
import type { Entity, KeyOf, RowOf } from '../../platform/catalogue/entity.ts';
import { type Catalogue, remove } from '../../platform/catalogue/port.ts';
import { dayOf } from '../../platform/clock.ts';
import { meteredDayEntity, meteredHourEntity, meteredPageEntity } from '../model/capacity/metering-rows.ts';
import { sampleEntity } from '../model/capacity/rows.ts';
import { DAY_MS } from '../model/money/months.ts';
import type { Place } from './shares.ts';

const AT_ONCE = 100;
const IN_FLIGHT = 8;
const BEHIND_ALL_PAGES = Number.MAX_SAFE_INTEGER;

/** Whether there are samples of hours that have not come yet. */
export async function hasLater(catalogue: Catalogue, partition: Place, hour: string): Promise<boolean> {
  const heads = await catalogue.list(meteredHourEntity, { partition, after: { hour }, limit: 1 });
  const after = { hour, page: BEHIND_ALL_PAGES };
  const pages = await catalogue.list(meteredPageEntity, { partition, after, limit: 1 });
  const samples = await catalogue.list(sampleEntity, { partition, after: { hour }, limit: 1 });
  return heads.rows.length + pages.rows.length + samples.rows.length > 0;
}

/**
 * Rule 10.4: samples of hours that have not come yet are from a clock that was ahead. They go, and
 * so do days that were added up too soon. The rows of the hours go last: as long as one is left,
 * the next round comes here again.
 */
export async function forgetLater(catalogue: Catalogue, place: Place, hour: string): Promise<void> {
  const yesterday = dayOf(Date.parse(hour) - DAY_MS);
  await removeAfter(catalogue, meteredDayEntity, place, { day: yesterday });
  await removeAfter(catalogue, meteredPageEntity, place, { hour, page: BEHIND_ALL_PAGES });
  await removeAfter(catalogue, sampleEntity, place, { hour });
  await removeAfter(catalogue, meteredHourEntity, place, { hour });
}

type Later = typeof meteredDayEntity | typeof meteredPageEntity | typeof meteredHourEntity | typeof sampleEntity;

async function removeAfter<E extends Later>(
  catalogue: Catalogue,
  entity: E,
  partition: Place,
  after: object,
): Promise<void> {
  for (;;) {
    const query = { partition, after, limit: AT_ONCE };
    const { rows, more } = await catalogue.list(entity as Entity, query as never);
    await mapBounded(rows as RowOf<E>[], IN_FLIGHT, (row) =>
      catalogue.tryWrite(remove(entity as Entity, row as KeyOf<E>)),
    );
    if (!more) return;
  }
}
