import type { Schedule } from './schedule.ts';

/** A policy that is not there. */
export interface PlannedPolicy extends Schedule {
  readonly region: string;
  /** Undefined: for ever. */
  readonly retentionDays: number | undefined;
}
