import { isoTime } from '../../platform/clock.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import type { Service } from '../service.ts';

const PAGE = 100;

interface Waiting {
  /** When it is to be woken. */
  readonly wakeAt?: string;
}

/** Of a query for rows. */
interface Part<Row> {
  readonly pageSize: number;
  readonly descending?: boolean;
  /** The list ends before the first row for which this does not hold. */
  readonly while: (row: Row) => boolean;
}

interface ToWake<Row> {
  readonly shards: number;
  /** Part of an index of the shard that is in the order of `wakeAt`. */
  readonly list: (shard: number, part: Part<Row>) => AsyncGenerator<Row>;
  /** How far one is put off at most. */
  readonly mostMs: number;
  readonly messageOf: (row: Row) => WorkMessage;
  /** Shards at a time. */
  readonly atOnce?: number;
}

export interface FirstRound {
  /** After a start all have lost their workers, and wait no longer. */
  readonly isFirst?: boolean;
}

/** A round of the janitor's: wakes workers for rows that have lost theirs, or have waited. */
export function sweepToWake<Row extends Waiting>(
  service: Service,
  until: number,
  first: FirstRound,
  toWake: ToWake<Row>,
): Promise<Counts<'woken'>> {
  return sweep(service.clock, { until, counts: ['woken'] }, (round) => wakeIn(round, service, first, toWake));
}

/**
 * As a part of a round: rows that are due, and those that a clock which was ahead has put off too
 * far (10.4). These are the last of the index.
 */
export function wakeIn<Row extends Waiting>(
  round: Round<'woken'>,
  service: Service,
  { isFirst = false }: FirstRound,
  toWake: ToWake<Row>,
): Promise<boolean> {
  const { list, mostMs, messageOf, atOnce = 1 } = toWake;
  const wake = async (row: Row) => {
    await service.queue.send([messageOf(row)]);
    round.count('woken');
  };
  const wakeShard = async (shard: number) => {
    const now = isoTime(service.clock.now());
    const isDue = ({ wakeAt = '' }: Row) => isFirst || wakeAt <= now;
    const isAhead = ({ wakeAt = '' }: Row) => wasStoredAhead(service, wakeAt, mostMs);
    await round.each(list(shard, { pageSize: PAGE, while: isDue }), wake);
    await round.each(list(shard, { pageSize: PAGE, descending: true, while: isAhead }), wake);
  };
  return round.each(shards(toWake.shards), wakeShard, { atOnce });
}
