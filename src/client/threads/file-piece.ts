import { createDecipheriv } from 'node:crypto';
import { readSync } from 'node:fs';
import type { FilePiece, SealedRun } from './tasks.ts';

const TAG_BYTES = 16;

/** Reads a piece of a file to its place in `slot`. */
export function readPiece({ fd, position, length, at, sealed }: FilePiece, slot: Buffer): void {
  const to = slot.subarray(at, at + length);
  if (sealed === undefined) readWhole(fd, to, position);
  else to.set(unseal(fd, sealed).subarray(position - sealed.position, position - sealed.position + length));
}

function unseal(fd: number, { key, nonce, additionalAt, additionalBytes, position, length }: SealedRun): Buffer {
  const additional = Buffer.alloc(additionalBytes);
  const sealed = Buffer.alloc(length + TAG_BYTES);
  readWhole(fd, additional, additionalAt);
  readWhole(fd, sealed, position);
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additional);
  cipher.setAuthTag(sealed.subarray(length));
  const plain = cipher.update(sealed.subarray(0, length));
  cipher.final();
  return plain;
}

function readWhole(fd: number, into: Buffer, position: number): void {
  let got = 0;
  while (got < into.length) {
    const bytes = readSync(fd, into, got, into.length - got, position + got);
    if (bytes === 0) throw new Error('a file is shorter than what was written to it');
    got += bytes;
  }
}
