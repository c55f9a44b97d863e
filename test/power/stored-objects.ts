import { hash } from 'node:crypto';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { type BlockKeys, blockIdOf, decodeObject, requireSealedForm } from '../../src/engine/blocks/object-form.ts';

/**
 * Looks into stored objects. The same bytes under the same id are taken apart once, however many
 * cuts leave them.
 */
export interface StoredObjects {
  /** SHA-256 of the plain block. Throws if the bytes are not those of the id. */
  blockSum(id: ObjectId, stored: Buffer, keys: BlockKeys | undefined): ObjectId;
  /** Throws if the bytes cannot be those of the id, as far as can be told without a key. */
  require(id: ObjectId, stored: Buffer): void;
}

const SEALED_AT = 5;

export function createStoredObjects(): StoredObjects {
  const sums = new Map<string, ObjectId>();
  const remembered = (id: ObjectId, stored: Buffer, kind: string, look: () => ObjectId) => {
    const name = `${kind} ${id} ${hash('sha256', stored, 'hex')}`;
    const sum = sums.get(name) ?? look();
    sums.set(name, sum);
    return sum;
  };
  return {
    blockSum: (id, stored, keys) =>
      remembered(id, stored, 'block', () => {
        const plain = decodeObject(stored, { id, keys, plainBytes: BLOCK_BYTES });
        return keys === undefined ? id : blockIdOf(plain);
      }),
    require: (id, stored) => {
      remembered(id, stored, 'any', () => {
        const isSealed = stored.length !== BLOCK_BYTES && stored[SEALED_AT] === 1;
        if (isSealed) requireSealedForm(stored, id);
        else decodeObject(stored, { id });
        return id;
      });
    },
  };
}
