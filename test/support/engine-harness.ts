import type { Root } from '../../src/engine/blocks/block.ts';
import { EMPTY, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { judgeInTurns } from '../../src/engine/blocks/judge.ts';
import { createPageCache, createPageStore } from '../../src/engine/blocks/page-store.ts';
import { walk } from '../../src/engine/blocks/walk.ts';
import { DRAFTS } from '../../src/engine/books/nodes.ts';
import {
  domainCountEntity,
  edgeEntity,
  entryEntity,
  type NodeRow,
  nodeEntity,
  objectEntity,
} from '../../src/engine/books/rows.ts';
import { ENGINE_LIMITS, type EngineDeps, type EngineLimits } from '../../src/engine/deps.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { createIds } from '../../src/platform/ids.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { createMemoryCatalogue, type MemoryCatalogue } from './memory-catalogue.ts';
import { createMemoryObjects, type MemoryObjects } from './memory-objects.ts';
import { sealedForm } from './sealed-form.ts';
import { seededRandom } from './seeded-random.ts';
import { TRUSTED_CLOCK } from './trusted-clock.ts';
import { upload } from './uploads.ts';

interface Walked {
  readonly places: ReadonlyMap<string, ObjectId>;
  /** The bytes of each page as they were read. */
  readonly pages: readonly (readonly [string, Buffer | undefined])[];
}
const walkedOf = new WeakMap<MemoryObjects, Map<string, Walked>>();

/** What a harness begins with. */
interface Begin extends Stores {
  readonly at?: number;
}
/** In memory, or such that they can be looked at as if they were. */
export interface Stores {
  readonly catalogue: MemoryCatalogue;
  readonly objects: (clock: Clock) => MemoryObjects;
}
const NOTHING_YET = (): Begin => ({
  catalogue: createMemoryCatalogue(),
  objects: (clock) => createMemoryObjects(clock),
});

const START = Date.UTC(2026, 0, 1);

/** The real engine over ports in memory, with a clock and a random source of the test's own. */
export function createEngineHarness(seed = 1, limits: Partial<EngineLimits> = {}, begin: Begin = NOTHING_YET()) {
  const clock = { at: begin.at ?? START, now: () => clock.at };
  const random = seededRandom(seed);
  const { catalogue } = begin;
  const objects = begin.objects(clock);
  const messages: WorkMessage[] = [];
  const deps: EngineDeps = {
    catalogue,
    objects: () => objects,
    queue: { send: async (more) => void messages.push(...more) },
    clock,
    trust: TRUSTED_CLOCK,
    ids: createIds(clock, (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256))),
    random,
    pageCache: createPageCache(HARNESS_PAGES),
    judge: judgeInTurns(),
    limits: { ...ENGINE_LIMITS, ...limits },
  };
  const tree = createVersionTree(deps);
  const worker = createLedgerWorker(deps);

  /** Works off the ledger as worker and janitor would, until nothing is left. */
  const settle = async (): Promise<void> => {
    for (let round = 0; catalogue.rows(entryEntity).length > 0; round++) {
      if (round > 500) throw new Error(`the ledger never empties: ${JSON.stringify(catalogue.rows(entryEntity))}`);
      for (const { shard, id } of catalogue.rows(entryEntity)) {
        await worker.run(shard, id, clock.now() + 60_000);
      }
      if (catalogue.rows(entryEntity).some(({ phase }) => phase === 'TAKING')) {
        clock.at += 3600_000;
        await worker.sweep(clock.now() + 60_000);
      }
    }
    messages.length = 0;
  };

  /** Lets hours pass and reclaims as the janitor would, with the default times. */
  const reclaim = async (hours: number): Promise<void> => {
    clock.at += hours * 3600_000;
    const reclaimer = createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 });
    for (let pass = 0; pass < 3; pass++) {
      await reclaimer.sweep(Number.POSITIVE_INFINITY);
      clock.at += RECLAIM_TIMES.holdMs;
    }
  };

  const storeBlocks = async (domainId: string, ids: readonly ObjectId[]): Promise<void> => {
    for (const id of ids) await upload(objects, objectKey(domainId, id), sealedForm(id));
  };

  return { clock, random, catalogue, objects, deps, tree, worker, messages, settle, reclaim, storeBlocks };
}

