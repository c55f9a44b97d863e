const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const PATTERN = /^(\d+(?:\.\d+)?)\s*(?:([KMGTP])(?:i?B)?|B)?$/i;

/**
 * Bytes of a text like `10G`, `512MiB`, `1.5TiB` or `4096`. All units are powers of 1024. Undefined
 * for anything else.
 */
export function parseSize(text: string): number | undefined {
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  const power = match[2] === undefined ? 0 : 'KMGTP'.indexOf(match[2].toUpperCase()) + 1;
  const bytes = Number(match[1]) * 1024 ** power;
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

export const DURATION_FORM = 'a duration such as 90s, 5m, 2h or 0';
const DURATION = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)$/i;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const MOST_MS = 7 * 24 * 3_600_000; // as good as for ever, and a timer can hold it

/**
 * Milliseconds of a text like `90s`, `5m`, `2h` or `0`, at most a week. Undefined for anything
 * else.
 */
export function parseDuration(text: string): number | undefined {
  if (text.trim() === '0') return 0;
  const [, number, unit = ''] = DURATION.exec(text.trim()) ?? [];
  const ms = Number(number) * (UNIT_MS[unit.toLowerCase()] ?? Number.NaN);
  return ms <= MOST_MS ? Math.round(ms) : undefined;
}

/** Short text for people: three significant digits. */
export function formatSize(bytes: number): string {
  let power = 0;
  let value = bytes;
  while (value >= 1000 && power < UNITS.length - 1) {
    value /= 1024;
    power += 1;
  }
  if (power === 0) return `${value} B`;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${UNITS[power]}`;
}

/** `1 range`, `2 ranges`. */
export function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** `1:05:09`, `4:07` or `12 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
