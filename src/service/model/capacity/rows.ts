import type { Entity } from '../../../platform/catalogue/port.ts';

/** What an account takes in a region, as it was in one hour (rule 8.1). */
export interface SampleRow {
  readonly accountId: string;
  readonly region: string;
  /** When it was taken; the first one of an hour counts. */
  readonly at: string;
  /** The beginning of that hour. */
  readonly hour: string;
  readonly logicalBytes: number;
  readonly deduplicatedBytes: number;
  readonly storedBytes: number;
  readonly waitingBytes: number;
  /** Epoch second after which it may go. */
  readonly forgetAt: number;
}

export const sampleEntity: Entity<SampleRow> = {
  name: 'sample',
  attributes: {
    accountId: 'string',
    region: 'string',
    at: 'string',
    hour: 'string',
    logicalBytes: 'number',
    deduplicatedBytes: 'number',
    storedBytes: 'number',
    waitingBytes: 'number',
    forgetAt: 'number',
  },
  primary: { partition: ['accountId', 'region'], sort: ['hour'] },
  expiry: 'forgetAt',
};

/** How far the sampling of an hour has come: every domain up to this one. */
export interface SamplingRow {
  readonly id: 'sampling';
  readonly hour: string;
  readonly afterDomain?: string;
  readonly done: boolean;
}

export const samplingEntity: Entity<SamplingRow> = {
  name: 'sampling',
  attributes: { id: 'string', hour: 'string', afterDomain: 'string', done: 'boolean' },
  primary: { partition: ['id'], sort: [] },
};
