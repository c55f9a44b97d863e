import { describe, expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { entryEntity, fenceEntity, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { Write } from '../../src/platform/catalogue/port.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { recover } from '../support/recovery.ts';

/** Moments so narrow that orders dealt at random seldom meet them. */
const accountId = 'acc';
const domainId = 'dom';
const FOREVER = Number.POSITIVE_INFINITY;

async function write(harness: EngineHarness, headId: string, values: readonly number[], tree = harness.tree) {
  const writes = values.map((value, index) => ({ index, id: blockId(value) }));
  await harness.storeBlocks(
    domainId,
    writes.map(({ id }) => id),
  );
  const node = await harness.tree.get(accountId, headId);
  return tree.commit({ accountId, headId, expectedVersion: node?.version ?? -1, writes, trims: [] });
}

async function twoDisks(): Promise<EngineHarness> {
  const harness = createEngineHarness(1, { stepObjects: 1, plannedPlaces: 4096 });
  for (const nodeId of ['d-1', 'd-2'])
    await harness.tree.createHead({ accountId, nodeId, domainId, regionId: 'r', chainId: nodeId }, []);
  return harness;
}

/** Contents that died at the time that the clock shows. */
async function dead(): Promise<EngineHarness> {
  const harness = await twoDisks();
  await write(harness, 'd-1', [1]);
  await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
  await recover(harness);
  return harness;
}

const sweep = (deps: EngineDeps) => createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(FOREVER);

/** Something happens just before some transactions. */
function justBefore(
  deps: EngineDeps,
  which: (writes: readonly Write[]) => boolean,
  act: () => Promise<void>,
): EngineDeps {
  const transact: EngineDeps['catalogue']['transact'] = async (writes) => {
    if (which(writes)) await act();
    return deps.catalogue.transact(writes);
  };
  return { ...deps, catalogue: { ...deps.catalogue, transact } };
}

test('I4: 24 hours of grace, and a tombstone that stands for two minutes', async () => {
  const harness = await dead();
  const isThere = () => harness.objects.stored.has(objectKey(domainId, blockId(1) as ObjectId));
  for (let hour = 1; hour < 24; hour++) {
    harness.clock.at += 3600_000;
    await sweep(harness.deps);
    expect(isThere()).toBe(true);
  }
  harness.clock.at += 2 * 3600_000;
  await sweep(harness.deps);
  expect(isThere()).toBe(false);
  harness.clock.at += 119_000;
  await sweep(harness.deps);
  expect(harness.catalogue.rows(objectEntity)).not.toEqual([]);
  harness.clock.at += 1000;
  await sweep(harness.deps);
  expect(harness.catalogue.rows(objectEntity)).toEqual([]);
});

test('I4: a janitor that slept after its tombstone sends no delete', async () => {
  const harness = await dead();
  harness.clock.at += 25 * 3600_000;
  const tryWrite: EngineDeps['catalogue']['tryWrite'] = async (write) => {
    const done = await harness.catalogue.tryWrite(write);
    harness.clock.at += 21_000;
    return done;
  };
  await sweep({ ...harness.deps, catalogue: { ...harness.catalogue, tryWrite } });
  expect(harness.objects.stored.has(objectKey(domainId, blockId(1)))).toBe(true);
});

test('I4: when a row is forgotten, the fence has been raised', async () => {
  const harness = await dead();
  harness.clock.at += 25 * 3600_000;
  await sweep(harness.deps);
  harness.clock.at += RECLAIM_TIMES.holdMs;
  const raised: number[] = [];
  const forgets = (writes: readonly Write[]) =>
    writes.some(({ kind, entity }) => kind === 'delete' && entity === objectEntity);
  await sweep(
    justBefore(harness.deps, forgets, async () => void raised.push(harness.catalogue.rows(fenceEntity).length)),
  );
  expect(raised.length).toBeGreaterThan(0);
  expect(raised.every((slots) => slots > 0)).toBe(true);
});

test('I4: a fence that cannot be raised ends the round, and nothing is forgotten', async () => {
  const harness = await dead();
  harness.clock.at += 25 * 3600_000;
  await sweep(harness.deps);
  harness.clock.at += RECLAIM_TIMES.holdMs;
  const known = harness.catalogue.rows(objectEntity).length;
  const transact: EngineDeps['catalogue']['transact'] = async (writes) =>
    writes.some(({ entity }) => entity === fenceEntity)
      ? { ok: false, failed: [0] }
      : harness.catalogue.transact(writes);
  const deps = { ...harness.deps, catalogue: { ...harness.catalogue, transact } };
  await expect(sweep(deps)).rejects.toMatchObject({ code: 'Throttled' });
  expect(harness.catalogue.rows(objectEntity)).toHaveLength(known);
});

test('I3: a writer whose entry is being undone does not switch', async () => {
  const harness = await twoDisks();
  const switches = (writes: readonly Write[]) =>
    writes.some(({ kind, entity }) => kind === 'patch' && entity === nodeEntity);
  let janitors = 1;
  const deps = justBefore(harness.deps, switches, async () => {
    if (janitors-- < 1) return;
    harness.clock.at += 16 * 60_000;
    expect((await harness.worker.sweep(FOREVER)).undone).toBe(1);
    // Time passes with every look at the clock, so the worker stops in the middle.
    const clock = { now: () => ++harness.clock.at };
    const worker = createLedgerWorker({ ...harness.deps, clock });
    const taken = () => harness.catalogue.rows(objectEntity).filter(({ refs }) => refs > 0).length;
    const before = taken();
    for (const { shard, id, phase } of harness.catalogue.rows(entryEntity))
      if (phase === 'UNDOING') await worker.run(shard, id, harness.clock.at + 4);
    expect(taken()).toBeLessThan(before);
    expect(harness.catalogue.rows(entryEntity).map(({ phase }) => phase)).toContain('UNDOING');
  });
  await write(harness, 'd-1', [1, 2, 3], createVersionTree(deps));
  await recover(harness);
  expect(await findFaults(harness)).toEqual([]);
});

test('I3: an object that somebody refers to at the last moment does not die', async () => {
  const harness = await twoDisks();
  await write(harness, 'd-1', [1]);
  await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
  const drops = (writes: readonly Write[]) =>
    writes.some(({ kind, entity }) => kind === 'put' && entity === objectEntity);
  let writers = 1;
  const deps = justBefore(harness.deps, drops, async () => {
    if (writers-- > 0) await write(harness, 'd-2', [2, 1]);
  });
  for (const { shard, id } of harness.catalogue.rows(entryEntity))
    await createLedgerWorker(deps).run(shard, id, FOREVER);
  await recover(harness);
  expect(await findFaults(harness)).toEqual([]);
});

const takesOut = (writes: readonly Write[]) =>
  writes.some(({ kind, entity }) => kind === 'delete' && entity === nodeEntity);

async function workOff(harness: EngineHarness, deps: EngineDeps): Promise<void> {
  for (const { shard, id } of harness.catalogue.rows(entryEntity))
    await createLedgerWorker(deps).run(shard, id, FOREVER);
}

test('4.6: a deleted snapshot is taken out as its child is by then, not as it was', async () => {
  const harness = await twoDisks();
  await write(harness, 'd-1', [1]);
  await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
  await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
  let writers = 1;
  const deps = justBefore(harness.deps, takesOut, async () => {
    if (writers-- > 0) await write(harness, 'd-1', [2]);
  });
  await workOff(harness, deps);
  await recover(harness);
  expect(writers).toBeLessThan(1);
  expect(await findFaults(harness)).toEqual([]);
});

/**
 *     change:   reads s-1, visible …………………………………………………………………… writes: a child of s-1 → refused
 *     others:                        hide s-1 … one child: ……………………………………………………… s-1 is taken out
 */
describe('4.6, 4.9: nothing is hung below a snapshot that is being deleted', () => {
  test.each<{ name: string; change: (deps: EngineDeps) => Promise<unknown>; refusal: string }>([
    {
      name: 'a clone',
      change: (deps) =>
        createVersionTree(deps).createHead(
          { accountId, nodeId: 'd-9', domainId, regionId: 'r', chainId: 'd-9', fromId: 's-1' },
          [],
        ),
      refusal: 'NotFound',
    },
    {
      name: 'a disk that is rolled back',
      change: (deps) => createVersionTree(deps).rollback({ accountId, headId: 'd-2', toId: 's-1' }, []),
      refusal: 'NotFound',
    },
    {
      name: 'a draft',
      change: (deps) =>
        createVersionTree(deps).openDraft({ accountId, headId: 'd-1', draftId: 'dr-1', expectedVersion: 1 }, []),
      refusal: 'nothing',
    },
  ])('$name', async ({ change, refusal }) => {
    const harness = await twoDisks();
    await write(harness, 'd-1', [1]);
    await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
    await recover(harness); // so that no work under way changes the disk in between
    const ready = Promise.withResolvers<void>();
    const changed = Promise.withResolvers<void>();
    let removing: Promise<void> | undefined;
    const sleeping = justBefore(harness.deps, takesOut, async () => {
      ready.resolve();
      await changed.promise;
    });
    const makesChild = (writes: readonly Write[]) => writes.some(({ entity }) => entity === nodeEntity);
    const overtaken = justBefore(harness.deps, makesChild, async () => {
      if (removing !== undefined) return;
      await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
      removing = workOff(harness, sleeping);
      await ready.promise;
    });
    const told = await change(overtaken).then(
      () => 'nothing',
      (error: { code?: string }) => error.code,
    );
    changed.resolve();
    await removing;
    await recover(harness);
    expect(await findFaults(harness)).toEqual([]);
    expect(told).toBe(refusal);
  });
});

test('I4: a row whose object has outlived its deletion is not forgotten', async () => {
  const harness = await dead();
  const lost = { ...harness.objects, remove: async () => undefined };
  const isThere = () => harness.objects.stored.has(objectKey(domainId, blockId(1)));
  const isKnown = () => harness.catalogue.rows(objectEntity).some(({ id }) => id === blockId(1));
  harness.clock.at += 25 * 3600_000;
  await sweep({ ...harness.deps, objects: () => lost });
  for (let round = 0; round < 3; round++) {
    expect(isThere() && !isKnown()).toBe(false);
    harness.clock.at += RECLAIM_TIMES.holdMs;
    await sweep({ ...harness.deps, objects: () => (round === 0 ? lost : harness.objects) });
  }
  harness.clock.at += RECLAIM_TIMES.holdMs;
  await sweep(harness.deps);
  expect([isThere(), isKnown()]).toEqual([false, false]);
});

/** A disk with value 1 in snapshot s-1, 2 in s-2 above it, and 3 written since. */
async function chainOfTwo(): Promise<EngineHarness> {
  const harness = await twoDisks();
  for (const value of [1, 2]) {
    await write(harness, 'd-1', [value]);
    await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: `s-${value}` }, () => []);
  }
  await write(harness, 'd-1', [3]);
  await recover(harness);
  return harness;
}

