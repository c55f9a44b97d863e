import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { blockIdOf, MAX_STORED_BYTES } from '../../src/engine/blocks/object-form.ts';
import { newEntry, putEntry } from '../../src/engine/books/entries.ts';
import { entryEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const accountId = 'acc';
const domainId = 'dom';
const SMALL = { stepObjects: 2, plannedPlaces: 4096 };

class Killed extends Error {}

/**
 * Lets `survives` transactions through; the one after that is lost before or after it took effect,
 * and all further ones too.
 */
function dyingCatalogue(catalogue: Catalogue, survives: number, takesEffect: boolean): Catalogue {
  let left = survives;
  return {
    ...catalogue,
    transact: async (writes) => {
      if (left-- > 0) return catalogue.transact(writes);
      if (left === -1 && takesEffect) await catalogue.transact(writes);
      throw new Killed();
    },
  };
}

async function diskWith(harness: EngineHarness, nodeId: string, blocks: readonly number[]): Promise<void> {
  await harness.tree.createHead({ accountId, nodeId, domainId, regionId: 'r', chainId: nodeId }, []);
  await write(harness, nodeId, 0, blocks);
}

async function write(harness: EngineHarness, headId: string, expectedVersion: number, values: readonly number[]) {
  const writes = values.map((value, index) => ({ index, id: blockId(value) }));
  await harness.storeBlocks(
    domainId,
    writes.map(({ id }) => id),
  );
  return harness.tree.commit({ accountId, headId, expectedVersion, writes, trims: [] });
}

const VALUES = [1, 2, 3, 4, 5, 6, 7];

describe('a writer or worker killed at any transaction', () => {
  test.each([false, true])('commit; the transaction takes effect: %s', async (takesEffect) => {
    for (let survives = 0; ; survives++) {
      const harness = createEngineHarness(survives, SMALL);
      await diskWith(harness, 'd-1', [9, 8, 7]);
      await harness.settle();
      const dying = createVersionTree({
        ...harness.deps,
        catalogue: dyingCatalogue(harness.catalogue, survives, takesEffect),
      });
      const writes = VALUES.map((value, index) => ({ index, id: blockId(value) }));
      await harness.storeBlocks(
        domainId,
        writes.map(({ id }) => id),
      );
      const outcome = await dying
        .commit({ accountId, headId: 'd-1', expectedVersion: 1, writes, trims: [] })
        .catch((error) => {
          expect(error).toBeInstanceOf(Killed);
          return 'killed';
        });
      await harness.settle();
      expect(await findFaults(harness)).toEqual([]);
      const node = await harness.tree.get(accountId, 'd-1');
      if (outcome !== 'killed') {
        expect(node?.version).toBe(2);
        expect(survives).toBeGreaterThan(4);
        return;
      }
      // Whole or not at all; and the next commit goes through.
      if (node?.version === 1) await write(harness, 'd-1', 1, VALUES);
      expect((await harness.tree.get(accountId, 'd-1'))?.totalBlocks).toBe(7);
      await harness.settle();
      expect(await findFaults(harness)).toEqual([]);
    }
  });

  test.each([false, true])('worker; the transaction takes effect: %s', async (takesEffect) => {
    for (let survives = 0; ; survives++) {
      const harness = createEngineHarness(survives, SMALL);
      await diskWith(harness, 'd-1', [1, 2, 3]);
      await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
      await write(harness, 'd-1', 1, [4, 5, 6]);
      await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-2' }, () => []);
      await harness.settle();
      await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
      await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
      const dying = createLedgerWorker({
        ...harness.deps,
        catalogue: dyingCatalogue(harness.catalogue, survives, takesEffect),
      });
      let died = false;
      for (const { shard, id } of harness.catalogue.rows(entryEntity)) {
        await dying.run(shard, id, Number.POSITIVE_INFINITY).catch((error) => {
          expect(error).toBeInstanceOf(Killed);
          died = true;
        });
      }
      await harness.settle();
      expect(await findFaults(harness)).toEqual([]);
      if (!died) return;
    }
  });
});

test('a writer that slept for longer than the janitor waits cannot switch any more', async () => {
  const harness = createEngineHarness(1, SMALL);
  await diskWith(harness, 'd-1', [1]);
  let taken = 0;
  const slow: Catalogue = {
    ...harness.catalogue,
    transact: async (writes) => {
      if (++taken === 3) {
        harness.clock.at += 20 * 60_000;
        await harness.worker.sweep(Number.POSITIVE_INFINITY);
        await harness.settle();
      }
      return harness.catalogue.transact(writes);
    },
  };
  const writes = VALUES.map((value, index) => ({ index, id: blockId(value) }));
  await harness.storeBlocks(
    domainId,
    writes.map(({ id }) => id),
  );
  const sleeper = createVersionTree({ ...harness.deps, catalogue: slow });
  const result = await sleeper.commit({ accountId, headId: 'd-1', expectedVersion: 1, writes, trims: [] });
  expect(result.version).toBe(2); // begun again, under an entry of its own
  await harness.settle();
  expect(await findFaults(harness)).toEqual([]);
});

test('a message delivered twice, to two workers at once, counts once', async () => {
  const harness = createEngineHarness(1, SMALL);
  await diskWith(harness, 'd-1', VALUES);
  await harness.settle();
  await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
  const entries = harness.catalogue.rows(entryEntity);
  await Promise.all(
    [...entries, ...entries, ...entries].map(({ shard, id }) =>
      harness.worker.run(shard, id, Number.POSITIVE_INFINITY),
    ),
  );
  await harness.settle();
  expect(await findFaults(harness)).toEqual([]);
});

test('9.1: of two writers racing one wins, the other gets VersionConflict; snapshots beside them harm neither', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(1, 2, 90),
      fc.array(fc.integer({ min: 10, max: 19 }), { minLength: 1, maxLength: 7 }),
      async (seed, stepObjects, values) => {
        const harness = createEngineHarness(seed, { stepObjects, plannedPlaces: 4096 });
        await diskWith(harness, 'd-1', [1, 2, 3]);
        const settled = await Promise.allSettled([
          write(harness, 'd-1', 1, values),
          harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []),
          write(
            harness,
            'd-1',
            1,
            [...values].reverse().map((value) => value + 20),
          ),
          harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-2' }, () => []),
          harness.tree.remove({ accountId, nodeId: 's-1' }, []),
        ]);
        const writers = [settled[0], settled[2]] as PromiseSettledResult<unknown>[];
        expect(writers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const loser = writers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
        expect(loser.reason).toMatchObject({ code: 'VersionConflict', extra: { currentVersion: 2 } });
        await harness.settle();
        expect(await findFaults(harness)).toEqual([]);
      },
    ),
    { numRuns: 60, ...FUZZ_SEED },
  );
});

