import { hash } from 'node:crypto';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { entryEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import type { CreateDiskInput } from '../../src/generated/schema.ts';
import type { KeyService } from '../../src/platform/keys/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { commitBlocks } from '../../src/service/datapath/commit.ts';
import { prepareUpload } from '../../src/service/datapath/prepare.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { createImage } from '../../src/service/images/create.ts';
import { describeWith } from '../../src/service/manifests/describe.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { diskEntity, domainEntity } from '../../src/service/model/disks/rows.ts';
import { imageEntity } from '../../src/service/model/images/rows.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { jobEntity } from '../../src/service/model/jobs/rows.ts';
import { scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { tagObjectivesEntity } from '../../src/service/model/watch/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot, takeSnapshot } from '../../src/service/snapshots/create.ts';
import { blockId } from './block-contents.ts';
import { blockOf, encodeBlock } from './blocks.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, MEMORY_KEY, MEMORY_REGION, memoryService, openMemoryAccount } from './memory-service.ts';

export const caller = serviceCaller(MEMORY_ACCOUNT);
/**
 * Of the scene the first eight; encoding one takes a millisecond, and they are written thousands of
 * times.
 */
const CONTENTS = Array.from('abcdefghij', (text) => encodeBlock(blockOf(text)));

export function newDisk(name: string, input: Partial<CreateDiskInput> = {}): CreateDiskInput {
  return {
    region: null,
    name,
    kind: null,
    category: 'CLOUD',
    sizeBytes: 2 ** 30,
    chargeType: 'POSTPAID',
    deleteAutoSnapshots: true,
    deleteWithInstance: true,
    tags: [],
    clientToken: name,
    ...input,
  };
}

/**
 * What a client does to write blocks from index 0 on: asks, puts, commits; what is there already
 * costs nothing.
 */
export async function write(service: Service, target: string, which: readonly number[]): Promise<void> {
  const blocks = which.map((at) => CONTENTS[at] ?? encodeBlock(blockOf(String(at))));
  const objects = blocks.map(({ id, stored }) => ({
    id,
    stored: { sizeBytes: stored.length, sha256: hash('sha256', stored, 'hex') },
    found: false,
  }));
  const node = await service.tree.get(caller.accountId, target);
  const prepared = await prepareUpload(service, caller, { target, objects });
  for (const [at, { state }] of prepared.entries()) {
    const { id, stored } = blocks[at] ?? { id: '', stored: Buffer.alloc(0) };
    if (state === 'UPLOAD')
      await service.objects(MEMORY_REGION).put(objectKey(node?.domainId ?? '', id as never), stored);
  }
  const writes = blocks.map(({ id }, index) => ({ index, id }));
  const expectedVersion = node?.version ?? -1;
  await commitBlocks(service, caller, { target, expectedVersion, writes, trims: [] });
}

/** Ids by name. */
export type Named = ReadonlyMap<string, string>;

/** Disks with snapshots, a clone and an image, and an encrypted one; everything settled. */
export async function useCaseScene(keys: KeyService): Promise<{ harness: EngineHarness; ids: Named }> {
  const harness = createEngineHarness(11, { stepObjects: 3, plannedPlaces: 4096 });
  const service = memoryService(harness.deps, keys);
  await openMemoryAccount(service);
  const ids = new Map<string, string>();
  const disk = async (name: string, input: Partial<CreateDiskInput> = {}) =>
    void ids.set(name, (await createDisk(service, caller, newDisk(name, input))).id);
  const idOf = (name: string) => ids.get(name) ?? '';
  const snapshot = async (diskName: string, name: string) => {
    const input = { diskId: idOf(diskName), name, tags: [], clientToken: null };
    ids.set(name, (await createSnapshot(service, caller, input)).id);
  };
  await disk('plain');
  await write(service, idOf('plain'), [0, 1, 2]);
  await snapshot('plain', 'first');
  await write(service, idOf('plain'), [0, 3]);
  await snapshot('plain', 'second');
  await write(service, idOf('plain'), [4, 3, 2, 5]);
  await snapshot('plain', 'third');
  await write(service, idOf('plain'), [6]);
  await disk('clone', { snapshotId: idOf('first'), sizeBytes: null });
  await write(service, idOf('clone'), [7, 1]);
  const named = { snapshotId: idOf('second'), name: 'image', tags: [], clientToken: null };
  ids.set('image', (await createImage(service, caller, named)).id);
  await disk('leaving');
  await write(service, idOf('leaving'), [1, 2]);
  const automatic = { diskId: idOf('leaving'), kind: 'AUTO', name: 'auto1', tags: [] } as const;
  ids.set('auto1', (await takeSnapshot(service, caller, automatic, { operation: 'test', token: null })).id);
  await disk('sealed', { encrypted: true, encryptionKeyId: MEMORY_KEY });
  await writeSealed(harness, service, idOf('sealed'));
  await settleAll(harness);
  return { harness, ids };
}

/** Without keys, which only clients have: what looks like blocks. */
async function writeSealed(harness: EngineHarness, service: Service, target: string): Promise<void> {
  const blocks = [blockId(1), blockId(2)];
  const { domainId = '' } = (await service.tree.get(caller.accountId, target)) ?? {};
  await harness.storeBlocks(domainId, blocks);
  const writes = blocks.map((id, index) => ({ index, id }));
  await commitBlocks(service, caller, { target, expectedVersion: 0, writes, trims: [] });
}

/** The worker as the service composes it, which knows what to write into manifests. */
export async function settleAll(harness: EngineHarness): Promise<void> {
  const { catalogue, deps, messages } = harness;
  const worker = createLedgerWorker(deps, describeWith({ catalogue, regions: [MEMORY_REGION] }));
  for (let round = 0; catalogue.rows(entryEntity).length > 0; round++) {
    if (round > 50) throw new Error('the ledger never empties');
    for (const { shard, id } of catalogue.rows(entryEntity)) await worker.run(shard, id, Number.POSITIVE_INFINITY);
  }
  messages.length = 0;
}

/**
 * All that users can see, with names for ids, so that two courses of the same events can be
 * compared.
 */
export function userView({ catalogue }: EngineHarness): Record<string, readonly string[]> {
  const disks = catalogue.rows(diskEntity);
  const snapshots = catalogue.rows(snapshotEntity);
  const images = catalogue.rows(imageEntity);
  const trash = catalogue.rows(trashEntity);
  const names = new Map([...disks, ...snapshots, ...images, ...trash].map(({ id, name }) => [id, name]));
  const nodes = new Map(catalogue.rows(nodeEntity).map((node) => [node.id, node]));
  const text = (id: string | undefined) => names.get(id ?? '') ?? nodes.get(id ?? '')?.kind ?? 'nothing';
  const contents = (id: string) => {
    const { kind, hidden, trashed, version, root, parentId } = nodes.get(id) ?? { kind: 'no node' };
    return `${kind}${hidden === true ? ' hidden' : ''}${trashed === true ? ' trashed' : ''} v${kind === 'HEAD' ? version : 0} ${root?.slice(0, 8)} below ${text(parentId)}`;
  };
  const seen = {
    disks: disks.map(
      ({ id, name, status, sizeBytes, keyId, objectiveHours }) =>
        `${name} ${status} ${sizeBytes} ${keyId} ${objectiveHours} ${contents(id)}`,
    ),
    snapshots: snapshots.map(
      ({ id, name, kind, status, diskId, diskCount, imageCount, pinnedAt, retentionDays }) =>
        `${name} ${kind} ${status} of ${text(diskId)}, in use ${diskCount} ${imageCount}: ${contents(id)}` +
        `${pinnedAt === undefined ? '' : ', pinned'}, kept for ${retentionDays} days`,
    ),
    trash: trash.map(
      ({ id, kind, name, diskCount, imageCount, snapshotIds = [], withDiskId }) =>
        `${kind} ${name} in use ${diskCount} ${imageCount}, with ${snapshotIds.map(text)} ${text(withDiskId)}: ${contents(id)}`,
    ),
    images: images.map(({ id, name, snapshotId }) => `${name} of ${text(snapshotId)}: ${contents(id)}`),
    chains: catalogue
      .rows(chainEntity)
      .map(
        ({ id, manualCount, autoCount, trashCount = 0, diskReleased }) =>
          `${text(id)} ${manualCount} ${autoCount} ${trashCount} ${diskReleased}`,
      ),
    shown: [...nodes.values()].filter(({ hidden }) => !hidden).map(({ id }) => text(id)),
    objectives: catalogue.rows(tagObjectivesEntity).map(({ tags }) => JSON.stringify(tags)),
    jobs: catalogue.rows(jobEntity).map(({ kind }) => kind),
    keys: catalogue.rows(domainEntity).map(({ keyId }) => keyId ?? 'plain'),
    drafts: catalogue.rows(draftEntity).flatMap(({ state }) => (state === 'OPEN' ? [state] : [])),
    instances: catalogue.rows(instanceEntity).map(({ name, status }) => `${name} ${status}`),
    scrubs: catalogue
      .rows(scrubEntity)
      .map((row) => `${row.status} ${row.versionsRead} ${row.damaged} ${row.wrongCounts}`),
  };
  return Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, [...list].sort()]));
}
