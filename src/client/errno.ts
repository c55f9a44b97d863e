/** What the system's error codes mean to a person. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'the directory does not exist',
  EROFS: 'the file system is read-only',
  EFBIG: 'the file system does not take files so large',
  EPIPE: 'the reader has gone',
  ELOOP: 'its symbolic links lead nowhere',
};

export function whyNotWritten(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ''] ?? message;
}

/**
 * What the kernel answers for a place of a medium that cannot be read while others can: a bad
 * sector, or a checksum of the file system that does not fit. A device that has gone answers
 * otherwise.
 */
const BAD_PLACES: ReadonlySet<unknown> = new Set(['EIO', 'ENODATA', 'EREMOTEIO', 'EILSEQ', 'EBADMSG', 'EUCLEAN']);

export function isBadPlace(code: unknown): boolean {
  return BAD_PLACES.has(code);
}
