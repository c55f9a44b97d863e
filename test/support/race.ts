import { objectKey, type Root } from '../../src/engine/blocks/block.ts';
import { createPageCache } from '../../src/engine/blocks/page-store.ts';
import { entryEntity, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import type { BlockWrite } from '../../src/engine/contract.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { recount } from '../../src/engine/health/recount.ts';
import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { applyNaively, blockId, type Contents } from './block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults, type Stores, walkPlaces } from './engine-harness.ts';
import { interleave } from './interleaver.ts';
import { withLateDeletes } from './late-deletes.ts';
import { contentsAt, faultsAfterRecovery } from './recovery.ts';
import { upload } from './uploads.ts';

export const accountId = 'acc';
export const domainId = 'dom';
const HOUR_MS = 3600_000;
/**
 * What everyone may rely on (docs/format.md): so long after its last reference an object is still
 * there.
 */
const GRACE_MS = 24 * HOUR_MS;

/**
 * Some disks, and what each version of them holds, as told by those who made it (who may be late to
 * tell).
 */
export interface Race {
  readonly harness: EngineHarness;
  readonly versions: Map<string, () => Contents>;
  /** Fences under which versions were committed, where they were. */
  readonly fences: Map<string, number>;
  /** Deletes of objects arrive at any time, as they may in the cloud. */
  readonly deletesLate: boolean;
}
export type Actor = (race: Race, deps: EngineDeps) => Promise<void>;

/** In memory, or on other stores that delete an object at once. */
export function newRace(seed: number, stepObjects: number, stores?: Stores): Race {
  return {
    harness: createEngineHarness(seed, { stepObjects, plannedPlaces: 4096 }, stores),
    versions: new Map(),
    fences: new Map(),
    deletesLate: stores === undefined,
  };
}

const holds = ({ versions }: Race, version: string): Contents => versions.get(version)?.() ?? new Map();
const at = (headId: string, version: number) => `${headId}@${version}`;

/**
 * Refusals that a client must live with; anything else ends the race. What sleeps for longer than
 * the grace time may find its contents gone.
 */
async function unlessRefused<T>({ harness: { clock } }: Race, call: Promise<T>): Promise<T | VarveError> {
  const since = clock.at;
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof VarveError) || error.code === 'Internal') throw error;
    if (error.code === 'ObjectDamaged' && clock.at - since < GRACE_MS) throw error;
    return error;
  }
}

const TRIES = 12;

export const create =
  (nodeId: string, fromId?: string): Actor =>
  async (race, deps) => {
    const from = fromId === undefined ? {} : { fromId };
    await createVersionTree(deps).createHead(
      { accountId, nodeId, domainId, regionId: 'r', chainId: nodeId, ...from },
      [],
    );
    race.versions.set(at(nodeId, 0), () => (fromId === undefined ? new Map() : holds(race, fromId)));
  };

/**
 * Uploads what it is told is missing, and reads the version again when it lost. Starts at block 0;
 * `null` trims.
 */
export const write =
  (headId: string, values: readonly (number | null)[], fence?: number): Actor =>
  async (race, deps) => {
    const writes = values.flatMap((value, index) => (value === null ? [] : [{ index, id: blockId(value) }]));
    const trims = values.flatMap((value, start) => (value === null ? [{ start, count: 1 }] : []));
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      await uploadNew(deps, writes);
      const node = await createVersionTree(deps).get(accountId, headId);
      if (node === undefined) return;
      const { version: expectedVersion } = node;
      const told = await unlessRefused(
        race,
        createVersionTree(deps).commit({ accountId, headId, head: node, expectedVersion, writes, trims, fence }),
      );
      if (told instanceof VarveError) {
        if (told.code === 'LeaseLost') return;
        if (told.code === 'ObjectTombstoned') race.harness.clock.at += 60_000;
        continue;
      }
      if (told.version > expectedVersion) {
        race.versions.set(at(headId, told.version), () =>
          applyNaively(holds(race, at(headId, expectedVersion)), { writes, trims }),
        );
        if (fence !== undefined) race.fences.set(at(headId, told.version), fence);
      }
      return;
    }
  };

async function uploadNew(deps: EngineDeps, writes: readonly BlockWrite[]): Promise<void> {
  const rows = await deps.catalogue.getMany(
    objectEntity,
    writes.map(({ id }) => ({ domainId, id })),
  );
  for (const [place, { id }] of writes.entries()) {
    if (rows[place] === undefined) await upload(deps.objects('r'), objectKey(domainId, id), Buffer.from(id));
  }
}

