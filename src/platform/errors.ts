/**
 * The one registry of error codes. A code is part of the public API: it stands in
 * `errors[].extensions.code` and in the CLI's JSON output, and never changes its meaning. `extra`
 * names what a code carries besides.
 */
export const ERROR_CODES = {
  Unauthenticated: 'The request carries no credential, or one that is not valid (any more).',
  Forbidden: "The credential's role does not allow this operation.",
  NotFound: 'No such object in this account.',
  InvalidParameter: 'An input value is not allowed; `field` names it.',
  NoIndexForFilter:
    'No index has what this filter selects in this order; ' + '`field` names the part that does not go.',
  SnapshotServiceNotOpened: 'Snapshots are not switched on for this account and region.',
  AccountInArrears: 'The account has been in arrears for more than 24 hours.',
  QuotaExceeded: 'A quota is used up; `quota`, `limit` and `used` say which.',
  UnsupportedDiskCategory: 'Disks of this category cannot have snapshots or policies.',
  IncorrectDiskStatus: "The disk's status does not allow this operation.",
  IncorrectInstanceStatus: "The instance's status does not allow this operation.",
  UnsupportedInstanceKind: 'A HOST instance comes and goes with the leases that its host holds.',
  DeletionProtected: 'The instance is protected against being released.',
  SnapshotCreating: 'A snapshot of this disk is in progress.',
  SnapshotNotReady: 'The snapshot is not ACCOMPLISHED.',
  SnapshotUsedByDisk: 'A disk was created from the snapshot; `force` deletes it all the same.',
  SnapshotUsedByImage: 'An image was created from the snapshot; delete the image first.',
  SnapshotPinned: 'The snapshot is pinned: unpin it first.',
  InvalidSnapshotDisk: 'The snapshot is not one of this disk.',
  DiskLocked:
    'Somebody else holds the disk open for writing; `holder` and `expiresAt` say who and until when at least.',
  LeaseLost: 'The writer lease was taken over, broken or ended; `holder` says who has the disk now, if anybody.',
  OriginSnapshotDeleted: 'The snapshot that the disk came from has been deleted.',
  VersionConflict: 'The disk has been changed since `expectedVersion`; `currentVersion` says to what.',
  DraftClosed: 'The draft is committed, discarded or expired.',
  ObjectMissing: 'Blocks were named that are not in the store; `objectIds` lists them (at most 20).',
  ObjectTombstoned: 'A block is just being reclaimed: upload it again after `retryAfterMs`.',
  ObjectDamaged:
    'A stored object is missing, cut or changed; `objectId`, `reason` and where known `diskId`, `offsetBytes` say which.',
  KeyUnavailable: 'The encryption key cannot be used here.',
  EncryptionMismatch: 'An encrypted and a plain disk, snapshot or image cannot be mixed like this.',
  EncryptedImageNotShareable: 'An image of an encrypted snapshot cannot be shared.',
  EncryptedImageNotExportable: 'The service cannot export an encrypted image, as it has no key; clients can.',
  ExportTooLarge: 'The file of an export would be longer than a store takes in parts.',
  ImportSourceChanged: 'The file of an import was replaced or deleted while it was read.',
  ImportTooLarge: 'The file of an import stands for more data than a file of its length can hold.',
  ImportFormatUnclear: 'The contents and the name of the file of an import do not say the same format: name it.',
  ImageUnsupported: 'The image file needs something that is not read; `feature` says what.',
  ImageDamaged: 'The image file is not what its format says, or ends too early.',
  IdempotentParameterMismatch: 'This clientToken was used before with another input.',
  PriceMissing: 'A month cannot be closed without a price; `region`, `currency`, `from` say which.',
  ClockNotTrusted: 'The clock is ahead of what can be explained, and the call depends on it.',
  PreviewTooLarge: 'The preview would visit more than `limit` blocks.',
  Throttled: 'The store is busy; try again after `retryAfterMs`. With `mayBeDone`, the change may have taken place.',
  UnsupportedOperation: 'The API has no subscriptions, and takes one operation a request.',
  QueryTooComplex: 'The query is deeper or costlier than allowed.',
  AnswerTooLarge: 'The answer would have more than `limit` bytes: ask for fewer objects or fields at once.',
  StorageFull: 'The store has no room left for what is to be written; reads go on.',
  ReadOnly: 'The service is damaged and only reads go on; the message says what to run.',
  Internal: 'A fault of the service. The request id finds it in the logs.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * Every failure that a caller may see. `extra` goes to `extensions` as it is: plain JSON, no
 * secrets.
 */
export class VarveError extends Error {
  override readonly name = 'VarveError';
  readonly code: ErrorCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, extra: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.extra = extra;
  }
}

/**
 * The store has no room. Nobody decides by it what becomes of a thing: it is tried again, and
 * callers are told `StorageFull`.
 */
export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError';
}

export function invalid(field: string, message: string): VarveError {
  return new VarveError('InvalidParameter', `${field}: ${message}`, { field });
}

export function notFound(kind: string, id: string): VarveError {
  return new VarveError('NotFound', `${kind} ${id} does not exist.`, { id });
}

/** A state that the code excludes. Reaching it is our bug, never the caller's. */
export function impossible(message: string): Error {
  return new Error(`invariant broken: ${message}`);
}
