import { expect } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { entryEntity } from '../../src/engine/books/rows.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { findOrphans, RECLAIM_TIMES, reclaim } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { blockId } from './block-contents.ts';
import { allSteps, copyOn } from './copy-step.ts';
import { createEngineHarness, type EngineHarness, findFaults } from './engine-harness.ts';
import { injectFault } from './fault-injector.ts';
import { upload } from './uploads.ts';

export const accountId = 'acc';
export const domain = { domainId: 'dom', regionId: 'r' };
const FOREVER = Number.POSITIVE_INFINITY;

const writesOf = (values: readonly number[]) =>
  values.map((value, at) => ({ index: at < 5 ? at : 1019 + at, id: blockId(value) }));

/** What a client does: puts the blocks, then commits them. */
export async function write(harness: EngineHarness, deps: EngineDeps, headId: string, values: readonly number[]) {
  const writes = writesOf(values);
  const objects = deps.objects(domain.regionId);
  for (const { id } of writes) await upload(objects, objectKey(domain.domainId, id), Buffer.from(id));
  const node = await harness.tree.get(accountId, headId);
  const expectedVersion = node?.version ?? -1;
  const fence = node?.held ? node.writerFence : undefined;
  await createVersionTree(deps).commit({ accountId, headId, head: node, expectedVersion, writes, trims: [], fence });
}

/**
 * Two disks with shared contents, three snapshots in a chain, a clone of the second, and a draft
 * with contents of its own. Everything is settled, and some objects are dead and have outlasted the
 * grace time.
 */
export async function prepared(stepObjects: number): Promise<EngineHarness> {
  const harness = createEngineHarness(1, { stepObjects, plannedPlaces: stepObjects === 2 ? 3 : 4096 });
  const { tree, deps } = harness;
  const commit = (headId: string, values: readonly number[]) => write(harness, deps, headId, values);
  const snapshot = (headId: string, snapshotId: string) => tree.snapshot({ accountId, headId, snapshotId }, () => []);
  for (const nodeId of ['d-1', 'd-2']) await tree.createHead({ accountId, nodeId, ...domain, chainId: nodeId }, []);
  await commit('d-1', [1, 2, 3, 4]);
  await snapshot('d-1', 's-1');
  await commit('d-1', [1, 5, 5]);
  await snapshot('d-1', 's-2');
  await commit('d-1', [6, 7, 3, 8, 1, 9]);
  await snapshot('d-1', 's-3');
  await tree.createHead({ accountId, nodeId: 'd-3', ...domain, chainId: 'd-3', fromId: 's-2' }, []);
  await commit('d-3', [1, 10, 11]);
  await commit('d-2', [20, 21, 22, 23, 24, 25, 26]);
  await tree.openDraft({ accountId, headId: 'd-2', draftId: 'dr-1', expectedVersion: 1 }, []);
  await commit('dr-1', [27, 21, 1]);
  await harness.settle();
  expect(await findFaults(harness)).toEqual([]);
  return harness;
}

/** One thing that the engine is asked for. */
export interface Operation {
  readonly name: string;
  /** Before the operation, without faults. */
  readonly first?: (harness: EngineHarness) => Promise<unknown>;
  readonly run: (deps: EngineDeps, harness: EngineHarness) => Promise<unknown>;
  /**
   * It is many: each node by itself is as before or as after. All others are all as before or all
   * as after.
   */
  readonly severally?: true;
}

const remove = (deps: EngineDeps, ...nodeIds: string[]) =>
  nodeIds.reduce(
    (last, nodeId) => last.then(() => createVersionTree(deps).remove({ accountId, nodeId }, [])),
    Promise.resolve<unknown>(undefined),
  );

async function workOff(deps: EngineDeps, harness: EngineHarness, until: () => number): Promise<void> {
  const worker = createLedgerWorker(deps);
  for (let round = 0; round < 60; round++) {
    const entries = harness.catalogue.rows(entryEntity);
    for (const { shard, id } of entries) await worker.run(shard, id, until());
    if (entries.length === 0) return;
  }
}

async function die(harness: EngineHarness): Promise<void> {
  await remove(harness.deps, 's-3', 's-1');
  await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
  await harness.settle();
  for (const value of [40, 41, 1]) {
    const id = blockId(value);
    await upload(harness.objects, objectKey(domain.domainId, id), Buffer.from(id));
  }
  harness.clock.at += 25 * 3600_000;
}

