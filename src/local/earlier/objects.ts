import type { Stats } from 'node:fs';
import { copyFile, link, mkdir, open, opendir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mapBounded } from '../../platform/bounded.ts';
import { syncFile, syncFolder } from '../../platform/objects/folder/durable-moves.ts';
import { foldersAbove, pathOf } from '../../platform/objects/folder/layout.ts';
import { keysBelow } from '../../platform/objects/folder/listing.ts';

export interface ObjectsTaking {
  /** The bucket of s3rver. */
  readonly from: string;
  /** The folder of objects that is made of it. */
  readonly to: string;
  readonly tell: (line: string) => void;
  /** That of the file system, unless a test has another. */
  readonly makeLink?: typeof link;
}

/** s3rver keeps three files of an object, and this one has the bytes. */
const SUFFIX = '._S3rver_object';
const AT_ONCE = 8;
const BATCH = 1024;
const TOLD_EVERY = 100 * BATCH;

/**
 * Gives every object of the bucket its place in the other layout, durably, by a hard link or, if
 * the file system has none, by a copy. The bucket does not change. Done again, it mends what an
 * earlier attempt left, whatever became of the bucket since. How many objects there are.
 */
export async function takeObjects(taking: ObjectsTaking): Promise<number> {
  const { from, to, tell, makeLink = link } = taking;
  await mkdir(to, { recursive: true, mode: 0o700 });
  const way = (await canLink(to, makeLink)) ? byLink(makeLink) : byCopy;
  const folders = new Set([to]);
  let count = 0;
  for await (const keys of inBatches(keysIn(from, ''))) {
    await mapBounded(keys, AT_ONCE, async (key) => {
      const place = pathOf(to, key);
      await put(way, join(from, key + SUFFIX), place);
      for (const folder of foldersAbove(to, place)) folders.add(folder);
    });
    count += keys.length;
    if (count % TOLD_EVERY === 0) tell(`${count.toLocaleString('en')} objects are there so far.`);
  }
  await dropOthers(from, to);
  await mapBounded([...folders], AT_ONCE, syncFolder);
  return count;
}

/** How a file comes to another place, and how it is known that it is there. */
interface Way {
  take(from: string, to: string): Promise<void>;
  isTaken(from: Stats, to: Stats): boolean;
}

function byLink(makeLink: typeof link): Way {
  return {
    take: makeLink,
    isTaken: (from, to) => from.ino === to.ino && from.dev === to.dev,
  };
}

/** The time of a file is set last, so one that has it is whole. */
const byCopy: Way = {
  take: async (from, to) => {
    const part = `${to}.part`;
    await copyFile(from, part);
    const { atime, mtime } = await stat(from);
    await utimes(part, atime, mtime);
    await syncFile(part);
    await rename(part, to);
  },
  // A time is set to the millisecond, and may be rounded on the way.
  isTaken: (from, to) => from.size === to.size && Math.abs(from.mtimeMs - to.mtimeMs) < 2,
};

async function put(way: Way, from: string, to: string): Promise<void> {
  const there = await stat(to).catch(missing);
  if (there !== undefined && way.isTaken(await stat(from), there)) return;
  if (there !== undefined) await rm(to);
  await syncFile(from); // the earlier version did not
  await way.take(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await way.take(from, to);
  });
}

async function canLink(folder: string, makeLink: typeof link): Promise<boolean> {
  const [file, linked] = [join(folder, '.probe'), join(folder, '.probe-link')];
  try {
    await (await open(file, 'w')).close();
    await makeLink(file, linked);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    return false;
  } finally {
    for (const one of [file, linked]) await rm(one, { force: true });
  }
}

/** Drops what an earlier attempt has taken, and the bucket has no more. */
async function dropOthers(from: string, to: string): Promise<void> {
  for await (const keys of inBatches(keysBelow(to, { prefix: '', after: '' }, []))) {
    await mapBounded(keys, AT_ONCE, async (key) => {
      const isWanted = (await stat(join(from, key + SUFFIX)).catch(missing)) !== undefined;
      if (!isWanted) await rm(pathOf(to, key));
    });
  }
}

async function* keysIn(folder: string, base: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder, { bufferSize: BATCH })) {
    if (entry.isDirectory()) yield* keysIn(join(folder, entry.name), `${base}${entry.name}/`);
    else if (entry.name.endsWith(SUFFIX)) yield base + entry.name.slice(0, -SUFFIX.length);
  }
}

async function* inBatches(keys: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const key of keys) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
