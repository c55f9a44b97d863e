import { hash } from 'node:crypto';
import { OWNER_KEY, type Owner, readOwner, writeOwner } from '../../platform/objects/owner.ts';
import type { ObjectStore, PutCondition } from '../../platform/objects/port.ts';
import type { S3Address } from '../../platform/objects/s3-address.ts';
import { StartError } from '../start-error.ts';
import { asked, asStartError, placeName, whyRefused } from './look.ts';

const TTL_SECONDS = 300;

/**
 * Makes a bucket without an owner this installation's. Of two that come at the same time one is
 * refused. Throws `StartError`.
 */
export async function claimBucket(objects: ObjectStore, address: S3Address, owner: Owner): Promise<void> {
  try {
    const answer = await putIf(objects, writeOwner(owner), 'absent');
    if (answer.status === 200) return;
    if (answer.status !== 412) throw new StartError(whyRefused(answer, address, Date.now()));
    const bytes = await objects.get(OWNER_KEY);
    const found = bytes && readOwner(bytes);
    // It may be the first attempt of this call, whose answer was lost.
    if (found?.id !== owner.id) throw new StartError(whyForeign(address, found));
  } catch (error) {
    throw asStartError(error, address);
  }
}

export function whyForeign(address: S3Address, owner: Owner | 'unreadable' | undefined): string {
  const whose = typeof owner === 'object' ? `${owner.what}, since ${owner.since}` : `${OWNER_KEY} does not say which`;
  return (
    `The ${placeName(address)} belongs to another installation (${whose}): two in one bucket would ` +
    "delete each other's objects. Choose another bucket."
  );
}

const OTHER_ETAG = '"00000000000000000000000000000000"';

/**
 * Whether the store holds the conditions of uploads: without them, any client could replace what
 * others have stored. Tried on the owner's object with its own bytes, so it changes nothing.
 */
export async function proveConditions(objects: ObjectStore, address: S3Address): Promise<void> {
  try {
    const bytes = await objects.get(OWNER_KEY);
    if (bytes === undefined)
      throw new StartError(
        `The ${placeName(address)} does not give back what was just stored: it cannot keep objects.`,
      );
    const conditions: readonly (readonly [string, PutCondition])[] = [
      ['If-None-Match', 'absent'],
      ['If-Match', { etag: OTHER_ETAG }],
    ];
    for (const [header, when] of conditions) {
      const { status } = await putIf(objects, bytes, when);
      if (status === 412) continue;
      throw new StartError(
        `The object store does not keep conditional writes (it answered ${status} to ${header}), so clients could ` +
          "replace each other's objects: choose a store that keeps them.",
      );
    }
  } catch (error) {
    throw asStartError(error, address);
  }
}

async function putIf(objects: ObjectStore, bytes: Uint8Array, when: PutCondition) {
  const content = { sizeBytes: bytes.length, sha256: hash('sha256', bytes, 'hex') };
  const { url, headers } = await objects.signPut(OWNER_KEY, content, { ttlSeconds: TTL_SECONDS, when });
  return asked('PUT', url, { headers, body: bytes });
}
