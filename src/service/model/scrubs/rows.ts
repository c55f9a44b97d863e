import type { DamageRow } from '../../../engine/books/rows.ts';
import type { ScrubPhase, ScrubStatus } from '../../../generated/schema.ts';
import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/** A scrub that somebody asked for: what it looks at, how far it is, what it found. */
export const scrubEntity = entity({
  name: 'scrub',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    targetId: optional(string()),
    chainId: optional(string()),
    /** `plain`, or the name of a key. */
    keyId: optional(string()),
    /** Of the one in the background, which looks at one of the key's domains alone. */
    domainId: optional(string()),
    samplePercent: number(),
    repair: boolean(),
    status: string<ScrubStatus>(),
    phase: string<ScrubPhase>(),
    /** Goes up with each checkpoint: of two workers at one scrub, one is refused. */
    step: number(),
    /**
     * CONTENTS: the node that is being read, as `chain/node`, everything before it being done; and
     * how far in it.
     */
    atNode: optional(string()),
    atBlock: optional(number()),
    atHeight: optional(number()),
    /** COUNTS: which domain, and which range of its ids is next. */
    atDomain: optional(string()),
    atRange: optional(number()),
    versionsRead: number(),
    versions: number(),
    objectsRead: number(),
    bytesRead: number(),
    damaged: number(),
    objectsCounted: number(),
    wrongCounts: number(),
    mended: number(),
    unsettled: number(),
    findings: list<string>(),
    createdAt: string(),
    touchedAt: string(),
    finishedAt: optional(string()),
    /** Present while RUNNING: where the janitor finds it. */
    runShard: optional(number()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byRun: { slot: 2, partition: ['runShard'], sort: ['touchedAt'] },
  },
});
export type ScrubRow = RowOf<typeof scrubEntity>;

/** What the API tells of an object that is damaged. */
export type DamagedObject = DamageRow;

/** Spreads running scrubs over the index that the janitor reads. */
export const RUN_SHARDS = 4;

/** When the references of a domain were last begun to be counted in the background. */
export const recountedEntity = entity({
  name: 'recounted',
  attributes: {
    domainId: string(),
    at: string(),
  },
  primary: { partition: ['domainId'], sort: [] },
});
export type RecountedRow = RowOf<typeof recountedEntity>;

/**
 * The background scrub of the whole installation, in one row: what it is at, and what it may still
 * read today.
 */
export const rollingEntity = entity({
  name: 'rolling',
  attributes: {
    id: string<'rolling'>(),
    step: number(),
    /** UTC date. */
    day: string(),
    spentBytes: number(),
    accountId: optional(string()),
    chainId: optional(string()),
    atNode: optional(string()),
    atBlock: optional(number()),
    atHeight: optional(number()),
  },
  primary: { partition: ['id'], sort: [] },
});
export type RollingRow = RowOf<typeof rollingEntity>;
