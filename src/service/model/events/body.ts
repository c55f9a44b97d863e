import type { EventRow } from './rows.ts';

type Said = Pick<EventRow, 'id' | 'type' | 'at' | 'accountId' | 'region' | 'subjectKind' | 'subjectId' | 'data'>;

/** An event as receivers get it; the same text at each try. `docs/events.md` shows one. */
export function eventBody(event: Said): string {
  const { id, type, at: timestamp, accountId, region = null, subjectKind: kind, subjectId, data } = event;
  return JSON.stringify({ id, type, timestamp, accountId, region, subject: { kind, id: subjectId }, data });
}
