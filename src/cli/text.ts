/** What a word means, whatever colour a terminal has for it. */
export type Tone = 'ok' | 'warning' | 'danger' | 'muted';

export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** An instant of the service, which is shown as every other is (times.ts). */
export interface Moment {
  readonly at: string | null;
  /** Where there is no instant. */
  readonly none: string;
  /** As in a log: to the second, and without how long ago, which soon is wrong there. */
  readonly isPrecise?: boolean;
  /** Whose clocks show it, and not those of the reader. */
  readonly timeZone?: string;
}

export type Piece = string | Toned | Moment;
/** One line for people. The console writes it as its terminal can show it. */
export type Line = Piece | readonly Piece[];

export const isMoment = (piece: Piece): piece is Moment => typeof piece === 'object' && 'at' in piece;

const isPieces = (line: Line): line is readonly Piece[] => Array.isArray(line);

export const piecesOf = (line: Line): readonly Piece[] => (isPieces(line) ? line : [line]);

/** For programs: without colours, and instants as the service has them. */
export function plainOf(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return isMoment(piece) ? (piece.at ?? '') : piece.text;
}

type Filling = Line | number;

/** A line with moments or coloured words in it: line`Created ${when(createdAt)}.` */
export function line(texts: TemplateStringsArray, ...fillings: readonly Filling[]): readonly Piece[] {
  const pieces = texts.flatMap((text, at) => {
    const filling = fillings[at] ?? '';
    return [text, ...(typeof filling === 'number' ? [String(filling)] : piecesOf(filling))];
  });
  return pieces.filter((piece) => piece !== '');
}

/** Absent instants are `none`. */
export const when = (at: string | null | undefined, none = '-'): Moment => ({ at: at ?? null, none });

/** In lines that are left out where there is no instant. */
export const whenKnown = (at: string | null | undefined): Moment | undefined => (at ? when(at) : undefined);

/** As in a log. */
export const whenExactly = (at: string | null | undefined): Moment => ({ ...when(at), isPrecise: true });

/** On the clocks of a time zone, which is named beside it. */
export const whenIn = (timeZone: string, at: string | null, none = '-'): Moment => ({ ...when(at, none), timeZone });

export const toned = (tone: Tone, text: string): Toned => ({ text, tone });

const TONES: Readonly<Record<Tone, readonly string[]>> = {
  ok: ['ACCOMPLISHED', 'SUCCEEDED', 'DONE', 'DELIVERED', 'FINISHED', 'ALLOWED', 'ACTIVE', 'NORMAL', 'COMPLETED'],
  warning: [
    ...['CANCELLED', 'PAUSED', 'SKIPPED', 'MISSED', 'EXPIRED', 'REFUSED', 'DISABLED', 'ARREARS', 'AT_RISK', 'OFF'],
    ...['PARTIAL', 'STOPPED'],
  ],
  danger: ['FAILED', 'DAMAGED', 'BREACH', 'IN_BREACH', 'UNAVAILABLE', 'SUSPENDED', 'MISSING'],
  muted: ['RELEASED', 'DELETED', 'REVOKED'],
};
const TONE_OF = new Map(Object.entries(TONES).flatMap(([tone, words]) => words.map((word) => [word, tone as Tone])));

/** A state of the service, in the colour of what it means. */
export function state(text: string): Piece {
  const tone = TONE_OF.get(text);
  return tone === undefined ? text : { text, tone };
}
