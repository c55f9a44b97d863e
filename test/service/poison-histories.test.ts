import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEW_BLOCKS_SHARDS, newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import { readNewBlocks } from '../../src/engine/health/new-blocks.ts';
import type { SignedPut } from '../../src/platform/objects/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { refusalOf } from '../../src/service/calls/refusal.ts';
import { prepareUpload } from '../../src/service/datapath/prepare.ts';
import { runNewBlocks } from '../../src/service/scrubs/new-blocks.ts';
import { findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { MEMORY_ACCOUNT } from '../support/memory-service.ts';
import {
  believedBad,
  commitAll,
  goodBlock,
  MANY,
  type PoisonScene,
  poisonedBlock,
  poisonScene,
  type StoredBlock,
} from '../support/poisoned-uploads.ts';
import { recover } from '../support/recovery.ts';

/*
 * Rule 9.5 by random histories. An OPERATOR uploads, keeps URLs for later, commits and overwrites
 * what he likes under the ids of a few blocks. Others import these blocks, workers read back, and
 * the janitor adopts and frees. Blocks are real and compressed.
 */

const RUNS = 80;
const VALUES = [0, 1, 2] as const;
const caller = serviceCaller(MEMORY_ACCOUNT);

type Step =
  | { readonly do: 'upload' | 'sign'; readonly value: number; readonly by: number; readonly found: boolean }
  | { readonly do: 'use'; readonly at: number }
  | { readonly do: 'commit'; readonly values: readonly number[]; readonly many: boolean }
  /** Poison, committed at once among many. */
  | { readonly do: 'attack'; readonly value: number; readonly by: number; readonly found: boolean }
  | { readonly do: 'import' | 'giveUp'; readonly values: readonly number[] }
  | { readonly do: 'read' | 'readAndDie' | 'outlast' };

const value = fc.constantFrom(...VALUES);
const values = fc.uniqueArray(value, { minLength: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('upload', 'sign'), value, by: fc.nat({ max: 2 }), found: fc.boolean() }),
  fc.record({ do: fc.constant('use' as const), at: fc.nat({ max: 9 }) }),
  fc.record({ do: fc.constant('commit' as const), values, many: fc.boolean() }),
  fc.record({ do: fc.constant('attack' as const), value, by: fc.nat({ max: 2 }), found: fc.boolean() }),
  fc.record({ do: fc.constantFrom('import', 'giveUp'), values }),
  fc.record({ do: fc.constantFrom('read', 'readAndDie', 'outlast') }),
);

interface Kept extends SignedPut {
  readonly stored: Buffer;
}

interface World extends PoisonScene {
  readonly kept: Kept[];
  fillers: number;
}

async function ask({ service, attacker }: PoisonScene, { id, stored, sha256 }: StoredBlock, found: boolean) {
  const objects = [{ id, stored: { sizeBytes: stored.length, sha256 }, found }];
  const [prepared] = await prepareUpload(service, caller, { target: attacker, objects });
  if (prepared?.state !== 'UPLOAD') return { state: prepared?.state, signed: undefined };
  const headers = Object.fromEntries((prepared.headers ?? []).map(({ name, value: text }) => [name, text]));
  return { state: prepared.state, signed: { url: prepared.url ?? '', headers, stored } };
}

async function send({ harness }: PoisonScene, { url, headers, stored }: Kept): Promise<number> {
  return (await harness.objects.request('PUT', url, { headers, body: stored })).status;
}

/** As a client does it: what the store refuses is asked for once more. */
async function uploadHonestly(world: World, block: StoredBlock): Promise<void> {
  for (let attempt = 1, found = false; ; attempt++, found = true) {
    const { state, signed } = await ask(world, block, found);
    if (state === 'PRESENT') return;
    if (state === 'WAIT') await outlast(world);
    else if (signed !== undefined && (await send(world, signed)) === 200) return;
    if (attempt > 4) throw new Error(`never taken: ${state}`);
  }
}

async function outlast({ harness }: PoisonScene): Promise<void> {
  await recover(harness);
  await harness.reclaim(25);
}

async function play(world: World, step: Step): Promise<void> {
  const { harness, kept, attacker, honest } = world;
  switch (step.do) {
    case 'upload':
    case 'sign': {
      const { signed } = await ask(world, poisonedBlock(step.value, step.by), step.found);
      if (signed === undefined) return;
      kept.push(signed);
      if (step.do === 'upload') await send(world, signed);
      return;
    }
    case 'attack':
      await play(world, { ...step, do: 'upload' });
      return play(world, { do: 'commit', values: [step.value], many: true });
    case 'giveUp':
      for (const each of step.values) await uploadHonestly(world, goodBlock(each));
      return;
    case 'use': {
      const signed = kept[step.at % Math.max(1, kept.length)];
      if (signed !== undefined) await send(world, signed);
      return;
    }
    case 'commit': {
      const fillers = Array.from({ length: step.many ? MANY : 0 }, () => goodBlock(10 + (world.fillers++ % 40)));
      for (const each of fillers) await uploadHonestly(world, each);
      const named = [...step.values.map(goodBlock), ...fillers];
      return void (await refusalOf(() => commitAll(world, attacker, named)));
    }
    case 'import': {
      const blocks = step.values.map(goodBlock);
      for (const each of blocks) await uploadHonestly(world, each);
      // What is just being reclaimed, or was found damaged meanwhile: the client uploads again.
      const refusal = await refusalOf(() => commitAll(world, honest, blocks));
      if (refusal === undefined) return;
      expect(['ObjectMissing', 'ObjectTombstoned']).toContain(refusal.code);
      await outlast(world);
      for (const each of blocks) await uploadHonestly(world, each);
      return commitAll(world, honest, blocks);
    }
    case 'read': {
      const scrubs = { service: world.service, engine: harness.deps };
      for (let shard = 0; shard < NEW_BLOCKS_SHARDS; shard++)
        await runNewBlocks(scrubs, { bytesPerDay: 2 ** 40 }, { shard, until: Number.POSITIVE_INFINITY });
      return;
    }
    case 'readAndDie': {
      const [work] = harness.catalogue.rows(newBlocksEntity);
      if (work !== undefined) await readNewBlocks(harness.deps, work);
      return;
    }
    case 'outlast':
      return outlast(world);
  }
}

/** The values whose whole blocks are in the store. No PUT of a client replaces them. */
function wholeNow({ harness, keyOf }: PoisonScene): Set<number> {
  return new Set(
    VALUES.filter((each) => harness.objects.stored.get(keyOf(goodBlock(each).id))?.equals(goodBlock(each).stored)),
  );
}

test(`9.5: whatever an operator uploads and commits, others get what they import (${RUNS} histories)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), fc.nat(), async (steps, seed) => {
      const world: World = { ...(await poisonScene(seed + 1)), kept: [], fillers: 0 };
      for (const each of steps) {
        const before = wholeNow(world);
        await play(world, each);
        for (const one of before) {
          const there = world.harness.objects.stored.get(world.keyOf(goodBlock(one).id));
          expect(there === undefined || there.equals(goodBlock(one).stored), 'a whole block was replaced').toBe(true);
        }
      }
      await play(world, { do: 'read' });
      expect(believedBad(world, VALUES), 'believed, and not the block').toEqual([]);
      await play(world, { do: 'import', values: VALUES });
      await play(world, { do: 'read' });
      expect([...wholeNow(world)]).toEqual([...VALUES]);
      await recover(world.harness);
      expect(await findFaults(world.harness)).toEqual([]);
    }),
    { numRuns: RUNS, ...FUZZ_SEED },
  );
}, 300_000);