export const snapshot =
  (headId: string, snapshotId: string): Actor =>
  async (race, deps) => {
    const { versions, harness } = race;
    const told = await unlessRefused(
      race,
      createVersionTree(deps).snapshot({ accountId, headId, snapshotId }, () => []),
    );
    if (!(told instanceof VarveError)) {
      const contents = await contentsAt(harness, domainId, (told as Made).value.root as Root);
      versions.set(snapshotId, () => contents);
    }
  };
interface Made {
  readonly value: { readonly root: string; readonly version: number };
}

export const rollBack =
  (headId: string, toId: string): Actor =>
  async (race, deps) => {
    const { versions } = race;
    const told = await unlessRefused(race, createVersionTree(deps).rollback({ accountId, headId, toId }, []));
    if (!(told instanceof VarveError)) versions.set(at(headId, (told as Made).value.version), () => holds(race, toId));
  };

/**
 * Takes the disk, from whoever has it, writes, and writes again as long as it has it; then gives it
 * back.
 */
export const writer =
  (headId: string, values: readonly number[]): Actor =>
  async (race, deps) => {
    const tree = createVersionTree(deps);
    const told = await unlessRefused(
      race,
      tree.hold({ accountId, headId }, () => []),
    );
    if (told instanceof VarveError || !told.ok) return;
    const { writerFence } = told.value;
    await write(headId, values, writerFence)(race, deps);
    await write(headId, values.toReversed(), writerFence)(race, deps);
    const head = await tree.get(accountId, headId);
    if (head?.writerFence === writerFence) await unlessRefused(race, tree.unhold({ accountId, headId }, []));
  };

/** Versions of a disk in their order were committed under fences that never fall. */
function fenceFaults({ fences }: Race): string[] {
  const byHead = Map.groupBy([...fences], ([version]) => version.split('@')[0]);
  return [...byHead.values()].flatMap((list) => {
    const ordered = list
      .map(([version, fence]) => ({ version: Number(version.split('@')[1]), fence }))
      .sort((a, b) => a.version - b.version);
    const stale = ordered.filter(({ fence }, place) => fence < (ordered[place - 1]?.fence ?? 0));
    return stale.map(
      ({ version, fence }) => `version ${version} was committed under fence ${fence}, after a later one`,
    );
  });
}

export const remove =
  (nodeId: string): Actor =>
  async (race, deps) =>
    void (await unlessRefused(race, createVersionTree(deps).remove({ accountId, nodeId }, [])));

/** Into the recycle bin, out of it, or out of it for good. */
export const trash =
  (how: 'trash' | 'untrash' | 'purge', nodeId: string): Actor =>
  async (race, deps) =>
    void (await unlessRefused<unknown>(race, createVersionTree(deps)[how]({ accountId, nodeId }, [])));

/** Opens a draft, writes to it, and gives it to the disk. */
export const draft =
  (headId: string, draftId: string, values: readonly number[]): Actor =>
  async (race, deps) => {
    const tree = createVersionTree(deps);
    const head = await tree.get(accountId, headId);
    if (head === undefined) return;
    const opened = await unlessRefused(
      race,
      tree.openDraft({ accountId, headId, draftId, expectedVersion: head.version }, []),
    );
    if (opened instanceof VarveError) return;
    race.versions.set(at(draftId, 0), () => holds(race, at(headId, head.version)));
    await write(draftId, values)(race, deps);
    const { version } = (await tree.get(accountId, draftId)) ?? { version: 0 };
    const told = await unlessRefused(race, tree.adoptDraft({ accountId, headId, draftId }, []));
    if (told instanceof VarveError) await unlessRefused(race, tree.release({ accountId, nodeId: draftId }, []));
    else race.versions.set(at(headId, (told as Made).value.version), () => holds(race, at(draftId, version)));
  };

/**
 * Reads a version page by page and block by block. For the grace time, all that it names stays
 * readable, whoever deletes what.
 */
export const read =
  (nodeId: string): Actor =>
  async ({ harness: { clock } }, deps) => {
    const node = await createVersionTree(deps).get(accountId, nodeId);
    const since = clock.at;
    if (node === undefined) return;
    try {
      const places = await walkPlaces(deps.objects('r'), domainId, node.root as Root);
      for (const id of places.values()) {
        if ((await deps.objects('r').head(objectKey(domainId, id))) === undefined) throw new Error(`${id} is gone`);
      }
    } catch (error) {
      if (clock.at - since < GRACE_MS)
        throw new Error(`read of ${nodeId} ${clock.at - since} ms after it began`, { cause: error });
    }
  };

