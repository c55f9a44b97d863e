import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { seededRandom } from './seeded-random.ts';
import type { TakesUploads } from './uploads.ts';

/**
 * The stores as one actor reaches them: each call waits for the actor's turn, before it takes
 * effect and before it answers.
 */
export interface ActorPorts {
  readonly catalogue: Catalogue;
  readonly objects: ObjectStore & Partial<TakesUploads>;
}

// how often a turn changes who is ahead: seldom, so that the others sleep for long
const RESHUFFLE = 0.02;

/**
 * Runs concurrent actors one call at a time, in an order that the seed alone decides. The actor
 * with the highest priority that waits goes on; priorities are dealt again now and then. So any
 * actor may sleep through everything that others do, before or after any of its calls. `between` is
 * called before each turn.
 */
export async function interleave(
  seed: number,
  stores: ActorPorts,
  actors: readonly ((ports: ActorPorts) => Promise<void>)[],
  between: (random: () => number) => void,
): Promise<void> {
  const random = seededRandom(seed);
  const waiting = new Map<number, () => void>();
  let underWay = 0;
  const counted = async <R>(call: () => Promise<R>): Promise<R> => {
    underWay++;
    try {
      return await call();
    } finally {
      underWay--;
    }
  };
  let priorities = actors.map(random);
  let running = actors.length;
  const failures: unknown[] = [];
  for (const [actor, run] of actors.entries()) {
    const turn = (): Promise<void> => new Promise((resolve) => waiting.set(actor, resolve));
    run(portsInTurn(stores, turn, counted))
      .catch((error) => failures.push(error))
      .finally(() => running--);
  }
  await aRoundOfTheEventLoop(); // what else this process has to do comes in between at least once
  while (running > 0) {
    await allThatCanGoOn();
    if (underWay > 0) {
      await aRoundOfTheEventLoop(); // a store on a disk takes its time, within the actor's turn
      continue;
    }
    const [next] = [...waiting.keys()].sort((a, b) => (priorities[b] ?? 0) - (priorities[a] ?? 0));
    if (next === undefined) {
      await aRoundOfTheEventLoop(); // an actor waits for something else than its turn
      continue;
    }
    between(random);
    if (random() < RESHUFFLE) priorities = actors.map(random);
    const goOn = waiting.get(next);
    waiting.delete(next);
    goOn?.();
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * Resolves once every actor waits or has ended: Node runs its ticks when no promise can go on any
 * more. Much less work than a round of the event loop.
 */
function allThatCanGoOn(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

function aRoundOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

type Counted = <R>(call: () => Promise<R>) => Promise<R>;

function portsInTurn(stores: ActorPorts, turn: () => Promise<void>, counted: Counted): ActorPorts {
  // One call of an actor at a time: what it starts together comes in some order anyway.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>, before = turn) =>
    (...args: A): Promise<R> => {
      const answer = last.then(async () => {
        await before();
        try {
          return await counted(() => call(...args));
        } finally {
          await turn();
        }
      });
      last = answer.catch(() => undefined);
      return answer;
    };
  const { catalogue, objects } = stores;
  return {
    catalogue: {
      get: inTurn(catalogue.get.bind(catalogue)) as Catalogue['get'],
      getMany: inTurn(catalogue.getMany.bind(catalogue)) as Catalogue['getMany'],
      getEach: inTurn(
        catalogue.getEach.bind(catalogue) as (...reads: unknown[]) => Promise<unknown>,
      ) as Catalogue['getEach'],
      list: inTurn(catalogue.list.bind(catalogue)) as Catalogue['list'],
      transact: inTurn(catalogue.transact.bind(catalogue)),
      tryWrite: inTurn(catalogue.tryWrite.bind(catalogue)),
    },
    objects: {
      ...objects,
      put: inTurn(objects.put),
      ...(objects.upload && { upload: inTurn(objects.upload) }),
      persist: (keys) => counted(() => objects.persist(keys)),
      read: (key) => counted(() => objects.read(key)),
      get: inTurn(objects.get),
      head: inTurn(objects.head),
      list: inTurn(objects.list),
      // A delete takes effect within its request's time limit, which the tombstone outlasts; only
      // its answer may be late.
      remove: inTurn(objects.remove, async () => undefined),
    },
  };
}
