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

/**
 * What is to become of segments, given the disk's present version. `isMade` tells of a segment that had a commit under way
 * whether the disk holds what that was to make.
 *
 * A commit expects the version before it, and fences keep everybody else's out; so the journal fits where the disk is still at the
 * version that some segment follows (then those before it are committed) or at the one that a segment's commit made:
 *
 *     segments      1 ─ committing @7 ──▶ (8)   2 ─ follows 8
 *     disk at 7     replay 1, 2
 *     disk at 8     replay 2, if the disk holds what 1 was to make
 *     disk at 9     somebody else wrote: set aside
 */
export async function planRecovery(
  segments: readonly LeftSegment[],
  version: number,
  isMade: (at: number) => Promise<boolean>,
): Promise<RecoveryPlan> {
  const usable = usableSegments(segments);
  if (typeof usable === 'string') return { kind: 'SET_ASIDE', reason: usable };
  for (let at = usable - 1; at >= 0; at--) {
    const { baseVersion, intent } = (segments[at] as LeftSegment).control;
    if (intent?.version === version || (intent === undefined && baseVersion === version))
      return { kind: 'REPLAY', committed: at, usable };
    if (intent !== undefined && intent.version + 1 === version && (await isMade(at)))
      return { kind: 'REPLAY', committed: at + 1, usable };
  }
  if (segments.every(({ records }) => records === 0)) return { kind: 'REPLAY', committed: usable, usable };
  return { kind: 'SET_ASIDE', reason: `the disk is at version ${version}, which the journal does not follow` };
}

/**
 * Records count up to the first that is missing or broken: a machine that lost its power may have kept later ones. Where one of
 * those had been acknowledged, that is no torn end but damage.
 */
function usableSegments(segments: readonly LeftSegment[]): number | string {
  const durable = segments.reduce((most, segment) => Math.max(most, segment.durable), 0);
  let next = segments[0]?.control.firstSequence ?? 1;
  let usable = 0;
  for (const { control, records } of segments) {
    if (control.firstSequence !== next) break;
    next += records;
    usable += 1;
  }
  return next > durable ? usable : `record ${next} is damaged, though it had been acknowledged`;
}
