import { hash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openImage } from '../../src/formats/open.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { cancelImageExport } from '../../src/service/exports/cancel.ts';
import { exportImage } from '../../src/service/exports/create.ts';
import type { ExportLimits } from '../../src/service/exports/part-size.ts';
import { runExport } from '../../src/service/exports/run.ts';
import { sweepExports } from '../../src/service/exports/sweep.ts';
import { createImage } from '../../src/service/images/create.ts';
import { exportCountEntity, exportEntity } from '../../src/service/model/exports/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { createEngineHarness, type EngineHarness, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { contentsOf, memoryFile } from '../support/image-files.ts';
import { createMemoryFiles, type MemoryFiles } from '../support/memory-files.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { caller, newDisk, settleAll, write } from '../support/use-case-scene.ts';

const TIME_LIMIT_MS = 300_000;
const HOUR_MS = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;
const BLOCK = 512 * 1024;
/** Of a block: the scene's image has several parts. */
const LIMITS: ExportLimits = { leastPartBytes: BLOCK, mostPartBytes: 64 * BLOCK, mostParts: 10_000 };

interface World {
  readonly harness: EngineHarness;
  readonly files: MemoryFiles;
}

let scene: EngineHarness;
let imageId: string;
beforeAll(async () => {
  scene = createEngineHarness(11);
  const service = memoryService(scene.deps);
  await openMemoryAccount(service);
  const disk = await createDisk(service, caller, newDisk('web', { sizeBytes: 8 * BLOCK }));
  await write(service, disk.id, [0, 1, 2]);
  const named = { name: 'web', tags: [], clientToken: null };
  const snapshot = await createSnapshot(service, caller, { ...named, diskId: disk.id });
  imageId = (await createImage(service, caller, { ...named, snapshotId: snapshot.id })).id;
  await settleAll(scene);
});

const worldOf = (seed: number): World => ({ harness: forkHarness(scene, seed), files: createMemoryFiles() });
const serviceOf = ({ harness, files }: World): Service => memoryService(harness.deps, undefined, files);

/** The call, and the worker that it wakes. */
async function begin(service: Service): Promise<void> {
  const input = { imageId, format: 'QCOW2', bucket: null, clientToken: 'export' } as const;
  await runExport(service, await exportImage(service, caller, input), FOREVER, LIMITS);
}

async function beginAndCancel(service: Service): Promise<void> {
  const input = { imageId, format: 'QCOW2', bucket: null, clientToken: 'export' } as const;
  const { accountId, id } = await exportImage(service, caller, input);
  await runExport(service, { accountId, id }, service.clock.now(), LIMITS);
  await cancelImageExport(service, caller, id);
  await runExport(service, { accountId, id }, FOREVER, LIMITS);
}

/** The janitor comes by, and messages are delivered. */
async function goOn(world: World): Promise<void> {
  const service = serviceOf(world);
  for (let hours = 0; hours < 3; hours++) {
    await sweepExports(service, FOREVER);
    for (const row of world.harness.catalogue.rows(exportEntity)) await runExport(service, row, FOREVER, LIMITS);
    world.harness.clock.at += HOUR_MS;
  }
}

function endOf({ harness, files }: World) {
  const rows = harness.catalogue.rows(exportEntity).map(({ status, problemCode }) => ({ status, problemCode }));
  const running = harness.catalogue.rows(exportCountEntity).map((row) => row.running);
  return {
    rows,
    running,
    uploads: files.begun.size,
    contents: [...files.stored.values()].map((bytes) => hash('sha256', bytes, 'hex')),
  };
}

describe.each([
  ['begun', begin],
  ['begun and cancelled', beginAndCancel],
] as const)('6.3: an export that is %s', (_, play) => {
  const undisturbed = async () => {
    const world = worldOf(1);
    const { deps, calls, inFrontOf } = injectFault(world.harness.deps);
    await play(memoryService(deps, undefined, inFrontOf('files', world.files)));
    await goOn(world);
    return { calls, end: endOf(world) };
  };

  async function struck(at: number, fault: Fault) {
    const world = worldOf(100 + at);
    const meanwhile = () => goOn(world);
    const injected = injectFault(world.harness.deps, { at, fault, meanwhile });
    const files = injected.inFrontOf('files', world.files);
    const { error, killed } = await injected.run((deps) => play(memoryService(deps, undefined, files)));
    // A client that has heard of no success asks again.
    if (error !== undefined || killed) await play(serviceOf(world));
    await goOn(world);
    return { reached: injected.reached(), end: endOf(world) };
  }

  test(
    'comes to the same end whatever happens to any one of its calls, and leaves nothing',
    async () => {
      const { calls, end } = await undisturbed();
      const status = play === begin ? 'SUCCEEDED' : 'CANCELLED';
      expect(end).toMatchObject({ rows: [{ status, problemCode: undefined }], running: [0], uploads: 0 });
      expect(end.contents).toHaveLength(play === begin ? 1 : 0);
      expect(calls).toEqual(expect.arrayContaining(['files.begin', 'files.putPart', 'files.parts']));
      for (const [at, call] of calls.entries()) {
        for (const fault of FAULTS) {
          const { reached, end: after } = await struck(at, fault);
          const place = `${fault} at ${call} (${at})`;
          expect(reached, place).toBe(true);
          const isFinished = play === beginAndCancel && after.rows[0]?.status === 'SUCCEEDED';
          // Another worker may have been done before it was cancelled.
          if (isFinished) expect(after, place).toMatchObject({ running: [0], uploads: 0 });
          else expect(after, place).toEqual(end);
        }
      }
    },
    TIME_LIMIT_MS,
  );
});

test('6.3: what the faults are played with is an image of several parts', async () => {
  const world = worldOf(1);
  await begin(serviceOf(world));
  const [file] = [...world.files.stored.values()] as [Buffer];
  const [row] = world.harness.catalogue.rows(exportEntity);
  expect(file.length / (row?.partBytes ?? 0)).toBeGreaterThan(2);
  const disk = await openImage('qcow2', memoryFile(file));
  const head = await contentsOf({ ...disk, sizeBytes: 8 * BLOCK });
  expect(head.subarray(0, BLOCK).equals(Buffer.alloc(BLOCK))).toBe(false);
});
