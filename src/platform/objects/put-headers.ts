import type { PutCondition, PutContent } from './port.ts';

/** Bind an upload to its length and, where the store checks it, to its contents. */
export function contentHeaders({ sizeBytes, sha256 }: PutContent): Record<string, string> {
  return {
    'content-length': `${sizeBytes}`,
    'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
  };
}

/** The store takes the upload only if this lies under its key. */
export function conditionHeader(when: PutCondition): Record<string, string> {
  return when === 'absent' ? { 'if-none-match': '*' } : { 'if-match': when.etag };
}
