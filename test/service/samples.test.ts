import { expect, test } from 'vitest';
import { domainCountEntity } from '../../src/engine/books/rows.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { sampleEntity, samplingEntity } from '../../src/service/model/capacity/rows.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { badId, poisoned } from '../support/poison.ts';
import { prepareSweep, SWEEP_CASES } from '../support/sweep-cases.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const PAGE = 100;
const SAMPLES = SWEEP_CASES.filter(({ name }) => name === 'samples of capacity');

/** One account that can be sampled, behind as many that cannot for now. */
async function scene(badAccounts: number): Promise<EngineHarness> {
  const harness = createEngineHarness(7);
  await openMemoryAccount(memoryService(harness.deps));
  const bad = Array.from({ length: badAccounts }, (_, number) => badId(number));
  for (const samples of SAMPLES) await prepareSweep(harness, samples, bad);
  return harness;
}

const place = ({ catalogue }: EngineHarness) => catalogue.rows(samplingEntity)[0];

test('8.1: a sample that failed is taken by the next round of the hour', async () => {
  const harness = await scene(1);
  await expect(sweepSamples(memoryService(poisoned(harness.deps)), FOREVER)).rejects.toThrow('poisoned');
  expect(harness.catalogue.rows(sampleEntity)).toHaveLength(1);
  expect(await sweepSamples(memoryService(harness.deps), FOREVER)).toEqual({ samples: 1 });
  expect(place(harness)).toMatchObject({ done: true });
});

/** The time is up when this page is read. */
function timeUpAtPage(harness: EngineHarness, last: number, until: number): EngineDeps {
  const { deps } = harness;
  let pages = 0;
  const list: typeof deps.catalogue.list = async (entity, query) => {
    if (entity.name === domainCountEntity.name && ++pages === last) harness.clock.at = until;
    return deps.catalogue.list(entity, query);
  };
  return { ...deps, catalogue: { ...deps.catalogue, list } };
}

test('8.1: where the time is up, the next round goes on behind the accounts that failed', async () => {
  const harness = await scene(2 * PAGE);
  const until = harness.clock.at + 1000;
  const deps = poisoned(timeUpAtPage(harness, 3, until));
  await expect(sweepSamples(memoryService(deps), until)).rejects.toMatchObject({
    extra: { failed: 2 * PAGE, samples: 0 },
  });
  expect(place(harness)).toMatchObject({ done: false });
  expect(await sweepSamples(memoryService(poisoned(harness.deps)), FOREVER)).toEqual({ samples: 1 });
});
