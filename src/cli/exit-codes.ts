import { NOT_PROVED } from '../client/download/contradiction.ts';
import { isBadPlace } from '../client/errno.ts';
import { ClientError, type ClientErrorCode } from '../client/errors.ts';
import { VarveError } from '../platform/errors.ts';
import { USAGE, UsageError } from './usage-error.ts';

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

/** What to try next, where the message alone does not say it. */
const HINTS: Partial<Readonly<Record<ClientErrorCode, string>>> = {
  SnapshotServiceNotOpened: 'Switch snapshots on with: varve service open --accept-terms',
  SnapshotUsedByDisk: 'Add --force to delete it all the same. The disk still works.',
  SourceTooLarge: 'Make the disk larger with: varve disk resize DISK SIZE',
  SourceTooShort: 'If the source is whole, add --zero-rest. The rest of the disk becomes zeros.',
  SourceInUse: 'Unmount it first, or read a snapshot of it. --live reads it as it is, while others may write to it.',
  SourceChanged:
    'Read it while nothing writes to it, or read a snapshot of it. --allow-change accepts it as it was read.',
  OutputInUse: 'Unmount it or take it out of use first. --force does not do that.',
  OutputExists: 'Add --force to overwrite it.',
  StorageFull: 'Make room on the disk of the data folder, and then run the command again.',
  VersionConflict: 'Somebody else changed it. Look at it, and then run the command again.',
};

export interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly extra: Readonly<Record<string, unknown>>;
}

const AROUND_HINT = 'With --on-read-error zero, what cannot be read becomes zeros and is listed.';

/** Options that take a disk away from its writer; a command has one of them, or none. */
const TAKING = ['steal', 'break-lease'];

/** `options` are those that the command has. */
export function describeFailure(error: unknown, options: readonly string[] = []): Failure {
  if (error instanceof UsageError) {
    const help = `varve ${error.command === undefined ? '' : `${error.command} `}--help`;
    return { exitCode: 2, code: USAGE, message: error.message, hint: `See: ${help}`, extra: {} };
  }
  if (error instanceof ClientError || error instanceof VarveError) {
    const { code, message, extra } = error;
    return { exitCode: BY_CODE[code], code, message, hint: hintOf(code, extra, options), extra };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: 1, code: 'Failed', message, extra: {} };
}

function hintOf(code: ClientErrorCode, extra: Failure['extra'], options: readonly string[]): string | undefined {
  switch (code) {
    case 'DiskLocked':
      return lockedHint(options);
    case 'SourceUnusable':
      return isBadPlace(extra.errno) && options.includes('on-read-error') ? AROUND_HINT : undefined;
    case 'ObjectDamaged':
      return damageHint(extra);
    default:
      return HINTS[code];
  }
}

function lockedHint(options: readonly string[]): string {
  const taking = TAKING.find((name) => options.includes(name));
  return taking === undefined
    ? 'Stop that writer first.'
    : `Stop that writer, or take the disk away from it with --${taking}.`;
}

/** `known`: whether the service knows of the damage. */
function damageHint({ known, reason }: Readonly<Record<string, unknown>>): string | undefined {
  if (reason === NOT_PROVED) {
    return (
      'What came is not what the root names. The service, or something on the way, answers ' +
      'wrongly. Nothing of it was used.'
    );
  }
  if (known === true) {
    return (
      'The service knows of the damage. Import the same content again as a new disk, and it is ' +
      'whole everywhere. See: varve damage list'
    );
  }
  return known === false
    ? 'Run varve scrub, so that the service knows of the damage. Then import the same content again.'
    : undefined;
}

export function exitCodeOf(code: string): ExitCode {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code as ClientErrorCode] : 1;
}
