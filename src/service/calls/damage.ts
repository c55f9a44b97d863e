import { VarveError } from '../../platform/errors.ts';
import { sizeText } from '../../platform/size-text.ts';

/**
 * Rule 9.5: damage that a read finds is reported with its disk, besides the object and the offset
 * that the engine gives.
 */
export async function addDiskToDamage<T>(diskId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    const { offsetBytes } = error.extra;
    const where = typeof offsetBytes === 'number' ? ` at offset ${sizeText(offsetBytes)}` : '';
    const message = `Damaged data in disk ${diskId}${where}: ${error.message}.`;
    throw new VarveError(error.code, message, { diskId, ...error.extra }, error);
  }
}
