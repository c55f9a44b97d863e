import { dirname, join } from 'node:path';

/**
 * Where the object of a key lies below the folder of all objects, and back. A segment of a key is a
 * folder. The last one is a file, in a shard by its first two characters, so that no folder holds
 * them all. Shards sort as their keys do.
 *
 *     objects/dom-1/ab34…   ->   objects/dom-1/=ab/ab34…
 */
export function pathOf(root: string, key: string): string {
  const segments = key.split('/');
  const name = segments.pop() ?? '';
  return join(root, ...segments.map(encodeSegment), shardFolder(firstOf(name)), encodeSegment(name));
}

/** Marks the folder of a shard: no segment begins with it. */
const SHARD = '=';

const SHARD_CHARACTERS = 2;

const firstOf = (name: string) => [...name].slice(0, SHARD_CHARACTERS).join('');

/** The name of a shard's folder. */
export const shardFolder = (shard: string): string => SHARD + encodeSegment(shard);

/** The shard that a folder's entry stands for, or none. */
export function shardIn(entry: string): string | undefined {
  return entry.startsWith(SHARD) ? decodeSegment(entry.slice(SHARD.length)) : undefined;
}

/** The key of an object's file, from the names on the way down to it from the root. */
export function keyIn(names: readonly string[]): string {
  return names
    .filter((name) => !name.startsWith(SHARD))
    .map(decodeSegment)
    .join('/');
}

/** Any text as a name that every file system takes: no `/`, no NUL, not `.` or `..`, not empty. */
export function encodeSegment(segment: string): string {
  if (segment === '') return EMPTY;
  return encodeURIComponent(segment).replace(/^\./, '%2E');
}

/** No text is encoded so. */
const EMPTY = '%';

export function decodeSegment(name: string): string {
  return name === EMPTY ? '' : decodeURIComponent(name);
}

/** The folders from that of `path` up to, and without, `root`. The lowest is first. */
export function foldersAbove(root: string, path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) folders.push(folder);
  return folders;
}
