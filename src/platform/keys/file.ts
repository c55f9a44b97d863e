import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createDurably } from '../durable-file.ts';
import { VarveError } from '../errors.ts';
import type { KeyService, KeyUnwrapper, WrappedKey } from './port.ts';

/**
 * Keys of a single-machine installation: a file of mode 0600 with master keys by id,
 *
 *     { "version": 1, "keys": { "local": "<32 bytes, base64>" } }
 *
 * A data key is wrapped by AES-256-GCM under a master key: version 1, nonce (12), sealed key (32),
 * tag (16); the key's id is additional authenticated data. The file is read at each call, so that
 * keys can be added while the service runs.
 */
export interface FileKeysOptions {
  readonly path: string;
  readonly random?: (bytes: number) => Uint8Array;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_VERSION = 1;
const WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const OTHERS_MAY = 0o077;

export function createFileKeys({ path, random = randomBytes }: FileKeysOptions): KeyService & KeyUnwrapper {
  const masterKey = async (keyId: string): Promise<Buffer> => {
    const key = (await readKeyFile(path)).get(keyId);
    if (!key) throw new VarveError('KeyUnavailable', `Key file ${path} has no key ${keyId}.`, { keyId });
    return key;
  };

  const wrapUnder = (master: Buffer, keyId: string, dataKey: Uint8Array): WrappedKey => ({
    keyId,
    wrapped: wrap(master, keyId, { dataKey, nonce: random(NONCE_BYTES) }).toString('base64'),
  });

  return {
    async generateWrapped(keyId) {
      return wrapUnder(await masterKey(keyId), keyId, random(KEY_BYTES));
    },
    // The file is on the machine that has all regions.
    async rewrap(key) {
      const master = await masterKey(key.keyId);
      return wrapUnder(master, key.keyId, unwrap(master, key));
    },
    async unwrap(key) {
      return unwrap(await masterKey(key.keyId), key);
    },
  };
}

/**
 * Makes the file with one new key. One that is there already is left alone, and that is an error.
 * Nothing is encrypted under a key that a power cut could take.
 */
export async function createKeyFile({ path, random = randomBytes }: FileKeysOptions, keyId: string): Promise<void> {
  const key = Buffer.from(random(KEY_BYTES)).toString('base64');
  const text = `${JSON.stringify({ version: 1, keys: { [keyId]: key } }, undefined, 2)}\n`;
  createDurably(path, text);
}

async function readKeyFile(path: string): Promise<Map<string, Buffer>> {
  return parseKeyFile(path, await readPrivateFile(path));
}

async function readPrivateFile(path: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw unavailable(`Key file ${path} cannot be read: ${cause.code}.`, cause);
  });
  try {
    const { mode } = await file.stat();
    if ((mode & OTHERS_MAY) !== 0) {
      throw unavailable(`Key file ${path} is open to other users; make it private first: chmod 600 ${path}`);
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function parseKeyFile(path: string, text: string): Map<string, Buffer> {
  const { version, keys } = parseJson(text) as { version?: unknown; keys?: unknown };
  if (version !== 1 || typeof keys !== 'object' || keys === null) {
    throw unavailable(`Key file ${path} is damaged: it is not a key file of version 1.`);
  }
  return new Map(Object.entries(keys).map(([id, value]) => [id, parseKey(path, id, value)]));
}

function parseKey(path: string, id: string, value: unknown): Buffer {
  const key = Buffer.from(typeof value === 'string' ? value : '', 'base64');
  if (key.length !== KEY_BYTES)
    throw unavailable(`Key file ${path} is damaged: key ${id} does not have ${KEY_BYTES} bytes.`);
  return key;
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

interface Wrapping {
  readonly dataKey: Uint8Array;
  readonly nonce: Uint8Array;
}

function wrap(masterKey: Buffer, keyId: string, { dataKey, nonce }: Wrapping): Buffer {
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(additionalData(keyId));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final()]);
  return Buffer.concat([Uint8Array.of(WRAPPED_VERSION), nonce, sealed, cipher.getAuthTag()]);
}

function unwrap(masterKey: Buffer, { keyId, wrapped }: WrappedKey): Buffer {
  const bytes = Buffer.from(wrapped, 'base64');
  if (bytes.length !== WRAPPED_BYTES || bytes[0] !== WRAPPED_VERSION)
    throw unavailable('The wrapped data key is damaged.');
  const sealedAt = 1 + NONCE_BYTES;
  const tagAt = sealedAt + KEY_BYTES;
  const cipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(1, sealedAt), { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(keyId)).setAuthTag(bytes.subarray(tagAt));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(sealedAt, tagAt)), cipher.final()]);
  } catch (cause) {
    throw unavailable(`The wrapped data key is damaged, or was not wrapped under this key ${keyId}.`, cause);
  }
}

const additionalData = (keyId: string) => Buffer.from(`varve data key v1 ${keyId}`);

function unavailable(message: string, cause?: unknown): VarveError {
  return new VarveError('KeyUnavailable', message, {}, cause);
}
