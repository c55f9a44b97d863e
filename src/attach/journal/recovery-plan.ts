import type { Control } from './control.ts';

/** What is known of a segment that a dead process left. */
export interface LeftSegment {
  readonly control: Control;
  /** Whole records. */
  readonly records: number;
  readonly durable: number;
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
 * What is to become of segments, the oldest first.
 *
 * A commit expects the version before it, and fences keep everybody else's out; so the journal fits where the disk is still at the
 * version that some segment follows (then those before it are committed) or at the one that a segment's commit made:
 *
 *     segments      1 ─ committing @7 ──▶ (8)   2 ─ follows 8
 *     disk at 7     replay 1, 2
 *     disk at 8     replay 2, if the disk holds what 1 was to make
 *     disk at 9     somebody else wrote: set aside
 */
export async function planRecovery(segments: readonly LeftSegment[], present: Present): Promise<RecoveryPlan> {
  const place = await findPlace(segments, present);
  const usable = usableFrom(segments, place?.at ?? 0);
  if (typeof usable === 'string') return { kind: 'SET_ASIDE', reason: usable };
  if (place !== undefined) return { kind: 'REPLAY', committed: place.committed, usable };
  if (segments.every(({ records }) => records === 0))
    return { kind: 'REPLAY', committed: segments.length, usable: segments.length };
  return { kind: 'SET_ASIDE', reason: `the disk is at version ${present.version}, which the journal does not follow` };
}

interface Place {
  /** The segment that tells. */
  readonly at: number;
  readonly committed: number;
}

/**
 * The newest segment decides: one says what it follows only when all before it are committed. Of these some may be here although their
 * removal had been asked for, and others not: removals reach the medium in any order.
 *
 * Where nobody else can have changed the disk, its journal's layers made each version, one at a time and in order: one that followed an
 * earlier version is committed. What comes behind it is known only where no other version came in between, or nothing comes.
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

/**
 * Records count up to the first that is missing or broken: a machine that lost its power may have kept later ones. Where one of
 * those had been acknowledged, that is no torn end but damage.
 */
function usableFrom(segments: readonly LeftSegment[], from: number): number | string {
  const durable = segments.reduce((most, segment) => Math.max(most, segment.durable), 0);
  let next = segments[from]?.control.firstSequence ?? 1;
  let usable = from;
  for (const { control, records } of segments.slice(from)) {
    if (control.firstSequence !== next) break;
    next += records;
    usable += 1;
  }
  return next > durable ? usable : `record ${next} is damaged, though it had been acknowledged`;
}
