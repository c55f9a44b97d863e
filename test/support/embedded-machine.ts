import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { type Clock, systemClock } from '../../src/platform/clock.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';
import { createEmbeddedCatalogue, type EmbeddedCatalogue } from './embedded-catalogue.ts';
import { createEmbeddedObjects, type EmbeddedObjects } from './embedded-objects.ts';
import type { EngineHarness } from './engine-harness.ts';
import { makeMemoryFolder } from './memory-folder.ts';

/** The stores of one machine: what a harness of the engine begins with. */
export interface EmbeddedMachine extends AsyncDisposable {
  readonly catalogue: EmbeddedCatalogue;
  /** Always the same; it goes by the clock that was given last. */
  readonly objects: (clock: Clock) => EmbeddedObjects;
  /** As after `kill -9`: other stores open what these have left so far. */
  restart(): Promise<void>;
  /** Ends when nothing is under way in the stores. */
  rest(): Promise<void>;
  /** From here on they hold what others hold, and nothing else. What no row names was uploaded. */
  become(other: Pick<EngineHarness, 'catalogue' | 'objects'>): Promise<void>;
  /** Where files and database are not as the stores have said. */
  differences(): Promise<string[]>;
}

interface Stores {
  readonly path: string;
  readonly catalogue: SqliteCatalogue;
  readonly objects: FolderObjects;
}

export async function startEmbeddedMachine(): Promise<EmbeddedMachine> {
  const root = await makeMemoryFolder('embedded');
  const first = join(root, '0');
  await mkdir(first);
  let stores = await openStores(first);
  let starts = 0;
  let clock: Clock = systemClock;
  const underWay = new Set<Promise<unknown>>();
  const catalogue = watched(
    underWay,
    createEmbeddedCatalogue(() => stores.catalogue),
  );
  const objects = watched(
    underWay,
    createEmbeddedObjects(() => stores, { now: () => clock.now() }),
  );
  return {
    catalogue,
    objects: (other) => {
      clock = other;
      return objects;
    },
    restart: async () => {
      const before = stores;
      const path = join(root, `${++starts}`);
      // Nobody closes the database before: its log is all that the next process has.
      await cp(before.path, path, { recursive: true, preserveTimestamps: true });
      stores = await openStores(path);
      await before.catalogue.close();
      await rm(before.path, { recursive: true });
    },
    rest: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    become: async (other) => {
      const rows = other.catalogue.rows(objectEntity);
      const named = new Set(rows.map(({ domainId, id }) => objectKey(domainId, id as ObjectId)));
      await catalogue.become(other.catalogue);
      await objects.become(other.objects, (key) => key.startsWith('objects/') && !named.has(key));
    },
    differences: async () => [...(await catalogue.differences()), ...(await objects.differences())],
    [Symbol.asyncDispose]: async () => {
      await stores.catalogue.close();
      await rm(root, { recursive: true });
    },
  };
}

/** Calls that have not ended are in the set. */
function watched<Port extends object>(underWay: Set<Promise<unknown>>, port: Port): Port {
  const watch =
    (call: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      const answer = call(...args);
      if (answer instanceof Promise) {
        underWay.add(answer);
        void answer.catch(() => undefined).finally(() => underWay.delete(answer));
      }
      return answer;
    };
  const methods = Object.entries(port).map(([name, part]) => [name, typeof part === 'function' ? watch(part) : part]);
  return Object.fromEntries(methods) as Port;
}

const URLS = createGrantUrls('http://localhost/objects', Buffer.alloc(32));

async function openStores(path: string): Promise<Stores> {
  const catalogue = await openSqliteCatalogue(join(path, 'catalogue.sqlite'));
  return { path, catalogue, objects: await openFolderObjects({ path, urls: URLS, clock: systemClock }) };
}
