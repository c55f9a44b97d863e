import { readSync, writeSync } from 'node:fs';
import { sizeText } from '../../platform/size-text.ts';
import { isBadPlace, whyNotWritten } from '../errno.ts';
import { ClientError } from '../errors.ts';
import type { ByteRange, ImageFile } from './tasks.ts';

/** As `readSync`: tests put faulty media in its place. */
export type ReadAt = (fd: number, into: Buffer, at: number, length: number, position: number) => number;

/** A page: what the kernel reads of a medium at once, and a physical sector of today's disks. */
const STEP_BYTES = 4096;

/**
 * Fills `part` with the bytes of the image from `begin` on, and with zeros what lies beyond its
 * size. Data that ends before the size does is an error, never zeros (rule 9.7).
 */
export function readImage(image: ImageFile, begin: number, part: Buffer, read: ReadAt = readSync): void {
  const wanted = bytesInside(image, begin, part.length);
  for (let got = 0; got < wanted; ) {
    const position = begin + got;
    const bytes = orExplain(
      () => read(image.fd, part, got, wanted - got, position),
      (error) => unreadable(image, position, error),
    );
    if (bytes === 0) throw endedEarly(image, position);
    got += bytes;
  }
  part.fill(0, wanted);
}

/**
 * As `readImage`, page by page: those that cannot be read become zeros. Returns the ranges of
 * these.
 */
export function rescueImage(image: ImageFile, begin: number, part: Buffer, read: ReadAt = readSync): ByteRange[] {
  const wanted = bytesInside(image, begin, part.length);
  const lost: { offsetBytes: number; lengthBytes: number }[] = [];
  for (let at = 0; at < wanted; at += STEP_BYTES) {
    const step = part.subarray(at, Math.min(at + STEP_BYTES, wanted));
    try {
      readImage(image, begin + at, step, read);
    } catch (error) {
      if (!isUnreadablePlace(error)) throw error;
      step.fill(0);
      const last = lost.at(-1);
      if (last && last.offsetBytes + last.lengthBytes === begin + at) last.lengthBytes += step.length;
      else lost.push({ offsetBytes: begin + at, lengthBytes: step.length });
    }
  }
  part.fill(0, wanted);
  return lost;
}

/** Writes as much of `bytes` as lies within the image. */
export function writeImage(image: ImageFile, begin: number, bytes: Buffer): void {
  const wanted = bytesInside(image, begin, bytes.length);
  for (let done = 0; done < wanted; ) {
    const position = begin + done;
    done += orExplain(
      () => writeSync(image.fd, bytes, done, wanted - done, position),
      (error) => unwritable(image, position, error),
    );
  }
}

/** Whether the source could not be read at one place, while others may be readable. */
export function isUnreadablePlace(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'SourceUnusable' && isBadPlace(error.extra.errno);
}

function bytesInside({ sizeBytes }: ImageFile, begin: number, length: number): number {
  return Math.min(length, Math.max(sizeBytes - begin, 0));
}

function orExplain(act: () => number, explain: (error: unknown) => ClientError): number {
  try {
    return act();
  } catch (error) {
    throw explain(error);
  }
}

export function unreadable({ path }: ImageFile, offsetBytes: number, error: unknown): ClientError {
  const { code: errno = 'unknown' } = error as NodeJS.ErrnoException;
  const message = `${path} cannot be read at offset ${sizeText(offsetBytes)} (${errno}).`;
  return new ClientError('SourceUnusable', message, { path, offsetBytes, errno }, error);
}

export function endedEarly({ path, sizeBytes }: ImageFile, offsetBytes: number): ClientError {
  const place = `at offset ${sizeText(offsetBytes)}, of ${sizeText(sizeBytes)}`;
  const message = `${path} became shorter while it was read: it ended ${place}.`;
  return new ClientError('SourceUnusable', message, { path, offsetBytes, sizeBytes });
}

function unwritable({ path }: ImageFile, offsetBytes: number, error: unknown): ClientError {
  const message = `Cannot write ${path} at offset ${sizeText(offsetBytes)}: ${whyNotWritten(error)}.`;
  return new ClientError('OutputUnusable', message, { path, offsetBytes }, error);
}
