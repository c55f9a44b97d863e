import { Temporal } from 'temporal-polyfill'; // Node 24 has Temporal behind a flag only

/**
 * Rules 5.1 and 5.8: when a policy is due. Pure: an answer depends on the arguments and the zone's
 * rules alone.
 */
export interface Schedule {
  /** 0–23, at least one. */
  readonly hours: readonly number[];
  /** 1 = Monday … 7 = Sunday, at least one. */
  readonly weekdays: readonly number[];
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * A zone's name in the spelling of the IANA database; throws RangeError where it has no such zone.
 */
export function spellTimeZone(name: string): string {
  return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
}

/**
 * A weekday comes back after seven days; a zone that skips a whole day (Apia in 2011 did) takes a
 * week more.
 */
const MAX_DAYS = 16;

/**
 * The first slot after an instant. A slot is the first instant at which the zone's clocks have
 * reached that hour of that day. So an hour that a clock change skips runs at the next existing
 * instant, and one that it repeats runs once.
 */
export function nextRun(schedule: Schedule, afterMs: number): number {
  // A day before: a slot of yesterday whose hour was skipped at midnight lies in today.
  let day = localDay(schedule, afterMs).subtract({ days: 1 });
  for (let days = 0; days < MAX_DAYS; days++) {
    const next = slotsOfDay(schedule, day).find((slot) => slot > afterMs);
    if (next !== undefined) return next;
    day = day.add({ days: 1 });
  }
  throw new RangeError('a schedule without hours or weekdays never runs');
}

/** The first slots from `fromMs` to `toMs`, both included, at most `limit`. */
export function slotsBetween(schedule: Schedule, fromMs: number, toMs: number, limit: number): number[] {
  const slots: number[] = [];
  for (let slot = nextRun(schedule, fromMs - 1); slot <= toMs && slots.length < limit; slot = nextRun(schedule, slot)) {
    slots.push(slot);
  }
  return slots;
}

/** The date in the schedule's zone, as `yyyyMMdd` (4.7). */
export function localDate(schedule: Schedule, atMs: number): string {
  return localDay(schedule, atMs).toString().replaceAll('-', '');
}

function localDay({ timeZone }: Schedule, atMs: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** In the order of time. Two hours that a clock change skips together are one slot. */
function slotsOfDay({ hours, weekdays, timeZone }: Schedule, day: Temporal.PlainDate): number[] {
  if (!weekdays.includes(day.dayOfWeek)) return [];
  const slots = new Set(hours.map((hour) => firstInstant(day.toPlainDateTime({ hour }), timeZone)));
  return [...slots].sort((a, b) => a - b);
}

/** The first instant at which clocks in the zone show this time or a later one. */
function firstInstant(local: Temporal.PlainDateTime, timeZone: string): number {
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // In a gap: `earlier` lies before it, and the clocks go on at the transition.
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? earlier.epochMilliseconds;
}
