import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/block.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { createLedgerWorker } from '../../src/engine/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaimer.ts';
import { entryEntity, objectEntity } from '../../src/engine/rows.ts';
import { createVersionTree } from '../../src/engine/version-tree.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { type ActorPorts, interleave } from '../support/interleaver.ts';

const accountId = 'acc';
const domainId = 'dom';
const RUNS = Number(process.env.VARVE_RACES ?? 150);

/** Times a client tries: uploads what it is told is missing, reads the version again when it lost. */
const TRIES = 12;

async function write(
  deps: EngineDeps,
  harness: EngineHarness,
  headId: string,
  values: readonly number[],
): Promise<void> {
  const tree = createVersionTree(deps);
  const objects = deps.objects('r');
  const writes = values.map((value, index) => ({ index, id: blockId(value) }));
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const rows = await deps.catalogue.getMany(
      objectEntity,
      writes.map(({ id }) => ({ domainId, id })),
    );
    for (const [at, { id }] of writes.entries()) {
      if (rows[at] === undefined) await objects.put(objectKey(domainId, id), Buffer.from(id));
    }
    const node = await tree.get(accountId, headId);
    if (node === undefined) return;
    try {
      await tree.commit({ accountId, headId, expectedVersion: node.version, writes, trims: [] });
      return;
    } catch (error) {
      if (!(error instanceof VarveError) || error.code === 'Internal') throw error;
      if (error.code === 'ObjectTombstoned') harness.clock.at += 60_000;
    }
  }
}

async function dispose(deps: EngineDeps, headId: string): Promise<void> {
  const tree = createVersionTree(deps);
  await tree.snapshot({ accountId, headId, snapshotId: `s-${headId}` }, () => []);
  await tree.rollback({ accountId, headId, toId: `s-${headId}` }, []);
  await tree.remove({ accountId, nodeId: `s-${headId}` }, []);
}

async function workOff(deps: EngineDeps, harness: EngineHarness): Promise<void> {
  const worker = createLedgerWorker(deps);
  for (let round = 0; round < 3; round++) {
    for (const { shard, id } of harness.catalogue.rows(entryEntity))
      await worker.run(shard, id, Number.POSITIVE_INFINITY);
  }
  await worker.sweep(Number.POSITIVE_INFINITY);
}

async function sweep(deps: EngineDeps): Promise<void> {
  const reclaimer = createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 });
  for (let round = 0; round < 3; round++) await reclaimer.sweep(Number.POSITIVE_INFINITY);
}

/** Dead content (0–5), alive content (10–12) and an orphan (20) to begin with. */
async function prepared(seed: number, stepObjects: number): Promise<EngineHarness> {
  const harness = createEngineHarness(seed, { stepObjects, plannedPlaces: 4096 });
  for (const nodeId of ['d-1', 'd-2', 'd-3']) {
    await harness.tree.createHead({ accountId, nodeId, domainId, regionId: 'r', chainId: nodeId }, []);
  }
  await write(harness.deps, harness, 'd-1', [0, 1, 2, 3, 4, 5]);
  await write(harness.deps, harness, 'd-2', [10, 11, 12]);
  await harness.tree.commit({
    accountId,
    headId: 'd-1',
    expectedVersion: 1,
    writes: [],
    trims: [{ start: 0, count: 6 }],
  });
  await harness.objects.put(objectKey(domainId, blockId(20)), Buffer.from(blockId(20)));
  await harness.settle();
  harness.clock.at += 23 * 3600_000;
  return harness;
}

test('I4: writers, workers and two janitors in any order, each asleep for as long as the others like, lose nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(1, 3, 90), async (seed, stepObjects) => {
      const harness = await prepared(seed, stepObjects);
      const as =
        (work: (deps: EngineDeps) => Promise<void>) =>
        ({ catalogue, objects }: ActorPorts) =>
          work({ ...harness.deps, catalogue, objects: () => objects });
      await interleave(
        seed,
        { catalogue: harness.catalogue, objects: harness.objects },
        [
          as((deps) => write(deps, harness, 'd-1', [5, 0, 20, 30])),
          as((deps) => write(deps, harness, 'd-2', [10, 1, 2, 31])),
          as((deps) => write(deps, harness, 'd-3', [0, 20, 11, 3, 4])),
          as(sweep),
          as(sweep),
          as((deps) => workOff(deps, harness)),
          as((deps) => dispose(deps, 'd-2')),
        ],
        (random) => {
          // Mostly moments; at times longer than a tombstone stands, than an abandoned commit is waited for, than the grace time.
          const dice = random();
          if (dice < 0.04) harness.clock.at += 3 * 60_000;
          else if (dice < 0.06) harness.clock.at += 16 * 60_000;
          else if (dice < 0.08) harness.clock.at += 25 * 3600_000;
          else harness.clock.at += 5;
        },
      );
      await harness.settle();
      expect(await findFaults(harness)).toEqual([]);
      await harness.reclaim(30);
      expect(await findFaults(harness)).toEqual([]);
      const alive = harness.catalogue.rows(objectEntity).map(({ id }) => objectKey(domainId, id as ObjectId));
      expect([...harness.objects.stored.keys()].sort()).toEqual(alive.sort());
    }),
    { numRuns: RUNS },
  );
}, 600_000);
