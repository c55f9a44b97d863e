import { hash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeEntity } from '../../src/engine/books/rows.ts';
import type { ImportImageInput } from '../../src/generated/schema.ts';
import { cancelImageImport } from '../../src/service/imports/cancel.ts';
import { importImage } from '../../src/service/imports/create.ts';
import { runImport } from '../../src/service/imports/run.ts';
import { sweepImports } from '../../src/service/imports/sweep.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { imageEntity } from '../../src/service/model/images/rows.ts';
import { importCountEntity, importEntity } from '../../src/service/model/imports/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { blockOf } from '../support/blocks.ts';
import { createEngineHarness, type EngineHarness, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { createMemoryFiles, type MemoryFiles } from '../support/memory-files.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { caller, settleAll } from '../support/use-case-scene.ts';

const TIME_LIMIT_MS = 300_000;
const HOUR_MS = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;
const BLOCK = 512 * 1024;
const LIMITS = { stepBlocks: 2, batchBlocks: 1 };
const KEY = `imports/${MEMORY_ACCOUNT}/disk.img`;

interface World {
  readonly harness: EngineHarness;
  readonly files: MemoryFiles;
}

let scene: EngineHarness;
let raw: Buffer;
beforeAll(async () => {
  scene = createEngineHarness(11);
  await openMemoryAccount(memoryService(scene.deps));
  await settleAll(scene);
  raw = Buffer.alloc(4 * BLOCK); // two steps
  for (const index of [0, 1, 3]) raw.set(blockOf(`block ${index}`), index * BLOCK);
});

const worldOf = (seed: number): World => ({
  harness: forkHarness(scene, seed),
  files: createMemoryFiles(new Map([[KEY, raw]])),
});
const serviceOf = ({ harness, files }: World): Service => memoryService(harness.deps, undefined, files);

const input: ImportImageInput = {
  ...{ region: null, from: { key: KEY, bucket: null }, format: null, name: 'golden', description: null },
  ...{ tags: [], clientToken: 'import' },
  diskKind: 'DATA',
};

/** The call, and the worker that it wakes: it is out of time at once, and another one goes on. */
async function begin(service: Service): Promise<void> {
  const { accountId, id } = await importImage(service, caller, input);
  await runImport(service, { accountId, id }, service.clock.now(), LIMITS);
  await runImport(service, { accountId, id }, FOREVER, LIMITS);
}

async function beginAndCancel(service: Service): Promise<void> {
  const { accountId, id } = await importImage(service, caller, input);
  await runImport(service, { accountId, id }, service.clock.now(), LIMITS);
  await cancelImageImport(service, caller, id);
  await runImport(service, { accountId, id }, FOREVER, LIMITS);
}

/** The janitor comes by, and messages are delivered. */
async function goOn(world: World): Promise<void> {
  const service = serviceOf(world);
  for (let hours = 0; hours < 2; hours++) {
    await sweepImports(service, FOREVER);
    for (const row of world.harness.catalogue.rows(importEntity)) await runImport(service, row, FOREVER, LIMITS);
    world.harness.clock.at += HOUR_MS;
  }
}

async function endOf({ harness }: World) {
  await settleAll(harness);
  const { catalogue } = harness;
  const imports = catalogue.rows(importEntity).map(({ status, problemCode, nextBlock }) => {
    return { status, problemCode, nextBlock: status === 'SUCCEEDED' ? nextBlock : undefined };
  });
  const nodes = catalogue.rows(nodeEntity).map(({ kind, root, ownBlocks, totalBlocks }) => {
    return `${kind} ${hash('sha256', root, 'hex').slice(0, 8)} ${ownBlocks} ${totalBlocks}`;
  });
  return {
    imports,
    nodes: nodes.sort(),
    running: catalogue.rows(importCountEntity).map(({ running }) => running),
    images: catalogue.rows(imageEntity).map(({ name, sizeBytes }) => [name, sizeBytes]),
    snapshots: catalogue.rows(snapshotEntity).map(({ status, imageCount }) => [status, imageCount]),
    chains: catalogue.rows(chainEntity).map(({ manualCount, diskReleased }) => [manualCount, diskReleased]),
  };
}

/** Two or three of them at each call, in turn: an import hashes and compresses each time. */
const faultsAt = (at: number) => FAULTS.filter((_, which) => (at + which) % 3 === 0);

describe.each([
  ['begun', begin],
  ['begun and cancelled', beginAndCancel],
] as const)('6.3: an import that is %s', (_, play) => {
  const undisturbed = async () => {
    const world = worldOf(1);
    const { deps, calls, inFrontOf } = injectFault(world.harness.deps);
    await play(memoryService(deps, undefined, inFrontOf('files', world.files)));
    await goOn(world);
    return { calls, end: await endOf(world) };
  };

  async function struck(at: number, fault: Fault) {
    // The same seed: which counter a commit takes decides how many calls it makes.
    const world = worldOf(1);
    const meanwhile = () => goOn(world);
    const injected = injectFault(world.harness.deps, { at, fault, meanwhile });
    const files = injected.inFrontOf('files', world.files);
    const { error, killed } = await injected.run((deps) => play(memoryService(deps, undefined, files)));
    // A client that has heard of no success asks again.
    if (error !== undefined || killed) await play(serviceOf(world));
    await goOn(world);
    return { reached: injected.reached(), end: await endOf(world) };
  }

  test(
    'comes to the same end whatever happens to any one of its calls, and leaves nothing',
    async () => {
      const { calls, end } = await undisturbed();
      const status = play === begin ? 'SUCCEEDED' : 'CANCELLED';
      expect(end).toMatchObject({ imports: [{ status, problemCode: undefined }], running: [0] });
      expect(end.nodes.map((node) => node.split(' ')[0])).toEqual(play === begin ? ['IMAGE', 'SNAPSHOT'] : []);
      expect(calls).toEqual(expect.arrayContaining(['files.look', 'files.read', 'objects.putNew']));
      for (const [at, call] of calls.entries()) {
        for (const fault of faultsAt(at)) {
          const { reached, end: after } = await struck(at, fault);
          const place = `${fault} at ${call} (${at})`;
          expect(reached, place).toBe(true);
          // Another worker may have been done before it was cancelled.
          const isFinished = play === beginAndCancel && after.imports[0]?.status === 'SUCCEEDED';
          if (isFinished) expect(after, place).toMatchObject({ running: [0], chains: [[1, true]] });
          else expect(after, place).toEqual(end);
        }
      }
    },
    TIME_LIMIT_MS,
  );
});
