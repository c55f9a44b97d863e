import type { Write } from '../../../platform/catalogue/port.ts';
import type { ScrubRow } from '../scrubs/rows.ts';
import { type EventDeps, recordEvent } from './record.ts';

export function tellScrubEnded(deps: EventDeps, row: ScrubRow): Write {
  const { accountId, region, id, status, damaged, wrongCounts } = row;
  const subject = { kind: 'scrub' as const, id };
  return recordEvent(deps, { accountId, region, type: 'scrub.ended', subject, data: { status, damaged, wrongCounts } });
}
