import { type Catalogue, MAX_TRANSACTION_WRITES, type Write } from '../../platform/catalogue/port.ts';
import type { Prepared, Recorder } from './recorder.ts';
import { allowed, type Scope } from './scope.ts';
import { changedBy } from './subjects.ts';

/**
 * Where the record of a change is written. `WITHIN` its transaction: at no cost where a transaction
 * is one sync whatever it holds, as with SQLite. `BEFORE` it, by itself: one write unit of
 * DynamoDB, where it would cost two within a transaction.
 */
export type RecordPlace = 'WITHIN' | 'BEFORE';

export interface RecordingOptions {
  readonly recorder: Recorder;
  readonly place: RecordPlace;
  /** The act that this code runs for, if any. */
  readonly scopeNow: () => Scope | undefined;
}

/** The same catalogue; the first change of an act goes together with its record, or after it. */
export function recordingCatalogue(catalogue: Catalogue, options: RecordingOptions): Catalogue {
  const { recorder, place, scopeNow } = options;

  const recordBefore = async (scope: Scope, writes: readonly Write[]): Promise<void> => {
    scope.recording ??= recorder.write(scope, allowed(scope, changedBy(writes)));
    try {
      await scope.recording;
      scope.isRecorded = true;
    } catch (error) {
      delete scope.recording;
      throw error;
    }
  };

  /** Undefined if the transaction has no room for it. */
  const recordWithin = async (scope: Scope, writes: readonly Write[]): Promise<Prepared | undefined> => {
    const prepared = await recorder.prepare(scope, allowed(scope, changedBy(writes)));
    return writes.length + prepared.writes.length > MAX_TRANSACTION_WRITES ? undefined : prepared;
  };

  return {
    ...catalogue,
    transact: async (writes) => {
      const scope = scopeNow();
      if (scope === undefined || writes.length === 0) return catalogue.transact(writes);
      const isFirst = !scope.isRecorded;
      const within = isFirst && place === 'WITHIN' ? await recordWithin(scope, writes) : undefined;
      if (isFirst && within === undefined) await recordBefore(scope, writes);
      const result = await catalogue.transact(within === undefined ? writes : [...writes, ...within.writes]);
      if (!result.ok) return result;
      if (!scope.isRecorded) within?.note();
      scope.isRecorded = true;
      scope.hasChanged = true;
      for (const id of changedBy(writes)) scope.changed.add(id);
      return result;
    },
    tryWrite: async (write) => {
      const scope = scopeNow();
      if (scope !== undefined && !scope.isRecorded) await recordBefore(scope, [write]);
      if (scope !== undefined) scope.hasChanged = true;
      return catalogue.tryWrite(write);
    },
  };
}
