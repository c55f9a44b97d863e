import { LRUCache } from 'lru-cache';
import { mapBounded } from '../../platform/bounded.ts';
import { type Catalogue, put, type Write } from '../../platform/catalogue/port.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AuditRow, auditEntity, auditHourEntity, auditHourOf } from '../model/audit/rows.ts';
import { type Outcome, recordsOf } from './records.ts';
import type { Scope } from './scope.ts';

/** Writes records of acts, and that their hours have some. */
export interface Recorder {
  /** By themselves: one write unit for each record. */
  write(scope: Scope, outcome: Outcome): Promise<void>;
  /** The same as writes of a transaction, to be noted once it is accepted. */
  prepare(scope: Scope, outcome: Outcome): Promise<Prepared>;
}

export interface Prepared {
  readonly writes: readonly Write[];
  note(): void;
}

const KNOWN_HOURS = 10_000;
const RECORDS_AT_ONCE = 4;

export function createRecorder({
  catalogue,
  clock,
}: {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}): Recorder {
  /** Hours of accounts that have their row for certain. */
  const hours = new LRUCache<string, true>({ max: KNOWN_HOURS });

  const rowsOf = ({ act, call, records }: Scope, outcome: Outcome): readonly AuditRow[] =>
    recordsOf(act, outcome, { call, first: records, now: clock.now() });

  const hourWrites = async (row: AuditRow): Promise<readonly Write[]> => {
    const hour = auditHourOf(row);
    if (hours.has(nameOf(row))) return [];
    // Read first: most processes come upon an hour that another one has begun.
    const known = await catalogue.get(auditHourEntity, hour);
    return known === undefined ? [put(auditHourEntity, hour, 'any')] : [];
  };

  const note = (scope: Scope, rows: readonly AuditRow[]): void => {
    scope.records += rows.length;
    for (const row of rows) {
      hours.set(nameOf(row), true);
      for (const id of row.subjects) scope.named.add(id);
    }
  };

  return {
    write: async (scope, outcome) => {
      const rows = rowsOf(scope, outcome);
      // The hour first, so that no record is without it.
      for (const hour of await hourWrites(rows[0] as AuditRow)) await catalogue.tryWrite(hour);
      await mapBounded(rows, RECORDS_AT_ONCE, (row) => catalogue.tryWrite(put(auditEntity, row)));
      note(scope, rows);
    },
    prepare: async (scope, outcome) => {
      const rows = rowsOf(scope, outcome);
      const hour = await hourWrites(rows[0] as AuditRow);
      // Each attempt puts them, and one is accepted; nobody else knows their ids.
      return {
        writes: [...rows.map((row) => put(auditEntity, row, 'any')), ...hour],
        note: () => note(scope, rows),
      };
    },
  };
}

const nameOf = (row: AuditRow): string => `${auditHourOf(row).hour} ${row.accountId}`;
