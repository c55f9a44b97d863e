import { setTimeout as sleep } from 'node:timers/promises';
import type { SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { ReadOnlySwitch } from '../../platform/read-only.ts';
import { rebuildCommand } from '../folder/open.ts';
import type { CatalogueCopies } from './catalogue-copies.ts';
import { checkedCopy, dropCopy, NoRoomError } from './check-database.ts';
import { note, readNotes } from './notes.ts';

export interface KeeperDeps {
  readonly folder: string;
  readonly catalogue: Pick<SqliteCatalogue, 'backup' | 'damaged'>;
  readonly copies: Pick<CatalogueCopies, 'add' | 'thin'>;
  /** How many changes were made so far that are worth a copy of the catalogue. */
  readonly changes: () => number;
  readonly readOnly: ReadOnlySwitch;
  readonly clock: Clock;
  readonly log: Log;
}

/** Checks the database and copies it into the object store, by the clock. */
export interface Keeper {
  /** Ends what is under way. */
  stop(): Promise<void>;
  /** Once the catalogue is closed: the next run need not check it at once. */
  noteCleanEnd(): void;
}

const HOUR_MS = 3_600_000;
const CHECK_EVERY_MS = 24 * HOUR_MS;
const COPY_EVERY_MS = HOUR_MS;
const LOOK_EVERY_MS = 60_000;
const TRY_AGAIN_MS = 10 * 60_000;

/**
 * If the last run found damage, the service is read-only from the start. Another check then
 * decides: the database may have been rebuilt meanwhile.
 */
export function startKeeper(deps: KeeperDeps, lookEveryMs = LOOK_EVERY_MS): Keeper {
  const { folder, clock, log, readOnly } = deps;
  const stopped = new AbortController();
  const { check, endedAt } = readNotes(folder);
  note(folder, ({ endedAt: _, ...rest }) => rest);
  const work = createRound(deps, { isCheckDue: endedAt === undefined || check?.damage !== undefined });
  const known = readOnly.why();
  if (known !== undefined) log.error(known);
  void deps.catalogue.damaged.then(({ message }) => {
    note(folder, (notes) => ({ ...notes, check: { at: isoTime(clock.now()), damage: message } }));
    refuseChanges(deps, message);
  });
  const loop = async () => {
    while (!stopped.signal.aborted) {
      await work(stopped.signal).catch((error: unknown) => {
        if (!stopped.signal.aborted) log.error('the catalogue could not be checked or copied', { error });
      });
      await sleep(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopped.abort();
      await ended;
    },
    noteCleanEnd: () => {
      if (readOnly.why() === undefined) note(folder, (notes) => ({ ...notes, endedAt: isoTime(clock.now()) }));
    },
  };
}

function refuseChanges({ folder, readOnly, log }: KeeperDeps, damage: string): void {
  if (readOnly.why() !== undefined) return;
  const why = whyReadOnly(folder, damage);
  readOnly.turnOn(why);
  log.error(why, { damage });
}

export function whyReadOnly(folder: string, damage: string): string {
  return (
    `The catalogue is damaged (${damage}), so nothing is changed any more: end Varve and run ` +
    `"${rebuildCommand({ path: folder })}", or "npx varve server restore" from a backup into ` +
    'a new folder.'
  );
}

/** One look at what is due. What fails is tried again later. */
function createRound(deps: KeeperDeps, { isCheckDue }: { readonly isCheckDue: boolean }) {
  const { folder, catalogue, copies, changes, clock, log, readOnly } = deps;
  let mustCheck = isCheckDue;
  // What earlier runs changed since the last copy is not known.
  let copiedChanges = -1;
  let notBefore = Number.NEGATIVE_INFINITY;

  return async (signal: AbortSignal): Promise<void> => {
    if (performance.now() < notBefore) return;
    const { check, copy } = readNotes(folder);
    const seen = changes();
    const wantsCheck = mustCheck || isDue(check?.at, CHECK_EVERY_MS, clock);
    const wantsCopy = readOnly.why() === undefined && seen > copiedChanges && isDue(copy?.at, COPY_EVERY_MS, clock);
    if (!(wantsCheck || wantsCopy)) return;
    notBefore = performance.now() + TRY_AGAIN_MS;
    try {
      const made = await checkedCopy(catalogue, folder, signal);
      const at = isoTime(clock.now());
      mustCheck = false;
      note(folder, (notes) => ({
        ...notes,
        check: { at, ...(made.damage !== undefined && { damage: made.damage }) },
      }));
      if (made.damage !== undefined) return refuseChanges(deps, made.damage);
      log.info('the catalogue was checked');
      readOnly.turnOff();
      if (wantsCopy) {
        const { id } = await copies.add(made.path, signal);
        note(folder, (notes) => ({ ...notes, copy: { at, id } }));
        copiedChanges = seen;
        await copies.thin();
        log.info('the catalogue was copied into the object store', { id });
      }
      notBefore = Number.NEGATIVE_INFINITY;
    } catch (error) {
      if (!(error instanceof NoRoomError)) throw error;
      log.warn('the catalogue is checked and copied later', { error });
    } finally {
      dropCopy(folder);
    }
  };
}

/** Whatever lies in the future was noted by a clock that was ahead. */
function isDue(at: string | undefined, everyMs: number, clock: Clock): boolean {
  const since = clock.now() - Date.parse(at ?? '');
  return !(since >= 0 && since < everyMs);
}
