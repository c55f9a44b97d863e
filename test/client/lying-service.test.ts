import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Client, openClient } from '../../src/client/client.ts';
import { Meter } from '../../src/client/progress.ts';
import type { Disk } from '../../src/client/service/disks.ts';
import { openFileSource } from '../../src/client/upload/source.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';
import { LIED_BLOCKS, LIED_SIZE_BLOCKS, LIES } from '../support/lies.ts';
import { type Lie, type LyingProxy, startLyingProxy } from '../support/lying-proxy.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const signal = new AbortController().signal;
let api: TestApi;
let account: TestAccount;
let server: HttpServer;
let proxy: LyingProxy;
let client: Client;
let folder: string;

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  server = await api.startHttp();
  proxy = await startLyingProxy(server.url);
  folder = await mkdtemp(join(tmpdir(), 'varve-lies-'));
  client = openClient({ endpoint: { url: proxy.url, apiKey: account.key }, keyFile: api.keyFile, signal });
});
afterAll(async () => {
  client.close();
  await proxy.close();
  await server.close();
  await api.close();
  await rm(folder, { recursive: true });
});

afterEach(() => proxy.tell({}));

/** A disk whose older version and whose snapshot of the present one can be lied about. */
interface Scene {
  readonly disk: Disk;
  readonly snapshotId: string;
  readonly older: string;
}

async function createScene(encrypted: boolean): Promise<Scene> {
  const sizeBytes = LIED_SIZE_BLOCKS * BLOCK_BYTES;
  const empty = await client.disks.create({ sizeBytes, encrypted, clientToken: randomUUID() });
  await write(empty, 'before');
  const older = await client.snapshots.create({ diskId: empty.id, clientToken: randomUUID() });
  await write((await client.disks.get(empty.id)) as Disk, 'now');
  const snapshot = await client.snapshots.create({ diskId: empty.id, clientToken: randomUUID() });
  return { disk: (await client.disks.get(empty.id)) as Disk, snapshotId: snapshot.id, older: older.id };
}

async function write(disk: Disk, what: string): Promise<void> {
  const path = join(folder, `image-${randomUUID()}`);
  const file = await open(path, 'w');
  await file.truncate(LIED_SIZE_BLOCKS * BLOCK_BYTES);
  for (const block of LIED_BLOCKS) await file.write(`${what} ${block}`, block * BLOCK_BYTES);
  await file.close();
  const source = await openFileSource(path);
  await client.sync(disk, source, { meter: new Meter() });
  await source.close();
}

const outputs = async () => (await readdir(folder)).filter((name) => name.endsWith('.out'));

/** The ways in which a version is read as a whole; each begins with nothing. */
const WAYS = {
  'export to a file': ({ disk }: Scene, expected?: Told) =>
    client.export(
      disk.id,
      { path: join(folder, `${randomUUID()}.out`), force: false },
      { meter: new Meter(), expected },
    ),
  'export to a stream': async ({ disk }: Scene, expected?: Told) => {
    await using sink = await open('/dev/null', 'w');
    return await client.exportTo(disk.id, sink.fd, { meter: new Meter(), expected });
  },
  verify: ({ snapshotId }: Scene, expected?: Told) => client.verify(snapshotId, { meter: new Meter(), expected }),
};
const NOT_PROVED = { code: 'ObjectDamaged', extra: { reason: 'ROOT' } };

describe.each([
  { of: 'a plain disk', encrypted: false, ways: Object.entries(WAYS) },
  // the rest is the same
  { of: 'a sealed disk', encrypted: true, ways: Object.entries(WAYS).slice(0, 1) },
])('9.6: of $of', ({ encrypted, ways }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await createScene(encrypted);
  });

  describe.each(ways)('%s', (_, read) => {
    it('succeeds while nobody lies', async () => {
      const { root, sizeBytes } = scene.disk;
      expect(await read(scene, { root, sizeBytes })).toMatchObject({ root, sizeBytes });
      for (const name of await outputs()) await rm(join(folder, name));
    });

    it.each(LIES)('reports $lie', async ({ tell }) => {
      proxy.tell(tell);
      await expect(read(scene)).rejects.toMatchObject(NOT_PROVED);
      expect(proxy.told()).toBeGreaterThan(0);
      expect(await outputs()).toEqual([]);
    });

    it('reports the contents of an older version', async () => {
      proxy.tell(insteadOf(await mapsOf(scene.older)));
      await expect(read(scene)).rejects.toMatchObject(NOT_PROVED);
    });

    it('reports an older version whose root is told, too, where the root is known', async () => {
      const maps = await mapsOf(scene.older);
      proxy.tell({ ...insteadOf(maps), disk: statedAs(maps), snapshot: statedAs(maps) });
      const { root, sizeBytes } = scene.disk;
      await expect(read(scene, { root, sizeBytes })).rejects.toMatchObject({
        ...NOT_PROVED,
        message: expect.stringContaining(root),
      });
      expect(await outputs()).toEqual([]);
    });

    it('reports another size whose root is right, where the size is known', async () => {
      const grow: Lie = (answer) => ((answer.sourceDisk ?? answer).sizeBytes += BLOCK_BYTES);
      proxy.tell({ disk: grow, snapshot: grow, blockMap: grow, pageMap: grow });
      const { root, sizeBytes } = scene.disk;
      await expect(read(scene, { root, sizeBytes })).rejects.toMatchObject(NOT_PROVED);
    });
  });
});

describe('9.6: re-encryption', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await createScene(false);
  });
  const copyOf = ({ snapshotId }: Scene) =>
    client.disks.create({ snapshotId, encrypted: true, clientToken: randomUUID() });

  it.each(LIES)('reports $lie, and the copy does not become a disk', async ({ tell }) => {
    const copy = await copyOf(scene);
    const { snapshotId } = scene;
    const ofSource = Object.entries(tell).map(([field, lie]) => {
      const about: Lie = (answer, input) => {
        if (field === 'snapshot' || input.source === snapshotId) lie(answer, input);
      };
      return [field, about];
    });
    proxy.tell(Object.fromEntries(ofSource));
    await expect(client.finishCopy(copy, { meter: new Meter() })).rejects.toMatchObject(NOT_PROVED);
    proxy.tell({});
    expect(await client.disks.get(copy.id)).toMatchObject({ status: 'CREATING', root: 'empty' });
  });

  it('goes on once nobody lies', async () => {
    expect(await client.finishCopy(await copyOf(scene), { meter: new Meter() })).toMatchObject({ status: 'AVAILABLE' });
  });
});

interface Maps {
  readonly blockMap: Told;
  readonly pageMap: Told;
}

async function mapsOf(source: string): Promise<Maps> {
  return account.call(
    `query($id: ID!) {
      blockMap(input: { source: $id }) { root sizeBytes version nextIndex blocks { index id url } }
      pageMap(input: { source: $id }) { root sizeBytes version nextIndex pages { index id } }
    }`,
    { id: source },
  );
}

/** What other contents answer, with the version number that is asked for. */
function insteadOf(maps: Maps): Readonly<Record<string, Lie>> {
  const replaced =
    (other: Told): Lie =>
    (answer) =>
      Object.assign(answer, other, { version: answer.version });
  return { blockMap: replaced(maps.blockMap), pageMap: replaced(maps.pageMap) };
}

function statedAs({ blockMap: { root } }: Maps): Lie {
  return (answer) => Object.assign(answer, { root });
}
