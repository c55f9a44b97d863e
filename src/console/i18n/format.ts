import { type Language, LOCALES } from './words.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Three digits and a unit: `1.25 GiB`. Bytes are never rounded to zero. */
export function bytesText(bytes: number, language: Language): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const number = bytes / 1024 ** power;
  const text = new Intl.NumberFormat(LOCALES[language], power === 0 ? {} : { maximumSignificantDigits: 3 }).format(
    number >= 1000 ? Math.round(number) : number,
  );
  return `${text} ${UNITS[power]}`;
}

export function exactBytesText(bytes: number, language: Language): string {
  return `${numberText(bytes, language)} B`;
}

export function numberText(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

export function percentText(part: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'percent',
    maximumFractionDigits: part < 0.1 ? 1 : 0,
  }).format(part);
}

/** In the zone of the browser, which is named. */
export function timeText(at: string | number, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  }).format(new Date(at));
}

/** A day alone, as on an axis. */
export function dayText(at: string | number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'short', day: 'numeric' }).format(new Date(at));
}

const STEPS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The clock of a page ticks that slowly. */
const NOW_SECONDS = 12;

/** `3 hours ago`, `in 2 days`. */
export function relativeText(at: string | number, nowMs: number, language: Language): string {
  const seconds = (new Date(at).getTime() - nowMs) / 1000;
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  if (Math.abs(seconds) < NOW_SECONDS) return format.format(0, 'second');
  const [unit, size] = STEPS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return format.format(Math.trunc(seconds / size), unit);
}
