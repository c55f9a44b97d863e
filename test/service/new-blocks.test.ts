import { describe, expect, test } from 'vitest';
import { blocksOf, NEW_BLOCKS_SHARDS, newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import { damageEntity } from '../../src/engine/books/rows.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { newBlocksReaderEntity } from '../../src/service/model/scrubs/new-blocks-rows.ts';
import { runNewBlocks, sweepNewBlocks } from '../../src/service/scrubs/new-blocks.ts';
import { commitPoisonAmongMany, goodBlock, MANY, type PoisonScene, poisonScene } from '../support/poisoned-uploads.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FOREVER = Number.POSITIVE_INFINITY;
const PLENTY = { bytesPerDay: 2 ** 40 };

/** So many commits of new blocks, each with one that is poisoned. */
async function scene(commits: number): Promise<PoisonScene> {
  const made = await poisonScene();
  for (let at = 0; at < commits; at++) await commitPoisonAmongMany(made, 100 * at, at);
  made.harness.messages.length = 0;
  return made;
}

const deps = ({ service, harness }: PoisonScene) => ({ service, engine: harness.deps });
const waiting = ({ harness }: PoisonScene) => harness.catalogue.rows(newBlocksEntity);
const shardsOf = (made: PoisonScene) => [...new Set(waiting(made).map(({ shard }) => shard))].sort();
const run = (made: PoisonScene, shard: number, pace = PLENTY, until = FOREVER) =>
  runNewBlocks(deps(made), pace, { shard, until });
const runAll = async (made: PoisonScene, pace = PLENTY) => {
  for (let shard = 0; shard < NEW_BLOCKS_SHARDS; shard++) await run(made, shard, pace);
};
const wokenShards = async (made: PoisonScene, pace = PLENTY) => {
  await sweepNewBlocks(deps(made), pace, FOREVER);
  return made.harness.messages.splice(0).flatMap((message) => (message.kind === 'newBlocks' ? [message.shard] : []));
};
const spent = ({ harness }: PoisonScene) =>
  harness.catalogue.rows(newBlocksReaderEntity).reduce((sum, { spentBytes }) => sum + spentBytes, 0);

describe('9.5: new blocks are read back by the worker', () => {
  test('all of them, and each poisoned one is marked and traced', async () => {
    const made = await scene(6);
    expect(await wokenShards(made)).toEqual(shardsOf(made));
    await runAll(made);
    expect(waiting(made)).toEqual([]);
    const damages = made.harness.catalogue.rows(damageEntity);
    expect(damages.map(({ objectId }) => objectId).sort()).toEqual(
      Array.from({ length: 6 }, (_, at) => goodBlock(100 * at + MANY).id).sort(),
    );
    expect(await wokenShards(made)).toEqual([]);
  });

  test('blocks that cannot be read keep no others from being read, and are tried again', async () => {
    const made = await scene(6);
    const [stuck] = waiting(made);
    const shard = stuck?.shard ?? 0;
    const [first] = stuck === undefined ? [] : blocksOf(stuck);
    const { objects } = made.harness;
    const broken: ObjectStore = {
      ...objects,
      get: async (key) => {
        if (key.endsWith(first ?? '-')) throw new Error('it never answers');
        return objects.get(key);
      },
    };
    const engine = { ...made.harness.deps, objects: () => broken };
    const attempt = runNewBlocks({ service: made.service, engine }, PLENTY, { shard, until: FOREVER });
    await expect(attempt).rejects.toThrow('it never answers');
    expect(waiting(made).filter((row) => row.shard === shard)).toMatchObject([{ ids: stuck?.ids }]);
    expect(await wokenShards(made)).toContain(shard);
    await runAll(made);
    expect(waiting(made)).toEqual([]);
    expect(made.harness.catalogue.rows(damageEntity)).toHaveLength(6);
  });

  test('no more in a day than the pace allows, and the rest on the next', async () => {
    const made = await scene(6);
    const pace = { bytesPerDay: 1 }; // what is under way is read to its end
    const shards = shardsOf(made);
    expect(shards.length).toBeGreaterThan(1);
    let days = 0;
    while (waiting(made).length > 0) {
      const before = waiting(made).length;
      expect(await wokenShards(made, pace)).toEqual(shardsOf(made));
      await runAll(made, pace);
      expect(await wokenShards(made, pace)).toEqual([]);
      await runAll(made, pace);
      expect(before - waiting(made).length).toBeLessThanOrEqual(6);
      expect(spent(made)).toBeGreaterThan(0);
      made.harness.clock.at += DAY_MS;
      days++;
    }
    expect(days).toBeGreaterThan(0);
  });

  test('a pace of 0 reads nothing, and keeps nothing to be read', async () => {
    const made = await scene(2);
    await runAll(made, { bytesPerDay: 0 });
    expect(waiting(made)).toEqual([]);
    expect(spent(made)).toBe(0);
    expect(made.harness.catalogue.rows(damageEntity)).toEqual([]);
  });

  test('at least a batch in each call, however little time is left, and the rest in the next', async () => {
    const made = await scene(30);
    const [shard = 0] = shardsOf(made);
    const mine = () => waiting(made).filter((row) => row.shard === shard).length;
    for (let outcome = 'more'; outcome === 'more'; ) {
      const before = mine();
      outcome = await run(made, shard, PLENTY, 0);
      expect(mine()).toBeLessThan(before);
    }
    expect(mine()).toBe(0);
  });

  test('of two readers at one shard one ends at its next checkpoint', async () => {
    const made = await scene(1);
    const [shard = 0] = shardsOf(made);
    const outcomes = await Promise.all([run(made, shard), run(made, shard)]);
    expect(outcomes.sort()).toEqual(['done', 'gone']);
    expect(waiting(made)).toEqual([]);
  });

  test.each([
    { when: 'just now', agoMs: 0, isReplaced: false },
    { when: 'a minute ago', agoMs: MINUTE_MS, isReplaced: false },
    { when: 'three minutes ago', agoMs: 3 * MINUTE_MS, isReplaced: true },
    { when: 'in a future that was no more than a wrong clock', agoMs: -DAY_MS, isReplaced: true },
  ])('a reader that came to a checkpoint $when is left alone or replaced', async ({ agoMs, isReplaced }) => {
    const made = await scene(1);
    const [shard = 0] = shardsOf(made);
    const { catalogue, clock } = made.harness;
    const killed = { ...catalogue, tryWrite: () => Promise.reject(new Error('killed')) };
    const service = { ...made.service, catalogue: killed };
    await expect(
      runNewBlocks({ service, engine: made.harness.deps }, PLENTY, { shard, until: FOREVER }),
    ).rejects.toThrow('killed');
    clock.at += agoMs;
    expect(await wokenShards(made)).toEqual(isReplaced ? [shard] : []);
  });
});