/** A commit whose writer died while it took references. */
async function abandonCommit(harness: EngineHarness): Promise<void> {
  const { deps } = injectFault(harness.deps);
  let left = 3;
  const transact: EngineDeps['catalogue']['transact'] = (writes) =>
    left-- > 0 ? harness.catalogue.transact(writes) : new Promise(() => undefined);
  const killed = { ...deps, catalogue: { ...deps.catalogue, transact } };
  void write(harness, killed, 'd-1', [30, 31, 32, 33, 34, 35]);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  harness.clock.at += 16 * 60_000;
}

export const OPERATIONS: readonly Operation[] = [
  { name: 'create an empty disk', run: (deps) => create(deps) },
  { name: 'clone', run: (deps) => create(deps, 's-2') },
  { name: 'commit', run: (deps, harness) => write(harness, deps, 'd-1', [30, 7, 31, 5, 1]) },
  {
    name: 'commit of content that has died',
    first: die,
    run: (deps, harness) => write(harness, deps, 'd-3', [6, 7, 8, 40, 10, 3]),
  },
  {
    name: 'trim',
    run: (deps) =>
      createVersionTree(deps).commit({
        accountId,
        headId: 'd-1',
        expectedVersion: 3,
        writes: [],
        trims: [{ start: 1, count: 2000 }],
      }),
  },
  {
    name: 'snapshot',
    run: (deps) => createVersionTree(deps).snapshot({ accountId, headId: 'd-3', snapshotId: 's-9' }, () => []),
  },
  {
    name: 'snapshots of several disks',
    severally: true,
    run: async (deps) => {
      for (const at of [1, 2, 3])
        await createVersionTree(deps).snapshot({ accountId, headId: `d-${at}`, snapshotId: `s-9${at}` }, () => []);
    },
  },
  { name: 'delete the first snapshot', run: (deps) => remove(deps, 's-1') },
  { name: 'delete a snapshot with a clone', run: (deps) => remove(deps, 's-2') },
  { name: 'delete many', severally: true, run: (deps) => remove(deps, 's-3', 's-1', 's-2') },
  {
    name: 'roll back',
    run: (deps) => createVersionTree(deps).rollback({ accountId, headId: 'd-1', toId: 's-1', expectedVersion: 3 }, []),
  },
  { name: 'release a disk', run: (deps) => createVersionTree(deps).release({ accountId, nodeId: 'd-3' }, []) },
  {
    name: 'a snapshot with a clone into the recycle bin',
    run: (deps) => createVersionTree(deps).trash({ accountId, nodeId: 's-2' }, []),
  },
  {
    name: 'a disk into the recycle bin',
    run: (deps) => createVersionTree(deps).trash({ accountId, nodeId: 'd-3' }, []),
  },
  {
    name: 'a snapshot out of the recycle bin',
    first: ({ tree }) => tree.trash({ accountId, nodeId: 's-2' }, []),
    run: (deps) => createVersionTree(deps).untrash({ accountId, nodeId: 's-2' }, []),
  },
  {
    name: 'a disk out of the recycle bin',
    first: ({ tree }) => tree.trash({ accountId, nodeId: 'd-3' }, []),
    run: (deps) => createVersionTree(deps).untrash({ accountId, nodeId: 'd-3' }, []),
  },
  {
    name: 'purge a snapshot, and the disk below it',
    severally: true,
    first: async ({ tree }) => {
      for (const nodeId of ['s-2', 'd-3']) await tree.trash({ accountId, nodeId }, []);
    },
    run: async (deps) => {
      for (const nodeId of ['s-2', 'd-3']) await createVersionTree(deps).purge({ accountId, nodeId }, []);
    },
  },
  {
    name: 'open a draft',
    run: (deps) =>
      createVersionTree(deps).openDraft({ accountId, headId: 'd-3', draftId: 'dr-9', expectedVersion: 1 }, []),
  },
  { name: 'commit to a draft', run: (deps, harness) => write(harness, deps, 'dr-1', [30, 31, 32, 20]) },
  {
    name: 'adopt a draft',
    run: (deps) => createVersionTree(deps).adoptDraft({ accountId, headId: 'd-2', draftId: 'dr-1' }, []),
  },
  { name: 'hold a disk', run: (deps) => createVersionTree(deps).hold({ accountId, headId: 'd-1' }, () => []) },
  {
    name: 'commit of the writer that holds the disk',
    first: ({ tree }) => tree.hold({ accountId, headId: 'd-1' }, () => []),
    run: (deps, harness) => write(harness, deps, 'd-1', [30, 7, 31, 5, 1]),
  },
  {
    name: 'take a disk from its writer, and give it back',
    first: ({ tree }) => tree.hold({ accountId, headId: 'd-1' }, () => []),
    run: async (deps) => {
      await createVersionTree(deps).hold({ accountId, headId: 'd-1' }, () => []);
      await createVersionTree(deps).unhold({ accountId, headId: 'd-1' }, []);
    },
  },
  { name: 'begin a copy', run: (deps) => beginCopy(deps, 's-3') },
  {
    name: 'a step of a copy',
    first: ({ deps }) => beginCopy(deps, 's-3'),
    run: (deps) => copyOn(createVersionTree(deps), { ...COPY, until: FOREVER }),
  },
  {
    name: 'a step of a copy of what differs from the one before',
    first: async ({ deps }) => {
      await beginCopy(deps, 's-1', { ...COPY, draftId: 's-8' });
      await finishCopy(deps, { ...COPY, draftId: 's-8' });
      await beginCopy(deps, 's-3', COPY, 's-8');
    },
    run: (deps) => copyOn(createVersionTree(deps), { ...COPY, until: FOREVER }),
  },
  {
    name: 'a step of a copy that sends ahead',
    first: ({ deps }) => beginCopy(deps, 's-3'),
    run: (deps) => {
      const tree = createVersionTree({ ...deps, limits: { ...deps.limits, copyBlocks: 1 } });
      return copyOn(tree, { ...COPY, until: FOREVER });
    },
  },
  {
    name: 'finish a copy',
    first: async ({ deps }) => {
      await beginCopy(deps, 's-3');
      await copyOn(createVersionTree(deps), { ...COPY, until: FOREVER });
    },
    run: (deps) => finishCopy(deps, COPY),
  },
  {
    name: 'abandon a copy',
    first: async ({ deps }) => {
      await beginCopy(deps, 's-3');
      await copyOn(createVersionTree(deps), { ...COPY, until: FOREVER });
    },
    run: (deps) => createVersionTree(deps).abandonCopy(COPY, []),
  },
  { name: 'discard a draft', run: (deps) => createVersionTree(deps).release({ accountId, nodeId: 'dr-1' }, []) },
  {
    name: 'worker',
    first: async ({ deps, tree }) => {
      await remove(deps, 's-1', 's-2');
      await tree.rollback({ accountId, headId: 'd-1', toId: 's-3' }, []);
      await tree.release({ accountId, nodeId: 'd-3' }, []);
    },
    run: (deps, harness) => workOff(deps, harness, () => FOREVER),
  },
  {
    name: 'worker whose time is over after each step',
    first: ({ tree }) => tree.release({ accountId, nodeId: 'd-3' }, []),
    run: (deps, harness) => workOff(deps, harness, () => harness.clock.now()),
  },
  {
    name: 'measure',
    first: ({ deps }) => {
      const coarse = createVersionTree({ ...deps, limits: { ...deps.limits, plannedPlaces: 0 } });
      const trims = [{ start: 0, count: 2 }];
      return coarse.commit({ accountId, headId: 'd-1', expectedVersion: 3, writes: [], trims });
    },
    run: (deps, harness) => workOff(deps, harness, () => FOREVER),
  },
  {
    name: 'janitor: ledger',
    first: abandonCommit,
    run: async (deps, harness) => {
      await createLedgerWorker(deps).sweep(FOREVER);
      await workOff(deps, harness, () => FOREVER);
    },
  },
  {
    name: 'reclaim',
    first: die,
    run: async (deps, { clock }) => {
      for (const _pass of [1, 2, 3]) {
        await reclaim(deps, RECLAIM_TIMES, domain, FOREVER);
        clock.at += RECLAIM_TIMES.holdMs;
      }
    },
  },
  { name: 'search for orphans', first: die, run: (deps) => findOrphans(deps, RECLAIM_TIMES, domain, undefined) },
  {
    name: 'janitor: reclaim',
    first: die,
    run: (deps) => createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(FOREVER),
  },
];

const COPY = { accountId, keepId: 'keep-9', draftId: 's-9' };

function beginCopy(deps: EngineDeps, fromId: string, ref = COPY, baseId?: string) {
  const target = { domainId: 'dom-2', regionId: 'r', chainId: 'd-9' };
  return createVersionTree(deps).beginCopy({ ...ref, ...target, fromId, baseId }, []);
}

async function finishCopy(deps: EngineDeps, ref: typeof COPY): Promise<void> {
  const tree = createVersionTree(deps);
  await allSteps(tree, { ...ref, until: FOREVER });
  await tree.finishCopy(ref, () => []);
}

function create(deps: EngineDeps, fromId?: string) {
  const from = fromId === undefined ? {} : { fromId };
  return createVersionTree(deps).createHead({ accountId, nodeId: 'd-9', ...domain, chainId: 'd-9', ...from }, []);
}
