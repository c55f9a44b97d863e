import { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsKeys } from './kms.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/** AWS's own KMS, with region and credentials from the environment. In a file of its own, so that only those who need it load its client. */
export function connectKms(): KeyService & KeyUnwrapper {
  return createKmsKeys(new KMSClient({}), { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand });
}
