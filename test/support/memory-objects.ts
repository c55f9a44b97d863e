import { hash } from 'node:crypto';
import type { Clock } from '../../src/platform/clock.ts';
import { copyThrough } from '../../src/platform/objects/copy-through.ts';
import type { ObjectPage, ObjectStore, PutCondition, PutContent, SignedPut } from '../../src/platform/objects/port.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Does what an HTTP client does with a signed URL. */
export type SignedRequest = (
  method: 'GET' | 'PUT',
  url: string,
  send?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array },
) => Promise<HttpAnswer>;

/**
 * An object store in memory, as strict as the port; `request` stands for HTTP with its signed URLs.
 */
export interface MemoryObjects extends ObjectStore {
  readonly request: SignedRequest;
  /** The stored bytes themselves, for tests that damage them. */
  readonly stored: Map<string, Buffer>;
  /** What was uploaded and not persisted is gone, and what it replaced is back. */
  cutPower(): void;
  /** Another store with the same objects. */
  copy(clock: Clock): MemoryObjects;
}

interface Grant {
  readonly method: 'GET' | 'PUT';
  readonly key: string;
  readonly until: number;
  readonly content?: PutContent;
  readonly when?: PutCondition;
}

export function createMemoryObjects(
  clock: Clock,
  stored: Map<string, Buffer> = new Map(),
  modified: Map<string, number> = new Map(),
  sums: Map<string, string> = new Map(),
): MemoryObjects {
  const grants = new Map<string, Grant>();
  /** Uploads that a power cut takes, with what was there before them. */
  const fleeting = new Map<string, Buffer | undefined>();

  const put = (key: string, bytes: Uint8Array) => {
    stored.set(key, Buffer.from(bytes));
    sums.set(key, hash('sha256', bytes, 'hex'));
    modified.set(key, clock.now());
  };
  const grant = (given: Omit<Grant, 'until'>, ttlSeconds: number): string => {
    const url = `memory:///${encodeURIComponent(given.key)}?grant=${grants.size}`;
    grants.set(url, { ...given, until: clock.now() + ttlSeconds * 1000 });
    return url;
  };

  return {
    stored,
    copy: (otherClock) => createMemoryObjects(otherClock, new Map(stored), new Map(modified), new Map(sums)),
    put: async (key, bytes) => {
      fleeting.delete(key);
      put(key, bytes);
    },
    putNew: async (key, bytes) => {
      if (stored.has(key)) return false;
      put(key, bytes);
      return true;
    },
    copyFrom: (source, from, to) =>
      copyThrough(source, from, async (bytes) => {
        if (!fleeting.has(to)) fleeting.set(to, stored.get(to));
        put(to, bytes);
      }),
    persist: async (keys) => {
      for (const key of keys) fleeting.delete(key);
    },
    cutPower: () => {
      for (const [key, before] of fleeting) {
        if (before === undefined) stored.delete(key);
        else stored.set(key, before);
      }
      fleeting.clear();
    },
    get: async (key) => copy(stored.get(key)),
    read: async (key) => {
      const bytes = copy(stored.get(key));
      const sha256 = sums.get(key);
      return bytes && { bytes, etag: etagOf(bytes), ...(sha256 !== undefined && { sha256 }) };
    },
    head: async (key) => headOf(stored.get(key)),
    remove: async (keys) => {
      for (const key of keys) {
        stored.delete(key);
        modified.delete(key);
      }
    },
    list: async (prefix, { after = '', limit }): Promise<ObjectPage> => {
      const all = [...stored.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      const keys = all.slice(0, limit).map((key) => ({
        key,
        sizeBytes: stored.get(key)?.length ?? 0,
        modifiedAt: modified.get(key) ?? 0,
      }));
      return { keys, more: all.length > limit };
    },
    signGet: async (key, ttlSeconds) => grant({ method: 'GET', key }, ttlSeconds),
    signPut: async (key, content, { ttlSeconds, when }): Promise<SignedPut> => ({
      url: grant({ method: 'PUT', key, content, when }, ttlSeconds),
      headers: { 'x-amz-checksum-sha256': base64(content.sha256), ...headerOf(when) },
    }),
    request: async (method, url, send = {}): Promise<HttpAnswer> => {
      const given = grants.get(url);
      if (given?.method !== method || given.until < clock.now()) return refused;
      if (method === 'GET') {
        const body = copy(stored.get(given.key));
        return body ? { status: 200, body } : { status: 404, body: Buffer.alloc(0) };
      }
      const body = send.body ?? new Uint8Array(0);
      const checksum = send.headers?.['x-amz-checksum-sha256'];
      if (body.length !== given.content?.sizeBytes || checksum !== base64(given.content.sha256)) return refused;
      const { when = 'absent' } = given;
      if (Object.entries(headerOf(when)).some(([name, value]) => send.headers?.[name] !== value)) return refused;
      if (hash('sha256', body, 'hex') !== given.content.sha256) return { status: 400, body: Buffer.alloc(0) };
      const status = verdictOf(stored.get(given.key), when);
      if (status !== 200) return { status, body: Buffer.alloc(0) };
      if (!fleeting.has(given.key)) fleeting.set(given.key, stored.get(given.key));
      put(given.key, body);
      return { status: 200, body: Buffer.alloc(0) };
    },
  };
}

const refused: HttpAnswer = { status: 403, body: Buffer.alloc(0) };

const etagOf = (bytes: Buffer) => `"${hash('md5', bytes, 'hex')}"`;
const headerOf = (when: PutCondition): Record<string, string> =>
  when === 'absent' ? { 'if-none-match': '*' } : { 'if-match': when.etag };

/** As S3 has it, with the status for a condition that names bytes where there are none. */
function verdictOf(there: Buffer | undefined, when: PutCondition): 200 | 404 | 412 {
  if (when === 'absent') return there === undefined ? 200 : 412;
  if (there === undefined) return 404;
  return etagOf(there) === when.etag ? 200 : 412;
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const copy = (bytes: Buffer | undefined) => bytes && Buffer.from(bytes);
const headOf = (bytes: Buffer | undefined) =>
  bytes && { sizeBytes: bytes.length, sha256: hash('sha256', bytes, 'hex') };
