import { VarveError } from '../platform/errors.ts';

/** Rule 9.5: what a read finds damaged is told with its disk, besides the object and the offset that the engine tells. */
export async function namingDisk<T>(diskId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    throw new VarveError(error.code, error.message, { diskId, ...error.extra }, error);
  }
}
