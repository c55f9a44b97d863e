import { absent, equal, patch, remove, type Write } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { impossible, VarveError } from '../../platform/errors.ts';
import { someOf } from '../../platform/some-of.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { cursorOf, isAfter } from '../blocks/walk.ts';
import { entryKey, measureEntry, newEntry, progressOf, putEntry, rootsOf, tallyOf, unmoved } from '../books/entries.ts';
import { measure } from '../books/measure.ts';
import { getNode, nodeKey } from '../books/nodes.ts';
import { anyCountShard, countWrite } from '../books/object-rows.ts';
import { type RefAt, removalDrops, switchDrops, switchTakes } from '../books/plans.ts';
import { type EntryRow, entryEntity, LEDGER_SHARDS, nodeEntity } from '../books/rows.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { collapse } from './collapse.ts';
import { applyStep, steps } from './ledger-step.ts';
import { type Describe, save } from './manifests.ts';
import { isRebuilding } from './rebuild-barrier.ts';

/** `more`: out of time, run it again. `gone`: no such entry (any more). */
export type WorkOutcome = 'done' | 'more' | 'gone';

/**
 * Carries ledger entries to their end. Safe to run any number of times, by any number of workers,
 * and to be killed anywhere: each step is one transaction with its mark.
 */
export interface LedgerWorker {
  run(shard: number, id: string, until: Deadline): Promise<WorkOutcome>;
  /**
   * The janitor's round: undoes what dead writers left behind, and wakes workers for entries that
   * nobody has touched.
   */
  sweep(until: Deadline): Promise<Counts<'undone' | 'woken'>>;
}

/** Says when to stop: epoch ms. */
export type Deadline = number;

/** A commit ends within seconds; an entry that has been TAKING for so long has lost its writer. */
export const ABANDONED_AFTER_MS = 15 * 60 * 1000;
const FORGOTTEN_AFTER_MS = 60 * 1000;
const SWEEP_PAGE = 100;
/**
 * Of each shard in a round. What is more is a backlog, whose messages wait in the queue: each round
 * would add as many again.
 */
const MOST_WOKEN = 500;

export function createLedgerWorker(deps: EngineDeps, describe: Describe = async () => undefined): LedgerWorker {
  const run = async (shard: number, id: string, until: Deadline): Promise<WorkOutcome> => {
    for (;;) {
      const entry = await deps.catalogue.get(entryEntity, { shard, id });
      if (entry === undefined) return 'gone';
      // its writer's own, until the janitor takes it over
      if (entry.phase === 'TAKING') return 'gone';
      if (entry.kind === 'REBUILD') return 'gone'; // only stands there
      // its children may still be to come
      if (entry.kind === 'COLLAPSE' && (await isRebuilding(deps))) return 'gone';
      const outcome = entry.kind === 'SAVE' ? await save(deps, describe, entry) : await runEntry(deps, entry, until);
      if (outcome !== 'moved') return outcome;
    }
  };

  return {
    run,
    sweep: (until) =>
      sweep(deps.clock, { until, counts: ['undone', 'woken'] }, (round) =>
        round.each(shards(LEDGER_SHARDS), (shard) => sweepShard(deps, round, shard)),
      ),
  };
}

async function sweepShard(deps: EngineDeps, round: Round<'undone' | 'woken'>, shard: number): Promise<void> {
  const forgotten: EntryRow[] = [];
  await round.each(
    rowsOf(deps.catalogue, entryEntity, { partition: { shard }, pageSize: SWEEP_PAGE }),
    async (entry) => {
      if (isFromTheFuture(entry.touchedAt, deps.clock.now())) return touchNow(deps, entry);
      if (!isForgotten(entry, deps.clock.now())) return;
      forgotten.push(entry);
      if (entry.phase === 'TAKING' && (await abandon(deps, entry))) round.count('undone');
    },
  );
  const woken = someOf(forgotten, MOST_WOKEN, deps.random);
  await deps.queue.send(woken.map(({ id }) => ({ kind: 'entry', shard, id })));
  round.count('woken', woken.length);
}

/**
 * An entry that was touched while the clock was ahead counts as touched now. So its writer, if it
 * lives, has the time that it would have had.
 */
async function touchNow({ catalogue, clock }: EngineDeps, entry: EntryRow): Promise<void> {
  const change = { set: { touchedAt: clock.now() }, when: [...unmoved(entry), equal('touchedAt', entry.touchedAt)] };
  await catalogue.tryWrite(patch(entryEntity, entryKey(entry), change));
}

function isForgotten({ kind, phase, touchedAt }: EntryRow, now: number): boolean {
  return kind !== 'REBUILD' && now - touchedAt >= (phase === 'TAKING' ? ABANDONED_AFTER_MS : FORGOTTEN_AFTER_MS);
}

/**
 * From taking to undoing. Fails harmlessly if the writer moves on at the same moment; from then on
 * the writer cannot switch.
 */
export async function abandon(deps: EngineDeps, entry: EntryRow): Promise<boolean> {
  const taken = entry.atBlock === undefined ? {} : { takenBlock: entry.atBlock, takenHeight: entry.atHeight ?? 0 };
  const outcome = await deps.catalogue.transact([
    patch(entryEntity, entryKey(entry), {
      set: { phase: 'UNDOING', touchedAt: deps.clock.now(), ...taken },
      remove: ['atBlock', 'atHeight'],
      when: unmoved(entry),
    }),
  ]);
  return outcome.ok;
}

