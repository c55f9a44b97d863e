import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Meter } from '../../src/client/progress.ts';
import { createDisks, type Disk } from '../../src/client/service/disks.ts';
import { createGraphql, type Graphql } from '../../src/client/service/graphql.ts';
import { createHttp } from '../../src/client/service/http.ts';
import type { Source } from '../../src/client/upload/source.ts';
import { type SyncRequest, type SyncResult, syncImage } from '../../src/client/upload/sync-image.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';
import { createTestApi } from './api.ts';

const signal = new AbortController().signal;

type Choice = Omit<SyncRequest, 'disk' | 'source' | 'meter' | 'signal'>;

/** An image of which every block is different, and quickly sent. */
export function imageOf(blocks: number): Buffer {
  const image = Buffer.alloc(blocks * BLOCK_BYTES, 'data');
  for (let at = 0; at < image.length; at += BLOCK_BYTES) image.write(randomUUID(), at);
  return image;
}

/** Uploads against the API, with something that happens on the way. */
export interface UploadScene {
  readonly folder: string;
  readonly service: { readonly graphql: Graphql; readonly http: ReturnType<typeof createHttp> };
  createDisk(sizeBytes: number): Promise<Disk>;
  look(disk: Disk): Promise<Disk>;
  /** The store loses the block with these contents. */
  loseBlock(plain: Buffer): Promise<void>;
  /** `meanwhile` happens before the first call of the operation that has the word `when`. */
  sync(
    disk: Disk,
    source: Source,
    choice?: Choice & { readonly when?: string; readonly meanwhile?: () => unknown },
  ): Promise<SyncResult>;
  close(): Promise<void>;
}

export async function createUploadScene(): Promise<UploadScene> {
  const api = await createTestApi();
  const account = await api.createAccount();
  const server = await api.startHttp();
  const http = createHttp(8);
  const graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
  const folder = await mkdtemp(join(tmpdir(), 'varve-upload-'));
  const disks = createDisks(graphql, signal);
  return {
    folder,
    service: { graphql, http },
    createDisk: (sizeBytes) => disks.create({ sizeBytes, clientToken: randomUUID() }),
    look: async ({ id }) => (await disks.get(id)) as Disk,
    loseBlock: async (plain) => {
      const id = blockIdOf(plain);
      const { keys } = await api.objects.list('objects/', { limit: 1000 });
      await api.objects.remove(keys.map(({ key }) => key).filter((key) => key.endsWith(`/${id}`)));
    },
    sync: (disk, source, { when = 'prepareUpload(', meanwhile, ...choice } = {}) => {
      let happened = false;
      const happen = async (text: string) => {
        if (happened || !text.includes(when)) return;
        happened = true;
        await meanwhile?.();
      };
      const happening: Graphql = {
        call: async (operation, variables, abort) => {
          await happen(operation.text);
          return graphql.call(operation, variables, abort);
        },
        callOnce: async (operation, variables, abort) => {
          await happen(operation.text);
          return graphql.callOnce(operation, variables, abort);
        },
      };
      return syncImage({ graphql: happening, http }, { ...choice, disk, source, meter: new Meter(), signal });
    },
    close: async () => {
      http.close();
      await server.close();
      await api.close();
      await rm(folder, { recursive: true });
    },
  };
}
