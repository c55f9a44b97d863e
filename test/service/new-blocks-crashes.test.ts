import { beforeAll, describe, expect, test } from 'vitest';
import { newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import { damageEntity, objectEntity } from '../../src/engine/books/rows.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { runNewBlocks, sweepNewBlocks } from '../../src/service/scrubs/new-blocks.ts';
import { type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { memoryService } from '../support/memory-service.ts';
import { commitPoisonAmongMany, goodBlock, MANY, poisonScene } from '../support/poisoned-uploads.ts';
import { settleAll } from '../support/use-case-scene.ts';

const PACE = { bytesPerDay: 2 ** 40 };

/** What the janitor's round and the worker that it wakes do. */
async function readBack(deps: EngineDeps): Promise<void> {
  const scrubs = { service: memoryService(deps), engine: deps };
  await sweepNewBlocks(scrubs, PACE, Number.POSITIVE_INFINITY);
  await runNewBlocks(scrubs, PACE, { shard, until: Number.POSITIVE_INFINITY });
}

const endState = ({ catalogue }: EngineHarness) => ({
  waiting: catalogue.rows(newBlocksEntity).length,
  marked: catalogue.rows(objectEntity).flatMap(({ id, damagedAt }) => (damagedAt === undefined ? [] : [id])),
  damages: catalogue.rows(damageEntity).map(({ objectId, placeCount, healedAt }) => [objectId, placeCount, healedAt]),
});

/** The only one that has something to be read. */
let shard: number;
let begin: EngineHarness;
let calls: readonly string[];
const POISON = goodBlock(MANY).id;
const EXPECTED = { waiting: 0, marked: [POISON], damages: [[POISON, 1, undefined]] };

beforeAll(async () => {
  const scene = await poisonScene();
  await commitPoisonAmongMany(scene, 0, 1);
  await settleAll(scene.harness);
  begin = scene.harness;
  shard = begin.catalogue.rows(newBlocksEntity)[0]?.shard ?? -1;
  const undisturbed = forkHarness(begin, 1);
  const injected = injectFault(undisturbed.deps);
  await readBack(injected.deps);
  calls = injected.calls;
  expect(endState(undisturbed)).toEqual(EXPECTED);
});

async function disturbed(at: number, fault: Fault): Promise<void> {
  const harness = forkHarness(begin, 100 + at);
  let rounds = 0;
  const meanwhile = async () => {
    if (rounds++ === 0) await readBack(harness.deps);
  };
  const injected = injectFault(harness.deps, { at, fault, meanwhile });
  await injected.run(readBack);
  expect(injected.reached(), `call ${at}`).toBe(true);
  harness.clock.at += 3 * 60_000;
  await readBack(harness.deps);
  expect(endState(harness), `${fault} at call ${at}, ${calls[at]}`).toEqual(EXPECTED);
  expect(await findFaults(harness)).toEqual([]);
}

describe('9.5: whatever happens to any one call while new blocks are read back, the end is the same', () => {
  test.each(FAULTS)(
    '%s',
    async (fault) => {
      for (let at = 0; at < calls.length; at++) await disturbed(at, fault);
    },
    180_000,
  );
});
