import type { EventRow } from './rows.ts';

/** An event as receivers get it; the same text at each try. `docs/events.md` shows one. */
export function eventBody(event: Omit<EventRow, 'place' | 'placedAt' | 'forgetAt'>): string {
  const { id, type, at: timestamp, accountId, region = null, subjectKind: kind, subjectId, data } = event;
  return JSON.stringify({ id, type, timestamp, accountId, region, subject: { kind, id: subjectId }, data });
}
