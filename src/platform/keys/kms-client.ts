import { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, KMSClient } from '@aws-sdk/client-kms';
import { awsSettings } from '../aws-settings.ts';
import { createKmsKeys } from './kms.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/** AWS's own KMS, with region and credentials from the environment. In a file of its own, so that only those who need it load its client. */
export function connectKms(random: () => number): KeyService & KeyUnwrapper {
  const commands = { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand };
  return createKmsKeys({ client: new KMSClient(awsSettings()), commands, random });
}
