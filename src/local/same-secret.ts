import { hash, timingSafeEqual } from 'node:crypto';

/** Takes the same time wherever the two differ, so that nobody can guess one byte by byte. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', secret, 'buffer'));
}