/** Another harness in the same state, with ids and random numbers of its own. */
export function forkHarness(harness: EngineHarness, seed: number, on: Stores = copyOf(harness)): EngineHarness {
  const { clock, objects, deps, messages } = harness;
  const fork = createEngineHarness(seed, deps.limits, { at: clock.at, ...on });
  fork.messages.push(...messages);
  walkedOf.set(fork.objects, new Map(walkedOf.get(objects)));
  return fork;
}

function copyOf({ catalogue, objects }: EngineHarness): Stores {
  return { catalogue: catalogue.copy(), objects: (own) => objects.copy(own) };
}

export type EngineHarness = ReturnType<typeof createEngineHarness>;

/**
 * More than any history has; a cache takes time to make for its size, and there are thousands of
 * harnesses.
 */
const HARNESS_PAGES = 256;
/** As many as a walk fetches ahead. */
const PAGES_AT_ONCE = 64;

/** Every object of a root with its place: height and index. */
export async function walkPlaces(objects: ObjectStore, domainId: string, root: Root): Promise<Map<string, ObjectId>> {
  const pages = createPageStore(objects, domainId, createPageCache(PAGES_AT_ONCE));
  const places = new Map<string, ObjectId>();
  for await (const batch of walk(pages, [root], ([id]) => id !== undefined)) {
    for (const { height, index, ids } of batch) if (ids[0] !== undefined) places.set(`${height}/${index}`, ids[0]);
  }
  return places;
}

/**
 * Every object of a root with its place. Reads past the cache: what is not in the store is not
 * there. A root is walked again only when one of its pages has been stored again, changed or lost
 * since.
 */
export async function placesOf(
  { objects }: Pick<EngineHarness, 'objects'>,
  domainId: string,
  root: Root,
): Promise<ReadonlyMap<string, ObjectId>> {
  if (root === EMPTY) return new Map();
  const known = walkedOf.get(objects) ?? new Map<string, Walked>();
  walkedOf.set(objects, known);
  const walked = known.get(`${domainId}/${root}`);
  if (walked?.pages.every(([key, bytes]) => objects.stored.get(key) === bytes)) return walked.places;
  const places = await walkPlaces(objects, domainId, root);
  const keys = [...places].filter(([place]) => !place.startsWith('0/')).map(([, id]) => objectKey(domainId, id));
  known.set(`${domainId}/${root}`, { places, pages: keys.map((key) => [key, objects.stored.get(key)]) });
  return places;
}

/**
 * What is wrong with references, counts, sizes and edges at rest, recounted from the nodes (I1).
 * Empty when all is well.
 */
export async function findFaults(harness: EngineHarness): Promise<string[]> {
  const faults: string[] = [];
  const nodes = harness.catalogue.rows(nodeEntity);
  const byId = new Map(nodes.map((node) => [node.id, node])); // ids are unique among all accounts
  const expected = new Map<string, number>();
  const rows = new Map(harness.catalogue.rows(objectEntity).map((row) => [`${row.domainId}/${row.id}`, row]));
  for (const node of nodes) {
    const places = await placesOf(harness, node.domainId, node.root as Root);
    const base = await placesOf(harness, node.domainId, node.parentRoot as Root);
    const own = [...places].filter(([place, id]) => base.get(place) !== id);
    for (const [, id] of own) expected.set(`${node.domainId}/${id}`, (expected.get(`${node.domainId}/${id}`) ?? 0) + 1);
    faults.push(...sizeFaults(node, places, own, (id) => rows.get(`${node.domainId}/${id}`)?.storedBytes ?? 0));
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    if ((parent?.root ?? EMPTY) !== node.parentRoot) faults.push(`${node.id}: parentRoot is not its parent's root`);
    if (node.parentId !== undefined && parent === undefined) faults.push(`${node.id}: parent ${node.parentId} is gone`);
  }
  for (const [key, row] of rows) {
    if (row.refs !== (expected.get(key) ?? 0))
      faults.push(`${key}: refs ${row.refs}, should be ${expected.get(key) ?? 0}`);
    if ((row.refs === 0) !== (row.zeroAt !== undefined)) faults.push(`${key}: zeroAt does not fit refs ${row.refs}`);
    if (row.tombstonedAt === undefined && !harness.objects.stored.has(objectKey(row.domainId, row.id as ObjectId)))
      faults.push(`${key}: not in the store`);
  }
  for (const key of expected.keys()) if (!rows.has(key)) faults.push(`${key}: no row`);
  return [...faults, ...edgeFaults(harness, nodes), ...(await countFaults(harness))];
}

