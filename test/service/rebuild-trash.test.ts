import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuild } from '../../src/service/manifests/rebuild.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { restoreTrashed } from '../../src/service/trash/restore.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';
import { MEMORY_REGION, memoryService } from '../support/memory-service.ts';
import { faultsAfterRecovery, readable } from '../support/recovery.ts';
import { caller, settleAll, userView } from '../support/use-case-scene.ts';
import { createStage, type Stage } from '../support/use-case-stage.ts';
import { FOREVER, USE_CASES, type UseCase } from '../support/use-cases.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage();
});
afterAll(() => stage.close());

/** With a disk, its automatic snapshot, an image and its snapshot in the recycle bin. */
async function withTrash(): Promise<EngineHarness> {
  const end = USE_CASES.find(({ name }) => name === 'the end of the time in the bin') as UseCase;
  const harness = await stage.begin(end);
  await settleAll(harness);
  return harness;
}

async function rebuiltFrom(lost: EngineHarness): Promise<EngineHarness> {
  const harness = createEngineHarness(3, lost.deps.limits, {
    at: lost.clock.at,
    catalogue: createMemoryCatalogue(),
    objects: (clock) => lost.objects.copy(clock),
  });
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => Math.floor(harness.random() * 256));
  const deps = { engine: harness.deps, regions: [MEMORY_REGION] as const, random };
  const report = await rebuild(deps, { intoNonEmpty: true }, FOREVER);
  expect(report).toMatchObject({ finished: true, losses: [] });
  await settleAll(harness);
  return harness;
}

/** Versions of disks jump, and jobs are not kept in the bucket. */
function comparable(harness: EngineHarness) {
  const { jobs: _jobs, ...view } = userView(harness);
  return Object.fromEntries(
    Object.entries(view).map(([name, list]) => [
      name,
      list.map((text) => text.replace(/HEAD( trashed)? v\d+/, 'HEAD$1')),
    ]),
  );
}

test('10.1: a rebuild from the bucket brings the recycle bin back, with its times', async () => {
  const lost = await withTrash();
  const before = comparable(lost);
  expect(before.trash).toHaveLength(4);
  const harness = await rebuiltFrom(lost);
  expect(comparable(harness)).toEqual(before);
  expect(await readable(harness)).toEqual(await readable(lost));
  expect(await faultsAfterRecovery(harness)).toEqual([]);
});

test('10.1: what lay there can be brought back after a rebuild, and is what it was', async () => {
  const lost = await withTrash();
  const harness = await rebuiltFrom(lost);
  for (const of of [lost, harness]) {
    const service = memoryService(of.deps);
    for (const name of ['image', 'second', 'leaving']) {
      const row = of.catalogue.rows(trashEntity).find((each) => each.name === name);
      await restoreTrashed(service, caller, row?.id ?? '');
    }
    await settleAll(of);
    expect(await faultsAfterRecovery(of)).toEqual([]);
  }
  expect(comparable(harness)).toEqual(comparable(lost));
  expect(await readable(harness)).toEqual(await readable(lost));
});
