import { systemClock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/config.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { createS3Objects } from '../../platform/objects/s3.ts';
import { s3Environment } from '../../platform/objects/s3-address.ts';
import { connectS3 } from '../../platform/objects/s3-client.ts';
import { StartError } from '../start-error.ts';

/** The part of a bucket below a prefix. */
export interface RemotePlace {
  readonly name: string;
  get(name: string): Promise<Buffer | undefined>;
  put(name: string, bytes: Uint8Array): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  /** Sizes by name, of everything that is there. */
  list(): Promise<Map<string, number>>;
}

/**
 * `s3://bucket/prefix`, with the credentials, the region and the endpoint that the environment
 * gives the AWS SDK. Throws `StartError`.
 */
export function openRemotePlace(text: string, environment: Environment): RemotePlace {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})(?:\/(.*))?$/.exec(text) ?? [];
  if (bucket === undefined) {
    throw new StartError(`${text} is no place in an object store: give s3://bucket/prefix.`);
  }
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  const prefix = trimmed === '' ? '' : `${trimmed}/`;
  const { region, endpoint, pathStyle = false } = s3Environment(environment);
  const client = connectS3({ region, endpoint, pathStyle });
  const objects: ObjectStore = createS3Objects({ client, bucket, clock: systemClock, random: Math.random });
  return {
    name: `s3://${bucket}/${trimmed}`,
    get: (name) => objects.get(prefix + name),
    put: (name, bytes) => objects.put(prefix + name, bytes),
    remove: async (names) => {
      for (let at = 0; at < names.length; at += REMOVED_AT_ONCE)
        await objects.remove(names.slice(at, at + REMOVED_AT_ONCE).map((name) => prefix + name));
    },
    list: async () => {
      const found = new Map<string, number>();
      for await (const page of pagesOfKeys(objects, prefix))
        for (const { key, sizeBytes } of page) found.set(key.slice(prefix.length), sizeBytes);
      return found;
    },
  };
}

const REMOVED_AT_ONCE = 1000;
