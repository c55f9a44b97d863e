import { hash } from 'node:crypto';
import type { FileState, FileStore, UploadedPart } from '../../src/platform/files/port.ts';

interface Part {
  readonly bytes: Buffer;
  readonly etag: string;
}

interface Upload {
  readonly key: string;
  readonly parts: Map<number, Part>;
}

/** Files in memory, as strict as the port. */
export interface MemoryFiles extends FileStore {
  readonly stored: Map<string, Buffer>;
  /** What is under way. */
  readonly begun: Map<string, Upload>;
  /** Another store with the same files and uploads. */
  copy(): MemoryFiles;
}

export function createMemoryFiles(
  stored: Map<string, Buffer> = new Map(),
  begun: Map<string, Upload> = new Map(),
): MemoryFiles {
  let next = begun.size;
  const partsOf = (id: string): UploadedPart[] | undefined => {
    const upload = begun.get(id);
    if (upload === undefined) return undefined;
    return [...upload.parts]
      .map(([number, { bytes, etag }]) => ({ number, sizeBytes: bytes.length, etag }))
      .sort((a, b) => a.number - b.number);
  };
  const stateOf = (key: string): FileState | undefined => {
    const bytes = stored.get(key);
    return bytes && { key, sizeBytes: bytes.length, etag: hash('md5', bytes, 'hex') };
  };
  return {
    stored,
    begun,
    copy: () =>
      createMemoryFiles(
        new Map(stored),
        new Map([...begun].map(([id, { key, parts }]) => [id, { key, parts: new Map(parts) }])),
      ),
    begin: async (key) => {
      const id = `upload-${next++}-${begun.size}`;
      begun.set(id, { key, parts: new Map() });
      return id;
    },
    uploads: async (key) =>
      [...begun]
        .filter(([, upload]) => upload.key === key)
        .map(([id]) => id)
        .sort(),
    parts: async ({ id }) => partsOf(id),
    putPart: async ({ id }, number, bytes) => {
      begun.get(id)?.parts.set(number, { bytes: Buffer.from(bytes), etag: hash('md5', bytes, 'hex') });
      return begun.has(id);
    },
    complete: async ({ key, id }, wanted) => {
      const upload = begun.get(id);
      const there = new Map(partsOf(id)?.map(({ number, etag }) => [number, etag]));
      if (upload === undefined || !wanted.every(({ number, etag }) => there.get(number) === etag)) return false;
      stored.set(key, Buffer.concat(wanted.map(({ number }) => (upload.parts.get(number) as Part).bytes)));
      begun.delete(id);
      return true;
    },
    abort: async ({ id }) => void begun.delete(id),
    size: async (key) => stored.get(key)?.length,
    look: async (key) => stateOf(key),
    read: async ({ key, etag }, offset, length) =>
      stateOf(key)?.etag === etag ? stored.get(key)?.subarray(offset, offset + length) : undefined,
    remove: async (key) => void stored.delete(key),
    signGet: async (key, ttlSeconds) => `memory:///${key}?ttl=${ttlSeconds}`,
  };
}
