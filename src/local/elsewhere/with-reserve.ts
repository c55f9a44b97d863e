import { NoSpaceError } from '../../platform/errors.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

/**
 * Uploads go straight into the bucket, and yet each costs a row here. Without room for the
 * catalogue nobody gets a URL for one.
 */
export function withReserve(objects: ObjectStore, hasRoom: () => boolean): ObjectStore {
  return {
    ...objects,
    signPut: async (key, content, grant) => {
      if (!hasRoom()) throw new NoSpaceError('The disk of the catalogue has no room left.');
      return objects.signPut(key, content, grant);
    },
  };
}
