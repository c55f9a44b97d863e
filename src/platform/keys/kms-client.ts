import { awsSettings } from '../aws-settings.ts';
import { createKmsKeys } from './kms.ts';
import type { KeyService, KeyUnwrapper } from './port.ts';

/**
 * AWS's own KMS, with region and credentials from the environment, and that of the region which a
 * key's ARN names. Its client is loaded at the first call: it takes a third of the CPU time of a
 * CLI command, and a bundle would hoist an import of it to the start of every one.
 */
export function connectKms(
  random: () => number,
  awsRegionOf: (regionId: string) => string | undefined = () => undefined,
): KeyService & KeyUnwrapper {
  let keys: Promise<KeyService & KeyUnwrapper> | undefined;
  const loaded = () => {
    keys ??= load(random, awsRegionOf);
    return keys;
  };
  return {
    generateWrapped: async (keyId) => (await loaded()).generateWrapped(keyId),
    rewrap: async (key, regionId) => (await loaded()).rewrap(key, regionId),
    unwrap: async (wrapped) => (await loaded()).unwrap(wrapped),
  };
}

async function load(random: () => number, awsRegionOf: (regionId: string) => string | undefined) {
  const { KMSClient, ...commands } = await import('@aws-sdk/client-kms');
  const clients = new Map<string | undefined, InstanceType<typeof KMSClient>>();
  const clientOf = (region?: string) => {
    const client = clients.get(region) ?? new KMSClient({ ...awsSettings(), ...(region !== undefined && { region }) });
    clients.set(region, client);
    return client;
  };
  return createKmsKeys({ clientOf, awsRegionOf, commands, random });
}
