import type * as Kms from '@aws-sdk/client-kms';
import { VarveError } from '../errors.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/**
 * Keys under AWS KMS. The service needs `kms:GenerateDataKeyWithoutPlaintext` alone: only clients, with rights of their own,
 * unwrap. The encryption context stands in KMS's audit trail, and policies can ask for it.
 */
export const ENCRYPTION_CONTEXT = { 'varve:use': 'domain-data-key' };

/** The commands come from the caller: the CLI loads the SDK, which takes longer than most of its commands, only where a key is under KMS. */
export function createKmsKeys(
  client: Kms.KMSClient,
  commands: Pick<typeof Kms, 'DecryptCommand' | 'GenerateDataKeyWithoutPlaintextCommand'>,
): KeyService & KeyUnwrapper {
  return {
    async generateWrapped(keyId) {
      const command = new commands.GenerateDataKeyWithoutPlaintextCommand({
        KeyId: keyId,
        KeySpec: 'AES_256',
        EncryptionContext: ENCRYPTION_CONTEXT,
      });
      const answer = await translated(keyId, client.send(command));
      // the ARN, as an alias may point elsewhere tomorrow
      return { keyId: answer.KeyId ?? keyId, wrapped: Buffer.from(bytesOf(answer.CiphertextBlob)).toString('base64') };
    },

    async unwrap({ keyId, wrapped }) {
      const command = new commands.DecryptCommand({
        KeyId: keyId,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: ENCRYPTION_CONTEXT,
      });
      const answer = await translated(keyId, client.send(command));
      return Buffer.from(bytesOf(answer.Plaintext));
    },
  };
}

/** What KMS says when the key, as it is now, is not for this caller: trying again changes nothing. */
const REFUSALS = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidArnException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'ValidationException',
]);

async function translated<Answer>(keyId: string, sent: Promise<Answer>): Promise<Answer> {
  try {
    return await sent;
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if (REFUSALS.has(name ?? '')) {
      throw new VarveError('KeyUnavailable', `KMS refuses the use of key ${keyId}: ${name}.`, { keyId }, error);
    }
    if (name === 'ThrottlingException' || ($metadata?.httpStatusCode ?? 0) >= 500) {
      throw new VarveError('Throttled', 'KMS is busy.', { retryAfterMs: 1000 }, error);
    }
    throw error;
  }
}

function bytesOf(blob: Uint8Array | undefined): Uint8Array {
  if (!blob) throw new VarveError('Internal', 'KMS answered without a key.');
  return blob;
}
