import type { Tag } from '../../../generated/schema.ts';
import { entity, list, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * Rule 8.2: what the chains and images of an account hold, hour by hour. Those of one hour stand
 * together in pages. The row of the hour comes after its pages, and only with it the hour counts.
 */
export const meteredHourEntity = entity({
  name: 'meteredhour',
  attributes: {
    accountId: string(),
    region: string(),
    /** Its beginning. */
    hour: string(),
    at: string(),
    /** Of the whole region, as in its sample of that hour. */
    storedBytes: number(),
    pages: number(),
    /** Epoch second after which it may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['hour'] },
  expiry: 'forgetAt',
});
export type MeteredHourRow = RowOf<typeof meteredHourEntity>;

/** A chain or an image as it was in one hour. Those that hold nothing of their own are left out. */
export interface MeteredPart {
  readonly id: string;
  /** Stored bytes of the own blocks of all its versions, the disk's head among them. */
  readonly own: number;
  /** Left out: none. */
  readonly tags?: readonly Tag[];
}

/** What the next page of an hour begins behind. */
export interface MeteredPlace {
  readonly kind: 'chain' | 'image';
  readonly createdAt: string;
  readonly id: string;
}

export const meteredPageEntity = entity({
  name: 'meteredpage',
  attributes: {
    accountId: string(),
    region: string(),
    hour: string(),
    page: number(),
    parts: list<MeteredPart>(),
    /** Where the next one goes on: one place, or none after the last. */
    next: list<MeteredPlace>(),
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['hour', 'page'] },
  expiry: 'forgetAt',
});
export type MeteredPageRow = RowOf<typeof meteredPageEntity>;

/** A whole day, when its hours have been added up. It counts with this row, after its pages. */
export const meteredDayEntity = entity({
  name: 'meteredday',
  attributes: {
    accountId: string(),
    region: string(),
    /** UTC. */
    day: string(),
    /** Of how many hours that were sampled. */
    hours: number(),
    pages: number(),
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['day'] },
  expiry: 'forgetAt',
});

/** What a chain or an image was given of the region's bytes on one day, while it had these tags. */
export interface DayPart {
  /** Absent for what nothing of its own stands against. */
  readonly id?: string;
  readonly tags?: readonly Tag[];
  /** A whole number as text. */
  readonly byteHours: string;
  /** Bytes in the last hour that was sampled; left out: none. */
  readonly last?: number;
}

export const meteredDayPageEntity = entity({
  name: 'metereddaypage',
  attributes: {
    accountId: string(),
    region: string(),
    day: string(),
    /** As in the row of the day: added up again with more hours, it has pages of its own. */
    hours: number(),
    page: number(),
    parts: list<DayPart>(),
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['day', 'hours', 'page'] },
  expiry: 'forgetAt',
});
