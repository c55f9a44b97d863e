import { accountNodes, nodesOfChain } from '../../engine/books/account-nodes.ts';
import { equal, patch, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { dayOf, isoTime } from '../../platform/clock.ts';
import type { ScrubPace } from '../../platform/config.ts';
import { someOf } from '../../platform/some-of.ts';
import { type Counts, type Round, shards, sweep } from '../../platform/sweep.ts';
import { isFromTheFuture, wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { placeToVerify, VERIFY_SHARDS } from '../model/chains/verify-place.ts';
import { domainEntity } from '../model/disks/rows.ts';
import {
  type RollingRow,
  RUN_SHARDS,
  recountedEntity,
  rollingEntity,
  type ScrubRow,
  scrubEntity,
} from '../model/scrubs/rows.ts';
import { traceDamages } from './found.ts';
import { newScrub, PLAIN } from './new-scrub.ts';
import { type Place, readUnits } from './read-units.ts';
import type { ScrubDeps } from './run.ts';
import { unitsOf } from './units.ts';
import { noteVerified } from './verified.ts';

const MINUTES_A_DAY = 24 * 60;
/**
 * A round reads at least so much while there is budget, so that small budgets are spent in few
 * rounds.
 */
const LEAST_BYTES = 64 * 1024 * 1024;
const FORGOTTEN_AFTER_MS = 6 * 60_000; // longer than one invocation of a worker
const PAGE = 100;
/** Chains of a request: nearly always the first can be read. */
const FEW = 4;

/** Of forgotten scrubs in a round. What is more is a backlog, whose messages wait in the queue. */
const MOST_WOKEN = 400;

type RollingCount = 'woken' | 'objects' | 'damaged';
export type RollingCounts = Counts<RollingCount>;

/**
 * The janitor's round: wakes workers for scrubs that nobody has touched for a while, and reads on
 * in the background, a day's budget spread over the day, the chain first that was verified longest
 * ago. A chain that cannot be read keeps no other from being read. With each chain, the counts of
 * its domain are begun to be counted, if that is long ago.
 */
export function sweepScrubs(deps: ScrubDeps, pace: ScrubPace, until: number): Promise<RollingCounts> {
  return sweep(deps.service.clock, { until, counts: ['woken', 'objects', 'damaged'] }, async (round) => {
    await round.attempt(async () => round.count('woken', await wakeForgotten(deps, round)));
    await readInBackground(deps, { pace, until, round });
  });
}

type RollingRound = Round<RollingCount>;

interface Background {
  readonly pace: ScrubPace;
  readonly until: number;
  readonly round: RollingRound;
}

async function readInBackground(deps: ScrubDeps, { pace, until, round }: Background): Promise<void> {
  const { catalogue, clock } = deps.service;
  const known = await catalogue.get(rollingEntity, { id: 'rolling' });
  const day = dayOf(clock.now());
  const state: RollingRow = {
    ...(known ?? { id: 'rolling', step: 0 }),
    ...(known?.day === day ? known : { day, spentBytes: 0 }),
  };
  const left = pace.bytesPerDay - state.spentBytes;
  const allowed = Math.min(left, Math.max(LEAST_BYTES, pace.bytesPerDay / MINUTES_A_DAY));
  if (allowed <= 0) return;
  for await (const chain of chainsToRead(deps, pace, state)) {
    if (round.isOver()) return;
    const reading = { state, known: known !== undefined, chain, allowed, until, pace };
    const isRead = await round.attempt(async () => {
      const { objects, damaged } = await readChain(deps, reading);
      round.count('objects', objects);
      round.count('damaged', damaged);
    });
    if (isRead) return;
  }
}

type Read = Pick<RollingCounts, 'objects' | 'damaged'>;

interface Reading {
  readonly state: RollingRow;
  readonly known: boolean;
  readonly chain: ChainRow;
  readonly allowed: number;
  readonly until: number;
  readonly pace: ScrubPace;
}

async function readChain(deps: ScrubDeps, reading: Reading): Promise<Read> {
  const { chain, allowed, until } = reading;
  const sum = { objects: 0, bytes: 0, damaged: 0 };
  const nodes = await nodesOfChain(deps.engine, chain.accountId, chain.id);
  const units = unitsOf({ chainId: chain.id }, { nodes });
  const begun = reading.state.chainId === chain.id ? reading.state : {};
  let place: Place = begun;
  let isWhole = units.length === 0;
  const job = {
    units,
    from: begun,
    chosen: () => true,
    seen: new Set<never>(),
    seenBy: `${chain.id} ${reading.state.day}`,
    until,
    maxBytes: allowed,
  };
  for await (const { result, endsChain, place: reached } of readUnits(deps, job)) {
    sum.objects += result.objects;
    sum.bytes += result.bytes;
    sum.damaged += result.damages.length;
    place = reached;
    isWhole = endsChain;
    if (sum.bytes >= allowed) break;
  }
  const at = isWhole ? {} : { accountId: chain.accountId, chainId: chain.id, ...place };
  const saved = await save(deps, reading, { at, bytes: sum.bytes });
  if (saved && isWhole) await endChain(deps, reading, units[0]?.node.domainId);
  if (sum.damaged > 0) {
    const owner = { accountId: chain.accountId, regionId: chain.region };
    await traceDamages(deps, owner, await accountNodes(deps.engine, owner));
  }
  return { objects: sum.objects, damaged: sum.damaged };
}

async function save(
  { service }: ScrubDeps,
  { state, known }: Reading,
  { at, bytes }: { readonly at: Partial<RollingRow>; readonly bytes: number },
): Promise<boolean> {
  const { day, spentBytes, step } = state;
  const row: RollingRow = { id: 'rolling', step: step + 1, day, spentBytes: spentBytes + bytes, ...at };
  const outcome = await service.catalogue.transact([put(rollingEntity, row, known ? [equal('step', step)] : 'absent')]);
  return outcome.ok;
}

async function endChain(deps: ScrubDeps, { chain, pace }: Reading, domainId: string | undefined): Promise<void> {
  await noteVerified(deps, { accountId: chain.accountId, chainId: chain.id });
  if (domainId === undefined) return;
  const { catalogue, clock, ids, queue } = deps.service;
  const counted = await catalogue.get(recountedEntity, { domainId });
  const isLately = counted !== undefined && counted.at > isoTime(clock.now() - pace.everyMs);
  if (isLately && !isFromTheFuture(counted.at, clock.now())) return;
  const domain = await catalogue.get(domainEntity, { id: domainId });
  if (domain === undefined) return;
  const { accountId, region, keyId = PLAIN } = domain;
  const asked = { region, keyId, domainId, samplePercent: 0, repair: false };
  const scrub: ScrubRow = { ...newScrub({ clock, ids }, accountId, asked), phase: 'COUNTS' };
  const marker = { domainId, at: isoTime(clock.now()) };
  const when = counted === undefined ? 'absent' : [equal('at', counted.at)];
  const outcome = await catalogue.transact([put(recountedEntity, marker, when), put(scrubEntity, scrub)]);
  if (outcome.ok) await queue.send([{ kind: 'scrub', accountId, id: scrub.id }]);
}

/**
 * The one that it is at, if that is still there; then those that were verified longest ago, if that
 * is long enough.
 */
async function* chainsToRead(deps: ScrubDeps, pace: ScrubPace, state: RollingRow): AsyncGenerator<ChainRow> {
  const { catalogue, clock } = deps.service;
  const { accountId, chainId: id } = state;
  if (id !== undefined && accountId !== undefined) {
    const current = await catalogue.get(chainEntity, { accountId, id });
    if (current !== undefined) yield current;
  }
  await verifiedNow(deps);
  const due = isoTime(clock.now() - pace.everyMs);
  const lanes = shards(VERIFY_SHARDS).map((verifyShard) => {
    const query = { index: 'byVerified' as const, partition: { verifyShard }, pageSize: FEW };
    return rowsOf(catalogue, chainEntity, { ...query, while: ({ verifyFrom = '' }) => verifyFrom <= due });
  });
  for await (const chain of inOrder(lanes, ({ verifyFrom = '' }) => verifyFrom)) if (chain.id !== id) yield chain;
}

/** What lists have that are each in this order, in one order. */
async function* inOrder<Row>(lanes: readonly AsyncGenerator<Row>[], placeOf: (row: Row) => string) {
  const heads: { readonly lane: AsyncGenerator<Row>; readonly row: Row }[] = [];
  const take = async (lane: AsyncGenerator<Row>) => {
    const next = await lane.next();
    if (next.done !== true) heads.push({ lane, row: next.value });
  };
  for (const lane of lanes) await take(lane);
  for (;;) {
    heads.sort((a, b) => (placeOf(a.row) < placeOf(b.row) ? -1 : 1));
    const first = heads.shift();
    if (first === undefined) return;
    yield first.row;
    await take(first.lane);
  }
}

/**
 * Chains that were verified, or made, by a clock that was ahead would be left alone until that time
 * has come. They are the last of their shard.
 */
async function verifiedNow({ engine }: ScrubDeps): Promise<void> {
  const { catalogue, clock } = engine;
  const isAhead = ({ verifyFrom = '' }: ChainRow) => wasStoredAhead(engine, verifyFrom);
  for (const verifyShard of shards(VERIFY_SHARDS)) {
    const query = { index: 'byVerified' as const, partition: { verifyShard }, pageSize: PAGE, descending: true };
    for await (const chain of rowsOf(catalogue, chainEntity, { ...query, while: isAhead })) {
      const { accountId, id, verifyFrom = '' } = chain;
      const set = placeToVerify(id, isoTime(clock.now()));
      const when = [equal('verifyFrom', verifyFrom)];
      await catalogue.transact([patch(chainEntity, { accountId, id }, { set, when })]);
    }
  }
}

async function wakeForgotten({ service, engine }: ScrubDeps, round: RollingRound): Promise<number> {
  const { catalogue, clock, queue } = service;
  const before = isoTime(clock.now() - FORGOTTEN_AFTER_MS);
  const isForgotten = ({ touchedAt }: ScrubRow) => touchedAt < before;
  const forgotten: ScrubRow[] = [];
  // Those that a clock touched while it was ahead come last: nobody knows when that was.
  const isAhead = ({ touchedAt }: ScrubRow) => isFromTheFuture(touchedAt, clock.now());
  await round.each(shards(RUN_SHARDS), async (runShard) => {
    const query = { index: 'byRun' as const, partition: { runShard }, pageSize: PAGE };
    const first = rowsOf(catalogue, scrubEntity, { ...query, while: isForgotten });
    const last = rowsOf(catalogue, scrubEntity, { ...query, while: isAhead, descending: true });
    for await (const scrub of first) forgotten.push(scrub);
    for await (const scrub of last) forgotten.push(scrub);
  });
  const woken = someOf(forgotten, MOST_WOKEN, engine.random);
  await queue.send(woken.map(({ accountId, id }) => ({ kind: 'scrub', accountId, id })));
  return woken.length;
}
