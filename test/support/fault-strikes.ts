import { expect } from 'vitest';
import { nodeEntity } from '../../src/engine/books/rows.ts';
import type { EmbeddedMachine } from './embedded-machine.ts';
import { type EngineHarness, findFaults, forkHarness } from './engine-harness.ts';
import { FAULTS, type Fault, injectFault } from './fault-injector.ts';
import { type Operation, prepared, write } from './fault-operations.ts';
import { faultsAfterRecovery, leftovers, outlastGrace, readable, recover } from './recovery.ts';

/** A harness in the state of another one, whose stores may be other ones. */
export interface Forked {
  readonly harness: EngineHarness;
  /** Ends when nothing is under way in the stores. */
  readonly rest?: () => Promise<void>;
  /** Answers come in any order, so there may be some calls more or fewer each time. */
  readonly callsVary?: true;
  /** What the stores themselves find wrong. */
  readonly differences?: () => Promise<string[]>;
}
export type Fork = (start: EngineHarness) => Promise<Forked>;

const SEED = 2;

const forkInMemory: Fork = async (start) => ({ harness: forkHarness(start, SEED) });

/** The stores of one machine, in the state of another harness. */
export const forkOnto =
  (machine: EmbeddedMachine): Fork =>
  async (start) => {
    await machine.become(start);
    const { rest, differences } = machine;
    return { harness: forkHarness(start, SEED, machine), rest, differences, callsVary: true };
  };

export interface Strikes {
  /** Distinct objects of a step of the ledger. Few: everything goes through it. */
  readonly stepObjects: number;
  readonly fork?: Fork;
  readonly isLeftOut?: () => boolean;
}

interface Blow {
  /** Which call, from 0. */
  readonly at: number;
  readonly fault: Fault;
}

/**
 * While a process sleeps: everything that is due happens, deadlines and grace time pass, and others
 * reclaim.
 */
async function worldGoesOn(harness: EngineHarness): Promise<void> {
  await recover(harness);
  await outlastGrace(harness);
}

/** An operation's state before and after, and the calls it makes. */
interface Course {
  readonly operation: Operation;
  readonly start: EngineHarness;
  readonly calls: readonly string[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

async function courseOf(operation: Operation, stepObjects: number, fork: Fork): Promise<Course> {
  const start = await prepared(stepObjects);
  await operation.first?.(start);
  const { harness: whole } = await fork(start);
  const { run, calls } = injectFault(whole.deps);
  const { error } = await run((deps) => operation.run(deps, whole));
  expect(error).toBeUndefined();
  expect(calls.length).toBeGreaterThan(0);
  return { operation, start, calls, before: await readable(start), after: await readable(whole) };
}

async function strike(course: Course, { at, fault }: Blow, fork: Fork): Promise<string[]> {
  const { operation, start, before, after } = course;
  const { harness, rest, differences, callsVary } = await fork(start);
  const injected = injectFault(harness.deps, { at, fault, meanwhile: () => worldGoesOn(harness) });
  const { error } = await injected.run((deps) => operation.run(deps, harness));
  await rest?.();
  if (callsVary && !injected.reached()) return [];
  const faults = injected.reached() ? [] : ['the fault was never reached'];
  if (error instanceof Error && !isRefusal(error, fault)) faults.push(`${error.name}: ${error.message}`);
  faults.push(...(await faultsAfterRecovery(harness)));
  faults.push(...changes(operation, await readable(harness), before, after));
  faults.push(...(await lifeGoesOn(harness)), ...((await differences?.()) ?? []));
  return faults;
}

const REFUSALS = new Set([
  'Throttled',
  'VersionConflict',
  'ObjectMissing',
  'ObjectTombstoned',
  'NotFound',
  'DraftClosed',
]);

/**
 * Who sleeps for days may wake up over contents that are gone: it then does nothing, and says that
 * it cannot read them.
 */
const isRefusal = (error: Error & { code?: string }, fault: Fault) =>
  REFUSALS.has(error.code ?? '') || (fault.startsWith('sleeps') && error.code === 'ObjectDamaged');

/** Where it is neither as before the operation nor as after it. */
function changes(
  { severally }: Operation,
  is: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const ids = [...new Set([...is.keys(), ...before.keys(), ...after.keys()])];
  const differ = (other: ReadonlyMap<string, string>) => ids.filter((id) => is.get(id) !== other.get(id));
  const [old, fresh] = [differ(before), differ(after)];
  if (severally) return old.filter((id) => fresh.includes(id)).map((id) => `${id} is neither as before nor as after`);
  if (old.length === 0 || fresh.length === 0) return [];
  return [`neither as before (${old}) nor as after (${fresh})`];
}

/** Every head can be written to, also one that comes out of the recycle bin. */
async function lifeGoesOn(harness: EngineHarness): Promise<string[]> {
  const heads = harness.catalogue.rows(nodeEntity).filter(({ kind }) => kind === 'HEAD');
  for (const { accountId, id, trashed } of heads)
    if (trashed) await harness.tree.untrash({ accountId, nodeId: id }, []);
  for (const { id } of heads) await write(harness, harness.deps, id, [60, 61, 1, 40]);
  await recover(harness);
  return [...(await findFaults(harness)), ...leftoversOfLife(harness)];
}

const leftoversOfLife = (harness: EngineHarness) => leftovers(harness).filter((text) => text.endsWith('gone'));

/**
 * Strikes each call of an operation in each way, but for what is left out. Answers what was wrong,
 * by the blow.
 */
export async function strikeEverywhere(
  operation: Operation,
  { stepObjects, fork = forkInMemory, isLeftOut = () => false }: Strikes,
): Promise<Record<string, string[]>> {
  const course = await courseOf(operation, stepObjects, fork);
  const wrong: Record<string, string[]> = {};
  for (const [at, call] of course.calls.entries()) {
    for (const fault of FAULTS) {
      if (isLeftOut()) continue;
      const faults = await strike(course, { at, fault }, fork);
      if (faults.length > 0) wrong[`${call} (${at}) ${fault}`] = faults;
    }
  }
  return wrong;
}
