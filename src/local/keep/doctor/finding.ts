/** One thing that an operator would look at. */
export interface Finding {
  /** Stable, for programs. */
  readonly topic: string;
  readonly level: Level;
  /** One sentence. */
  readonly found: string;
  /** What to do, where anything is. */
  readonly advice?: string;
}

export type Level = 'ok' | 'warning' | 'problem';

export const ok = (topic: string, found: string): Finding => ({ topic, level: 'ok', found });

export const warning = (topic: string, found: string, advice: string): Finding => ({
  topic,
  level: 'warning',
  found,
  advice,
});

export const problem = (topic: string, found: string, advice: string): Finding => ({
  topic,
  level: 'problem',
  found,
  advice,
});

/** The worst of all. */
export function worstOf(findings: readonly Finding[]): Level {
  if (findings.some(({ level }) => level === 'problem')) return 'problem';
  return findings.some(({ level }) => level === 'warning') ? 'warning' : 'ok';
}

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `3 days`, `5 hours`, `1 minute`. */
export function ageText(ms: number): string {
  const [length, unit] =
    ms >= 2 * DAY_MS ? [DAY_MS, 'day'] : ms >= 2 * HOUR_MS ? [HOUR_MS, 'hour'] : [MINUTE_MS, 'minute'];
  const count = Math.max(Math.floor(ms / length), 0);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
