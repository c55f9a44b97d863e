import { AsyncLocalStorage } from 'node:async_hooks';
import type { Catalogue, Read } from '../../platform/catalogue/port.ts';
import { type Budget, type BudgetLimits, createBudget } from './budget.ts';

/**
 * Charges what a request reads from the catalogue to its budget, wherever in the service it is
 * read.
 */
export interface Metering {
  readonly catalogue: Catalogue;
  /** What is read within `work` is charged to this budget. */
  run<T>(budget: Budget, work: () => Promise<T>): Promise<T>;
  /**
   * Charges `work` to a budget of its own, also within a request; undefined if that was not enough.
   */
  runApart<T>(limits: BudgetLimits, work: () => Promise<T>): Promise<T | undefined>;
}

/**
 * In units of the budget, as measured with DynamoDB's client: a request, a key in it, and a row
 * that comes back.
 */
const REQUEST_UNITS = 250;
const KEYS_A_REQUEST = 100;
const KEY_UNITS = 15;
const ROW_UNITS = 30;
const ROW_BYTES_A_UNIT = 20;
/**
 * Rows that lists may find at the same time. How many they do is known afterwards: no more than
 * this is overdrawn.
 */
const ROWS_IN_FLIGHT = 500;

interface Scope {
  readonly budget: Budget;
  readonly lists: Slots;
}

export function createMetering(catalogue: Catalogue): Metering {
  const storage = new AsyncLocalStorage<Scope>();
  const many = async <Rows extends Found>(keys: number, read: () => Promise<Rows>): Promise<Rows> => {
    const budget = storage.getStore()?.budget;
    if (budget === undefined) return read();
    charge(budget, Math.ceil(keys / KEYS_A_REQUEST) * REQUEST_UNITS + keys * KEY_UNITS);
    const rows = await read();
    chargeRows(budget, rows);
    return rows;
  };
  const metered: Catalogue = {
    get: async (entity, key) => (await many(1, async () => [await catalogue.get(entity, key)] as const))[0],
    getMany: (entity, keys) => many(keys.length, () => catalogue.getMany(entity, keys)),
    getEach: ((...reads: readonly Read[]) =>
      many(reads.length, () => catalogue.getEach(...reads))) as Catalogue['getEach'],
    list: async (entity, query) => {
      const scope = storage.getStore();
      if (scope === undefined) return catalogue.list(entity, query);
      return scope.lists(query.limit, async () => {
        charge(scope.budget, REQUEST_UNITS);
        const page = await catalogue.list(entity, query);
        chargeRows(scope.budget, page.rows);
        return page;
      });
    },
    transact: (writes) => catalogue.transact(writes),
    tryWrite: (write) => catalogue.tryWrite(write),
  };
  const run: Metering['run'] = (budget, work) => storage.run({ budget, lists: createSlots(ROWS_IN_FLIGHT) }, work);
  return {
    catalogue: metered,
    run,
    runApart: async (limits, work) => {
      const budget = createBudget();
      budget.limit(limits);
      try {
        return await run(budget, work);
      } catch (error) {
        if (error === budget.over) return undefined;
        throw error;
      }
    },
  };
}

type Found = readonly (object | undefined)[];

function charge(budget: Budget, units: number): void {
  budget.spend(units);
  if (budget.over !== undefined) throw budget.over;
}

function chargeRows(budget: Budget, rows: Found): void {
  for (const row of rows) if (row !== undefined) budget.spend(ROW_UNITS + textBytes(row) / ROW_BYTES_A_UNIT);
}

/** About what a row takes as text. */
function textBytes(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 0;
  for (const key in value) bytes += key.length + textBytes((value as Record<string, unknown>)[key]);
  return bytes;
}

type Slots = <T>(size: number, work: () => Promise<T>) => Promise<T>;

/**
 * Runs work of given sizes, first come, first served, so that together they are no larger than
 * `room`.
 */
function createSlots(room: number): Slots {
  let free = room;
  const waiting: { readonly size: number; readonly start: () => void }[] = [];
  const startNext = (): void => {
    for (let next = waiting[0]; next !== undefined && next.size <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.size;
      next.start();
    }
  };
  return async (wanted, work) => {
    const size = Math.min(wanted, room);
    await new Promise<void>((start) => {
      waiting.push({ size, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      free += size;
      startNext();
    }
  };
}
