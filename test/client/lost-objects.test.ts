import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Meter } from '../../src/client/progress.ts';
import { createDisks, type Disk } from '../../src/client/service/disks.ts';
import { createGraphql, type Graphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { openFileSource, streamSource } from '../../src/client/upload/source.ts';
import { syncImage } from '../../src/client/upload/sync-image.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';

vi.setConfig({ testTimeout: 120_000 });

const signal = new AbortController().signal;
const BLOCKS = 12;
let api: TestApi;
let server: HttpServer;
let http: Http;
let graphql: Graphql;
let folder: string;

beforeAll(async () => {
  api = await createTestApi();
  const account = await api.createAccount();
  server = await api.startHttp();
  http = createHttp(8);
  graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
  folder = await mkdtemp(join(tmpdir(), 'varve-lost-'));
});
afterAll(async () => {
  http.close();
  await server.close();
  await api.close();
  await rm(folder, { recursive: true });
});

/** The store loses each of these blocks just before the first commit that names it. */
const losing = (ids: readonly string[]): Graphql => {
  const left = new Set(ids);
  return {
    call: async (operation, variables, abort) => {
      if (operation.text.includes('commitBlocks(')) {
        const input = JSON.stringify(variables);
        const named = [...left].filter((id) => input.includes(id));
        for (const id of named) left.delete(id);
        if (named.length > 0) await api.objects.remove(await keysOf(named));
      }
      return graphql.call(operation, variables, abort);
    },
  };
};

async function keysOf(ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let after = ''; ; ) {
    const { keys, more } = await api.objects.list('objects/', { after, limit: 1000 });
    found.push(...keys.map(({ key }) => key).filter((key) => ids.some((id) => key.endsWith(`/${id}`))));
    if (!more) return found;
    after = keys.at(-1)?.key ?? '';
  }
}

const createDisk = (): Promise<Disk> =>
  createDisks(graphql, signal).create({ sizeBytes: BLOCKS * BLOCK_BYTES, clientToken: randomUUID() });

describe('blocks that the store lost before their commit', () => {
  const image = randomBytes(BLOCKS * BLOCK_BYTES);
  const idAt = (index: number) => blockIdOf(image.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES));

  it('are read and sent again', async () => {
    const path = join(folder, 'image');
    await writeFile(path, image);
    const [disk, source, meter] = [await createDisk(), await openFileSource(path), new Meter()];
    const service = { graphql: losing([idAt(2), idAt(3), idAt(9)]), http };
    const result = await syncImage(service, { disk, source, meter, signal });
    await source.close();
    expect(result).toMatchObject({ writtenBlocks: BLOCKS, version: { version: 1 } });
    expect(meter.transferredBytes).toBe((BLOCKS + 3) * BLOCK_BYTES);
    expect(await keysOf([idAt(2), idAt(3), idAt(9)])).toHaveLength(3);
  });

  it('of a stream, which cannot be read again, make it fail and leave the disk alone', async () => {
    const disk = await createDisk();
    const fresh = Buffer.from(image).fill('x', 5 * BLOCK_BYTES, 6 * BLOCK_BYTES);
    const lost = blockIdOf(fresh.subarray(5 * BLOCK_BYTES, 6 * BLOCK_BYTES));
    const source = streamSource(Readable.from([fresh]));
    const done = syncImage({ graphql: losing([lost]), http }, { disk, source, meter: new Meter(), signal });
    await expect(done).rejects.toMatchObject({ code: 'ObjectMissing' });
    expect((await createDisks(graphql, signal).get(disk.id))?.version).toBe(0);
  });
});

it('a file that became shorter after it was opened is refused, and leaves the disk alone', async () => {
  const path = join(folder, 'shrinking');
  await writeFile(path, randomBytes(BLOCKS * BLOCK_BYTES));
  const [disk, source] = [await createDisk(), await openFileSource(path)];
  await truncate(path, 3 * BLOCK_BYTES);
  const done = syncImage({ graphql, http }, { disk, source, meter: new Meter(), signal });
  await expect(done).rejects.toMatchObject({ code: 'SourceUnusable', message: expect.stringContaining('shorter') });
  await source.close();
  expect((await createDisks(graphql, signal).get(disk.id))?.version).toBe(0);
});
