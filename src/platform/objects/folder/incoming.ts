import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { createBreather } from './breather.ts';
import { isClientsPart, stagedIn } from './direct.ts';
import { decodeSegment, encodeSegment } from './layout.ts';
import { missing } from './missing.ts';
import { statNow } from './stat-now.ts';

/** An object that was uploaded, is not durable yet, and is seen like any other. */
export interface Staged {
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Of its bytes, as they were checked when they came in; hex. */
  readonly sha256: string;
  /** Whether this process wrote it. Else a power cut may have left other bytes under its name. */
  readonly isOwn: boolean;
  /**
   * Its bytes and its length outlive a power cut once this resolves. Absent: nobody has asked for
   * it yet.
   */
  readonly synced?: Promise<void>;
}

export interface NewUpload {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Of the bytes; hex. */
  readonly sha256: string;
  /** Syncs it as soon as it is written, so that it is soon durable later. */
  readonly sync?: (path: string) => Promise<void>;
}

/** A file that somebody else writes here. */
export interface CopyTarget {
  /** Where it is written. After a failure nothing is there. */
  readonly part: string;
  /** What it is renamed to, around the SHA-256 of its bytes in hex. */
  readonly name: { readonly before: string; readonly after: string };
}

/** What has been uploaded and not been made durable: one file each, whose name says what it is. */
export interface Incoming {
  /** Its bytes are those of its name. */
  get(key: string): Promise<Staged | undefined>;
  /**
   * Looks for what clients in the folder have staged. Under a key that has an object already, or
   * something that is staged, theirs is deleted. What was there before the call is seen.
   */
  takeIn(): Promise<void>;
  keys(): string[];
  /**
   * Takes the place of what was staged under the key before. False if it may not be added when its
   * bytes are written: then nothing changes.
   */
  add(upload: NewUpload, mayAdd: () => boolean): Promise<boolean>;
  /** Where a file is written that {@link adopt} is told of. */
  targetOf(key: string): CopyTarget;
  /** Takes the place of what was staged under the key before. */
  adopt(staged: Omit<Staged, 'isOwn'>): Promise<void>;
  /** Forgets it, unless something newer has come in; the file stays. */
  forget(staged: Staged): void;
  /** Forgets it and deletes the file. */
  drop(key: string): Promise<void>;
  /** A file of its own for bytes that nobody may see yet. */
  write(bytes: Uint8Array): Promise<string>;
}

const PART = '.part';
/** `<serial>-<sha256>-<key>` */
const NAME = /^(\d+)-([0-9a-f]{64})-(.+)$/;

/** A client that writes one object needs less. */
const LONGEST_WRITE_MS = 3_600_000;

export interface IncomingDeps {
  readonly clock: Clock;
  /** Whether an object lies in the place of this key. */
  readonly isInPlace: (key: string) => boolean;
}

/** Takes over what an earlier process left in the folder; what was cut off there is deleted. */
export async function openIncoming(folder: string, { clock, isInPlace }: IncomingDeps): Promise<Incoming> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { staged, lastSerial } = await takeOver(folder);
  let serial = lastSerial;

  /** What clients stage while this process runs is written by the same kernel: `isOwn`. */
  const lookFor = async (isOwn: boolean): Promise<void> => {
    const known = new Set([...staged.values()].map(({ path }) => path));
    const breathe = createBreather();
    for (const name of await readdir(folder)) {
      await breathe();
      const path = join(folder, name);
      const found = stagedIn(name);
      if (found === undefined) {
        if (isClientsPart(name)) await dropOldPart(path, clock);
      } else if (!known.has(path)) {
        const size = statNow(path)?.size;
        if (size === undefined) continue;
        if (staged.has(found.key) || isInPlace(found.key)) await rm(path, { force: true });
        else staged.set(found.key, { ...found, path, sizeBytes: size, isOwn });
      }
    }
  };
  await lookFor(false);
  const takeIn = oneAfterAnother(() => lookFor(true));

  const write = async (bytes: Uint8Array): Promise<string> => {
    const path = join(folder, `${++serial}${PART}`);
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return path;
  };
  const adopt: Incoming['adopt'] = async (one) => {
    const before = staged.get(one.key);
    staged.set(one.key, { ...one, isOwn: true });
    if (before !== undefined) await rm(before.path, { force: true });
  };
  const drop = async (key: string) => {
    const found = staged.get(key);
    if (found === undefined) return;
    staged.delete(key);
    await rm(found.path, { force: true });
  };
  return {
    get: async (key) => {
      const found = staged.get(key);
      if (found === undefined || found.isOwn) return found;
      const bytes = await readFile(found.path).catch(() => undefined);
      const isWhole = bytes !== undefined && hash('sha256', bytes, 'hex') === found.sha256;
      if (staged.get(key) !== found) return staged.get(key);
      if (isWhole) staged.set(key, { ...found, isOwn: true });
      else await drop(key);
      return staged.get(key);
    },
    takeIn,
    keys: () => [...staged.keys()].sort(),
    write,
    drop,
    forget: (one) => {
      if (staged.get(one.key) === one) staged.delete(one.key);
    },
    targetOf: (key) => {
      const part = join(folder, `${++serial}${PART}`);
      return { part, name: { before: join(folder, `${++serial}-`), after: `-${encodeSegment(key)}` } };
    },
    adopt,
    add: async ({ key, bytes, sha256, sync }, mayAdd) => {
      const part = await write(bytes);
      const path = join(folder, `${++serial}-${sha256}-${encodeSegment(key)}`);
      await rename(part, path);
      if (!mayAdd()) {
        await rm(path, { force: true });
        return false;
      }
      await adopt({ key, path, sizeBytes: bytes.length, sha256, ...(sync && { synced: sync(path) }) });
      return true;
    },
  };
}

async function dropOldPart(path: string, clock: Clock): Promise<void> {
  const found = await stat(path).catch(missing);
  if (found !== undefined && found.mtimeMs < clock.now() - LONGEST_WRITE_MS) await rm(path, { force: true });
}

/** Each call ends after a run that began after it; calls that wait at the same time share one. */
function oneAfterAnother(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        running = run();
        return running;
      });
    return next;
  };
}

async function takeOver(folder: string): Promise<{ staged: Map<string, Staged>; lastSerial: number }> {
  const staged = new Map<string, Staged>();
  let lastSerial = 0;
  const names = await readdir(folder);
  const found = names.flatMap((name) => {
    const [, serial, sha256 = '', key = ''] = NAME.exec(name) ?? [];
    return serial === undefined ? [] : [{ name, serial: Number(serial), sha256, key: decodeSegment(key) }];
  });
  for (const { name, serial, sha256, key } of found.sort((a, b) => a.serial - b.serial)) {
    const path = join(folder, name);
    const before = staged.get(key);
    if (before !== undefined) await rm(before.path, { force: true });
    staged.set(key, { key, path, sha256, sizeBytes: (await stat(path)).size, isOwn: false });
    lastSerial = serial;
  }
  // Clients write their parts beside a server that comes and goes.
  const cutOff = names.filter((one) => one.endsWith(PART) && !isClientsPart(one));
  for (const name of cutOff) await rm(join(folder, name), { force: true });
  return { staged, lastSerial };
}
