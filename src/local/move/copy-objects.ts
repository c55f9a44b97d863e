import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mapBounded } from '../../platform/bounded.ts';
import { VarveError } from '../../platform/errors.ts';
import { OWNER_KEY } from '../../platform/objects/owner.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { type Compared, compared } from './compare.ts';

export interface CopyOptions {
  readonly signal: AbortSignal;
  progress(done: { readonly objects: number; readonly bytes: number }): void;
  /** Throws if there is no more room. */
  requireRoom(): void;
}

export interface Copied {
  readonly copied: number;
  readonly copiedBytes: number;
  /** Were there before, with the same size and SHA-256. */
  readonly there: number;
  /** Of an earlier run, and no longer at the source. */
  readonly removed: number;
  /** All that is there now. */
  readonly keys: ReadonlySet<string>;
}

const AT_ONCE = 16;
/** Of keys that are worked on before the next ones are listed. */
const BATCH = 512;

/**
 * Makes `to` hold what `from` holds, byte for byte. Repeatable: what is there already is not
 * copied. Nothing else may write to either.
 */
export async function copyObjects(from: ObjectStore, to: ObjectStore, options: CopyOptions): Promise<Copied> {
  const sum = { copied: 0, copiedBytes: 0, there: 0, removed: 0 };
  const keys = new Set<string>();
  const patient: Patience = (work) => patiently(work, options.signal);
  const workOn = async (batch: readonly Compared[]) => {
    options.requireRoom();
    const gone = batch.filter((one) => one.from === undefined).map(({ key }) => key);
    await patient(() => to.remove(gone));
    sum.removed += gone.length;
    const kept = batch.filter((one) => one.from !== undefined);
    await mapBounded(kept, AT_ONCE, async (one) => {
      options.signal.throwIfAborted();
      const { key } = one;
      if (await isSame(from, to, one, patient)) sum.there++;
      else {
        sum.copiedBytes += await copyOne(from, to, key, patient);
        sum.copied++;
      }
      keys.add(key);
      options.progress({ objects: keys.size, bytes: sum.copiedBytes });
    });
  };
  let batch: Compared[] = [];
  for await (const one of compared(from, to)) {
    if (one.key === OWNER_KEY) continue;
    batch.push(one);
    if (batch.length < BATCH) continue;
    await workOn(batch);
    batch = [];
  }
  await workOn(batch);
  return { ...sum, keys };
}

async function isSame(from: ObjectStore, to: ObjectStore, one: Compared, patient: Patience): Promise<boolean> {
  if (one.from !== one.to) return false;
  const [source, target] = await Promise.all([from, to].map((store) => patient(() => sumOf(store, one.key))));
  return source !== undefined && source === target;
}

/** As the store knows it, or of the bytes where it does not. */
async function sumOf(store: ObjectStore, key: string): Promise<string | undefined> {
  const head = await store.head(key);
  if (head === undefined || head.sha256 !== undefined) return head?.sha256;
  const bytes = await store.get(key);
  return bytes && hash('sha256', bytes, 'hex');
}

async function copyOne(from: ObjectStore, to: ObjectStore, key: string, patient: Patience): Promise<number> {
  const bytes = await patient(() => from.get(key));
  if (bytes === undefined) throw untrue(key, 'is listed where the objects are, and cannot be read there');
  await patient(() => to.put(key, bytes));
  const sum = await patient(() => sumOf(to, key));
  if (sum !== hash('sha256', bytes, 'hex')) throw untrue(key, 'is not as it was written where the objects go');
  return bytes.length;
}

function untrue(key: string, what: string): VarveError {
  return new VarveError(
    'ObjectDamaged',
    `${key} ${what}: nothing has moved. Run it again, or see what the store does.`,
    {
      key,
    },
  );
}

/** A store that is busy is waited for. */
type Patience = <T>(work: () => Promise<T>) => Promise<T>;

const PATIENCE_MS = 5 * 60_000;
const WAIT_MS = 1_000;

async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const began = performance.now(); ; await sleep(WAIT_MS, undefined, { signal })) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof VarveError && error.code === 'Throttled';
      if (!isBusy || performance.now() - began > PATIENCE_MS) throw error;
    }
  }
}
