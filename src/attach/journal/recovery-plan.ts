import type { Control } from './control.ts';

/** What is known of a segment that a dead process left. */
export interface LeftSegment {
  readonly control: Control;
  /** Whole records. */
  readonly records: number;
  readonly durable: number;
}

/** What is known of a segment whose control page cannot be read. */
export interface Unread {
  /**
   * The page never reached the medium: the power may have failed before anything of it was synced.
   */
  readonly isBlank: boolean;
  /** The lowest sequence of its whole records; undefined where it has none. */
  readonly first: number | undefined;
  readonly durable: number;
}

export interface UnreadSegment extends Unread {
  /** So many of the others are older. */
  readonly older: number;
}

export interface LeftSegments {
  /** The oldest first. */
  readonly segments: readonly LeftSegment[];
  readonly unread: readonly UnreadSegment[];
}

export type RecoveryPlan =
  | {
      readonly kind: 'REPLAY';
      /** So many segments are in the disk already. */
      readonly committed: number;
      /** So many segments count in all; what lies behind them was never acknowledged. */
      readonly usable: number;
    }
  | { readonly kind: 'SET_ASIDE'; readonly reason: string };

/** The disk as it is now, which nobody else changes any more. */
export interface Present {
  readonly version: number;
  /** Whether nobody else can have changed it since the journal's last writer took it. */
  readonly isAlone: boolean;
  /** Whether it holds what the commit of the segment at this place was to make. */
  readonly isMade: (at: number) => Promise<boolean>;
}

/**
 * What is to become of the segments of a journal.
 *
 * A commit expects the version before it, and fences keep everybody else's out. So the journal fits
 * if the disk is still at the version that some segment follows (those before it are committed
 * then), or at the one that a segment's commit made:
 *
 *     segments      1 ─ committing @7 ──▶ (8)   2 ─ follows 8
 *     disk at 7     replay 1, 2
 *     disk at 8     replay 2, if the disk holds what 1 was to make
 *     disk at 9     somebody else wrote: set aside
 */
export async function planRecovery(left: LeftSegments, present: Present): Promise<RecoveryPlan> {
  const { segments } = left;
  const place = await findPlace(segments, present);
  const usable = usableFrom(segments, place?.at ?? 0);
  const damage = damageIn(left, place?.at ?? -1, usable);
  if (damage !== undefined) return { kind: 'SET_ASIDE', reason: damage };
  if (place !== undefined) return { kind: 'REPLAY', committed: place.committed, usable: usable.segments };
  if (segments.every(({ records }) => records === 0))
    return { kind: 'REPLAY', committed: segments.length, usable: segments.length };
  return { kind: 'SET_ASIDE', reason: `the disk is at version ${present.version}, which the journal does not follow` };
}

interface Place {
  /** The segment that says so. */
  readonly at: number;
  readonly committed: number;
}

/**
 * The newest segment decides: one says what it follows only when all before it are committed. Some
 * of these may be here although their removal had been asked for, and others not: removals reach
 * the medium in any order.
 *
 * If nobody else can have changed the disk, its journal's layers made each version, one at a time
 * and in order. One that followed an earlier version is committed then. What comes behind it is
 * known only if no other version came in between, or if nothing comes.
 */
async function findPlace(
  segments: readonly LeftSegment[],
  { version, isAlone, isMade }: Present,
): Promise<Place | undefined> {
  for (let at = segments.length - 1; at >= 0; at--) {
    const { baseVersion, intent } = (segments[at] as LeftSegment).control;
    const follows = intent?.version ?? baseVersion;
    if (follows === undefined) continue;
    if (follows === version) return { at, committed: at };
    const isNext = follows + 1 === version;
    const isOwn = isAlone && follows < version && (isNext || at === segments.length - 1);
    if (isOwn || (isNext && intent !== undefined && (await isMade(at)))) return { at, committed: at + 1 };
  }
  return undefined;
}

interface Usable {
  readonly segments: number;
  /** Of the first record that is missing. */
  readonly next: number;
}

/**
 * Records count up to the first that is missing or broken. A machine that lost its power may have
 * kept later ones.
 */
function usableFrom(segments: readonly LeftSegment[], from: number): Usable {
  let next = segments[from]?.control.firstSequence ?? Number.POSITIVE_INFINITY;
  let usable = from;
  for (const { control, records } of segments.slice(from)) {
    if (control.firstSequence !== next) break;
    next += records;
    usable += 1;
  }
  return { segments: usable, next };
}

/**
 * What is missing was either never acknowledged, or is damage. Records say how far all were on the
 * medium when they were written. The control page is there if the segment was on the medium, or if
 * no loss of power has met it.
 */
function damageIn({ segments, unread }: LeftSegments, from: number, usable: Usable): string | undefined {
  const next = Math.min(usable.next, ...(from < 0 ? unread.map(({ first }) => first ?? usable.next) : []));
  const durable = [...segments, ...unread].reduce((most, segment) => Math.max(most, segment.durable), 0);
  if (next <= durable) return `record ${next} is damaged, though it had been acknowledged`;
  const damaged = unread.find(({ older, isBlank }) => older > from && !isBlank);
  if (damaged === undefined) return undefined;
  const { older } = damaged;
  const hasRecords =
    segments.slice(older).some(({ records }) => records > 0) ||
    unread.some((other) => other.older >= older && other.first !== undefined);
  return hasRecords ? 'a segment cannot be read: its control page is damaged' : undefined;
}
