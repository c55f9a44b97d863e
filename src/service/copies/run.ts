import type { CopyRef, CopyStep } from '../../engine/contract.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { asAttributes, PROBLEM, type Problem, problemOf, waitAfter } from '../calls/problems.ts';
import { type CopyRow, copyEntity, LONGEST_WAIT_MS, wokenAt } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';
import { failCopy, finishCopy } from './end.ts';
import { wakeWaiting } from './wake.ts';

/** A step takes less, and each puts it off: one that was not woken so long has lost its worker. */
export const WAKE_MS = 5 * 60_000;
/** Of stores far away, which many copies may ask again. */
const WAITS = { firstMs: 60_000, longestMs: LONGEST_WAIT_MS };
/** Clocks and timers differ a little. */
const EARLY_MS = 1000;

export type CopyOutcome = 'done' | 'more' | 'gone';

/**
 * Goes on with a copy until it is done or time is up, by one step at least. Can be killed anywhere,
 * delivered twice, and run by several at once. A store in trouble puts it off: it is tried again
 * until it is cancelled, and tells why it waits. Only damage of the source ends it.
 */
export async function runCopy(
  service: Service,
  { accountId, id }: Pick<Extract<WorkMessage, { kind: 'copy' }>, 'accountId' | 'id'>,
  until: number,
): Promise<CopyOutcome> {
  const copy = await service.catalogue.get(copyEntity, { accountId, id });
  if (copy?.status !== 'RUNNING' || isEarly(service, copy)) return 'gone';
  try {
    return await stepOn(service, copy, until);
  } catch (error) {
    const told = problemOf(error);
    if (told.code === 'ObjectDamaged') return (await failCopy(service, copy, told)) ? 'done' : 'gone';
    if (hasEnded(error, copy)) return 'gone';
    await noteProblem(service, copy, told);
    if (told.code === 'Internal') throw error;
    return 'done';
  }
}

/** It waits after trouble. One that a wrong clock put off for longer (10.4) does not. */
function isEarly({ clock }: Service, { problemCode, wakeAt = '' }: CopyRow): boolean {
  const waitMs = Date.parse(wakeAt) - clock.now();
  return problemCode !== undefined && waitMs > EARLY_MS && waitMs <= LONGEST_WAIT_MS;
}

/** It was cancelled, or another worker has finished it. */
const hasEnded = (error: unknown, { id }: CopyRow): boolean =>
  error instanceof VarveError && error.code === 'NotFound' && error.extra.id === id;

async function stepOn(service: Service, copy: CopyRow, until: number): Promise<CopyOutcome> {
  const { tree, clock } = service;
  const ref: CopyRef = { accountId: copy.accountId, keepId: copy.keepId, draftId: copy.id };
  if (copy.totalBlocks === undefined) await noteTotal(service, copy, await tree.copyRest({ ...ref, until }));
  let isFirst = true;
  for await (const done of tree.copySteps({ ...ref, until })) {
    const isNoted = done.isWhole ? await finishCopy(service, copy) : await noteStep(service, copy, done);
    // The others of its region wait as it did.
    if (isFirst && copy.problemCode !== undefined) await wakeWaiting(service);
    isFirst = false;
    if (!isNoted) return 'gone';
    if (done.isWhole) return 'done';
    if (clock.now() >= until) return 'more';
  }
  return 'done';
}

async function noteTotal(service: Service, { accountId, id, doneBlocks }: CopyRow, rest: number | undefined) {
  if (rest === undefined) return;
  const set = { totalBlocks: doneBlocks + rest };
  await service.catalogue.transact([patch(copyEntity, { accountId, id }, { set, when: RUNNING })]);
}

const RUNNING = [equal<'status', CopyRow['status']>('status', 'RUNNING')];

/** False: it has ended. */
async function noteStep({ catalogue, clock }: Service, { accountId, id }: CopyRow, step: CopyStep): Promise<boolean> {
  const set = { ...wokenAt(id, isoTime(clock.now() + WAKE_MS)), attempts: 0 };
  const add = { doneBlocks: step.blocks, movedBlocks: step.movedBlocks, movedBytes: step.movedBytes };
  const write = patch(copyEntity, { accountId, id }, { set, add, remove: PROBLEM, when: RUNNING });
  return (await catalogue.transact([write])).ok;
}

/** Of two workers in trouble one notes it, and is woken again: so there is one wait at a time. */
async function noteProblem(service: Service, copy: CopyRow, problem: Problem): Promise<void> {
  const { catalogue, clock, queue, copyWaits: waits = WAITS } = service;
  const { accountId, id, attempts } = copy;
  const now = clock.now();
  const waitMs = waitAfter(attempts, waits);
  const set = {
    ...wokenAt(id, isoTime(now + waitMs)),
    attempts: attempts + 1,
    ...asAttributes(problem, copy.problemSince ?? isoTime(now)),
  };
  const when = [...RUNNING, equal('attempts', attempts)];
  const noted = await catalogue.transact([patch(copyEntity, { accountId, id }, { set, when })]);
  if (noted.ok) await queue.send([{ kind: 'copy', accountId, id }], { delayMs: waitMs });
}
