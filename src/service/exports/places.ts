import { invalid } from '../../platform/errors.ts';
import type { FileStore } from '../../platform/files/port.ts';
import { EXPORTS } from '../../platform/objects/port.ts';
import type { Caller } from '../calls/caller.ts';
import type { ExportRow } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';

/**
 * A caller who names a bucket decides where the service writes with its own rights: into a bucket
 * of somebody else, or to an address inside the network. So only the operator's list of buckets is
 * open, each to the accounts that it names, and no address comes from a caller.
 */
export function requireBucket(service: Service, caller: Caller, region: string, bucket: string): string {
  const known = service.exportBuckets.find((one) => one.bucket === bucket && one.region === region);
  if (known === undefined || !known.accounts.includes(caller.accountId))
    throw invalid('bucket', 'is not open to this account in this region');
  return bucket;
}

/** The id of the export is in the key, so no file is ever written over. */
export function newKey(
  { accountId, id, format }: Pick<ExportRow, 'accountId' | 'id' | 'format'>,
  imageName: string,
): string {
  const name = `${plainName(imageName)}.${format === 'QCOW2' ? 'qcow2' : 'img'}`;
  return `${EXPORTS}${accountId}/${id}/${name}`;
}

/** The store of an export's file. Undefined: the operator has taken the bucket from the list. */
export function placeOf(
  service: Service,
  { region, bucket }: Pick<ExportRow, 'region' | 'bucket'>,
): FileStore | undefined {
  if (bucket === undefined) return service.files(region);
  return service.exportBuckets.find((one) => one.bucket === bucket && one.region === region)?.files;
}

const MOST_CHARACTERS = 64;

/** As every file system and URL takes it. */
function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '');
  return plain.slice(0, MOST_CHARACTERS) || 'image';
}
