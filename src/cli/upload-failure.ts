import { ClientError } from '../client/errors.ts';
import type { Disk } from '../client/service/disks.ts';
import type { Kept } from '../client/upload/committer.ts';
import { REPEAT_HINT } from './repeat-hint.ts';

const AGAIN: Readonly<Record<Kept, string>> = {
  KEPT: REPEAT_HINT,
  NOTHING: 'Running the same command again starts from the beginning.',
  UNCERTAIN: 'The disk may have the new contents already. varve disk show says whether its version has changed.',
};

export interface FailedUpload {
  readonly disk: Pick<Disk, 'id' | 'name'>;
  /** Whether the disk was made for it. */
  readonly isNew: boolean;
  /**
   * How the next try reaches it: the same command finds it, which is so unless said otherwise, or
   * it must be named.
   */
  readonly found?: 'SAME_COMMAND' | 'BY_ID' | undefined;
  readonly signal: AbortSignal;
}

/** The failure of an upload, with what has become of the work and the disk. */
export function uploadFailure(error: unknown, { disk, isNew, found, signal }: FailedUpload): unknown {
  if (!(error instanceof Error)) return error;
  const failure = signal.aborted ? stopped(error, signal) : error;
  const { id } = disk;
  const byId = found === 'BY_ID' ? `varve disk import - --disk ${id}` : undefined;
  const left = isNew ? [leftBehind(disk, byId)] : [];
  const message = [failure.message, ...consequences(failure, id, isNew, byId), ...left].join(' ');
  if (!(failure instanceof ClientError)) return isNew ? new Error(message, { cause: failure }) : failure;
  return new ClientError(failure.code, message, { diskId: id, ...failure.extra }, failure.cause);
}

/**
 * Ctrl-C reaches the other end of a pipe as well. So it says nothing that the pipe ended too early.
 */
function stopped(error: Error, { reason }: AbortSignal): Error {
  if (!(reason instanceof ClientError)) return error;
  const kept = error instanceof ClientError ? error.extra.kept : undefined;
  return new ClientError(reason.code, reason.message, { ...reason.extra, kept }, error);
}

function consequences(error: Error, diskId: string, isNew: boolean, byId: string | undefined): string[] {
  if (!(error instanceof ClientError)) return [];
  const kept = error.extra.kept as Kept | undefined;
  if (error.code === 'Interrupted') {
    if (kept === undefined) return [];
    return [kept === 'KEPT' && byId !== undefined ? `${byId} goes on from here.` : AGAIN[kept]];
  }
  return error.code === 'SourceTooShort' && !isNew ? [`Disk ${diskId} has not changed.`] : [];
}

function leftBehind({ id, name }: FailedUpload['disk'], byId: string | undefined): string {
  const again = byId ? `${byId} uses it` : 'the same command uses it if it is still empty';
  return `Disk ${id} (${name}) was made for this and stays: ${again}, and varve disk delete ${id} deletes it.`;
}
