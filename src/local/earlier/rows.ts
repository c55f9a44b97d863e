import { hash } from 'node:crypto';
import { everyRow } from '../../platform/catalogue/sqlite/every-row.ts';
import { storedText } from '../../platform/catalogue/sqlite/item.ts';
import { openStore, type SqliteStore } from '../../platform/catalogue/sqlite/store.ts';
import type { OldTable } from './old-table.ts';
import { canonicalText, fieldsFromWire, fieldsToWire, type WireItem } from './wire.ts';

/** How many rows there are, and a sum over all of them that does not depend on their order. */
interface Tally {
  readonly rows: number;
  readonly sum: string;
}

/** Of one transaction: so a process that is killed has lost little, and memory stays small. */
const AT_ONCE = 500;

/** Rows of a page, with what the engine may drop by itself meanwhile. */
interface Taken extends Tally {
  readonly expired: number;
}

/**
 * Copies every row into a new catalogue, and then compares the two: by the engine's own count, and
 * by a sum over what the engine sent and what the new catalogue has. Throws if they differ. How
 * many rows there are.
 */
export async function takeRows(table: OldTable, path: string, now: number): Promise<number> {
  const taken = await copy(table, path, now);
  const counted = await table.count();
  // Engines drop rows whose time is up when they like.
  if (counted > taken.rows || counted < taken.rows - taken.expired)
    throw new Error(`the old catalogue has ${counted} rows, and ${taken.rows} were read`);
  const there = tallyOf(path);
  if (there.rows !== taken.rows || there.sum !== taken.sum)
    throw new Error(`${taken.rows} rows were read from the old catalogue, and the new one has others`);
  return taken.rows;
}

async function copy(table: OldTable, path: string, now: number): Promise<Taken> {
  const tally = startTally();
  let expired = 0;
  const store = await openStore(path);
  try {
    for await (const items of table.rows()) {
      for (const item of items) tally.add(item);
      expired += items.filter(({ ttl }) => ttl !== undefined && 'N' in ttl && Number(ttl.N) * 1000 < now).length;
      for (let at = 0; at < items.length; at += AT_ONCE) writeAll(store, items.slice(at, at + AT_ONCE));
    }
  } finally {
    store.close();
  }
  return { ...tally.end(), expired };
}

function writeAll(store: SqliteStore, items: readonly WireItem[]): void {
  store.write(
    items.map((wire) => {
      const { pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, ...item } = fieldsFromWire(wire);
      const indexed = Object.entries({ gsi1pk, gsi1sk, gsi2pk, gsi2sk }).filter(([, key]) => key !== undefined);
      const keys = Object.fromEntries(indexed) as Record<string, string>;
      return [{ kind: 'put' as const, pk: pk as string, sk: sk as string, ...storedText(item), keys, when: [] }];
    }),
  );
}

function tallyOf(path: string): Tally {
  const tally = startTally();
  for (const { pk, sk, item, keys } of everyRow(path)) tally.add(fieldsToWire({ pk, sk, ...keys, ...item }));
  return tally.end();
}

function startTally() {
  const sum = Buffer.alloc(32);
  let rows = 0;
  return {
    add: (item: WireItem): void => {
      const digest = hash('sha256', canonicalText(item), 'buffer');
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) ^ (digest[at] as number);
      rows += 1;
    },
    end: (): Tally => ({ rows, sum: sum.toString('hex') }),
  };
}
