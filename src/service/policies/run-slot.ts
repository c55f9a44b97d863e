import { absent, type Change, equal, patch, read } from '../../platform/catalogue/port.ts';
import { readAhead } from '../../platform/catalogue/read-ahead.ts';
import { rememberReads } from '../../platform/catalogue/remember.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { beginRound, type Round } from '../../platform/sweep.ts';
import { policyRuns } from '../calls/metered.ts';
import { attachedTo } from '../model/disks/rules.ts';
import { readsOfHolders } from '../model/instances/holders.ts';
import { readOfCounter } from '../model/overview/counter.ts';
import { coverEntity, policyEntity } from '../model/policies/rows.ts';
import { type RunRow, runEntity, type SlotKey, type SlotRow, slotEntity, wakeAt } from '../model/policies/run-rows.ts';
import { areRetriesOver, MINUTE_MS, retriesEnd } from '../model/policies/run-rules.ts';
import type { Service } from '../service.ts';
import { rowsOfAttempt, SHARED_BY_ATTEMPTS } from '../snapshots/attempt-rows.ts';
import { WAKE_AFTER_MS } from './open-slots.ts';
import { endRetry, type RunDeps, runDisk } from './run-disk.ts';

const PAGE = 100;
/** Snapshots under way at once: each waits for a handful of requests. */
const IN_FLIGHT = 16;
export const RETRY_EVERY_MS = 5 * MINUTE_MS;

/** `more`: out of time, run it again. `gone`: nothing (more) to do just now. */
export type SlotOutcome = 'done' | 'more' | 'gone';

/**
 * Carries a slot on to its end: disk by disk in the order of their ids, a page at a time. Safe to
 * run any number of times, by any number of workers, and to be killed anywhere. The row of a run
 * says what is done for a disk, and the place in the list only moves on from where it was seen.
 */
export async function runSlot(
  deps: RunDeps,
  { accountId, policyId, slotAt }: SlotKey,
  until: number,
): Promise<SlotOutcome> {
  const { catalogue, clock } = deps.service;
  for (let pages = 0; ; pages++) {
    const slot = await catalogue.get(slotEntity, { accountId, policyId, slotAt });
    if (slot === undefined || slot.status === 'DONE' || slot.status === 'MISSED') return 'gone';
    if (clock.now() >= until) return 'more';
    if (slot.status === 'RETRYING') {
      return pages > 0 ? 'done' : retryAll(deps, slot, until); // its time comes
    }
    await runPage(deps, slot, until);
  }
}

async function runPage(deps: RunDeps, slot: SlotRow, until: number): Promise<void> {
  const { accountId, policyId, after } = slot;
  const policy = await deps.service.catalogue.get(policyEntity, { accountId, id: policyId });
  if (policy === undefined) return finish(deps.service, slot, { set: {}, add: {}, when: [equal('status', 'RUNNING')] });
  const query = { partition: { accountId, policyId }, limit: PAGE, ...(after && { after: { diskId: after } }) };
  const { rows, more } = await deps.service.catalogue.list(coverEntity, query);
  const last = rows.at(-1);
  // A page is run as a whole, as the place moves on by pages.
  const page = beginRound(deps.service.clock, { until: Number.POSITIVE_INFINITY, counts: [] });
  const runs = await runDisks(deps, page, slot, rows);
  if (page.failures.count > 0) {
    if (more && last !== undefined) await runBehind(deps, slot, last, until);
    throw page.failures.first;
  }
  const tally = tallyOf(runs);
  const seen = [equal('status', 'RUNNING'), after === undefined ? absent('after') : equal('after', after)];
  const place = last === undefined ? {} : { after: last.diskId };
  if (more) return move(deps.service, slot, { set: { ...place, ...awake(deps, slot) }, add: tally, when: seen });
  if (slot.again + tally.again > 0) {
    const set = { ...place, status: 'RETRYING' as const, ...retryLater(deps, slot) };
    return move(deps.service, slot, { set, add: tally, when: seen });
  }
  return finish(deps.service, slot, { set: place, add: tally, when: seen });
}

type OfDisk = Pick<RunRow, 'diskId'>;

/**
 * Where runs of a page could not be recorded, the slot's place stays before it. The disks behind it
 * have their runs all the same, and are counted once the place reaches them.
 */
async function runBehind(deps: RunDeps, slot: SlotRow, { diskId }: OfDisk, until: number): Promise<void> {
  const { catalogue, clock } = deps.service;
  const { accountId, policyId } = slot;
  const covers = { partition: { accountId, policyId }, after: { diskId }, pageSize: PAGE };
  const round = beginRound(clock, { until, counts: [] });
  await round.each(pagesOfRows(catalogue, coverEntity, covers), ({ rows }) => runDisks(deps, round, slot, rows));
}

/**
 * The runs of a page's disks. What is the same for all of them is read once, what each needs, for
 * all together. Disks of the same instance come one after the other: DynamoDB refuses transactions
 * that check the same row at the same time. A run that cannot be recorded is a failure of the
 * round.
 */
