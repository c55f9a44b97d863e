import { ClientError } from '../client/errors.ts';
import type { Disk } from '../client/service/disks.ts';
import type { Kept } from '../client/upload/committer.ts';

const AGAIN: Readonly<Record<Kept, string>> = {
  KEPT: 'Running the same command again goes on from here.',
  NOTHING: 'Running the same command again begins anew.',
  UNCERTAIN: 'The disk may just have taken the change over; running the same command again makes sure.',
};

/** The failure of an upload, with what has become of the work and the disk. `isNew` of a disk that was made for it. */
export function uploadFailure(error: unknown, { id, name }: Disk, isNew: boolean): unknown {
  if (!(error instanceof Error)) return error;
  const message = [error.message, ...consequences(error, id, isNew), ...(isNew ? [leftBehind(id, name)] : [])].join(
    ' ',
  );
  if (!(error instanceof ClientError)) return isNew ? new Error(message, { cause: error }) : error;
  return new ClientError(error.code, message, { diskId: id, ...error.extra }, error.cause);
}

function consequences(error: Error, diskId: string, isNew: boolean): string[] {
  if (!(error instanceof ClientError)) return [];
  const kept = error.extra.kept as Kept | undefined;
  if (error.code === 'Interrupted') return [AGAIN[kept ?? 'NOTHING']];
  return error.code === 'SourceTooShort' && !isNew ? [`What disk ${diskId} holds stays as it was.`] : [];
}

function leftBehind(id: string, name: string): string {
  return `Disk ${id} (${name}) was made for this and stays: the same command uses it, varve disk delete ${id} takes it away.`;
}
