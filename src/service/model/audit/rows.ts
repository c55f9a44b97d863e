import type { AuditActorKind, AuditOutcome, DeletionReason } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * One record of the audit (8.6): put once, never changed. It has no secondary index and at most
 * 1 KiB, so it costs one write unit.
 */
export const auditEntity = entity({
  name: 'audit',
  attributes: {
    accountId: string(),
    /** When the record was written. */
    at: string(),
    /** The id of the act, and the number of the record among those of the act. */
    id: string(),
    actorKind: string<AuditActorKind>(),
    actor: string(),
    /** The console session by which a key acted. */
    session: optional(string()),
    action: string(),
    outcome: string<AuditOutcome>(),
    code: optional(string()),
    reason: optional(string<DeletionReason>()),
    subjects: list<string>(),
    address: optional(string()),
    userAgent: optional(string()),
    requestId: optional(string()),
    /** Epoch second after which it may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId'], sort: ['at', 'id'] },
  expiry: 'forgetAt',
});
export type AuditRow = RowOf<typeof auditEntity>;

/** Rule 8.6. */
const KEPT_DAYS = 400;
const DAY_S = 24 * 3600;

export const auditForgetAt = (nowMs: number): number => Math.floor(nowMs / 1000) + KEPT_DAYS * DAY_S;

/** The account of what concerns no account. No account can have this id. */
export const INSTALLATION = '@installation';

/** Spreads the hours that are to be copied. */
export const AUDIT_SHARDS = 8;

/**
 * That an account has records in an hour which are to be copied to the bucket. Put before the first
 * of them, removed when all are there.
 */
export const auditHourEntity = entity({
  // Not one that begins with `audit`: functions may remove these rows, and no others of the audit.
  name: 'hourtocopy',
  attributes: {
    shard: number(),
    /** The beginning of the hour. */
    hour: string(),
    accountId: string(),
  },
  primary: { partition: ['shard'], sort: ['hour', 'accountId'] },
});
export type AuditHourRow = RowOf<typeof auditHourEntity>;

export function auditHourOf({ accountId, at }: Pick<AuditRow, 'accountId' | 'at'>): AuditHourRow {
  const sum = [...accountId].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return { shard: sum % AUDIT_SHARDS, hour: `${at.slice(0, 13)}:00:00.000Z`, accountId };
}
