import type * as Kms from '@aws-sdk/client-kms';
import { REQUEST_MS } from '../aws-settings.ts';
import { VarveError } from '../errors.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/**
 * Keys under AWS KMS. The service needs `kms:GenerateDataKeyWithoutPlaintext` alone: only clients,
 * with rights of their own, unwrap. The encryption context stands in KMS's audit trail, and
 * policies can ask for it.
 */
export const ENCRYPTION_CONTEXT = { 'varve:use': 'domain-data-key' };

export interface KmsKeysOptions {
  /** The client of a region of AWS; of the environment's where none is named. */
  readonly clientOf: (awsRegion?: string) => Kms.KMSClient;
  /** Where a region of the installation is; absent: in the environment's. */
  readonly awsRegionOf: (regionId: string) => string | undefined;
  /**
   * From the caller: the CLI loads the SDK, which takes longer than most of its commands, only
   * where a key is under KMS.
   */
  readonly commands: Pick<typeof Kms, 'DecryptCommand' | 'GenerateDataKeyWithoutPlaintextCommand' | 'ReEncryptCommand'>;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

const RETRY: RetryLimits = {
  attempts: 8,
  attemptMs: REQUEST_MS,
  totalMs: 10_000,
  firstWaitMs: 50,
  longestWaitMs: 2000,
};

export function createKmsKeys({
  clientOf,
  awsRegionOf,
  commands,
  random,
  retry,
}: KmsKeysOptions): KeyService & KeyUnwrapper {
  const patiently = <T>(keyId: string, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withRetries({ ...RETRY, ...retry, what: 'KMS', random }, (signal) => translated(keyId, attempt(signal)));
  const clientFor = (keyId: string) => clientOf(regionOfArn(keyId));
  return {
    async generateWrapped(keyId) {
      const command = new commands.GenerateDataKeyWithoutPlaintextCommand({
        KeyId: keyId,
        KeySpec: 'AES_256',
        EncryptionContext: ENCRYPTION_CONTEXT,
      });
      const answer = await patiently(keyId, (abortSignal) => clientFor(keyId).send(command, { abortSignal }));
      // the ARN, as an alias may point elsewhere tomorrow
      return { keyId: answer.KeyId ?? keyId, wrapped: Buffer.from(bytesOf(answer.CiphertextBlob)).toString('base64') };
    },

    async rewrap({ keyId, wrapped }, regionId) {
      const there = keyIn(keyId, awsRegionOf(regionId));
      const command = new commands.ReEncryptCommand({
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        SourceKeyId: there,
        SourceEncryptionContext: ENCRYPTION_CONTEXT,
        DestinationKeyId: there,
        DestinationEncryptionContext: ENCRYPTION_CONTEXT,
      });
      const answer = await patiently(there, (abortSignal) => clientFor(there).send(command, { abortSignal }));
      return { keyId: there, wrapped: Buffer.from(bytesOf(answer.CiphertextBlob)).toString('base64') };
    },

    async unwrap({ keyId, wrapped }) {
      const command = new commands.DecryptCommand({
        KeyId: keyId,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: ENCRYPTION_CONTEXT,
      });
      const answer = await patiently(keyId, (abortSignal) => clientFor(keyId).send(command, { abortSignal }));
      return Buffer.from(bytesOf(answer.Plaintext));
    },
  };
}

const ARN = /^(arn:[^:]+:kms:)([^:]+)(:.+)$/;

const regionOfArn = (keyId: string): string | undefined => ARN.exec(keyId)?.[2];

/**
 * The key in another region of AWS: a multi-Region key is the same there, with the region in its
 * ARN alone. Any other exists in its own region only.
 */
function keyIn(keyId: string, awsRegion: string | undefined): string {
  const [, before, own, after = ''] = ARN.exec(keyId) ?? [];
  if (own === undefined || awsRegion === undefined || own === awsRegion) return keyId;
  if (after.includes(':key/mrk-')) return `${before}${awsRegion}${after}`;
  const message = `Key ${keyId} is not a multi-Region key: it cannot be used in ${awsRegion}.`;
  throw new VarveError('KeyUnavailable', message, { keyId });
}

/**
 * What KMS says when the key, as it is now, is not for this caller: trying again changes nothing.
 */
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
    const { name } = error as Error;
    if (!REFUSALS.has(name)) throw error;
    throw new VarveError('KeyUnavailable', `KMS refuses the use of key ${keyId}: ${name}.`, { keyId }, error);
  }
}

function bytesOf(blob: Uint8Array | undefined): Uint8Array {
  if (!blob) throw new VarveError('Internal', 'KMS answered without a key.');
  return blob;
}
