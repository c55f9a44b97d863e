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
  for (const slot of slotsAfter(schedule, afterMs)) return slot;
  throw new RangeError('a schedule without hours or weekdays never runs');
}

/** All slots after an instant, in the order of time; none without hours or weekdays. */
export function* slotsAfter(schedule: Schedule, afterMs: number): Generator<number, void> {
  // What the clocks show then, they have reached by then: no slot of it or before is to come.
  const reached = localTime(schedule, afterMs);
  let day = reached.toPlainDate();
  let last = afterMs;
  for (let idleDays = 0; idleDays < MAX_DAYS; idleDays++) {
    for (const slot of slotsOfDay(schedule, day, reached)) {
      // Hours of two days that one clock change skips are one slot.
      if (slot <= last) continue;
      idleDays = 0;
      last = slot;
      yield slot;
    }
    day = day.add({ days: 1 });
  }
}

/** The first slots from `fromMs` to `toMs`, both included, at most `limit`. */
export function slotsBetween(schedule: Schedule, fromMs: number, toMs: number, limit: number): number[] {
  const slots: number[] = [];
  for (const slot of slotsAfter(schedule, fromMs - 1)) {
    if (slot > toMs || slots.length >= limit) break;
    slots.push(slot);
  }
  return slots;
}

/** A slot as the clocks of its zone show it. */
export interface LocalSlot {
  readonly atMs: number;
  /** What the zone's clocks are ahead of UTC then. */
  readonly utcOffsetMinutes: number;
  /** Whether a clock change skips its hour, so that it runs at the next existing instant. */
  readonly moved: boolean;
}

export function asLocalSlot({ hours, weekdays, timeZone }: Schedule, atMs: number): LocalSlot {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const isOnTheHour = local.minute === 0 && local.second === 0;
  const isPlanned = isOnTheHour && hours.includes(local.hour) && weekdays.includes(local.dayOfWeek);
  return { atMs, utcOffsetMinutes: Math.round(local.offsetNanoseconds / 60e9), moved: !isPlanned };
}

/** The date in the schedule's zone, as `yyyyMMdd` (4.7). */
export function localDate(schedule: Schedule, atMs: number): string {
  return localDay(schedule, atMs).toString().replaceAll('-', '');
}

function localDay(schedule: Schedule, atMs: number): Temporal.PlainDate {
  return localTime(schedule, atMs).toPlainDate();
}

function localTime({ timeZone }: Schedule, atMs: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

/**
 * Of the hours after `reached`, in ascending order. Two that a clock change skips together are one
 * slot, and come twice.
 */
function* slotsOfDay(
  { hours, weekdays, timeZone }: Schedule,
  day: Temporal.PlainDate,
  reached: Temporal.PlainDateTime,
): Generator<number, void> {
  if (!weekdays.includes(day.dayOfWeek)) return;
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const local = day.toPlainDateTime({ hour });
    if (Temporal.PlainDateTime.compare(local, reached) > 0) yield firstInstant(local, timeZone);
  }
}

/** The first instant at which clocks in the zone show this time or a later one. */
function firstInstant(local: Temporal.PlainDateTime, timeZone: string): number {
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // In a gap: `earlier` lies before it, and the clocks go on at the transition.
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? earlier.epochMilliseconds;
}
