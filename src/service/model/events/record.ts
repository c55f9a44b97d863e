import { put, type Write } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import type { Service } from '../../service.ts';
import { type EventOutboxRow, type EventValue, eventOutboxEntity, laneOf } from './rows.ts';
import type { EventType, SubjectKind } from './types.ts';

export interface NewEvent {
  /** {@link INSTALLATION} for what concerns no account. */
  readonly accountId: string;
  readonly region?: string;
  readonly type: EventType;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  /** As the type's entry in `EVENT_TYPES` says. */
  readonly data: Readonly<Record<string, EventValue>>;
}

/** Of events about the installation: its operator is told. No account can have this id. */
export const INSTALLATION = '-';

/** A body stays far below what receivers take. */
const MOST_CHARS = 1000;

/**
 * Rule 8.5: the write that tells what a transaction does, for that transaction: both take place or
 * neither does. The catalogue of an installation wakes those who pass it on (waking.ts).
 */
export function recordEvent({ clock, ids }: Pick<Service, 'clock' | 'ids'>, event: NewEvent): Write {
  return put(eventOutboxEntity, newEventRow({ clock, ids }, event));
}

export function newEventRow({ clock, ids }: Pick<Service, 'clock' | 'ids'>, event: NewEvent): EventOutboxRow {
  const { accountId, region, type, subject, data } = event;
  return {
    lane: laneOf(accountId, subject.id),
    id: ids.next('ev'),
    accountId,
    ...(region !== undefined && { region }),
    type,
    subjectKind: subject.kind,
    subjectId: subject.id,
    data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, shortened(value)])),
    at: isoTime(clock.now()),
  };
}

function shortened(value: EventValue): EventValue {
  return typeof value === 'string' && value.length > MOST_CHARS ? `${value.slice(0, MOST_CHARS - 1)}…` : value;
}
