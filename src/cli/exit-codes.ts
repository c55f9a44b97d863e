import { ClientError, type ClientErrorCode } from '../client/errors.ts';
import { VarveError } from '../platform/errors.ts';
import { USAGE, UsageError } from './usage-error.ts';
import { type AtHand, remedyOf } from './words/remedies.ts';

/** Part of the CLI's interface: numbers keep their meaning. */
export const EXIT_CODES = {
  0: 'Done.',
  1: 'It failed for a reason other than those below.',
  2: 'The command line is wrong, or the service does not accept a value.',
  3: 'A disk, snapshot or other thing does not exist.',
  4:
    'The present state does not allow it. Something changed meanwhile, is in use or not ready, ' +
    'a quota is used up, the output exists, or the source has another size.',
  5: 'Damaged data was found. Nothing wrong was written under the output’s name.',
  6: 'The service or the object store cannot be reached.',
  7: 'It is not allowed: there is no credential, the role is too low, or a key cannot be used here.',
  8: 'Disks are in breach of their recovery point objective (varve watch).',
  9: 'What was waited for has not ended in time (--timeout).',
  10: 'A question on the terminal was not answered with yes. Nothing was changed.',
  130: 'It was stopped by Ctrl-C (SIGINT). An import, sync or export goes on when the same command is run again.',
  143: 'It was stopped by SIGTERM. Otherwise as 130.',
} as const;

export type ExitCode = keyof typeof EXIT_CODES;

const BY_CODE: Readonly<Record<ClientErrorCode, ExitCode>> = {
  Unreachable: 6,
  BadAnswer: 1,
  SourceUnusable: 1,
  SourceFormat: 4,
  SourceInUse: 4,
  SourceChanged: 4,
  SourceTooLarge: 4,
  SourceTooShort: 4,
  OutputExists: 4,
  OutputInUse: 4,
  OutputUnusable: 1,
  AttachFailed: 1,
  ServerFailed: 1,
  DoctorWarning: 4,
  DoctorProblem: 5,
  InBreach: 8,
  MountFailed: 1,
  AmbiguousName: 2,
  NotDelivered: 1,
  JobFailed: 1,
  TimedOut: 9,
  Declined: 10,
  Interrupted: 130,
  Unauthenticated: 7,
  Forbidden: 7,
  NotFound: 3,
  InvalidParameter: 2,
  SnapshotServiceNotOpened: 4,
  AccountInArrears: 4,
  QuotaExceeded: 4,
  UnsupportedDiskCategory: 4,
  IncorrectDiskStatus: 4,
  IncorrectInstanceStatus: 4,
  SnapshotCreating: 4,
  SnapshotNotReady: 4,
  SnapshotUsedByDisk: 4,
  SnapshotUsedByImage: 4,
  SnapshotPinned: 4,
  UnsupportedInstanceKind: 4,
  DeletionProtected: 4,
  EncryptedImageNotShareable: 4,
  EncryptedImageNotExportable: 4,
  ExportTooLarge: 4,
  ImportSourceChanged: 4,
  ImportTooLarge: 4,
  ImportFormatUnclear: 4,
  InvalidSnapshotDisk: 4,
  DiskLocked: 4,
  LeaseLost: 4,
  OriginSnapshotDeleted: 4,
  VersionConflict: 4,
  DraftClosed: 4,
  ObjectMissing: 5,
  ObjectTombstoned: 1,
  ObjectDamaged: 5,
  KeyUnavailable: 7,
  EncryptionMismatch: 4,
  ImageUnsupported: 4,
  ImageDamaged: 5,
  IdempotentParameterMismatch: 4,
  PriceMissing: 4,
  ClockNotTrusted: 4,
  PreviewTooLarge: 1,
  NoIndexForFilter: 2,
  Throttled: 6,
  UnsupportedOperation: 1,
  QueryTooComplex: 1,
  AnswerTooLarge: 1,
  StorageFull: 4,
  ReadOnly: 5,
  Internal: 1,
};

export interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** `command`: the one at hand; undefined if the words name none. */
export function describeFailure(error: unknown, command?: AtHand): Failure {
  if (error instanceof UsageError) {
    const help = `varve ${error.command === undefined ? '' : `${error.command} `}--help`;
    return { exitCode: 2, code: USAGE, message: error.message, hint: `See: ${help}`, extra: {} };
  }
  if (error instanceof ClientError || error instanceof VarveError) {
    const { code, message, extra } = error;
    const hint = remedyOf(code, extra, command ?? { path: '', options: [] });
    return { exitCode: BY_CODE[code], code, message, hint, extra };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: 1, code: 'Failed', message, extra: {} };
}

export function exitCodeOf(code: string): ExitCode {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code as ClientErrorCode] : 1;
}
