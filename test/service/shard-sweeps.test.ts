import { describe, expect, test } from 'vitest';
import { newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { RUN_SHARDS, type ScrubRow, scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { sweepNewBlocks } from '../../src/service/scrubs/new-blocks.ts';
import { sweepScrubs } from '../../src/service/scrubs/rolling.ts';
import type { ScrubDeps } from '../../src/service/scrubs/run.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService } from '../support/memory-service.ts';

/** Rounds that wake workers, shard by shard: a shard that fails keeps no other from being woken. */

const HOUR_MS = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;
const PACE = { bytesPerDay: 2 ** 40, everyMs: HOUR_MS };

interface ShardSweep {
  readonly name: string;
  readonly entity: Entity;
  /** One item in each shard. */
  readonly prepare: (harness: EngineHarness) => Promise<void>;
  readonly sweep: (deps: ScrubDeps, until: number) => Promise<{ readonly woken: number }>;
}

function scrubIn(runShard: number, at: number): ScrubRow {
  const time = isoTime(at);
  return {
    ...{ accountId: MEMORY_ACCOUNT, id: `sc-${runShard}`, region: MEMORY_REGION, samplePercent: 100, repair: false },
    ...{ status: 'RUNNING', createdAt: time, touchedAt: time, runShard, step: 0 },
  } as unknown as ScrubRow;
}

const SHARDS = [0, 1, 2, 3];
const SWEEPS: readonly ShardSweep[] = [
  {
    name: 'new blocks',
    entity: newBlocksEntity,
    prepare: async ({ deps }) => {
      const place = { accountId: MEMORY_ACCOUNT, regionId: MEMORY_REGION, domainId: 'dom', ids: '' };
      const createdAt = 0;
      const rows = SHARDS.map((shard) => put(newBlocksEntity, { ...place, shard, id: 'nb-1', createdAt }));
      await deps.catalogue.transact(rows);
    },
    sweep: (deps, until) => sweepNewBlocks(deps, PACE, until),
  },
  {
    name: 'scrubs that nobody works on',
    entity: scrubEntity,
    prepare: async ({ deps, clock }) => {
      await deps.catalogue.transact(SHARDS.map((shard) => put(scrubEntity, scrubIn(shard, clock.at))));
      clock.at += HOUR_MS;
    },
    sweep: (deps, until) => sweepScrubs(deps, PACE, until),
  },
];

async function sceneOf({ prepare }: ShardSweep, failing?: { readonly entity: Entity; readonly shard: number }) {
  const harness = createEngineHarness();
  await prepare(harness);
  const { catalogue } = harness.deps;
  const list: Catalogue['list'] = async (entity, query) => {
    const partition = query.partition as Readonly<Record<string, unknown>>;
    if (entity.name === failing?.entity.name && Object.values(partition).includes(failing.shard)) throw new Error('no');
    return catalogue.list(entity, query);
  };
  const engine = { ...harness.deps, catalogue: { ...catalogue, list } };
  return { harness, deps: { service: memoryService(engine), engine } };
}

test('the scenes have an item in each shard', () => expect(SHARDS).toHaveLength(RUN_SHARDS));

describe.each(SWEEPS)('$name', (of) => {
  test('are woken in all shards', async () => {
    const { harness, deps } = await sceneOf(of);
    expect(await of.sweep(deps, FOREVER)).toMatchObject({ woken: SHARDS.length });
    expect(harness.messages).toHaveLength(SHARDS.length);
  });

  test.each(SHARDS)('are woken where shard %i cannot be read, which is reported', async (shard) => {
    const { harness, deps } = await sceneOf(of, { entity: of.entity, shard });
    const failure = { extra: { failed: 1, woken: SHARDS.length - 1 }, cause: expect.any(Error) };
    await expect(of.sweep(deps, FOREVER)).rejects.toMatchObject(failure);
    expect(harness.messages).toHaveLength(SHARDS.length - 1);
  });

  test('are not woken once the time is up', async () => {
    const { harness, deps } = await sceneOf(of);
    expect(await of.sweep(deps, harness.clock.at)).toMatchObject({ woken: 0 });
    expect(harness.messages).toEqual([]);
  });
});
