import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { ClockHistory, Moment, WrongPeriod } from '../../../platform/time/explain-clock.ts';

/** What is known of the installation's clock, in one row that the janitor writes (rule 10.4). */
export const clockEntity = entity({
  name: 'clock',
  attributes: {
    id: string<'clock'>(),
    /** Goes up with each writing, so that two never overwrite each other. */
    step: number(),
    /** The last instant that was explained, epoch ms; of which boot, and how long after it. */
    trustedAt: optional(number()),
    trustedBoot: optional(string()),
    trustedUptimeMs: optional(number()),
    /** Since when the clock is not explained, likewise. */
    doubtedAt: optional(number()),
    doubtedBoot: optional(string()),
    doubtedUptimeMs: optional(number()),
    /**
     * Since when nothing is deleted because of time, epoch ms by that clock; absent while it is.
     */
    heldSince: optional(number()),
    /** When the clock was behind. */
    behind: list<WrongPeriod>(),
  },
  primary: { partition: ['id'], sort: [] },
});
export type ClockRow = RowOf<typeof clockEntity>;

export function historyOf(row: ClockRow): ClockHistory {
  const trusted = momentOf(row.trustedAt, row.trustedUptimeMs, row.trustedBoot);
  const doubted = momentOf(row.doubtedAt, row.doubtedUptimeMs, row.doubtedBoot);
  return { behind: row.behind, ...(trusted && { trusted }), ...(doubted && { doubted }) };
}

export function clockRow(
  { trusted, doubted, behind }: ClockHistory,
  { step, heldSince }: Pick<ClockRow, 'step' | 'heldSince'>,
): ClockRow {
  return {
    id: 'clock',
    step,
    behind,
    ...(heldSince !== undefined && { heldSince }),
    ...(trusted && { trustedAt: trusted.at, trustedUptimeMs: trusted.uptimeMs }),
    ...(trusted?.boot !== undefined && { trustedBoot: trusted.boot }),
    ...(doubted && { doubtedAt: doubted.at, doubtedUptimeMs: doubted.uptimeMs }),
    ...(doubted?.boot !== undefined && { doubtedBoot: doubted.boot }),
  };
}

function momentOf(at: number | undefined, uptimeMs: number | undefined, boot: string | undefined): Moment | undefined {
  if (at === undefined || uptimeMs === undefined) return undefined;
  return { at, uptimeMs, ...(boot !== undefined && { boot }) };
}
