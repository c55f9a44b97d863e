import { expect, test } from 'vitest';
import { type Adapters, assemble } from '../../src/assembly.ts';
import { tidyUp } from '../../src/background/janitor.ts';
import { entryEntity } from '../../src/engine/books/rows.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { parseUpkeep } from '../../src/platform/config.ts';
import type { Log } from '../../src/platform/log.ts';
import type { ClockWatch } from '../../src/service/clocks/watch.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { createMemoryFiles } from '../support/memory-files.ts';
import { MEMORY_KEY, MEMORY_REGION } from '../support/memory-service.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const NOT_DURING_A_REBUILD = [
  'drafts',
  'instances',
  'snapshots',
  'copies',
  'policyCopies',
  'exports',
  'imports',
  'policies',
  'arrears',
  'unpaid',
  'expired',
  'trash',
  'newBlocks',
  'scrubs',
  'listing',
  'watch',
  'overviews',
];
const ALWAYS = ['events', 'sinks', 'webhooks', 'ledger', 'leases', 'reclaim', 'samples', 'audit'];

/** One minute of the janitor; what it did, and what it complained about. */
async function minute(parts: { readonly observe?: ClockWatch['observe']; readonly list?: Catalogue['list'] }) {
  const { deps } = createEngineHarness();
  const rounds: unknown[] = [];
  const errors: string[] = [];
  const note: Log['info'] = (message, extra) => {
    if (message === 'swept') rounds.push(extra?.round);
  };
  const log: Log = { info: note, debug: note, warn: () => undefined, error: (message) => void errors.push(message) };
  const observe = parts.observe ?? (async () => ({ kind: 'trusted' }) as const);
  const adapters: Adapters = {
    files: () => createMemoryFiles(),
    ...{ catalogue: { ...deps.catalogue, ...(parts.list && { list: parts.list }) }, objects: deps.objects, log },
    ...{
      queue: deps.queue,
      outgoing: { post: async () => never(), whyRefused: () => undefined },
      clock: deps.clock,
      defaultKeyId: MEMORY_KEY,
      keys: { generateWrapped: async () => never(), rewrap: async () => never() },
    },
    clockWatch: { trust: deps.trust, look: observe, observe } as unknown as ClockWatch,
  };
  const upkeep = parseUpkeep({});
  await tidyUp(assemble(adapters, { ...upkeep, regions: [{ id: MEMORY_REGION, timeZone: 'UTC' }] }), FOREVER);
  return { rounds: rounds.map(String).sort(), errors };
}

function never(): never {
  throw new Error('not here');
}

test('all rounds run in a minute', async () => {
  expect(await minute({})).toEqual({ rounds: [...ALWAYS, ...NOT_DURING_A_REBUILD].sort(), errors: [] });
});

test('all rounds run, though the clock cannot be looked at', async () => {
  const { rounds, errors } = await minute({ observe: async () => never() });
  expect(rounds).toEqual([...ALWAYS, ...NOT_DURING_A_REBUILD].sort());
  expect(errors).toEqual(['clock not observed']);
});

test('what a rebuild does not hinder is done, though nobody can say whether there is one', async () => {
  const { deps } = createEngineHarness();
  const list: Catalogue['list'] = async (entity, query) => {
    // The ledger has its own round, which reports by itself.
    if (entity.name === entryEntity.name) return never();
    return deps.catalogue.list(entity, query);
  };
  const { rounds, errors } = await minute({ list });
  expect(rounds).toEqual(expect.arrayContaining(['leases', 'samples']));
  expect(rounds.filter((round) => NOT_DURING_A_REBUILD.includes(round))).toEqual([]);
  expect(errors).toContain('whether a rebuild goes on is not known: nothing ends by itself until it is');
});
