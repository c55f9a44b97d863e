import { mapBounded } from '../../platform/bounded.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { type ObjectId, objectKey, type Root } from '../blocks/block.ts';
import { createPageCache, createPageStore } from '../blocks/page-store.ts';
import { type Cursor, cursorOf, walk } from '../blocks/walk.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import { type Damage, inspect } from './damage.ts';
import { tolerantPages } from './tolerant-pages.ts';

/**
 * A part of a node's contents that is to be read: what `root` has and `base` has not, behind
 * `after`.
 */
export interface ReadBack extends Domain {
  readonly root: Root;
  readonly base: Root;
  readonly after?: Cursor | undefined;
  readonly sealed: boolean;
  /** Which blocks to read; all pages on the way are read in any case. */
  readonly chosen: (id: ObjectId) => boolean;
}

export interface ReadBackLimits {
  readonly until: number;
  readonly maxBytes: number;
  /** Objects, by key, that need no second look; what was found whole is added. */
  readonly seen: Set<string>;
}

export interface ReadBackResult {
  /** Where to go on; absent at the end. */
  readonly after?: Cursor;
  readonly objects: number;
  readonly bytes: number;
  readonly damages: readonly Damage[];
}

const READS_IN_FLIGHT = 16; // of at most 512 KiB each
const STRETCH = 64; // blocks between two looks at the clock
const OWN_PAGES = 256; // pages are to be read from the store, not from a cache that others filled
const SEEN_MAX = 150_000; // some 25 MB

/**
 * Reads objects back from the store and holds each against its id. Damaged ones are told of, and do
 * not end the reading.
 */
export async function readBack(
  deps: EngineDeps,
  part: ReadBack,
  { until, maxBytes, seen }: ReadBackLimits,
): Promise<ReadBackResult> {
  const damages: Damage[] = [];
  const keyOf = (id: ObjectId): string => objectKey(part.domainId, id);
  const sum = { objects: 0, bytes: 0 };
  const counted = withCount(deps.objects(part.regionId), (bytes) => {
    sum.bytes += bytes;
  });
  const store = createPageStore(counted, part.domainId, createPageCache(OWN_PAGES));
  const pages = tolerantPages(store, (damage) => damages.push(damage));
  const inspectBlocks = async (ids: readonly ObjectId[]): Promise<void> => {
    await mapBounded(ids, READS_IN_FLIGHT, async (id) => {
      const { bytes, reason } = await inspect(deps, part, { id, isPage: false, sealed: part.sealed }, deps.judge);
      sum.objects++;
      sum.bytes += bytes;
      if (reason !== undefined) damages.push({ id, isPage: false, reason });
      else if (seen.size < SEEN_MAX) seen.add(keyOf(id));
    });
  };
  const differs = ([root, base]: readonly (ObjectId | undefined)[]): boolean => root !== undefined && root !== base;
  for await (const places of walk(pages, [part.root, part.base], differs, { after: part.after })) {
    const own = places.filter(({ ids }) => differs(ids));
    for (let at = 0; at < own.length; at += STRETCH) {
      const stretch = own.slice(at, at + STRETCH);
      const ids = stretch.flatMap(({ height, ids: [id] }) => (height === 0 && id !== undefined ? [id] : []));
      await inspectBlocks([...new Set(ids)].filter((id) => part.chosen(id) && !seen.has(keyOf(id))));
      sum.objects += stretch.length - ids.length; // pages, read on the way here
      const last = stretch.at(-1);
      const isOver = deps.clock.now() >= until || sum.bytes >= maxBytes;
      if (last !== undefined && isOver) return { ...sum, damages, after: cursorOf(last) };
    }
  }
  return { ...sum, damages };
}

function withCount(objects: ObjectStore, count: (bytes: number) => void): ObjectStore {
  const get = async (key: string) => {
    const bytes = await objects.get(key);
    count(bytes?.length ?? 0);
    return bytes;
  };
  return { ...objects, get };
}
