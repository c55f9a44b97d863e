import { hash, randomBytes } from 'node:crypto';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { createUrlSigner } from '../../src/platform/objects/sigv4.ts';
import { BenchError } from '../bench-error.ts';
import type { StoreAccess } from '../varve/store-access.ts';
import { Connection } from './connection.ts';

/** What the object store gives when objects of one block's size are all that anyone does. */
export interface RawRates {
  /** Bytes a second, at the best of the tried numbers of connections. */
  readonly put: number;
  readonly get: number;
  readonly byConnections: readonly { readonly connections: number; readonly put: number; readonly get: number }[];
}

export interface RawObjectsOptions {
  readonly store: StoreAccess;
  readonly objects: number;
  /** Below which keys are made. */
  readonly prefix: string;
  readonly signal: AbortSignal;
}

const CONNECTIONS = [16, 32, 64];
const URL_SECONDS = 3600;

/**
 * PUTs objects that are new and GETs them again, by signed URLs, over connections that stay open.
 */
export async function measureRawObjects(options: RawObjectsOptions): Promise<RawRates> {
  const body = randomBytes(BLOCK_BYTES);
  const byConnections: { connections: number; put: number; get: number }[] = [];
  for (const connections of CONNECTIONS) {
    const keys = Array.from({ length: options.objects }, (_, at) => `${options.prefix}/${connections}/${at}`);
    const heads = signHeads(options.store, keys, body);
    const put = await rate(options, { connections, heads: heads.put, body });
    const get = await rate(options, { connections, heads: heads.get });
    byConnections.push({ connections, put, get });
  }
  const best = (of: 'put' | 'get') => Math.max(...byConnections.map((one) => one[of]));
  return { put: best('put'), get: best('get'), byConnections };
}

/** Signed beforehand: signing is no part of what the store does. */
function signHeads(store: StoreAccess, keys: readonly string[], body: Buffer): { put: string[]; get: string[] } {
  const signer = createUrlSigner(new URL(`${store.endpoint}/${store.bucket}`), store.region);
  const request = { epochMs: Date.now(), ttlSeconds: URL_SECONDS };
  const headers = { 'content-length': `${body.length}`, 'x-amz-checksum-sha256': hash('sha256', body, 'base64') };
  const headerLines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = (url: URL, method: string, lines: readonly string[]) =>
    `${method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n${lines.join('')}\r\n`;
  return {
    put: keys.map((key) => {
      const url = signer.sign({ ...request, method: 'PUT', key, headers }, store.credentials);
      return head(new URL(url), 'PUT', headerLines);
    }),
    get: keys.map((key) =>
      head(new URL(signer.sign({ ...request, method: 'GET', key }, store.credentials)), 'GET', []),
    ),
  };
}

/** Bytes a second of all requests together. */
async function rate(
  { store, signal }: RawObjectsOptions,
  { connections, heads, body }: { connections: number; heads: readonly string[]; body?: Buffer },
): Promise<number> {
  const { hostname, port } = new URL(store.endpoint);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(hostname, Number(port))));
  const closeAll = () => {
    for (const connection of open) connection.close();
  };
  try {
    let next = 0;
    const began = performance.now();
    const work = open.map(async (connection) => {
      for (let head = heads[next++]; head !== undefined; head = heads[next++]) {
        signal.throwIfAborted();
        const status = await connection.send(head, body);
        if (status !== 200) throw new BenchError(`The object store answered a signed request with ${status}.`);
      }
    });
    await Promise.all(work);
    return (heads.length * BLOCK_BYTES) / ((performance.now() - began) / 1000);
  } finally {
    closeAll();
  }
}
