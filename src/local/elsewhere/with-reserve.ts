import { NoSpaceError } from '../../platform/errors.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

/**
 * Uploads go straight into the bucket, and yet each costs a row here. Without room for the
 * catalogue nobody gets a URL for one.
 */
export function withReserve(objects: ObjectStore, hasRoom: () => boolean): ObjectStore {
  return {
    ...withRoomForCopies(objects, hasRoom),
    signPut: async (key, content, grant) => {
      requireRoom(hasRoom);
      return objects.signPut(key, content, grant);
    },
  };
}

/** Copies of other regions come in by no URL. */
export function withRoomForCopies(objects: ObjectStore, hasRoom: () => boolean): ObjectStore {
  return {
    ...objects,
    copyFrom: async (source, from, to) => {
      requireRoom(hasRoom);
      return objects.copyFrom(source, from, to);
    },
  };
}

function requireRoom(hasRoom: () => boolean): void {
  if (!hasRoom()) throw new NoSpaceError('There is no room left on the disk.');
}
