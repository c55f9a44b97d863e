import { hash } from 'node:crypto';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import type { Service } from '../../src/service/service.ts';
import { blockOf, encodeBlock, type Upload } from './blocks.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from './memory-service.ts';
import { newDisk } from './use-case-scene.ts';

/** More than a commit reads back by itself. */
export const MANY = 9;

export interface StoredBlock extends Upload {
  readonly sha256: string;
}

/** Encoding takes a millisecond, and histories use few contents. */
const encoded = new Map<number, StoredBlock>();

/** A block that compresses well, in its stored form. */
export function goodBlock(value: number): StoredBlock {
  const known = encoded.get(value);
  if (known !== undefined) return known;
  const block = encodeBlock(blockOf(`block ${value}`));
  const made = { ...block, sha256: hash('sha256', block.stored, 'hex') };
  encoded.set(value, made);
  return made;
}

/** The whole stored form of another block under the id of this one. */
export const poisonedBlock = (value: number, by: number): StoredBlock => ({
  ...goodBlock(1000 + by),
  id: goodBlock(value).id,
});

export interface PoisonScene {
  readonly harness: EngineHarness;
  readonly service: Service;
  /** One disk of each. */
  readonly honest: string;
  readonly attacker: string;
  readonly keyOf: (id: string) => string;
}

/** An account with two plain disks, whose writers have keys of the same account. */
export async function poisonScene(seed = 1): Promise<PoisonScene> {
  const harness = createEngineHarness(seed);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const caller = serviceCaller(MEMORY_ACCOUNT);
  const [honest, attacker] = [
    await createDisk(service, caller, newDisk('honest')),
    await createDisk(service, caller, newDisk('attacker')),
  ];
  const keyOf = (id: string) => objectKey(honest.domainId, id as ObjectId);
  return { harness, service, honest: honest.id, attacker: attacker.id, keyOf };
}

/** Commits blocks from index 0 on, after they were put there by whatever means. */
export async function commitAll(
  { service }: Pick<PoisonScene, 'service'>,
  target: string,
  blocks: readonly StoredBlock[],
): Promise<void> {
  const { version = -1 } = (await service.tree.get(MEMORY_ACCOUNT, target)) ?? {};
  const writes = blocks.map(({ id }, index) => ({ index, id }));
  const input = { accountId: MEMORY_ACCOUNT, headId: target, expectedVersion: version, writes, trims: [], plain: true };
  await service.tree.commit(input);
}

/**
 * Puts blocks from this value on, of which the last is poisoned, and commits them for the attacker:
 * too many for the commit to read back.
 */
export async function commitPoisonAmongMany(scene: PoisonScene, first: number, by: number): Promise<void> {
  const good = Array.from({ length: MANY }, (_, at) => goodBlock(first + at));
  const blocks = [...good, poisonedBlock(first + MANY, by)];
  for (const { id, stored } of blocks) await scene.harness.objects.put(scene.keyOf(id), stored);
  await commitAll(scene, scene.attacker, blocks);
}

/** Of the rows that others rely on: whose bytes are not the block. */
export function believedBad({ harness, keyOf }: Pick<PoisonScene, 'harness' | 'keyOf'>, values: Iterable<number>) {
  const rows = new Map(harness.catalogue.rows(objectEntity).map((row) => [row.id, row]));
  return [...values].filter((value) => {
    const { id, stored } = goodBlock(value);
    const row = rows.get(id);
    if (row === undefined || row.isOrphan === true) return false;
    const isBelieved = row.damagedAt === undefined && row.tombstonedAt === undefined;
    return isBelieved && harness.objects.stored.get(keyOf(id))?.equals(stored) !== true;
  });
}
