import type { Write } from '../../src/platform/catalogue/port.ts';
import { createMemoryCatalogue, type MemoryCatalogue } from './memory-catalogue.ts';

/** A catalogue whose secondary indexes show what was so some transactions ago. */
export interface LaggingCatalogue extends MemoryCatalogue {
  /** From now on the indexes show what is so. */
  catchUp(): Promise<void>;
}

/**
 * As DynamoDB, whose secondary indexes follow their table: a list by one may lack what was just
 * written, and show what was just deleted. `behind` gives the number of transactions that it lacks
 * at most, before each list.
 */
export function createLaggingCatalogue(behind: () => number): LaggingCatalogue {
  const now = createMemoryCatalogue();
  const late = createMemoryCatalogue();
  const waiting: (readonly Write[])[] = [];
  let isLate = true;
  const follow = async (most: number) => {
    while (waiting.length > most) {
      const writes = waiting.shift() as readonly Write[];
      const { ok } = await late.transact(writes);
      if (!ok) throw new Error('what was done cannot be done again');
    }
  };
  return {
    ...now,
    list: async (entity, query) => {
      if (query.index === undefined) return now.list(entity, query);
      await follow(isLate ? behind() : 0);
      return late.list(entity, query);
    },
    transact: async (writes) => {
      const result = await now.transact(writes);
      if (result.ok && writes.length > 0) waiting.push(writes);
      return result;
    },
    tryWrite: async (write) => {
      const isDone = await now.tryWrite(write);
      if (isDone) waiting.push([write]);
      return isDone;
    },
    catchUp: async () => {
      isLate = false;
      await follow(0);
    },
  };
}
