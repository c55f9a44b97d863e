import type { ObjectStore } from '../../src/platform/objects/port.ts';

/** A store where what a client uploads is not durable until somebody asks for that. */
export interface TakesUploads {
  /** As the holder of a signed URL puts it there. What is there already stays. */
  upload(key: string, bytes: Uint8Array): Promise<void>;
}

/** As a client uploads: where a store makes no difference, it is put there. */
export function upload(objects: ObjectStore & Partial<TakesUploads>, key: string, bytes: Uint8Array): Promise<void> {
  return objects.upload === undefined ? objects.put(key, bytes) : objects.upload(key, bytes);
}
