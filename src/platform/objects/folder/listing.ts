import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mapBounded } from '../../bounded.ts';
import type { ObjectPage } from '../port.ts';
import { decodeSegment, encodeSegment, shardFolder, shardIn } from './layout.ts';
import { missing } from './missing.ts';

interface Wanted {
  readonly prefix: string;
  readonly after: string;
}

const STATS_AT_ONCE = 16;

/**
 * Keys of a folder in ascending order, found a shard at a time. Only shards and folders that can
 * hold wanted keys are read. `extra` are keys, sorted, that lie elsewhere.
 */
export async function* keysBelow(root: string, wanted: Wanted, extra: readonly string[]): AsyncGenerator<string> {
  let last: string | undefined;
  for await (const key of merged(walk(root, '', wanted), listed(extra))) {
    if (key === last || !key.startsWith(wanted.prefix) || key <= wanted.after) continue;
    last = key;
    yield key;
  }
}

/** `base` is the beginning of all keys in the folder: empty, or ending in a slash. */
async function* walk(folder: string, base: string, wanted: Wanted): AsyncGenerator<string> {
  const entries = await entriesOf(folder);
  const shards = entries.flatMap((entry) => shardIn(entry) ?? []).sort();
  const folders = entries
    .filter((entry) => shardIn(entry) === undefined)
    .map((entry) => `${decodeSegment(entry)}/`)
    .sort();
  yield* merged(filesOf(folder, base, shards, wanted), keysOf(folder, base, folders, wanted));
}

async function* filesOf(folder: string, base: string, shards: readonly string[], wanted: Wanted) {
  for (const shard of shards.filter((first) => canHold(base + first, wanted))) {
    const names = await entriesOf(join(folder, shardFolder(shard)));
    for (const name of names.map(decodeSegment).sort()) yield base + name;
  }
}

async function* keysOf(folder: string, base: string, folders: readonly string[], wanted: Wanted) {
  for (const name of folders.filter((segment) => canHold(base + segment, wanted)))
    yield* walk(join(folder, encodeSegment(name.slice(0, -1))), base + name, wanted);
}

/** Whether keys that begin like this can be among the wanted ones. */
function canHold(beginning: string, { prefix, after }: Wanted): boolean {
  return (
    (beginning.startsWith(prefix) || prefix.startsWith(beginning)) && (beginning > after || after.startsWith(beginning))
  );
}

/** A folder that is not there, or has just gone, holds nothing. */
async function entriesOf(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(missing)) ?? [];
}

async function* listed(keys: readonly string[]) {
  yield* keys;
}

/** Two ascending lists as one. */
async function* merged(left: AsyncGenerator<string>, right: AsyncGenerator<string>): AsyncGenerator<string> {
  let [a, b] = [await left.next(), await right.next()];
  while (!(a.done && b.done)) {
    if (b.done || (!a.done && a.value <= b.value)) {
      yield a.value as string;
      a = await left.next();
    } else {
      yield b.value;
      b = await right.next();
    }
  }
}

/** Size and time of each key that is still there. */
export async function describe(
  keys: readonly string[],
  statOf: (key: string) => Promise<Stats | undefined>,
): Promise<ObjectPage['keys'][number][]> {
  const found = await mapBounded(keys, STATS_AT_ONCE, async (key) => {
    const known = await statOf(key);
    return known === undefined ? [] : [{ key, sizeBytes: known.size, modifiedAt: Math.floor(known.mtimeMs) }];
  });
  return found.flat();
}
