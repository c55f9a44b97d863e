import type { CopyRef, CopyStep } from '../../engine/contract.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { NoSpaceError, VarveError } from '../../platform/errors.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { type CopyRow, copyEntity, LONGEST_WAIT_MS, PROBLEM, wokenAt } from '../model/copies/rows.ts';
import type { Service } from '../service.ts';
import { failCopy, finishCopy, type Problem } from './end.ts';

/** A step takes less, and each puts it off: one that was not woken so long has lost its worker. */
export const WAKE_MS = 5 * 60_000;
const FIRST_WAIT_MS = 60_000;

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
  if (copy?.status !== 'RUNNING') return 'gone';
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

/** It was cancelled, or another worker has finished it. */
const hasEnded = (error: unknown, { id }: CopyRow): boolean =>
  error instanceof VarveError && error.code === 'NotFound' && error.extra.id === id;

async function stepOn(service: Service, copy: CopyRow, until: number): Promise<CopyOutcome> {
  const { tree, clock } = service;
  const ref: CopyRef = { accountId: copy.accountId, keepId: copy.keepId, draftId: copy.id };
  if (copy.totalBlocks === undefined) await noteTotal(service, copy, await tree.copyRest({ ...ref, until }));
  for (let step = 1; ; step++) {
    if (step > 1 && clock.now() >= until) return 'more';
    const done = await tree.copyOn({ ...ref, until });
    if (done.isWhole) return (await finishCopy(service, copy)) ? 'done' : 'gone';
    if (!(await noteStep(service, copy, done))) return 'gone';
  }
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

function problemOf(error: unknown): Problem {
  if (error instanceof NoSpaceError) return { code: 'StorageFull', message: error.message };
  if (error instanceof VarveError) return error;
  return { code: 'Internal', message: 'A fault of the service; its log says more.' };
}

async function noteProblem({ catalogue, clock }: Service, copy: CopyRow, { code, message }: Problem): Promise<void> {
  const { accountId, id, attempts } = copy;
  const now = clock.now();
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 8));
  const set = {
    ...wokenAt(id, isoTime(now + waitMs)),
    attempts: attempts + 1,
    problemCode: code,
    problemMessage: message,
    problemSince: copy.problemSince ?? isoTime(now),
  };
  await catalogue.transact([patch(copyEntity, { accountId, id }, { set, when: RUNNING })]);
}
