import { boolean, entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/** What an account takes in a region, as it was in one hour (rule 8.1). */
export const sampleEntity = entity({
  name: 'sample',
  attributes: {
    accountId: string(),
    region: string(),
    /** When it was taken; the first one of an hour counts. */
    at: string(),
    /** The beginning of that hour. */
    hour: string(),
    logicalBytes: number(),
    deduplicatedBytes: number(),
    storedBytes: number(),
    waitingBytes: number(),
    /** Epoch second after which it may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: ['hour'] },
  expiry: 'forgetAt',
});
export type SampleRow = RowOf<typeof sampleEntity>;

const KEPT_DAYS = 400;
const DAY_S = 24 * 3600;

/** Of samples, and of all that is metered by the hour and by the day. */
export const sampleForgetAt = (nowMs: number, days = KEPT_DAYS): number => Math.floor(nowMs / 1000) + days * DAY_S;

/** How far the sampling of an hour has come: every domain up to this one. */
export const samplingEntity = entity({
  name: 'sampling',
  attributes: {
    id: string<'sampling'>(),
    hour: string(),
    afterDomain: optional(string()),
    done: boolean(),
  },
  primary: { partition: ['id'], sort: [] },
});
export type SamplingRow = RowOf<typeof samplingEntity>;
