/** How many blocks of a disk change within so many hours, as measured. */
export interface ChangePoint {
  readonly ageHours: number;
  /** Of the pairs of snapshots that are so far apart; a mean, so it need not be whole. */
  readonly blocks: number;
}

/** What changes within a time, and whether that was measured. */
export interface Change {
  readonly blocks: number;
  readonly measured: boolean;
}

/** An age within an eighth of a measured one counts as measured: clocks change, runs are late. */
const TOLERANCE = 1 / 8;

export const isNear = (hours: number, wanted: number): boolean => Math.abs(hours - wanted) <= wanted * TOLERANCE;

/**
 * Between two measured ages the change grows evenly. Before the first it is in proportion, and
 * after the last it goes on as between the last two; never more than the whole disk.
 */
export function changeWithin(points: readonly ChangePoint[], hours: number, mostBlocks: number): Change | undefined {
  const known = [{ ageHours: 0, blocks: 0 }, ...points.toSorted((a, b) => a.ageHours - b.ageHours)];
  if (known.length === 1) return undefined;
  const next = known.findIndex(({ ageHours }) => ageHours >= hours);
  const at = next === -1 ? known.length - 1 : Math.max(1, next);
  const [before, after] = [known[at - 1], known[at]] as [ChangePoint, ChangePoint];
  const slope = Math.max(0, (after.blocks - before.blocks) / (after.ageHours - before.ageHours));
  const blocks = Math.min(mostBlocks, before.blocks + slope * (hours - before.ageHours));
  return { blocks, measured: points.some(({ ageHours }) => isNear(ageHours, hours)) };
}
