import type { ObjectiveSource } from '../../../generated/schema.ts';
import type { Tags } from '../../calls/tags.ts';
import type { DiskRow } from '../disks/rows.ts';
import type { PolicyRow } from '../policies/rows.ts';
import type { TagObjective } from './rows.ts';

const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/**
 * What a policy gets beyond its longest gap: an hour in which a run is tried again (5.4), and one
 * that a change of the clocks can add (5.8).
 */
export const MARGIN_HOURS = 2;

export const OBJECTIVE_HOURS = { min: 1, max: 87_600 }; // ten years

/** As a disk's own: it is not watched, whatever its tags and its policy say. */
export const NOT_WATCHED = 0;

export interface Objective {
  readonly hours: number;
  readonly source: ObjectiveSource;
  /** The tag that has it. */
  readonly tag?: { readonly key: string; readonly value: string };
}

/** The longest time between two runs of a week, in hours of the policy's own clock. */
export function longestGapHours({ hours, weekdays }: Pick<PolicyRow, 'hours' | 'weekdays'>): number {
  const runs = weekdays.flatMap((day) => hours.map((hour) => (day - 1) * DAY_HOURS + hour)).toSorted((a, b) => a - b);
  const first = runs[0] ?? 0;
  const gaps = runs.map((run, at) => (runs[at + 1] ?? first + WEEK_HOURS) - run);
  return Math.max(...gaps);
}

export const hoursOfPolicy = (policy: Pick<PolicyRow, 'hours' | 'weekdays'>): number =>
  longestGapHours(policy) + MARGIN_HOURS;

/**
 * Rule 8.4: the strictest of the disk's own objective and those of its tags. Its policy's schedule
 * counts only where none of them is set. `none`: somebody said that it is not to be watched.
 */
export function objectiveOf(
  { objectiveHours, tags }: Pick<DiskRow, 'objectiveHours' | 'tags'>,
  ofTags: readonly TagObjective[],
  policy: Pick<PolicyRow, 'hours' | 'weekdays'> | undefined,
): Objective | 'none' | undefined {
  if (objectiveHours === NOT_WATCHED) return 'none';
  const own: Objective[] = objectiveHours === undefined ? [] : [{ hours: objectiveHours, source: 'DISK' }];
  // stable
  const [strictest] = [...own, ...matching(tags, ofTags)].toSorted((a, b) => a.hours - b.hours);
  if (strictest !== undefined) return strictest;
  return policy === undefined ? undefined : { hours: hoursOfPolicy(policy), source: 'POLICY' };
}

function matching(tags: Tags, ofTags: readonly TagObjective[]): Objective[] {
  return ofTags.flatMap(({ key, value, hours }) =>
    tags.some((tag) => tag.key === key && tag.value === value)
      ? [{ hours, source: 'TAG' as const, tag: { key, value } }]
      : [],
  );
}

const HOUR_MS = 3600_000;

/** Since when the objective's time runs. */
export interface Since {
  readonly createdAt: string;
  /** Since when the disk is under its policy. */
  readonly coveredAt?: string | undefined;
  readonly newestUsableAt: string | undefined;
}

/**
 * The instant from which on the disk is in breach. A disk without a snapshot has as long as one
 * that was made when the disk was. A policy promises nothing for the time before the disk came
 * under it, so its objective counts from then; one that a person set counts from the snapshot.
 */
export function breachAtMs({ hours, source }: Objective, { createdAt, coveredAt, newestUsableAt }: Since): number {
  const from = Date.parse(newestUsableAt ?? createdAt);
  const covered = source === 'POLICY' && coveredAt !== undefined ? Date.parse(coveredAt) : 0;
  return Math.max(from, covered) + hours * HOUR_MS;
}