export const workOff: Actor = async ({ harness }, deps) => {
  const worker = createLedgerWorker(deps);
  for (let round = 0; round < 3; round++) {
    for (const { shard, id } of harness.catalogue.rows(entryEntity)) {
      // A worker that slept through the grace time finds its pages gone, and is called again.
      const since = harness.clock.at;
      await worker.run(shard, id, Number.POSITIVE_INFINITY).catch((error: unknown) => {
        const overslept =
          error instanceof VarveError && error.code === 'ObjectDamaged' && harness.clock.at - since > GRACE_MS;
        if (!overslept) throw error;
      });
    }
  }
  await worker.sweep(Number.POSITIVE_INFINITY);
};

export const janitor: Actor = async (_race, deps) => {
  const reclaimer = createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 });
  for (let round = 0; round < 3; round++) await reclaimer.sweep(Number.POSITIVE_INFINITY);
};

/** Recounts everything and sets right what it takes for wrong: nothing is, whatever goes on. */
export const scrubber: Actor = async (_race, deps) => {
  const owner = { accountId, regionId: 'r', domainId };
  for (let round = 0; round < 2; round++) {
    const { faults, lost } = await recount(deps, { ...owner, at: 0, of: 1 });
    if (faults.length + lost.length > 0) throw new Error(`takes for wrong: ${JSON.stringify({ faults, lost })}`);
  }
};

/**
 * The same, but suspended for so long at one of its calls, before it takes effect or before it
 * answers. All others go on meanwhile. A delete takes effect within its request's time limit, so
 * nobody sleeps right before one.
 */
export const suspended =
  (actor: Actor, forMs: number): Actor =>
  async (race, deps) => {
    const { clock, random } = race.harness;
    let left = Math.floor(random() * MOST_CALLS);
    const pause = async (): Promise<void> => {
      if (left-- !== 0) return;
      for (const until = clock.at + forMs; clock.at < until; )
        await deps.catalogue.get(nodeEntity, { accountId, id: '-' });
    };
    const slowly = <P extends object>(port: P): P =>
      Object.fromEntries(
        Object.entries(port).map(([name, call]) => [
          name,
          async (...args: unknown[]) => {
            if (name !== 'remove') await pause();
            const answer = await call(...args);
            await pause();
            return answer;
          },
        ]),
      ) as P;
    const objects = slowly(deps.objects('r'));
    await actor(race, { ...deps, catalogue: slowly(deps.catalogue), objects: () => objects });
  };
// about as many as the longest of the actors makes, each of which can be the one
const MOST_CALLS = 40;

/**
 * Mostly moments; at times as long as a delete is on its way, a tombstone stands, an abandoned
 * commit is waited for, or the grace time.
 */
function timePasses(random: () => number): number {
  const dice = random();
  if (dice < 0.05) return Math.floor(random() * 40_000);
  if (dice < 0.08) return 3 * 60_000;
  if (dice < 0.09) return 16 * 60_000;
  if (dice < 0.11) return Math.floor(random() * 26) * HOUR_MS;
  return 5;
}

/**
 * Runs all of them in an order that the seed decides, and answers everything that is wrong
 * afterwards.
 */
export async function run(race: Race, seed: number, actors: readonly Actor[]): Promise<string[]> {
  const { harness } = race;
  const { catalogue, clock, random } = harness;
  const lose = (key: string) => void harness.objects.stored.delete(key);
  const late = withLateDeletes(harness.objects, lose, clock, random);
  await interleave(
    seed,
    { catalogue, objects: race.deletesLate ? late.objects : harness.objects },
    actors.map(
      (actor) => (ports) =>
        actor(race, {
          ...harness.deps,
          catalogue: ports.catalogue,
          objects: () => ports.objects,
          pageCache: createPageCache(1),
        }),
    ),
    (random) => {
      clock.at += timePasses(random);
      late.arrive();
    },
  );
  clock.at += 10 * 60_000;
  late.arrive();
  const faults = [...(await faultsAfterRecovery(harness)), ...(await findFaults(harness)), ...fenceFaults(race)];
  for (const { id, kind, root, version } of catalogue.rows(nodeEntity)) {
    const should = race.versions.get(kind === 'SNAPSHOT' ? id : at(id, version))?.();
    const is = await contentsAt(harness, domainId, root as Root);
    if (should === undefined || text(is) !== text(should)) faults.push(`${id}: not what was written last`);
  }
  return faults;
}

const text = (contents: Contents) => JSON.stringify([...contents].sort(([a], [b]) => a - b));