async function runEntry(deps: EngineDeps, entry: EntryRow, until: Deadline): Promise<WorkOutcome | 'moved'> {
  if (entry.kind === 'COLLAPSE') {
    const removal = await collapse(deps, entry);
    if (removal !== undefined) await deps.queue.send([{ kind: 'entry', ...entryKey(removal) }]);
    await deps.catalogue.tryWrite(remove(entryEntity, entryKey(entry)));
    return 'done';
  }
  if (entry.kind === 'MEASURE') {
    if (!(await measure(deps, entry.accountId, entry.nodeId, until))) return 'more';
    await deps.catalogue.tryWrite(remove(entryEntity, entryKey(entry)));
    return 'done';
  }
  let current = entry;
  for await (const step of steps(dropsOf(deps, entry), deps.limits.stepObjects)) {
    const outcome = await applyStep(deps, current, step, { sign: -1 });
    if (outcome.kind === 'moved') return 'moved';
    if (outcome.kind === 'stale') throw impossible(`entry ${entry.id} drops objects without a row`);
    current = outcome.entry;
    if (deps.clock.now() >= until) return 'more';
  }
  return finish(deps, current);
}

/** The references that the entry still has to drop, from where it stands. */
function dropsOf(deps: EngineDeps, entry: EntryRow): AsyncGenerator<RefAt[]> {
  const pages = pagesOf(deps, entry);
  const after = progressOf(entry);
  if (entry.phase === 'UNDOING') return takenSoFar(entry, switchTakes(pages, rootsOf(entry), after));
  if (entry.kind === 'SWITCH') return switchDrops(pages, rootsOf(entry), after);
  return removalDrops(pages, rootsOf(entry), after);
}

async function* takenSoFar(entry: EntryRow, takes: AsyncGenerator<RefAt[]>): AsyncGenerator<RefAt[]> {
  if (entry.takenBlock === undefined) return;
  const taken = { lastBlock: entry.takenBlock, height: entry.takenHeight ?? 0 };
  for await (const batch of takes) {
    const mine = batch.filter((ref) => !isAfter(cursorOf(ref), taken));
    if (mine.length > 0) yield mine;
    if (mine.length < batch.length) return;
  }
}

const FINISH_ATTEMPTS = 10;

/**
 * Folds the entry's tally into the domain's counts, settles the child's sizes, and deletes the
 * entry, in one transaction.
 */
async function finish(deps: EngineDeps, entry: EntryRow): Promise<WorkOutcome | 'moved'> {
  const tally = tallyOf(entry);
  let counterExists = true;
  let settle = await settleSizes(deps, entry);
  const shard = anyCountShard(deps.random);
  for (let attempt = 1; attempt <= FINISH_ATTEMPTS; attempt++) {
    const writes = [
      remove(entryEntity, entryKey(entry), unmoved(entry)),
      countWrite(entry, shard, tally, counterExists),
      ...followUps(deps, entry),
      ...settle,
    ];
    const outcome = await deps.catalogue.transact(writes);
    if (outcome.ok) return wakeFollowUps(deps, writes);
    if (outcome.failed.includes(0)) return 'moved';
    if (outcome.failed.includes(1)) counterExists = !counterExists;
    else settle = await settleSizes(deps, entry);
  }
  throw new VarveError('Throttled', 'the domain counts are busy', { retryAfterMs: 1000 });
}

function followUps(deps: EngineDeps, entry: EntryRow): Write[] {
  if (entry.thenCollapse === undefined) return [];
  const { accountId, domainId, regionId, thenCollapse } = entry;
  return [
    putEntry(newEntry(deps, { accountId, domainId, regionId, kind: 'COLLAPSE', phase: 'READY', nodeId: thenCollapse })),
  ];
}

async function wakeFollowUps(deps: EngineDeps, writes: readonly Write[]): Promise<'done'> {
  const entries = writes.flatMap((write) =>
    write.kind === 'put' && write.entity === entryEntity ? [write.row as EntryRow] : [],
  );
  if (entries.length > 0) await deps.queue.send(entries.map((entry) => ({ kind: 'entry', ...entryKey(entry) })));
  return 'done';
}

/**
 * After a removal the child's own sizes follow from the sums and from what was dropped, if the
 * child has not changed since; otherwise they are to be measured again.
 */
async function settleSizes(deps: EngineDeps, entry: EntryRow): Promise<Write[]> {
  if (entry.kind !== 'REMOVAL' || entry.phase !== 'DROPPING') return [];
  const child = await getNode(deps, entry.accountId, entry.nodeId);
  if (child === undefined || child.parentRoot !== entry.base || child.measuredParentRoot === child.parentRoot)
    return [];
  if (
    entry.sumBlocks === undefined ||
    entry.sumBytes === undefined ||
    child.root !== entry.in ||
    child.measuredRoot !== child.root
  ) {
    return [putEntry(measureEntry(deps, child))];
  }
  const ownBlocks = entry.sumBlocks - entry.droppedBlocks;
  if (ownBlocks < 0) throw impossible(`node ${child.id} would have ${ownBlocks} own blocks`);
  return [
    patch(nodeEntity, nodeKey(child), {
      set: { ownBlocks, ownBytes: entry.sumBytes - entry.droppedBytes, measuredParentRoot: entry.base },
      when: [
        equal('root', child.root),
        equal('parentRoot', entry.base),
        equal('measuredRoot', child.measuredRoot),
        equal('measuredParentRoot', child.measuredParentRoot),
        child.parentId === undefined ? absent('parentId') : equal('parentId', child.parentId),
      ],
    }),
  ];
}
