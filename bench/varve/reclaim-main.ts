import { compose } from '../../src/composition.ts';
import { entryEntity, LEDGER_SHARDS } from '../../src/engine/books/rows.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { parseConfig } from '../../src/platform/config.ts';

/**
 * `free`: frees everything that is dead in an installation, as the janitor does. Its clock goes
 * ahead instead of waiting for the times between the steps. It prints what it freed, and how long
 * the two steps took. `settle`: works off what is in the ledger.
 */
const { scrubs, worker, clockWatch } = compose(parseConfig(process.env));
const { engine } = scrubs;
const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs };
const times = { ...RECLAIM_TIMES, graceMs: 0, searchEveryMs: Number.POSITIVE_INFINITY };
const reclaimer = createReclaimer({ ...engine, clock }, times);

async function step(aheadMs: number) {
  clock.aheadMs += aheadMs;
  const began = performance.now();
  const round = await reclaimer.sweep(Number.POSITIVE_INFINITY);
  return { ...round, ms: performance.now() - began };
}

/**
 * Reclaim waits for work that began before a death: manifests that the janitor would have written
 * within a minute.
 */
async function workOff(): Promise<void> {
  for (let shard = 0; shard < LEDGER_SHARDS; shard++) {
    const { rows } = await engine.catalogue.list(entryEntity, { partition: { shard }, limit: 1000 });
    for (const { id } of rows) await worker.run(shard, id, Number.POSITIVE_INFINITY);
  }
}

async function free() {
  await clockWatch.look(); // before it nothing may be deleted
  const buried = await step(1000);
  const forgotten = await step(RECLAIM_TIMES.holdMs + 1000);
  return {
    tombstoned: buried.tombstoned,
    buryMs: buried.ms,
    freedObjects: forgotten.freedObjects,
    freedBytes: forgotten.freedBytes,
    forgetMs: forgotten.ms,
  };
}

process.stdout.write(JSON.stringify(process.argv[2] === 'settle' ? await workOff() : await free()) ?? 'null');
process.exit(); // connections that are kept open hold nobody up