async function runDisks({ service, report }: RunDeps, round: Round<never>, slot: SlotRow, page: readonly OfDisk[]) {
  const remembered = { ...service, catalogue: rememberReads(service.catalogue, SHARED_BY_ATTEMPTS) };
  const { catalogue, disks } = await readForRuns(remembered, slot, page);
  const deps = { service: { ...remembered, catalogue }, report };
  const lanes = Map.groupBy(page, ({ diskId }, at) => (disks[at] && attachedTo(disks[at])[0]) ?? diskId);
  const runs: RunRow[] = [];
  const runOne = async ({ diskId }: OfDisk) => {
    const run = await runDisk(deps, slot, diskId);
    if (run === undefined) return;
    runs.push(run);
    service.meter?.count(policyRuns, { result: run.status.toLowerCase() });
  };
  await round.each(lanes.values(), (lane) => round.each(lane, runOne), { atOnce: IN_FLIGHT });
  return runs;
}

async function readForRuns(service: Service, slot: SlotRow, page: readonly OfDisk[]) {
  const { accountId, policyId, slotAt } = slot;
  const { catalogue, ahead } = readAhead(service.catalogue);
  const attempts = page.map(({ diskId }) => rowsOfAttempt({ accountId, diskId }));
  const [disks] = await Promise.all([
    ahead(attempts.map(({ disk }) => disk)),
    ahead(attempts.flatMap(({ disk: _, ...others }) => Object.values(others))),
    ahead(page.map(({ diskId }) => read(runEntity, { accountId, diskId, slotAt, policyId }))),
  ]);
  await ahead(disks.flatMap((disk) => (disk === undefined ? [] : [...readsOfHolders(disk), readOfCounter(disk)])));
  return { catalogue, disks };
}

/**
 * Rule 5.4: all that are still to be tried, every few minutes until an hour after the slot was
 * opened, while the policy is ACTIVE.
 */
async function retryAll(deps: RunDeps, slot: SlotRow, until: number): Promise<SlotOutcome> {
  const { accountId, policyId, slotAt } = slot;
  const { catalogue, clock } = deps.service;
  const policy = await catalogue.get(policyEntity, { accountId, id: policyId });
  const isActive = policy?.status === 'ACTIVE';
  const round = beginRound(clock, { until, counts: [] });
  const query = { index: 'byRetry' as const, partition: { accountId, policyId, retrySlot: slotAt }, pageSize: PAGE };
  await round.each(pagesOfRows(catalogue, runEntity, query), async ({ rows }) => {
    if (isActive) await runDisks(deps, round, slot, rows);
    else await round.each(rows, ({ diskId }) => endRetry(deps.service, slot, diskId));
  });
  const outcome = await settleRetries(deps, slot, isActive);
  if (round.failures.count > 0) throw round.failures.first;
  return outcome;
}

async function settleRetries(deps: RunDeps, slot: SlotRow, isActive: boolean): Promise<SlotOutcome> {
  const { accountId, policyId, slotAt } = slot;
  const now = await deps.service.catalogue.get(slotEntity, { accountId, policyId, slotAt });
  if (now === undefined || now.status !== 'RETRYING') return 'gone';
  const seen = [equal('status', 'RETRYING'), equal('again', now.again)];
  if (now.again <= 0) {
    await finish(deps.service, slot, { set: {}, add: {}, when: seen });
    return 'done';
  }
  // Then each round ends as many as it has time for.
  const isOver = (!isActive || areRetriesOver(slot, deps.service.clock.now())) && now.again < slot.again;
  await move(deps.service, slot, { set: isOver ? awake(deps, slot) : retryLater(deps, slot), add: {}, when: seen });
  return 'done';
}

type SlotChange = Required<Omit<Change<SlotRow>, 'remove'>>;

/** Refused where another worker was faster: then it is read again. */
async function move(
  { catalogue }: Service,
  { accountId, policyId, slotAt }: SlotRow,
  change: SlotChange,
): Promise<void> {
  await catalogue.transact([patch(slotEntity, { accountId, policyId, slotAt }, change)]);
}

async function finish({ catalogue, clock }: Service, slot: SlotRow, { set, add, when }: SlotChange): Promise<void> {
  const { accountId, policyId, slotAt } = slot;
  const done = { ...set, status: 'DONE' as const, finishedAt: isoTime(clock.now()) };
  const change = { set: done, add, remove: ['wakeShard', 'wakeAt'] as const, when };
  await catalogue.transact([patch(slotEntity, { accountId, policyId, slotAt }, change)]);
}

const awake = ({ service }: RunDeps, slot: SlotRow) => wakeAt(slot, isoTime(service.clock.now() + WAKE_AFTER_MS));
const retryLater = ({ service }: RunDeps, slot: SlotRow) =>
  wakeAt(
    slot,
    isoTime(Math.min(service.clock.now() + RETRY_EVERY_MS, Math.max(retriesEnd(slot), service.clock.now()))),
  );

function tallyOf(runs: readonly RunRow[]) {
  const tally = { done: 0, skipped: 0, failed: 0, again: 0 };
  for (const { status, retrySlot } of runs) {
    tally[status === 'DONE' ? 'done' : status === 'SKIPPED' ? 'skipped' : 'failed'] += 1;
    if (retrySlot !== undefined) tally.again += 1;
  }
  return tally;
}
