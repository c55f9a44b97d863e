import { describe, expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { patch } from '../../src/platform/catalogue/port.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { blockId } from '../support/block-contents.ts';
import { allSteps, copyOn } from '../support/copy-step.ts';
import { createEngineHarness, type EngineHarness, findFaults, placesOf } from '../support/engine-harness.ts';
import { outlastGrace, recover } from '../support/recovery.ts';
import { sealedForm } from '../support/sealed-form.ts';

const accountId = 'acc';
const FOREVER = Number.POSITIVE_INFINITY;
const SOURCE = { domainId: 'dom-here', regionId: 'here' };
const TARGET = { domainId: 'dom-there', regionId: 'there', chainId: 'd-there' };
const COPY = { accountId, keepId: 'keep-1', draftId: 's-copy' };

/** A disk with some blocks and a snapshot of it. */
async function withSnapshot(values: readonly number[], limits = {}): Promise<EngineHarness> {
  const harness = createEngineHarness(1, limits);
  await harness.tree.createHead({ accountId, nodeId: 'd-1', ...SOURCE, chainId: 'd-1' }, []);
  await write(harness, values);
  await harness.tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
  return harness;
}

async function write(harness: EngineHarness, values: readonly number[]): Promise<void> {
  const writes = values.map((value, index) => ({ index, id: blockId(value) }));
  await harness.storeBlocks(
    SOURCE.domainId,
    writes.map(({ id }) => id),
  );
  const { version: expectedVersion = -1 } = (await harness.tree.get(accountId, 'd-1')) ?? {};
  await harness.tree.commit({ accountId, headId: 'd-1', expectedVersion, writes, trims: [] });
}

/** The engine over a target store that notes which objects it is to take over. */
function watched({ deps, objects }: EngineHarness, change: Partial<ObjectStore> = {}) {
  const sent: string[] = [];
  const target: ObjectStore = {
    ...objects,
    copyFrom: (source, from, to) => {
      sent.push(to.split('/').at(-1) ?? '');
      return objects.copyFrom(source, from, to);
    },
    ...change,
  };
  const engine = { ...deps, objects: (region: string) => (region === TARGET.regionId ? target : objects) };
  return { tree: createVersionTree(engine), sent };
}

type Tree = EngineHarness['tree'];

async function copyAll(tree: Tree, ref = COPY): Promise<void> {
  await allSteps(tree, { ...ref, until: FOREVER });
  await tree.finishCopy(ref, () => []);
}

async function blocksOf(harness: EngineHarness, nodeId: string): Promise<string[]> {
  const node = await harness.tree.get(accountId, nodeId);
  const places = await placesOf(harness, node?.domainId ?? '', (node?.root ?? 'empty') as 'empty');
  return [...places].filter(([place]) => place.startsWith('0/')).map(([, id]) => id);
}

describe('7.1: a copy', () => {
  test('has the contents and the root of its source, in steps of any size', async () => {
    const harness = await withSnapshot([1, 2, 3, 4, 5, 6, 7], { copyBlocks: 3 });
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const steps = await allSteps(harness.tree, { ...COPY, until: FOREVER });
    await harness.tree.finishCopy(COPY, () => []);
    expect(steps.map(({ movedBlocks }) => movedBlocks)).toEqual([3, 3, 1, 0]);
    expect(steps.map(({ isWhole }) => isWhole)).toEqual([false, false, false, true]);
    const [source, copy] = [await harness.tree.get(accountId, 's-1'), await harness.tree.get(accountId, 's-copy')];
    expect(copy).toMatchObject({ ...TARGET, kind: 'SNAPSHOT', root: source?.root });
    await recover(harness);
    expect(await findFaults(harness)).toEqual([]);
  });

  test('sends what the domain does not have, and again only what has changed since', async () => {
    const harness = await withSnapshot([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { tree, sent } = watched(harness);
    await tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    await copyAll(tree);
    expect(sent).toHaveLength(10);
    sent.length = 0;
    await write(harness, [1, 2, 3, 77, 5, 5]);
    await tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-2' }, () => []);
    const again = { ...COPY, draftId: 's-again' };
    await tree.beginCopy({ ...again, ...TARGET, fromId: 's-2', baseId: 's-copy' }, []);
    expect(await tree.copyRest({ ...again, until: FOREVER })).toBe(2);
    await copyAll(tree, again);
    expect(sent).toEqual([blockId(77)]);
    expect(await blocksOf(harness, 's-again')).toEqual(await blocksOf(harness, 's-2'));
    expect((await tree.get(accountId, 's-again'))?.ownBlocks).toBe(2);
  });

  test('holds its source until it is done, and is independent of it afterwards', async () => {
    const harness = await withSnapshot([1, 2, 3, 4], { copyBlocks: 2 });
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    await copyOn(harness.tree, { ...COPY, until: FOREVER });
    await harness.tree.remove({ accountId, nodeId: 's-1' }, []);
    await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
    await recover(harness);
    await outlastGrace(harness);
    await copyAll(harness.tree);
    await recover(harness);
    await outlastGrace(harness);
    expect(await findFaults(harness)).toEqual([]);
    expect(await blocksOf(harness, 's-copy')).toEqual([1, 2, 3, 4].map(blockId));
    expect([...harness.objects.stored.keys()].filter((key) => key.includes('dom-here'))).toEqual([]);
  });

  test('that is abandoned leaves nothing behind', async () => {
    const harness = await withSnapshot([1, 2, 3, 4], { copyBlocks: 2 });
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    await copyOn(harness.tree, { ...COPY, until: FOREVER });
    await harness.tree.abandonCopy(COPY, []);
    await recover(harness);
    await outlastGrace(harness);
    expect(await findFaults(harness)).toEqual([]);
    expect([...harness.objects.stored.keys()].filter((key) => key.includes('dom-there'))).toEqual([]);
  });

  test('commits what was sent when time is up', async () => {
    const harness = await withSnapshot([1, 2, 3, 4]);
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const step = await copyOn(harness.tree, { ...COPY, until: harness.clock.now() });
    expect(step).toMatchObject({ isWhole: false, blocks: 1, movedBlocks: 1 });
  });

  test('sends what the next step needs while one commits, and sends nothing twice', async () => {
    const harness = await withSnapshot([1, 2, 3, 4, 5], { copyBlocks: 2 });
    const { tree, sent } = watched(harness);
    await tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const steps = tree.copySteps({ ...COPY, until: FOREVER });
    await steps.next();
    expect(sent).toEqual([1, 2, 3, 4].map(blockId));
    for await (const step of steps) expect(step.movedBlocks).toBeLessThanOrEqual(2);
    expect(sent).toEqual([1, 2, 3, 4, 5].map(blockId));
  });

  test('that is left off ends when nothing is under way, and begins nothing more', async () => {
    const values = Array.from({ length: 80 }, (_, index) => index + 1);
    const harness = await withSnapshot(values, { copyBlocks: 40 });
    const waiting: (() => void)[] = [];
    const here = harness.deps.objects(SOURCE.regionId);
    const mayGo = new Set(values.slice(0, 40).map(blockId));
    const { tree } = watched(harness, {
      copyFrom: async (source, from, to) => {
        const isFree = mayGo.has(to.split('/').at(-1) as ObjectId);
        if (!isFree) await new Promise<void>((free) => waiting.push(free));
        return here.copyFrom(source, from, to);
      },
    });
    await tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const steps = tree.copySteps({ ...COPY, until: FOREVER });
    await steps.next();
    const underWay = waiting.length;
    expect(underWay).toBeLessThan(40);
    let isOver = false;
    const over = steps.return().then(() => {
      isOver = true;
    });
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    for (const free of waiting) free();
    await over;
    expect(waiting).toHaveLength(underWay);
  });

  test('tells in the next step what went wrong ahead of it', async () => {
    const harness = await withSnapshot([1, 2, 3, 4], { copyBlocks: 2 });
    harness.objects.stored.delete(objectKey(SOURCE.domainId, blockId(3)));
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const steps = harness.tree.copySteps({ ...COPY, until: FOREVER });
    await expect(steps.next()).resolves.toMatchObject({ value: { movedBlocks: 2 } });
    const refusal = { code: 'ObjectDamaged', extra: { objectId: blockId(3) } };
    await expect(steps.next()).rejects.toMatchObject(refusal);
  });

  test('of two workers at the same step one is refused, and nothing is counted twice', async () => {
    const harness = await withSnapshot([1, 2, 3, 4]);
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const step = () => copyOn(harness.tree, { ...COPY, until: FOREVER });
    const both = await Promise.all([step(), step()]);
    expect(both.map(({ blocks }) => blocks).sort()).toEqual([0, 4]);
    await copyAll(harness.tree);
    await recover(harness);
    expect(await findFaults(harness)).toEqual([]);
  });

  test.each([
    ['missing', undefined],
    ['changed', Buffer.concat([sealedForm(blockId(2)).subarray(1), Buffer.of(1)])],
  ])('does not go on over a block of the source that is %s', async (_, bytes) => {
    const harness = await withSnapshot([1, 2, 3]);
    const key = objectKey(SOURCE.domainId, blockId(2));
    if (bytes === undefined) harness.objects.stored.delete(key);
    else harness.objects.stored.set(key, bytes);
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const refusal = { code: 'ObjectDamaged', extra: { objectId: blockId(2) } };
    await expect(copyOn(harness.tree, { ...COPY, until: FOREVER })).rejects.toMatchObject(refusal);
  });

  test('does not send a block of the source that is known to be damaged', async () => {
    const harness = await withSnapshot([1, 2, 3]);
    const key = { domainId: SOURCE.domainId, id: blockId(2) };
    await harness.catalogue.transact([patch(objectEntity, key, { set: { damagedAt: 1 } })]);
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    const refusal = { code: 'ObjectDamaged', extra: { objectId: blockId(2) } };
    await expect(copyOn(harness.tree, { ...COPY, until: FOREVER })).rejects.toMatchObject(refusal);
  });

  test('is no snapshot before it is whole', async () => {
    const harness = await withSnapshot([1, 2, 3], { copyBlocks: 2 });
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    await copyOn(harness.tree, { ...COPY, until: FOREVER });
    await expect(harness.tree.finishCopy(COPY, () => [])).rejects.toThrow('is not whole');
  });

  test('goes on where a store that failed had left it', async () => {
    const harness = await withSnapshot([1, 2, 3, 4, 5], { copyBlocks: 2 });
    await harness.tree.beginCopy({ ...COPY, ...TARGET, fromId: 's-1' }, []);
    await copyOn(harness.tree, { ...COPY, until: FOREVER });
    const broken = watched(harness, { copyFrom: () => Promise.reject(new Error('the store is down')) });
    await expect(copyOn(broken.tree, { ...COPY, until: FOREVER })).rejects.toThrow('the store is down');
    const whole = watched(harness);
    await copyAll(whole.tree);
    expect(whole.sent).toEqual([3, 4, 5].map(blockId));
  });
});
