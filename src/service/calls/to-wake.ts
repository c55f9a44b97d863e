import { isoTime } from '../../platform/clock.ts';
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
  /** Part of an index that is in the order of `wakeAt`. */
  readonly list: (part: Part<Row>) => AsyncGenerator<Row>;
  /** How far one is put off at most. */
  readonly mostMs: number;
  /** After a start all have lost their workers, and wait no longer. */
  readonly isFirst?: boolean;
}

/**
 * What of a shard a worker is to be woken for: rows that are due, and those that a clock which was
 * ahead has put off too far (10.4). These are the last of the index.
 */
export function rowsToWake<Row extends Waiting>(
  service: Pick<Service, 'clock' | 'trust'>,
  { list, mostMs, isFirst = false }: ToWake<Row>,
): readonly AsyncGenerator<Row>[] {
  const now = isoTime(service.clock.now());
  const isDue = ({ wakeAt = '' }: Row) => isFirst || wakeAt <= now;
  const isAhead = ({ wakeAt = '' }: Row) => wasStoredAhead(service, wakeAt, mostMs);
  return [list({ pageSize: PAGE, while: isDue }), list({ pageSize: PAGE, descending: true, while: isAhead })];
}
