import type { ObjectId } from '../../engine/blocks/block.ts';
import { decodeObject, isBare, requireSealedForm } from '../../engine/blocks/object-form.ts';

const FLAGS_AT = 5;
const FLAG_SEALED = 1;

/**
 * Why an object is not what its key says, or nothing. Of what is sealed only the form can be seen.
 */
export function whyDamaged(bytes: Buffer, key: string): string | undefined {
  const id = key.slice(key.lastIndexOf('/') + 1) as ObjectId;
  try {
    const isSealed = !isBare(bytes.length) && ((bytes[FLAGS_AT] ?? 0) & FLAG_SEALED) !== 0;
    if (isSealed) requireSealedForm(bytes, id);
    else decodeObject(bytes, { id });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
