import { awsSettings } from '../aws-settings.ts';
import { createKmsKeys } from './kms.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/**
 * AWS's own KMS, with region and credentials from the environment. Its client is loaded at the
 * first call: it takes a third of the CPU time of a CLI command, and a bundle would hoist an import
 * of it to the start of every one.
 */
export function connectKms(random: () => number): KeyService & KeyUnwrapper {
  let keys: Promise<KeyService & KeyUnwrapper> | undefined;
  const loaded = () => {
    keys ??= load(random);
    return keys;
  };
  return {
    generateWrapped: async (keyId) => (await loaded()).generateWrapped(keyId),
    unwrap: async (wrapped) => (await loaded()).unwrap(wrapped),
  };
}

async function load(random: () => number): Promise<KeyService & KeyUnwrapper> {
  const { KMSClient, ...commands } = await import('@aws-sdk/client-kms');
  return createKmsKeys({ client: new KMSClient(awsSettings()), commands, random });
}
