import { sizeText } from '../../platform/size-text.ts';
import { ClientError } from '../errors.ts';

/** The disk that a change is made to, as it was when the change began. */
export interface TargetDisk {
  readonly id: string;
  readonly sizeBytes: number;
  readonly version: number;
  /** What an earlier source could not be read of. */
  readonly unreadable?: { readonly count: number } | null;
}

/**
 * A source that ends before the disk does may be whole, or a pipe or copy that broke off. It is
 * only taken for whole if the caller says so.
 */
export function sourceTooShort(disk: TargetDisk, sourceBytes: number): ClientError {
  const message = `The source ended at ${sizeText(sourceBytes)} of ${sizeText(disk.sizeBytes)}.`;
  return new ClientError('SourceTooShort', message, {
    diskId: disk.id,
    diskBytes: disk.sizeBytes,
    sourceBytes,
  });
}

export function streamUnreadable(error: Error, offsetBytes: number): ClientError {
  const { code: errno = error.message } = error as NodeJS.ErrnoException;
  const message = `Standard input cannot be read at offset ${sizeText(offsetBytes)} (${errno}).`;
  return new ClientError('SourceUnusable', message, { offsetBytes, errno }, error);
}

export function sourceTooLarge(disk: TargetDisk, sizeBytes?: number): ClientError {
  const source = sizeBytes === undefined ? 'The source' : `The source (${sizeText(sizeBytes)})`;
  const message = `${source} is larger than disk ${disk.id} (${sizeText(disk.sizeBytes)}).`;
  return new ClientError('SourceTooLarge', message, {
    diskId: disk.id,
    diskBytes: disk.sizeBytes,
    ...(sizeBytes === undefined ? {} : { sourceBytes: sizeBytes }),
  });
}
