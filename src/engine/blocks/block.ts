/** Bytes of one block: the block size of the EBS direct APIs, so that tools of that world fit. */
export const BLOCK_BYTES = 512 * 1024;

/** Children of one page. */
export const PAGE_FANOUT = 1024;

/** Highest page level: 1024^4 blocks of 512 KiB are 512 PiB, far above {@link MAX_DISK_BYTES}. */
export const MAX_LEVEL = 3;

/** 64 TiB, the largest volume of large clouds' block storage. */
export const MAX_DISK_BYTES = 64 * 1024 ** 4;

/** An object's id: 64 lower-case hex digits (SHA-256, or HMAC-SHA-256 in encrypted domains). */
export type ObjectId = string & { readonly __brand: 'ObjectId' };

/**
 * Names the complete contents of a disk: the id of its top page, or `EMPTY` where every block is a
 * hole.
 */
export type Root = ObjectId | 'empty';
export const EMPTY: Root = 'empty';

const ID_PATTERN = /^[0-9a-f]{64}$/;

export function isObjectId(text: string): text is ObjectId {
  return ID_PATTERN.test(text);
}

/** Where an object lies in the store. */
export function objectKey(domainId: string, id: ObjectId): string {
  return `objects/${domainId}/${id}`;
}

export function blockCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_BYTES);
}
