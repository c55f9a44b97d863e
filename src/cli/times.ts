import type { Moment } from './text.ts';

export interface TimesOptions {
  /** IANA name of the reader's own zone. */
  readonly timeZone: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * - `whole`: for sentences, `2027-01-31 04:05 Europe/Berlin (3 h ago)`;
 * - `cell`: the same in a column whose head names the zone, `2027-01-31 04:05 (3 h ago)`;
 * - `relative`: for narrow columns, `3 h ago`; but a log stays as in a cell.
 */
export type TimeForm = 'whole' | 'cell' | 'relative';

/** The one way in which people read the instants of the service. */
export interface Times {
  readonly timeZone: string;
  readonly now: () => number;
  words(moment: Moment, form: TimeForm): string;
}

export function createTimes({ timeZone, now }: TimesOptions): Times {
  return {
    timeZone,
    now,
    words: ({ at, none, isPrecise = false, timeZone: named }, form) => {
      const own = named === undefined || isTimeZone(named) ? named : 'UTC';
      if (at === null) return none;
      // What another service says may be no instant at all.
      if (Number.isNaN(Date.parse(at))) return at;
      const relative = relativeText(Date.parse(at) - now());
      if (form === 'relative' && !isPrecise) return relative;
      const zone = form === 'whole' ? (own ?? timeZone) : undefined;
      const clock = [clockText(at, own ?? timeZone, isPrecise), ...(zone === undefined ? [] : [zone])].join(' ');
      return isPrecise ? clock : `${clock} (${relative})`;
    },
  };
}

/** Another version of the service may know zones that this machine does not. */
function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

/** On the clocks of an IANA time zone. */
function clockText(at: string, timeZone: string, isPrecise: boolean): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  } as const).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const minute = `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
  return isPrecise ? `${minute}:${part('second')}` : minute;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
/** Each unit from so many milliseconds on: there are at least two of the longer ones. */
const UNITS = [
  { from: 730 * DAY, ms: 365.25 * DAY, name: 'years' },
  { from: 61 * DAY, ms: 30.44 * DAY, name: 'months' },
  { from: 48 * HOUR, ms: DAY, name: 'days' },
  { from: HOUR, ms: HOUR, name: 'h' },
  { from: MINUTE, ms: MINUTE, name: 'min' },
] as const;

/** `3 h ago`, `in 5 days`, or `now` within a minute, as two clocks are never quite equal. */
export function relativeText(ms: number): string {
  const unit = UNITS.find(({ from }) => Math.abs(ms) >= from);
  if (unit === undefined) return 'now';
  const span = `${Math.floor(Math.abs(ms) / unit.ms)} ${unit.name}`;
  return ms < 0 ? `${span} ago` : `in ${span}`;
}

/** The zone of this machine: what TZ or its settings say. */
export function localTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === undefined || /^Etc\/(Unknown|UTC)$/.test(timeZone) ? 'UTC' : timeZone;
}
