import type { MaybeTerminal } from './console.ts';
import type { Tone } from './text.ts';

/** SGR of ECMA-48: colours that every palette has, and faint. */
const SGR: Readonly<Record<Tone, number>> = { ok: 32, warning: 33, danger: 31, muted: 2 };

export const paint = (text: string, tone: Tone): string => `\u001B[${SGR[tone]}m${text}\u001B[0m`;

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;

interface Wish {
  /** What `--color` says. */
  readonly choice: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * By the option, then NO_COLOR (no-color.org), then FORCE_COLOR. Else a terminal has colours unless
 * it is dumb.
 */
export function hasColours({ isTTY }: MaybeTerminal, { choice, environment }: Wish): boolean {
  if (choice === 'always' || choice === 'never') return choice === 'always';
  if (isSet(environment.NO_COLOR)) return false;
  const { FORCE_COLOR: forced } = environment;
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  return isTTY === true && environment.TERM !== 'dumb';
}

const isSet = (text: string | undefined): boolean => text !== undefined && text !== '';
