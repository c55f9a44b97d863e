import { type ChangePoint, changeWithin } from './curve.ts';
import { gapsOf, type Week } from './week.ts';

/** A disk as it is measured. */
export interface Measured {
  /** Of the newest snapshot: blocks that are not holes, and their stored bytes. */
  readonly totalBlocks: number;
  readonly totalBytes: number;
  readonly points: readonly ChangePoint[];
  /** Stored bytes of a block that changed, on average. */
  readonly bytesPerBlock: number;
}

export interface Plan extends Week {
  /** Undefined: for ever. */
  readonly retentionDays: number | undefined;
}

export interface Steady {
  /** Snapshots that are there at most. */
  readonly snapshots: number;
  readonly storedBytes: number;
  /** Whether each interval between them was measured. */
  readonly measured: boolean;
}

/**
 * What the snapshots of a plan take once the first of them have ended: the oldest one in full, and
 * for each later one what changed since the one before. That much is reached one retention after
 * the plan began, if the disk goes on to change as it did. It is told for the run of the week after
 * which it is most. Undefined for a plan that keeps everything, or where no change is known.
 */
export function steadyState(plan: Plan, measured: Measured, quota: number): Steady | undefined {
  const { retentionDays } = plan;
  if (retentionDays === undefined) return undefined;
  const gaps = gapsOf(plan);
  const changes = gaps.map((gap) => changeWithin(measured.points, gap, measured.totalBlocks));
  let most: Steady | undefined;
  for (const last of gaps.keys()) {
    const state = { snapshots: 1, blocks: 0, measured: true };
    let age = 0;
    for (let back = 0; state.snapshots < quota; back++) {
      const at = (((last - back) % gaps.length) + gaps.length) % gaps.length;
      age += gaps[at] as number;
      // One whose retention has just ended goes with the run that takes the next.
      if (age >= retentionDays * 24) break;
      const change = changes[at];
      if (change === undefined) return undefined;
      state.snapshots++;
      state.blocks += change.blocks;
      state.measured &&= change.measured;
    }
    const storedBytes = Math.round(measured.totalBytes + state.blocks * measured.bytesPerBlock);
    if (most === undefined || storedBytes > most.storedBytes)
      most = { snapshots: state.snapshots, storedBytes, measured: state.measured };
  }
  return most;
}

/** Stored bytes that snapshots of such a week add in a day, if none ended. */
export function growthPerDay(week: Week, { points, totalBlocks, bytesPerBlock }: Measured): number | undefined {
  let blocks = 0;
  for (const gap of gapsOf(week)) {
    const change = changeWithin(points, gap, totalBlocks);
    if (change === undefined) return undefined;
    blocks += change.blocks;
  }
  return Math.round((blocks * bytesPerBlock) / 7);
}
