import type { ClientErrorCode } from '../../src/client/errors.ts';

/** What the service or the client says with a code: messages as they are made. */
export interface ToldFailure {
  readonly message: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const DISK = 'd-01k9f0c2mz4t8v6w3x5y';
const SNAPSHOT = 's-01k9f0c2mz4t8v6w3x5y';
const INSTANCE = 'i-01k9f0c2mz4t8v6w3x5y';
const OF_DISK = { diskId: DISK };
const OF_SNAPSHOT = { snapshotId: SNAPSHOT };
const OF_INSTANCE = { instanceId: INSTANCE };
const told = (message: string, extra?: ToldFailure['extra']): ToldFailure => (extra ? { message, extra } : { message });

/** At least one for each code: a new one does not compile without. */
export const FAILURES: Readonly<Record<ClientErrorCode, readonly ToldFailure[]>> = {
  Unreachable: [told('http://127.0.0.1:9/graphql cannot be reached (ECONNREFUSED).')],
  BadAnswer: [told("http://127.0.0.1:9/graphql does not answer like Varve's API (HTTP 404).")],
  SourceUnusable: [
    told('image.img does not exist.'),
    told('/dev/vdb cannot be read at offset 1.5 MiB (EIO).', { errno: 'EIO' }),
  ],
  SourceFormat: [told('image.img is a qcow2 file by its contents, and a raw one by its name.')],
  SourceInUse: [told('/dev/vdb is in use: mounted on /mnt.')],
  SourceChanged: [told('image.img changed while it was read: it became longer.')],
  SourceTooLarge: [told(`The source (2 MiB) is larger than disk ${DISK} (1 MiB).`, OF_DISK)],
  SourceTooShort: [told('The source ended at 5 B of 1 MiB.', OF_DISK)],
  OutputExists: [told('out.img exists already.', { path: 'out.img' })],
  OutputInUse: [told('/dev/vdb is in use: mounted on /mnt.', { path: '/dev/vdb' })],
  OutputUnusable: [told('/dev/vdb is too small: it has 1 GiB, and 2 GiB are needed.')],
  AttachFailed: [told(`${DISK} could not be detached cleanly: the service does not answer.`)],
  ServerFailed: [
    told('/srv/varve is used by another process.', { subject: 'DATA_FOLDER' }),
    told('Port 443 is in use: choose another with --port.'),
  ],
  DoctorWarning: [told('1 warning.')],
  DoctorProblem: [told('1 problem.')],
  InBreach: [told('2 disks are in breach.')],
  MountFailed: [told('No nbd device is free.')],
  AmbiguousName: [told(`2 disks are named 'twin': give an id, such as ${DISK}.`, { ids: [DISK] })],
  NotDelivered: [told('The receiver did not take it: status 500.', { webhookId: 'wh-1' })],
  ImportFormatUnclear: [told('The file is a qcow2 one by its contents, and a raw one by its key.')],
  ImportSourceChanged: [told('The file was replaced while it was read.')],
  ImportTooLarge: [told('The file stands for more than it can hold.')],
  JobFailed: [told('1 of 2 jobs has failed.')],
  TimedOut: [told('2 jobs have not ended in 10 s.')],
  Declined: [told('Nothing was changed.')],
  Interrupted: [told('Stopped.', { signal: 'SIGINT' })],
  Unauthenticated: [told('No API key is given: set VARVE_API_KEY, or use --api-key.')],
  Forbidden: [
    told('purgeTrash needs the role ADMIN; this credential has OPERATOR.', { needed: 'ADMIN' }),
    told('Webhooks need a credential that is not limited to regions.'),
  ],
  NotFound: [
    told(`disk ${DISK} does not exist.`, { id: DISK }),
    told("There is no snapshot 'webData'.", { snapshot: 'webData' }),
    told("Nothing that was deleted is named 'sizeBytes'."),
  ],
  InvalidParameter: [
    told('sizeBytes: must be from 3 MiB to 64 TiB, not 1 MiB', { field: 'sizeBytes' }),
    told('systemDisk.sizeBytes: is needed for an empty disk', { field: 'systemDisk.sizeBytes' }),
    told('imageId: cannot be given together with snapshotId', { field: 'imageId' }),
    told('startInstance: the instances have more than 65 disks: start them by startInstance', {
      field: 'startInstance',
    }),
    told('diskId: is the system disk: see replaceSystemDisk', { field: 'diskId' }),
    told('addTags: leads to 51 tags, and there can be 50', { field: 'addTags' }),
    told('removeTags.0: is also a key of addTags', { field: 'removeTags.0' }),
    told('flushed: must not be above flushRequest, 3', { field: 'flushed' }),
    told('listen.socket: there is no folder /nowhere', { field: 'listen.socket' }),
    told('tls.clientCaFile: is no certificate in PEM form', { field: 'tls.clientCaFile' }),
    told('limit: Int cannot represent non 32-bit signed integer value: 99999999999'),
    told('yesDeleteNow: must be true or false'),
    told('objects.0.sha256: must be the id where the block is stored as it is (512 KiB)', {
      field: 'objects.0.sha256',
    }),
    told('the file has 5242880 bytes, and copyTargets is empty'),
  ],
  NoIndexForFilter: [told('Nothing has an index for namePrefix with orderBy.field.')],
  SnapshotServiceNotOpened: [told('Snapshots are off in region local.', { region: 'local' })],
  AccountInArrears: [told('Account team-b is in arrears.', { accountId: 'team-b' })],
  QuotaExceeded: [told(`Disk ${DISK} has 256 of 256 manual snapshots.`)],
  UnsupportedDiskCategory: [told(`Disk ${DISK} is LOCAL: it has no snapshots.`, OF_DISK)],
  IncorrectDiskStatus: [told(`Disk ${DISK} is IN_USE and attached, not AVAILABLE.`, OF_DISK)],
  IncorrectInstanceStatus: [
    told(`Instance ${INSTANCE} is RUNNING, not STOPPED.`, { ...OF_INSTANCE, allowed: ['STOPPED'] }),
    told(`Instance ${INSTANCE} is STOPPED, not RUNNING.`, { ...OF_INSTANCE, allowed: ['RUNNING'] }),
    told(`Instance ${INSTANCE} is PENDING.`, OF_INSTANCE),
  ],
  UnsupportedInstanceKind: [told(`Instance ${INSTANCE} is a HOST.`, OF_INSTANCE)],
  DeletionProtected: [told(`Instance ${INSTANCE} is protected (deletionProtection).`, OF_INSTANCE)],
  SnapshotCreating: [told(`Snapshot ${SNAPSHOT} of disk ${DISK} is in progress.`, OF_DISK)],
  SnapshotNotReady: [told(`Snapshot ${SNAPSHOT} is PROGRESSING.`, OF_SNAPSHOT)],
  SnapshotUsedByDisk: [told(`1 disk was made from snapshot ${SNAPSHOT}; force deletes it.`)],
  SnapshotUsedByImage: [told(`1 image made from snapshot ${SNAPSHOT}.`, OF_SNAPSHOT)],
  SnapshotPinned: [told(`Snapshot ${SNAPSHOT} is pinned since 2027-01-31.`, OF_SNAPSHOT)],
  InvalidSnapshotDisk: [told(`Snapshot ${SNAPSHOT} is one of disk ${DISK}.`, OF_SNAPSHOT)],
  DiskLocked: [told(`Disk ${DISK} (web) is held open for writing by web-1.`, OF_DISK)],
  LeaseLost: [told(`The lease of disk ${DISK} was taken over by web-2.`, OF_DISK)],
  OriginSnapshotDeleted: [told(`Snapshot ${SNAPSHOT} of disk ${DISK} was deleted.`, OF_DISK)],
  VersionConflict: [told('The disk is at version 7, and expectedVersion was 6.')],
  DraftClosed: [told('Draft dr-1 is committed, discarded or expired.', { draftId: 'dr-1' })],
  ObjectMissing: [told('3 blocks are not in the store, or damaged there', { objectIds: [] })],
  ObjectTombstoned: [told('3 objects are just being reclaimed', { retryAfterMs: 1000 })],
  ObjectDamaged: [
    told(`Damaged data in disk ${DISK} at offset 6.5 MiB: object ab is damaged.`, { known: true }),
    told(`Damaged data in disk ${DISK} at offset 6.5 MiB: object ab is damaged.`, { known: false }),
    told('Damaged objects: 2; wrong counts: 0.'),
    told('The root is another one.', { reason: 'ROOT' }),
  ],
  KeyUnavailable: [told('Key file /srv/varve/keys.json has no key local.', { keyId: 'local' })],
  EncryptionMismatch: [told('A disk made from an encrypted snapshot has the same key.')],
  EncryptedImageNotShareable: [told('Image m-1 is encrypted.', { imageId: 'm-1' })],
  EncryptedImageNotExportable: [told('The service has no key of image m-1.', { imageId: 'm-1' })],
  ExportTooLarge: [told('The file would have more than 625 GiB. Choose the format qcow2.')],
  ImageUnsupported: [told('The qcow2 file needs a backing file.', { feature: 'backing file' })],
  ImageDamaged: [told('The qcow2 file is damaged: its table lies beyond its end, at 3 MiB.')],
  IdempotentParameterMismatch: [told('This clientToken was used before with another input.')],
  PriceMissing: [told('Region local has no price in EUR.', { region: 'local', currency: 'EUR' })],
  ClockNotTrusted: [told('The clock is ahead of what can be explained.')],
  PreviewTooLarge: [told('more than 100000 blocks', { limit: 100_000 })],
  Throttled: [told('Too many requests of one account.', { retryAfterMs: 500 })],
  UnsupportedOperation: [told('A request holds one operation. Send those of a batch one by one.')],
  QueryTooComplex: [told('The query is answered with more than 4 MiB.')],
  AnswerTooLarge: [told('The answer has more than 4 MiB: ask for fewer at once.')],
  StorageFull: [told('The disk of the data folder is full.')],
  ReadOnly: [told('The catalogue is damaged: run varve doctor.')],
  Internal: [told('A fault of the service.', { requestId: 'r-1' })],
};