function sizeFaults(
  node: NodeRow,
  places: ReadonlyMap<string, ObjectId>,
  own: readonly (readonly [string, ObjectId])[],
  bytes: (id: ObjectId) => number,
): string[] {
  const blocks = (list: Iterable<readonly [string, ObjectId]>) =>
    [...list].filter(([place]) => place.startsWith('0/')).map(([, id]) => id);
  const sum = (ids: readonly ObjectId[]) => ids.reduce((total, id) => total + bytes(id), 0);
  const ownIds = blocks(own);
  const allIds = blocks(places);
  const should = {
    ownBlocks: ownIds.length,
    ownBytes: sum(ownIds),
    totalBlocks: allIds.length,
    totalBytes: sum(allIds),
    measuredRoot: node.root,
    measuredParentRoot: node.parentRoot,
  };
  return Object.entries(should).flatMap(([name, value]) =>
    node[name as keyof NodeRow] === value
      ? []
      : [`${node.id} (${node.kind}): ${name} is ${node[name as keyof NodeRow]}, should be ${value}`],
  );
}

function edgeFaults(harness: EngineHarness, nodes: readonly NodeRow[]): string[] {
  const edges = harness.catalogue
    .rows(edgeEntity)
    .map(({ parentId, childId }) => `${parentId}>${childId}`)
    .sort();
  const drafts = nodes.filter(({ kind }) => kind === 'DRAFT').map(({ id }) => `${DRAFTS}>${id}`);
  const should = nodes
    .filter(({ parentId }) => parentId !== undefined)
    .map(({ parentId, id }) => `${parentId}>${id}`)
    .concat(drafts)
    .sort();
  const faults = JSON.stringify(edges) === JSON.stringify(should) ? [] : [`edges ${edges} should be ${should}`];
  for (const node of nodes.filter(({ hidden }) => hidden)) {
    if (should.filter((text) => text.startsWith(`${node.id}>`)).length < 2)
      faults.push(`${node.id}: hidden, with fewer than two children`);
  }
  return faults;
}

async function countFaults(harness: EngineHarness): Promise<string[]> {
  const nodes = harness.catalogue.rows(nodeEntity);
  const sum = async (domainId: string) => {
    const rows = harness.catalogue.rows(objectEntity).filter((row) => row.domainId === domainId);
    const dead = rows.filter(({ refs }) => refs === 0);
    const bytes = (list: typeof rows) => list.reduce((total, { storedBytes }) => total + storedBytes, 0);
    const pages = new Set<string>();
    for (const node of nodes.filter((each) => each.domainId === domainId)) {
      const places = await placesOf(harness, domainId, node.root as Root);
      for (const [place, id] of places) if (!place.startsWith('0/')) pages.add(id);
    }
    const alive = rows.filter(({ refs }) => refs > 0);
    return {
      objects: rows.length,
      storedBytes: bytes(rows),
      deadObjects: dead.length,
      deadBytes: bytes(dead),
      pages: alive.filter(({ id }) => pages.has(id)).length,
      blockRefs: alive.filter(({ id }) => !pages.has(id)).reduce((total, { refs }) => total + refs, 0),
    };
  };
  const faults: string[] = [];
  for (const domainId of new Set(harness.catalogue.rows(objectEntity).map((row) => row.domainId))) {
    const counted = { objects: 0, storedBytes: 0, deadObjects: 0, deadBytes: 0, pages: 0, blockRefs: 0 };
    for (const row of harness.catalogue.rows(domainCountEntity).filter((row) => row.domainId === domainId)) {
      for (const name of Object.keys(counted) as (keyof typeof counted)[]) counted[name] += row[name];
    }
    const should = JSON.stringify(await sum(domainId));
    if (JSON.stringify(counted) !== should)
      faults.push(`${domainId}: counts ${JSON.stringify(counted)}, should be ${should}`);
  }
  return faults;
}
