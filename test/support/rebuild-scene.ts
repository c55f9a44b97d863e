import { manifestPrefix } from '../../src/engine/books/manifest.ts';
import { type EntryRow, entryEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import type { Write } from '../../src/platform/catalogue/port.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { describeWith } from '../../src/service/manifests/describe.ts';
import { type RebuildOptions, type RebuildReport, rebuild } from '../../src/service/manifests/rebuild.ts';
import { createSnapshot, takeSnapshot } from '../../src/service/snapshots/create.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { createMemoryCatalogue, type MemoryCatalogue } from './memory-catalogue.ts';
import { MEMORY_REGION, memoryService, openMemoryAccount } from './memory-service.ts';
import { caller, newDisk, settleAll, write } from './use-case-scene.ts';

const FOREVER = Number.POSITIVE_INFINITY;

export interface RebuildScene {
  readonly lost: EngineHarness;
  readonly disk: string;
  readonly clone: string;
  /** Automatic, with a retention; the clone was made from it. */
  readonly first: string;
  readonly second: string;
}

/**
 * A disk with two snapshots, one below the other, and a clone of the first: all with contents of
 * their own.
 */
export async function rebuildScene(seed: number): Promise<RebuildScene> {
  const lost = createEngineHarness(seed, { stepObjects: 3, plannedPlaces: 4096 });
  const service = memoryService(lost.deps);
  await openMemoryAccount(service);
  const { id: disk } = await createDisk(service, caller, newDisk('disk'));
  await write(service, disk, [0, 1, 2]);
  const wanted = { diskId: disk, kind: 'AUTO', name: 'auto', retentionDays: 1, tags: [] } as const;
  const { id: first } = await takeSnapshot(service, caller, wanted, { operation: 'test', token: null });
  const origin = { snapshotId: first, sizeBytes: null };
  const { id: clone } = await createDisk(service, caller, newDisk('clone', origin));
  await write(service, clone, [0, 1, 3]);
  await write(service, disk, [4, 5]);
  const named = { name: 'second', description: null, retentionDays: null, tags: [], clientToken: null };
  const { id: second } = await createSnapshot(service, caller, { diskId: disk, ...named });
  await write(service, disk, [6]);
  await settleAll(lost);
  return { lost, disk, clone, first, second };
}

/** The table is lost, or put back to what it was before: the same bucket, another catalogue. */
export function withCatalogue(
  lost: EngineHarness,
  catalogue: MemoryCatalogue = createMemoryCatalogue(),
  seed = 77,
): EngineHarness {
  const at = lost.clock.at;
  return createEngineHarness(seed, lost.deps.limits, { at, catalogue, objects: (clock) => lost.objects.copy(clock) });
}

export function rebuilt(
  harness: EngineHarness,
  options: RebuildOptions = {},
  until: number = FOREVER,
): Promise<RebuildReport> {
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => Math.floor(harness.random() * 256));
  return rebuild({ engine: harness.deps, regions: [MEMORY_REGION], random }, options, until);
}

/**
 * Something goes on elsewhere once, right before the first transaction that puts or removes a node.
 */
export function meanwhile(
  harness: EngineHarness,
  [kind, nodeId]: readonly ['put' | 'delete', string],
  something: () => Promise<unknown>,
): EngineHarness {
  let isDone = false;
  const idOf = (one: Write) => (one.kind === 'put' ? one.row : one.key) as { readonly id: string };
  const transact: EngineHarness['catalogue']['transact'] = async (writes) => {
    const isIt = writes.some((one) => one.kind === kind && one.entity === nodeEntity && idOf(one).id === nodeId);
    if (!isDone && isIt) {
      isDone = true;
      await something();
    }
    return harness.catalogue.transact(writes);
  };
  return { ...harness, deps: { ...harness.deps, catalogue: { ...harness.deps.catalogue, transact } } };
}

/** Works once at each entry that fits, as the janitor would have it. */
export async function work(
  { catalogue, deps }: EngineHarness,
  fits: (entry: EntryRow) => boolean = () => true,
): Promise<void> {
  const worker = createLedgerWorker(deps, describeWith({ catalogue, regions: [MEMORY_REGION] }));
  for (const { shard, id } of catalogue.rows(entryEntity).filter(fits)) await worker.run(shard, id, FOREVER);
}

/** Makes the newest manifest of a node unreadable; what is answered puts it right again. */
export function damage({ objects: { stored } }: EngineHarness, id: string): () => void {
  const prefix = manifestPrefix({ accountId: caller.accountId, id });
  const key =
    [...stored.keys()]
      .filter((name) => name.startsWith(prefix))
      .sort()
      .at(-1) ?? '';
  const bytes = stored.get(key);
  if (bytes === undefined) throw new Error(`${id} has no manifest`);
  stored.set(key, Buffer.concat([bytes.subarray(0, -2), Buffer.from('?}')]));
  return () => void stored.set(key, bytes);
}
