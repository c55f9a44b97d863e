import type { DamageRow } from '../../../engine/books/rows.ts';
import type { ScrubPhase, ScrubStatus } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';

/** A scrub that somebody asked for: what it looks at, how far it is, what it found. */
export interface ScrubRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly targetId?: string;
  readonly chainId?: string;
  /** `plain`, or the name of a key. */
  readonly keyId?: string;
  readonly domainId?: string;
  readonly samplePercent: number;
  readonly repair: boolean;
  readonly status: ScrubStatus;
  readonly phase: ScrubPhase;
  /** Goes up with each checkpoint: of two workers at one scrub, one is refused. */
  readonly step: number;
  /** CONTENTS: the node that is being read, as `chain/node`, everything before it being done; and how far in it. */
  readonly atNode?: string;
  readonly atBlock?: number;
  readonly atHeight?: number;
  /** COUNTS: which domain, and which range of its ids is next. */
  readonly atDomain?: string;
  readonly atRange?: number;
  readonly versionsRead: number;
  readonly versions: number;
  readonly objectsRead: number;
  readonly bytesRead: number;
  readonly damaged: number;
  readonly objectsCounted: number;
  readonly wrongCounts: number;
  readonly mended: number;
  readonly unsettled: number;
  readonly findings: readonly string[];
  readonly createdAt: string;
  readonly touchedAt: string;
  readonly finishedAt?: string;
  /** Present while RUNNING: where the janitor finds it. */
  readonly runShard?: number;
}

/** What the API tells of an object that is damaged. */
export type DamagedObject = DamageRow;

/** Spreads running scrubs over the index that the janitor reads. */
export const RUN_SHARDS = 4;

export const scrubEntity: Entity<ScrubRow> = {
  name: 'scrub',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    targetId: 'string',
    chainId: 'string',
    keyId: 'string',
    domainId: 'string',
    samplePercent: 'number',
    repair: 'boolean',
    status: 'string',
    phase: 'string',
    step: 'number',
    atNode: 'string',
    atBlock: 'number',
    atHeight: 'number',
    atDomain: 'string',
    atRange: 'number',
    versionsRead: 'number',
    versions: 'number',
    objectsRead: 'number',
    bytesRead: 'number',
    damaged: 'number',
    objectsCounted: 'number',
    wrongCounts: 'number',
    mended: 'number',
    unsettled: 'number',
    findings: 'list',
    createdAt: 'string',
    touchedAt: 'string',
    finishedAt: 'string',
    runShard: 'number',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byRun: { slot: 2, partition: ['runShard'], sort: ['touchedAt'] },
  },
};

/** When the references of a domain were last begun to be counted in the background. */
export interface RecountedRow {
  readonly domainId: string;
  readonly at: string;
}

export const recountedEntity: Entity<RecountedRow> = {
  name: 'recounted',
  attributes: { domainId: 'string', at: 'string' },
  primary: { partition: ['domainId'], sort: [] },
};

/** The background scrub of the whole installation, in one row: what it is at, and what it may still read today. */
export interface RollingRow {
  readonly id: 'rolling';
  readonly step: number;
  /** UTC date. */
  readonly day: string;
  readonly spentBytes: number;
  readonly accountId?: string;
  readonly chainId?: string;
  readonly atNode?: string;
  readonly atBlock?: number;
  readonly atHeight?: number;
}

export const rollingEntity: Entity<RollingRow> = {
  name: 'rolling',
  attributes: {
    id: 'string',
    step: 'number',
    day: 'string',
    spentBytes: 'number',
    accountId: 'string',
    chainId: 'string',
    atNode: 'string',
    atBlock: 'number',
    atHeight: 'number',
  },
  primary: { partition: ['id'], sort: [] },
};
