import type { AuditOutcome } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import { NoSpaceError, VarveError } from '../../platform/errors.ts';
import type { Act } from '../act.ts';
import { type AuditRow, auditForgetAt } from '../model/audit/rows.ts';
import { MOST_SUBJECTS } from './subjects.ts';

/** With the longest of everything else a record has less than 1 KiB: one write unit. */
export const SUBJECTS_A_RECORD = 16;

const MOST_USER_AGENT = 60;
/** An IPv6 address with an IPv4 part. */
const MOST_ADDRESS = 45;
const MOST_REQUEST_ID = 40;

/** How an act, or a part of it, came out. */
export interface Outcome {
  readonly outcome: AuditOutcome;
  readonly code?: string;
  readonly subjects: readonly string[];
}

/** The records of an outcome, numbered from `first` on: more than one where it has many ids. */
export function recordsOf(
  act: Act,
  { outcome, code, subjects }: Outcome,
  { call, first, now }: { readonly call: string; readonly first: number; readonly now: number },
): AuditRow[] {
  const { accountId, actorKind, actor, session, action, reason } = act;
  const most = subjects.slice(0, MOST_SUBJECTS);
  const parts = Array.from({ length: Math.max(1, Math.ceil(most.length / SUBJECTS_A_RECORD)) }, (_, part) =>
    most.slice(part * SUBJECTS_A_RECORD, (part + 1) * SUBJECTS_A_RECORD),
  );
  return parts.map((ids, part) => ({
    accountId,
    at: isoTime(now),
    id: `${call}.${String(first + part).padStart(2, '0')}`,
    actorKind,
    actor,
    ...(session !== undefined && { session }),
    action,
    outcome,
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
    subjects: ids,
    ...originOf(act),
    forgetAt: auditForgetAt(now),
  }));
}

function originOf({ address, userAgent, requestId }: Act): Pick<AuditRow, 'address' | 'userAgent' | 'requestId'> {
  return {
    ...(address !== undefined && { address: printable(address, MOST_ADDRESS) }),
    ...(userAgent !== undefined && { userAgent: printable(userAgent, MOST_USER_AGENT) }),
    ...(requestId !== undefined && { requestId: printable(requestId, MOST_REQUEST_ID) }),
  };
}

/** One byte for each character, and nothing that a terminal would obey. */
function printable(text: string, most: number): string {
  return text.slice(0, most).replace(/[^\x20-\x7e]/g, '?');
}

/** Trouble, after which nobody may have decided anything. */
const TROUBLE: ReadonlySet<string> = new Set(['Internal', 'Throttled', 'StorageFull', 'KeyUnavailable']);

export function outcomeOf(error: unknown): { readonly outcome: AuditOutcome; readonly code: string } {
  const code = codeOf(error);
  return { outcome: TROUBLE.has(code) ? 'FAILED' : 'REFUSED', code };
}

function codeOf(error: unknown): string {
  if (error instanceof NoSpaceError) return 'StorageFull';
  return error instanceof VarveError ? error.code : 'Internal';
}
