import type { Write } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { DELETED_AFTER_MS, STOPPED_AFTER_MS } from '../accounts/arrears.ts';
import { type EventDeps, recordEvent } from './record.ts';

export function tellArrearsBegan(deps: EventDeps, accountId: string, since: string): Write {
  const at = Date.parse(since);
  const data = { since, stopsAt: isoTime(at + STOPPED_AFTER_MS), deletesAt: isoTime(at + DELETED_AFTER_MS) };
  return recordEvent(deps, { accountId, type: 'arrears.began', subject: { kind: 'account', id: accountId }, data });
}

export function tellArrearsEnded(deps: EventDeps, accountId: string, since: string): Write {
  const subject = { kind: 'account' as const, id: accountId };
  return recordEvent(deps, { accountId, type: 'arrears.ended', subject, data: { since } });
}
