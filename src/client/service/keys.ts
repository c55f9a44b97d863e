import { type BlockKeys, deriveBlockKeys } from '../../engine/blocks/object-form.ts';
import { VarveError } from '../../platform/errors.ts';
import { createFileKeys } from '../../platform/keys/file.ts';
import type { KeyUnwrapper, WrappedKey } from '../../platform/keys/port.ts';
import { ClientError } from '../errors.ts';
import type { Account } from './account.ts';

/**
 * Opens data keys by a key file or by KMS, whichever their master key belongs to. KMS's client is
 * loaded when needed.
 */
export function createUnwrapper(keyFile: string | undefined): KeyUnwrapper {
  return {
    unwrap: async (key) => {
      if (isKmsKey(key)) return (await kmsUnwrapper()).unwrap(key);
      if (keyFile !== undefined) return createFileKeys({ path: keyFile }).unwrap(key);
      throw new VarveError('KeyUnavailable', `No key file is given, and key ${key.keyId} must come from one.`);
    },
  };
}

/**
 * The keys of a disk's or snapshot's encryption domain, to be held in memory alone. Undefined for a
 * plain one.
 */
export async function blockKeysOf(
  account: Account,
  unwrapper: KeyUnwrapper,
  id: string,
): Promise<BlockKeys | undefined> {
  const wrapped = await account.wrappedKey(id);
  if (!wrapped) return undefined;
  try {
    return deriveBlockKeys(await unwrapper.unwrap(wrapped));
  } catch (error) {
    if (error instanceof VarveError) throw new ClientError(error.code, error.message, error.extra, error);
    throw error;
  }
}

/** KMS names its keys by ARN once they were used. */
function isKmsKey({ keyId }: WrappedKey): boolean {
  return keyId.startsWith('arn:');
}

async function kmsUnwrapper(): Promise<KeyUnwrapper> {
  const { connectKms } = await import('../../platform/keys/kms-client.ts');
  return connectKms(Math.random);
}