test('9.1: a commit that is given its head takes it as it is by now, where a snapshot has been taken since', async () => {
  const harness = createEngineHarness();
  await diskWith(harness, 'd-1', [1]);
  const head = await harness.tree.get(accountId, 'd-1');
  await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
  await harness.storeBlocks(domainId, [blockId(2)]);
  const writes = [{ index: 1, id: blockId(2) }];
  const committed = await harness.tree.commit({
    accountId,
    headId: 'd-1',
    head,
    expectedVersion: 1,
    writes,
    trims: [],
  });
  expect(committed.version).toBe(2);
  expect(await harness.tree.get(accountId, 'd-1')).toMatchObject({ version: 2, parentId: 's-1' });
  expect(await findFaults(harness)).toEqual([]);
});

const BARE = Buffer.alloc(BLOCK_BYTES, 'a block as it is ');

describe('I5: a commit that names an object which cannot be what its id says changes nothing', () => {
  test.each<[string, Buffer, ObjectId]>([
    ['empty', Buffer.alloc(0), blockId(50)],
    ['a header alone', Buffer.alloc(8), blockId(50)],
    ['longer than any form', Buffer.alloc(MAX_STORED_BYTES + 1), blockId(50)],
    ['a whole block with the checksum of another', BARE, blockId(50)],
  ])('%s', async (_how, stored, id) => {
    const harness = createEngineHarness();
    await diskWith(harness, 'd-1', [1]);
    await harness.objects.put(objectKey(domainId, id), stored);
    const commit = () =>
      harness.tree.commit({ accountId, headId: 'd-1', expectedVersion: 1, writes: [{ index: 1, id }], trims: [] });
    await expect(commit()).rejects.toMatchObject({ code: 'ObjectMissing', extra: { objectIds: [id] } });
    expect((await harness.tree.get(accountId, 'd-1'))?.version).toBe(1);
    expect(await findFaults(harness)).toEqual([]);
    // As `prepareUpload` would have it, the client uploads again.
    await harness.storeBlocks(domainId, [id]);
    expect((await commit()).version).toBe(2);
  });

  test('a whole block under its own checksum is taken', async () => {
    const harness = createEngineHarness();
    await diskWith(harness, 'd-1', [1]);
    const id = blockIdOf(BARE);
    await harness.objects.put(objectKey(domainId, id), BARE);
    const writes = [{ index: 1, id }];
    const { version } = await harness.tree.commit({
      accountId,
      headId: 'd-1',
      expectedVersion: 1,
      writes,
      trims: [],
    });
    expect(version).toBe(2);
  });
});

test('I5: a commit that names a block which is not in the store changes nothing', async () => {
  const harness = createEngineHarness();
  await diskWith(harness, 'd-1', [1]);
  const writes = [
    { index: 0, id: blockId(50) },
    { index: 1, id: blockId(1) },
  ];
  await expect(
    harness.tree.commit({ accountId, headId: 'd-1', expectedVersion: 1, writes, trims: [] }),
  ).rejects.toMatchObject({
    code: 'ObjectMissing',
    extra: { objectIds: [blockId(50)] },
  });
  expect((await harness.tree.get(accountId, 'd-1'))?.version).toBe(1);
  expect(await findFaults(harness)).toEqual([]);
});

test('the janitor wakes some of a backlog in each round, and every one in the end', async () => {
  const harness = createEngineHarness(1, SMALL);
  const work = { accountId, domainId, regionId: 'r', kind: 'MEASURE', phase: 'READY', nodeId: 'd-none' } as const;
  const entries = Array.from({ length: 1200 }, () => ({ ...newEntry(harness.deps, work), shard: 3 }));
  for (const entry of entries) await harness.catalogue.transact([putEntry(entry)]);
  harness.clock.at += 120_000;
  const sent: string[][] = [];
  const queue = {
    send: async (messages: readonly WorkMessage[]) => {
      if (messages.length > 0) sent.push(messages.flatMap((message) => (message.kind === 'entry' ? [message.id] : [])));
    },
  };
  const worker = createLedgerWorker({ ...harness.deps, queue });
  for (let round = 0; round < 40; round++)
    expect(await worker.sweep(Number.POSITIVE_INFINITY)).toMatchObject({ woken: 500 });
  expect(Math.max(...sent.map(({ length }) => length))).toBe(500);
  expect(new Set(sent.flat())).toEqual(new Set(entries.map(({ id }) => id)));
});
