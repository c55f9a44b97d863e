import { invalid } from '../../platform/errors.ts';
import type { FileStore } from '../../platform/files/port.ts';
import { EXPORTS, IMPORTS } from '../../platform/objects/port.ts';
import type { Caller } from '../calls/caller.ts';
import type { ImportRow } from '../model/imports/rows.ts';
import type { ImportBucket, Service } from '../service.ts';

/** S3's own limit. */
const MOST_KEY_BYTES = 1024;
/** What an installation keeps in a bucket for itself: blocks, manifests, the audit, its mark. */
const RESERVED = ['objects/', 'manifests/', 'audit/', 'varve-owner.json'];

export type Source = Pick<ImportRow, 'bucket' | 'key'>;

/**
 * A caller who names a file decides what the service reads with its own rights. So only the stores
 * of regions and the operator's list of buckets are open, and no address comes from a caller. In a
 * bucket that several accounts use, a key has the account in it, unless the operator has opened a
 * prefix to all of them. What a Varve keeps for itself is open to nobody, also in a bucket of
 * another installation.
 */
export function requireSource(service: Service, caller: Caller, region: string, source: Source): Source {
  const { bucket, key } = source;
  const { accountId } = caller;
  const isPlain = key.isWellFormed() && !/\p{Cc}/u.test(key) && Buffer.byteLength(key) <= MOST_KEY_BYTES;
  // A store may take such names for a way to another file.
  const hasWays = key.split('/').some((name) => name === '' || name === '.' || name === '..');
  if (!isPlain || hasWays) throw invalid('from.key', 'is no plain key of a file');
  if (bucket === undefined) {
    if (isOwn(accountId, key)) return source;
    throw invalid('from.key', `must begin with ${IMPORTS}${accountId}/ or ${EXPORTS}${accountId}/`);
  }
  const open = bucketOf(service, accountId, region, bucket);
  if (open === undefined) throw invalid('from.bucket', 'is not open to this account in this region');
  if (!isOpenIn(open, accountId, key)) {
    const keys = open.prefix === undefined ? `${IMPORTS}${accountId}/ or ${EXPORTS}${accountId}/` : open.prefix;
    throw invalid('from.key', keys === '' ? 'is not open to this account' : `must begin with ${keys}`);
  }
  return source;
}

/**
 * The store that an import reads. Undefined: the operator has closed the bucket, or this part of
 * it.
 */
export function placeOf(
  service: Service,
  { accountId, region, bucket, key }: Pick<ImportRow, 'accountId' | 'region' | 'bucket' | 'key'>,
): FileStore | undefined {
  if (bucket === undefined) return service.files(region);
  const open = bucketOf(service, accountId, region, bucket);
  return open !== undefined && isOpenIn(open, accountId, key) ? open.files : undefined;
}

function bucketOf(
  { importBuckets }: Service,
  accountId: string,
  region: string,
  bucket: string,
): ImportBucket | undefined {
  const known = importBuckets.find((one) => one.bucket === bucket && one.region === region);
  return known?.accounts.includes(accountId) ? known : undefined;
}

const isOwn = (accountId: string, key: string): boolean =>
  [IMPORTS, EXPORTS].some((kind) => key.startsWith(`${kind}${accountId}/`));

function isOpenIn({ prefix }: ImportBucket, accountId: string, key: string): boolean {
  if (isOwn(accountId, key)) return prefix === undefined || key.startsWith(prefix);
  if (prefix === undefined || !key.startsWith(prefix)) return false;
  return ![IMPORTS, EXPORTS, ...RESERVED].some((kind) => key.startsWith(kind));
}
