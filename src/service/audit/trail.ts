import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Ids } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Act, Audit, PartlyRefused } from '../act.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { type RecordPlace, recordingCatalogue } from './recording-catalogue.ts';
import { outcomeOf } from './records.ts';
import { allowed, newScope, type Scope } from './scope.ts';

export interface AuditTrail extends Audit {
  /** The same catalogue. The first change of an act goes together with its record, or after it. */
  readonly catalogue: Catalogue;
}

export interface AuditTrailDeps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Pick<Log, 'error'>;
  readonly place: RecordPlace;
}

/**
 * The frame around everything that somebody does. A record is durable no later than the first
 * change, so a process that is killed anywhere leaves no change without a record. It may leave a
 * record without a change: docs/decisions/0043-audit-before-the-change.md.
 */
export function createAuditTrail({ catalogue, clock, ids, log, place }: AuditTrailDeps): AuditTrail {
  const storage = new AsyncLocalStorage<Scope>();
  const scopeNow = () => {
    const scope = storage.getStore();
    return scope?.isOver === true ? undefined : scope;
  };
  const recorder = createRecorder({ catalogue, clock });
  const perform = <T>(scope: Scope, work: () => Promise<T>): Promise<T> =>
    storage.run(scope, work).finally(() => {
      scope.isOver = true;
    });
  const ends = createEndings({ recorder, log });
  const hourly = createHourly({ clock, ends, perform, scopeOf: (act) => newScope(act, ids.next('au')) });
  return {
    catalogue: recordingCatalogue(catalogue, { recorder, place, scopeNow }),
    run: async (act, work, refusedIn = () => []) => {
      if (act.hourly === true) return hourly(act, work);
      const scope = newScope(act, ids.next('au'));
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await perform(scope, work);
      } catch (error) {
        await ends.failed(scope, error);
        throw error;
      }
      await ends.succeeded(scope, refusedIn(result));
      return result;
    },
  };
}

interface Endings {
  succeeded(scope: Scope, refused: readonly PartlyRefused[]): Promise<void>;
  failed(scope: Scope, error: unknown): Promise<void>;
}

/** What is recorded when an act has ended. */
function createEndings({ recorder, log }: { readonly recorder: Recorder; readonly log: Pick<Log, 'error'> }): Endings {
  /** The act is recorded or has changed nothing, so its caller is told what became of it. */
  const orLog = async (scope: Scope, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const { requestId, action } = scope.act;
      log.error('a part of the audit was not recorded', { requestId, action, error });
    }
  };
  const addTo = async (scope: Scope, refused: readonly PartlyRefused[]): Promise<void> => {
    for (const { code, subjects } of refused) await recorder.write(scope, { outcome: 'REFUSED', code, subjects });
    const missing = [...scope.changed].filter((id) => !scope.named.has(id));
    if (missing.length > 0) await recorder.write(scope, { outcome: 'ALLOWED', subjects: missing });
  };
  return {
    succeeded: async (scope, refused) => {
      if (scope.hasChanged) return orLog(scope, () => addTo(scope, refused));
      await addTo(scope, refused);
      // Nothing was to be changed, as in a call that was repeated.
      if (scope.records === 0 && scope.act.actorKind !== 'SERVICE') await recorder.write(scope, allowed(scope, []));
    },
    failed: async (scope, error) => {
      if (scope.records === 0 && scope.act.actorKind === 'SERVICE') return;
      await orLog(scope, () => recorder.write(scope, { ...outcomeOf(error), subjects: scope.act.subjects }));
    },
  };
}

/** Ways in which acts have ended within the hour: some 10 MB. */
const KNOWN_ENDS = 50_000;
const HOUR_MS = 3600_000;

interface HourlyDeps {
  readonly clock: Clock;
  readonly ends: Endings;
  readonly perform: <T>(scope: Scope, work: () => Promise<T>) => Promise<T>;
  readonly scopeOf: (act: Act) => Scope;
}

/** Acts at a high rate. The ways in which they end are remembered, and recorded once in an hour. */
function createHourly({ clock, ends, perform, scopeOf }: HourlyDeps) {
  const known = new LRUCache<string, true>({ max: KNOWN_ENDS });
  return async <T>(act: Act, work: () => Promise<T>): Promise<T> => {
    const hour = Math.floor(clock.now() / HOUR_MS);
    const nameOf = (end: string) =>
      [hour, act.accountId, act.actor, act.action, act.address, ...act.subjects, end].join(' ');
    const scope = scopeOf(act);
    const isKnown = known.has(nameOf('ALLOWED'));
    let result: T;
    try {
      result = await (isKnown ? work() : perform(scope, work));
    } catch (error) {
      const end = nameOf(outcomeOf(error).code);
      if (!known.has(end)) await ends.failed(scope, error);
      known.set(end, true);
      throw error;
    }
    if (isKnown) return result;
    await ends.succeeded(scope, []);
    known.set(nameOf('ALLOWED'), true);
    return result;
  };
}
