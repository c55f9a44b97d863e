import { hash } from 'node:crypto';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import type { Service } from '../../src/service/service.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from './memory-service.ts';
import { newDisk } from './use-case-scene.ts';

/** More than a commit reads back by itself. */
export const MANY = 9;

export interface StoredBlock {
  readonly id: ObjectId;
  readonly stored: Buffer;
  readonly sha256: string;
}

/**
 * A block that compresses well, in its stored form. Encoding takes a millisecond, and histories use
 * few contents.
 */
export function goodBlock(value: number): StoredBlock {
  const known = encoded.get(value);
  if (known !== undefined) return known;
  const plain = Buffer.alloc(BLOCK_BYTES, `block ${value} `);
  const id = blockIdOf(plain);
  const stored = encodeObject(plain, { id });
  const made = { id, stored, sha256: hash('sha256', stored, 'hex') };
  encoded.set(value, made);
  return made;
}
const encoded = new Map<number, StoredBlock>();

/** A whole stored form under the id of another block. */
export const poisoned = (value: number, by: number): StoredBlock => ({
  ...goodBlock(value),
  ...{ stored: goodBlock(1000 + by).stored, sha256: goodBlock(1000 + by).sha256 },
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

/** Of the rows that others rely on: whose bytes are not the block. */
export function believedBad({ harness, keyOf }: Pick<PoisonScene, 'harness' | 'keyOf'>, values: Iterable<number>) {
  const rows = new Map(harness.catalogue.rows(objectEntity).map((row) => [row.id, row]));
  return [...values].filter((value) => {
    const { id, stored } = goodBlock(value);
    const row = rows.get(id);
    const isBelieved = row !== undefined && row.damagedAt === undefined && row.isOrphan !== true;
    return (
      isBelieved && row.tombstonedAt === undefined && harness.objects.stored.get(keyOf(id))?.equals(stored) !== true
    );
  });
}