test('4.9: a snapshot that goes at the last moment is no place to roll back to', async () => {
  const harness = await chainOfTwo();
  const switches = (writes: readonly Write[]) =>
    writes.some(({ kind, entity }) => kind === 'patch' && entity === nodeEntity);
  let deletions = 1;
  const deps = justBefore(harness.deps, switches, async () => {
    if (deletions-- < 1) return;
    await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
    await recover(harness);
  });
  await expect(createVersionTree(deps).rollback({ accountId, headId: 'd-1', toId: 's-1' }, [])).rejects.toMatchObject({
    code: 'NotFound',
  });
  await recover(harness);
  expect(await findFaults(harness)).toEqual([]);
});

/**
 *     writer:   hold → 1 … commit with 1: decided …………………………………………………… switch → refused
 *     others:                                        hold, unhold or rollback
 */
describe('9.3: a writer that sleeps just before the switch does not get in, once the disk is no longer its own', () => {
  const switches = (writes: readonly Write[]) =>
    writes.some(
      (write) => write.kind === 'patch' && write.entity === nodeEntity && ('root' in write.set || 'held' in write.set),
    );
  const key = { accountId, headId: 'd-1' };
  const commitTwo = async (harness: EngineHarness, deps: EngineDeps, fence: number | undefined) => {
    const writes = [2, 4, 5].map((value, index) => ({ index, id: blockId(value) }));
    const ids = writes.map(({ id }) => id);
    await harness.storeBlocks(domainId, ids);
    return createVersionTree(deps).commit({ ...key, expectedVersion: 1, writes, trims: [], fence });
  };
  const adopt = async (harness: EngineHarness, deps: EngineDeps, fence: number | undefined) => {
    await harness.tree.openDraft({ ...key, draftId: 'dr-1', expectedVersion: 1, fence }, []);
    await write(harness, 'dr-1', [2]);
    return createVersionTree(deps).adoptDraft({ ...key, draftId: 'dr-1', fence }, []);
  };

  describe.each([
    { name: 'a commit in steps', stepObjects: 1, change: commitTwo },
    { name: 'a commit in one transaction', stepObjects: 90, change: commitTwo },
    { name: 'a draft', stepObjects: 90, change: adopt },
  ] as const)('$name', ({ stepObjects, change }) => {
    interface Happening {
      readonly name: string;
      readonly isHeld: boolean;
      readonly happens: (harness: EngineHarness) => Promise<unknown>;
      readonly code: string;
    }
    test.each<Happening>([
      { name: 'another takes it', isHeld: true, happens: ({ tree }) => tree.hold(key, () => []), code: 'LeaseLost' },
      { name: 'it is taken away', isHeld: true, happens: ({ tree }) => tree.unhold(key, []), code: 'LeaseLost' },
      {
        name: 'it is rolled back',
        isHeld: true,
        happens: ({ tree }) => tree.rollback({ ...key, toId: 's-1' }, []),
        code: 'LeaseLost',
      },
      {
        name: 'somebody takes a disk that nobody had',
        isHeld: false,
        happens: ({ tree }) => tree.hold(key, () => []),
        code: 'DiskLocked',
      },
    ])('$name', async ({ isHeld, happens, code }) => {
      const harness = createEngineHarness(1, { stepObjects, plannedPlaces: 4096 });
      await harness.tree.createHead({ accountId, nodeId: 'd-1', domainId, regionId: 'r', chainId: 'd-1' }, []);
      await write(harness, 'd-1', [1]);
      await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
      await recover(harness);
      const held = isHeld ? await harness.tree.hold(key, () => []) : undefined;
      const fence = held?.ok ? held.value.writerFence : undefined;
      let others = 1;
      const deps = justBefore(harness.deps, switches, async () => {
        if (others-- > 0) await happens(harness);
      });
      await expect(change(harness, deps, fence)).rejects.toMatchObject({ code });
      expect(others).toBe(0);
      expect((await harness.tree.get(accountId, 'd-1'))?.root).toBe((await harness.tree.get(accountId, 's-1'))?.root);
      await recover(harness);
      expect(await findFaults(harness)).toEqual([]);
    });
  });
});
