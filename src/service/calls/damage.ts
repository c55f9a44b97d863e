import { VarveError } from '../../platform/errors.ts';

/** Rule 9.5: what a read finds damaged is told with its disk, besides the object and the offset that the engine tells. */
export async function namingDisk<T>(diskId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    const { offsetBytes } = error.extra;
    const where = typeof offsetBytes === 'number' ? ` at offset ${offsetBytes}` : '';
    const message = `Damaged data in disk ${diskId}${where}: ${error.message}.`;
    throw new VarveError(error.code, message, { diskId, ...error.extra }, error);
  }
}
