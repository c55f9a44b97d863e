import {
  closeSync,
  fstatSync,
  futimesSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { gmac } from './block-check.ts';
import type { EntryOutcome, EntryPlace } from './tasks.ts';

/*
 * An entry of the cache folder:
 *
 *      0  4  magic "VRVC"
 *      4  1  version, 1
 *      5  1  form: 0 the plain block, 1 the sealed stored form
 *      6  2  0
 *      8  4  length of the payload, little-endian
 *     12 16  check of the payload, see checkOf
 *     28  4  0
 *     32  …  payload
 */
export const ENTRY_HEAD_BYTES = 32;
const MAGIC = 'VRVC';
const VERSION = 1;
const CHECK_AT = 12;
const CHECK_BYTES = 16;
/**
 * A file's time of use is written at most this often: the folder's bound is a matter of hours, not
 * of seconds.
 */
export const TOUCH_AFTER_MS = 10 * 60_000;

/**
 * A GMAC of 128 bits under the block's own id shows whether an entry is what was put in, which had
 * been checked against that id. It guards against faulty media, at a tenth of what the id itself
 * costs (42 against 400 µs a block). Against other users it need not: those that may write to the
 * folder could run this program as well.
 */
function checkOf(payload: Uint8Array, id: string): Buffer {
  return gmac(Buffer.from(id, 'hex'), payload);
}

/** Writes beside and renames: other processes see the whole entry or none. */
export function writeEntry({ path, id, sealed }: EntryPlace, payload: Uint8Array): void {
  const head = Buffer.alloc(ENTRY_HEAD_BYTES);
  head.write(MAGIC, 'latin1');
  head[4] = VERSION;
  head[5] = sealed ? 1 : 0;
  head.writeUInt32LE(payload.length, 8);
  checkOf(payload, id).copy(head, CHECK_AT);
  const beside = `${path}.${process.pid}-${threadId}.new`;
  try {
    const fd = openForWriting(beside);
    try {
      const wanted = head.length + payload.length;
      const written = writevSync(fd, [head, payload]);
      if (written !== wanted) throw new Error('the cache entry was not written whole');
    } finally {
      closeSync(fd);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'w', 0o600);
  }
}

/** The bytes of the payload, which then lies in `into`. */
export function readEntry({ path, id, sealed }: EntryPlace, into: Buffer): number | Exclude<EntryOutcome, 'HIT'> {
  let fd: number;
  try {
    fd = openSync(path, 'r+');
  } catch {
    return 'MISS';
  }
  try {
    const { size, mtimeMs } = fstatSync(fd);
    const bytes = size - ENTRY_HEAD_BYTES;
    const head = Buffer.alloc(ENTRY_HEAD_BYTES);
    if (bytes < 1 || bytes > into.length || readSync(fd, head, 0, ENTRY_HEAD_BYTES, 0) !== ENTRY_HEAD_BYTES)
      return 'DAMAGED';
    if (!isHead(head, bytes, sealed)) return 'DAMAGED';
    const payload = into.subarray(0, bytes);
    if (readSync(fd, payload, 0, bytes, ENTRY_HEAD_BYTES) !== bytes) return 'DAMAGED';
    if (!checkOf(payload, id).equals(head.subarray(CHECK_AT, CHECK_AT + CHECK_BYTES))) return 'DAMAGED';
    const now = Date.now();
    if (now - mtimeMs > TOUCH_AFTER_MS) futimesSync(fd, now / 1000, now / 1000);
    return bytes;
  } catch {
    return 'DAMAGED';
  } finally {
    closeSync(fd);
  }
}

function isHead(head: Buffer, payloadBytes: number, sealed: boolean): boolean {
  return (
    head.toString('latin1', 0, 4) === MAGIC &&
    head[4] === VERSION &&
    head[5] === (sealed ? 1 : 0) &&
    head.readUInt32LE(8) === payloadBytes
  );
}
