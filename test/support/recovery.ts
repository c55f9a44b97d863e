import { type ObjectId, objectKey, type Root } from '../../src/engine/blocks/block.ts';
import { createPageCache } from '../../src/engine/blocks/page-store.ts';
import { entryEntity, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { type EngineHarness, findFaults, placesOf } from './engine-harness.ts';
import { listFaults } from './listed.ts';
import { manifestsBehind, manifestsBroken } from './manifests.ts';
import { recountedFaults } from './recounted.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ROUNDS = 40;

/**
 * What goes on by itself after trouble, and nothing else: the queue's messages are delivered, each
 * of them twice, and the janitor comes by. Time passes; nobody looks into the ledger to see what is
 * to be done.
 */
export async function recover(harness: EngineHarness): Promise<void> {
  const { clock, messages } = harness;
  const deps = { ...harness.deps, pageCache: createPageCache(1) };
  const worker = createLedgerWorker(deps);
  for (let round = 1; round <= ROUNDS; round++) {
    for (let message = messages.shift(); message !== undefined; message = messages.shift()) {
      if (message.kind !== 'entry') throw new Error('the engine sends entries alone');
      for (const _delivery of [1, 2]) await worker.run(message.shard, message.id, Number.POSITIVE_INFINITY);
    }
    if (harness.catalogue.rows(entryEntity).length === 0) return;
    clock.at += 16 * MINUTE_MS;
    await worker.sweep(Number.POSITIVE_INFINITY);
  }
  throw new Error(`still in the ledger: ${JSON.stringify(harness.catalogue.rows(entryEntity))}`);
}

/**
 * More than the grace time, and reclaim at work all the while: first what is known to be dead, then
 * what the search finds.
 */
export async function outlastGrace(harness: EngineHarness): Promise<void> {
  const reclaimer = createReclaimer(harness.deps, { ...RECLAIM_TIMES, searchEveryMs: 0 });
  for (const _round of [1, 2]) {
    harness.clock.at += 25 * HOUR_MS;
    for (const _pass of [1, 2, 3]) {
      await reclaimer.sweep(Number.POSITIVE_INFINITY);
      harness.clock.at += RECLAIM_TIMES.holdMs;
    }
  }
}

/**
 * What is dead but still there, and what is alive but gone. To be asked when all is settled and the
 * grace time is over.
 */
export function leftovers(harness: EngineHarness): string[] {
  const rows = harness.catalogue.rows(objectEntity);
  const alive = new Set(rows.map(({ domainId, id }) => objectKey(domainId, id as ObjectId)));
  return [
    ...rows.filter(({ refs }) => refs <= 0).map(({ id }) => `${id}: dead, and still has a row`),
    ...[...harness.objects.stored.keys()]
      .filter((key) => key.startsWith('objects/') && !alive.has(key))
      .map((key) => `${key}: stored, but nobody's`),
    ...[...alive].filter((key) => !harness.objects.stored.has(key)).map((key) => `${key}: alive, but gone`),
  ];
}

/** Settles, recounts, outlasts the grace time, and recounts. Answers everything that is wrong. */
export async function faultsAfterRecovery(harness: EngineHarness): Promise<string[]> {
  await recover(harness);
  const faults = await findFaults(harness);
  await outlastGrace(harness);
  const manifests = [...manifestsBehind(harness), ...(await manifestsBroken(harness))];
  const recounted = (await recountedFaults(harness)).map((fault) => JSON.stringify(fault));
  const others = [...leftovers(harness), ...manifests, ...recounted, ...listFaults(harness.catalogue)];
  return [...faults, ...(await findFaults(harness)), ...others];
}

/** The blocks of a root by index. */
export async function contentsAt(harness: EngineHarness, domainId: string, root: Root): Promise<Map<number, ObjectId>> {
  const places = await placesOf(harness, domainId, root);
  const blocks = [...places].filter(([place]) => place.startsWith('0/'));
  return new Map(blocks.map(([place, id]) => [Number(place.slice(2)), id]));
}

/** Contents of everything that can be read, as text, by node. */
export async function readable(harness: EngineHarness): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const node of harness.catalogue.rows(nodeEntity).filter(({ hidden }) => !hidden)) {
    const blocks = await contentsAt(harness, node.domainId, node.root as Root);
    const text = [...blocks].map(([index, id]) => `${index}=${id.slice(0, 8)}`).join(' ');
    contents.set(node.id, node.trashed === true ? `in the recycle bin: ${text}` : text);
  }
  return contents;
}
