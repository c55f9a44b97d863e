/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Whether an account has paid. */
export type AccountStatus =
  /** It has paid. */
  | 'NORMAL'
  /** It has not paid. Reading, rollback and deletion still work. */
  | 'IN_ARREARS';

/** What a credential allows. Each role includes the previous ones. */
export type Role =
  /** Reads everything except key material. */
  | 'VIEWER'
  /** Creates, changes and deletes disks and snapshots. */
  | 'OPERATOR'
  /** Also switches the service on, sets quotas and manages API keys. */
  | 'ADMIN';

/** Input of `openSnapshotService`. */
export type OpenSnapshotServiceInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** The terms that the caller accepts: the value of `SnapshotService.currentTerms`. */
  readonly acceptedTerms: string;
};

/** Input of `createApiKey`. */
export type CreateApiKeyInput = {
  /** 2–128 characters. The first is a letter. */
  readonly name: string;
  /** The role of the key. No key can create one that allows more than itself. */
  readonly role: Role;
  /** The regions in which the key works. Default: the regions of the calling key. */
  readonly regions?: ReadonlyArray<string> | null | undefined;
  /** When the key expires, in the future. Default: never. */
  readonly expiresAt?: string | null | undefined;
  /** Up to 64 printable ASCII characters. Only the first answer has the secret. */
  readonly clientToken?: string | null | undefined;
};

/** Input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** The key to revoke. */
  readonly apiKeyId: string;
};

/** What a disk or a snapshot is for. */
export type AdvicePurpose =
  /** An application that the business stops without. Tag: core. */
  | 'CORE_APPLICATION'
  /** Any other application. Tag: other; also without a tag, of a data disk. */
  | 'OTHER_APPLICATION'
  /** An operating system. Tag: system; also without a tag, of a system disk. */
  | 'SYSTEM_DISK'
  /** Taken before an upgrade. Tag: upgrade. */
  | 'UPGRADE'
  /** Taken for a test. Tag: test. */
  | 'TEST';

/** What a policy could be. */
export type ForecastOption =
  /** The policy of the disk as it is. */
  | 'CURRENT'
  /** No two runs are more than two days apart. */
  | 'EVERY_2_DAYS'
  /** No two runs are more than three days apart. */
  | 'EVERY_3_DAYS'
  /** One run a week. */
  | 'EVERY_7_DAYS'
  /** The runs as they are, half the retention. */
  | 'HALF_RETENTION'
  /** What is advised for the purpose of the disk. */
  | 'PURPOSE';

/** Input of `attachDisk`. */
export type AttachDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** The instance. */
  readonly instanceId: string;
};

/** Input of `detachDisk`. */
export type DetachDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** The instance. It can be left out if the disk is attached to only one. */
  readonly instanceId?: string | null | undefined;
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease?: boolean;
};

/** How something came out. */
export type AuditOutcome =
  /**
   * It was allowed, and the service went to do it. A later record of the same act tells if that
   * failed or was refused after all. After a crash the change may be missing.
   */
  | 'ALLOWED'
  /** A rule or the caller's role forbade it; `code` says which. */
  | 'REFUSED'
  /** Trouble kept the service from ending it; `code` says which. Some of it may have been done. */
  | 'FAILED';

/** Who did something. */
export type AuditActorKind =
  /** An API key of the account. */
  | 'KEY'
  /** The operator of the installation. */
  | 'OPERATOR'
  /** The service itself. */
  | 'SERVICE';

/** Why the service deleted something by itself. */
export type DeletionReason =
  /** The retention of a snapshot had ended. */
  | 'RETENTION'
  /** The account was in arrears for 15 days. */
  | 'ARREARS'
  /** The oldest automatic snapshot gave way to a new one, as the quota was full. */
  | 'GIVE_WAY'
  /** A prepaid disk was not paid for longer. */
  | 'PREPAID'
  /** The time in the recycle bin had ended. */
  | 'TRASH';

/** The direction in which a list is sorted. */
export type SortDirection =
  /** The smallest, the earliest or the alphabetically first comes first. */
  | 'ASC'
  /** The largest, the latest or the alphabetically last comes first. */
  | 'DESC';

/** A label to set. An object has at most 50. */
export type TagInput = {
  /** 1–128 characters. */
  readonly key: string;
  /** Up to 256 characters. */
  readonly value?: string;
};

/** Matches objects that carry a tag. */
export type TagFilter = {
  /** The key of the tag. */
  readonly key: string;
  /** The values that match, at most 50. Default: any value. */
  readonly values?: ReadonlyArray<string> | null | undefined;
};

/** Input of `copySnapshot`. */
export type CopySnapshotInput = {
  /** The snapshot. It must be ACCOMPLISHED. */
  readonly snapshotId: string;
  /** The region in which the copy is to be, another than the snapshot's. */
  readonly toRegion: string;
  /**
   * 2–128 characters, as for `createSnapshot`. Default: the snapshot's name, or for an automatic
   * one the id of the copy.
   */
  readonly name?: string | null | undefined;
  /** 2–256 characters. Default: the snapshot's. */
  readonly description?: string | null | undefined;
  /** Days for which the copy is kept once it is there, 1–65536. Default: until it is deleted. */
  readonly retentionDays?: number | null | undefined;
  /** At most 50 tags, each key once. Default: the snapshot's. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * snapshot.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `cancelCopy`. */
export type CancelCopyInput = {
  /** The copy. */
  readonly snapshotId: string;
};

/** Blocks that were read and do not match their ids. */
export type ReportDamageInput = {
  /** The disk, snapshot, image or draft that was read. */
  readonly source: string;
  /** 1–64 blocks. */
  readonly blocks: ReadonlyArray<MetBlockInput>;
};

/** A block that does not match its id. */
export type MetBlockInput = {
  /** Block index: offset / 512 KiB. */
  readonly index: number;
  /** Id of the object that holds the block. */
  readonly id: string;
};

/** The finding of the service about a reported block. */
export type MetBlockState =
  /** It is damaged or missing. The next upload of the same content is accepted, and heals it. */
  | 'DAMAGED'
  /** It matches its id. Check what lies between the store and the reader. */
  | 'WHOLE'
  /** The source no longer holds it at this place, or nothing needs it. */
  | 'GONE';

/** Input of `prepareUpload`. */
export type PrepareUploadInput = {
  /** The disk or draft that the blocks are for. It decides the encryption domain. */
  readonly target: string;
  /** 1–1024 objects. */
  readonly objects: ReadonlyArray<PrepareObjectInput>;
};

/** An object that a client is about to name in a commit. */
export type PrepareObjectInput = {
  /** Object id: 64 lower-case hex digits. */
  readonly id: string;
  /** The stored form. Without it, the answer for a missing object is MISSING and has no URL. */
  readonly stored?: StoredFormInput | null | undefined;
  /**
   * The store refused the PUT (status 412, or 404), as it has other bytes under this id than the
   * service knew of. The service then looks at them. PRESENT: they are the block. UPLOAD: they are
   * not, and the new URL replaces exactly these bytes. At most 128 objects of a call.
   */
  readonly found?: boolean;
};

/** The stored form of an object. */
export type StoredFormInput = {
  /** Length of the stored form. */
  readonly sizeBytes: number;
  /** SHA-256 of the stored form: 64 lower-case hex digits. */
  readonly sha256: string;
};

/** What a client has to do with an object before a commit. */
export type UploadState =
  /** The store has it. There is nothing to send. */
  | 'PRESENT'
  /** The store lacks it. Ask again with `stored` to get a URL. */
  | 'MISSING'
  /** Send it: PUT it to `url` with `headers`. */
  | 'UPLOAD'
  /** It is being reclaimed. Ask again after `retryAfterMs`. */
  | 'WAIT';

/** Input of `commitBlocks`. */
export type CommitBlocksInput = {
  /** The disk or draft. */
  readonly target: string;
  /** The version that the change is based on. */
  readonly expectedVersion: number;
  /** At most 1024 blocks, each index once. */
  readonly writes?: ReadonlyArray<BlockWriteInput>;
  /** Ranges that become holes, at most 1024. They are applied before `writes`. */
  readonly trims?: ReadonlyArray<BlockRangeInput>;
  /**
   * The fence of the writer lease under which the disk is written. It is ignored for a draft:
   * `commitDraft` checks it.
   */
  readonly fence?: number | null | undefined;
};

/** The new contents of one block. */
export type BlockWriteInput = {
  /** Block index: offset / 512 KiB, inside the disk. */
  readonly index: number;
  /** Id of the object that holds the block. */
  readonly id: string;
};

/** A range of 512 KiB blocks inside the disk. */
export type BlockRangeInput = {
  /** The first block. */
  readonly start: number;
  /** Number of blocks, at least 1. */
  readonly count: number;
};

/** Input of `openDraft`. */
export type OpenDraftInput = {
  /** The disk. */
  readonly diskId: string;
  /** The version of the disk that the change is based on. */
  readonly expectedVersion: number;
  /** The fence of the writer lease under which the disk is written. */
  readonly fence?: number | null | undefined;
  /**
   * True for a draft that only keeps the present contents readable. Then it does not matter who
   * holds the disk open.
   */
  readonly forReading?: boolean;
  /** Up to 256 characters. The client finds its draft again by this label after a crash. */
  readonly label?: string | null | undefined;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * draft.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `commitDraft`. */
export type CommitDraftInput = {
  /** The draft. */
  readonly draftId: string;
  /** The fence of the writer lease under which the disk is written. */
  readonly fence?: number | null | undefined;
  /**
   * The ranges of the source that could not be read. They replace the ranges that are known of the
   * disk. Default: those stay.
   */
  readonly unreadable?: UnreadableInput | null | undefined;
};

/** Input of `discardDraft`. */
export type DiscardDraftInput = {
  /** The draft. */
  readonly draftId: string;
};

/** Input of `blockMap`. */
export type BlockMapInput = {
  /** The disk, snapshot or draft. */
  readonly source: string;
  /** The first block to look at. */
  readonly startIndex?: number;
  /**
   * Where to stop, exclusive. An end saves reading ahead in sparse contents. Default: the end of
   * the disk.
   */
  readonly endIndex?: number | null | undefined;
  /** Number of present blocks to return, at most 1024. */
  readonly limit?: number;
  /** For a disk or draft: refuses with VersionConflict if it is at another version. */
  readonly expectedVersion?: number | null | undefined;
  /** False leaves out the signed URLs. */
  readonly urls?: boolean;
  /**
   * Reads the block map from the store again, not from a cache of the service. Used to verify
   * it.
   */
  readonly fresh?: boolean;
};

/** Input of `pageMap`. */
export type PageMapInput = {
  /** The disk, snapshot or draft. */
  readonly source: string;
  /** Number of the leaf page: block index / 1024. */
  readonly startIndex?: number;
  /** Where to stop, exclusive. Default: the end of the disk. */
  readonly endIndex?: number | null | undefined;
  /** Number of pages to return, at most 1024. */
  readonly limit?: number;
  /** For a disk or draft: refuses with VersionConflict if it is at another version. */
  readonly expectedVersion?: number | null | undefined;
};

/** The purpose of a disk. */
export type DiskKind =
  /** Holds an operating system. */
  | 'SYSTEM'
  /** Holds data. */
  | 'DATA';

/** The kind of storage that a disk stands for. */
export type DiskCategory =
  /** For one instance at a time. */
  | 'CLOUD'
  /** For several instances at once. */
  | 'SHARED'
  /** On one machine, without snapshots. */
  | 'LOCAL';

/** The state of a disk. */
export type DiskStatus =
  /** Being created; not usable yet. */
  | 'CREATING'
  /** Ready, not attached. */
  | 'AVAILABLE'
  /** Being attached to an instance. */
  | 'ATTACHING'
  /** Attached to an instance. */
  | 'IN_USE'
  /** Being detached. */
  | 'DETACHING'
  /** Returning to the contents of its origin. */
  | 'REINITIALIZING'
  /** The prepaid time is over. It can be read, snapshotted and released. */
  | 'EXPIRED';

/** How a disk is paid for. */
export type ChargeType =
  /** By use, afterwards. */
  | 'POSTPAID'
  /** In advance, until `expiresAt`. */
  | 'PREPAID';

/** The kind of a disk's origin. */
export type DiskOriginKind =
  /** None: the disk began as zeros. */
  | 'NONE'
  /** A snapshot. */
  | 'SNAPSHOT'
  /** An image. */
  | 'IMAGE';

/** Selects disks. All given conditions must hold. */
export type DiskFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: string | null | undefined;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: string | null | undefined;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: string | null | undefined;
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<DiskStatus> | null | undefined;
  /** It is of this kind. */
  readonly kind?: DiskKind | null | undefined;
  /** It is of one of these categories. */
  readonly category?: ReadonlyArray<DiskCategory> | null | undefined;
  /** Whether it is encrypted. */
  readonly encrypted?: boolean | null | undefined;
  /** It was made from this snapshot. */
  readonly originSnapshotId?: string | null | undefined;
  /** It is attached to this instance. */
  readonly instanceId?: string | null | undefined;
  /** It is under this automatic snapshot policy. */
  readonly policyId?: string | null | undefined;
  /** Whether it is under no policy, and could be: LOCAL disks cannot. */
  readonly withoutPolicy?: boolean | null | undefined;
  /** It has a match for each of these, at most 10. */
  readonly tags?: ReadonlyArray<TagFilter> | null | undefined;
  /** It was created at or after this instant. */
  readonly createdFrom?: string | null | undefined;
  /** It was created before this instant. */
  readonly createdBefore?: string | null | undefined;
};

/** Order of a list of disks. */
export type DiskOrder = {
  /** The field to sort by. */
  readonly field: DiskOrderField;
  /** The direction. */
  readonly direction?: SortDirection;
};

/** Fields to sort disks by. */
export type DiskOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createDisk`. */
export type CreateDiskInput = {
  /**
   * The region. Default: the first region. A disk made from a snapshot is in the region of the
   * snapshot.
   */
  readonly region?: string | null | undefined;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** Default: the kind of the snapshot's disk, otherwise DATA. */
  readonly kind?: DiskKind | null | undefined;
  /** The kind of storage. */
  readonly category?: DiskCategory;
  /**
   * 1 byte to 64 TiB. Needed for an empty disk, else at least the snapshot's, which is the
   * default.
   */
  readonly sizeBytes?: number | null | undefined;
  /** The snapshot to make it from. */
  readonly snapshotId?: string | null | undefined;
  /** The image to make it from: the account's own, or one shared with it. */
  readonly imageId?: string | null | undefined;
  /** Whether the contents are encrypted. Default: as in the snapshot; true if a key is named. */
  readonly encrypted?: boolean | null | undefined;
  /**
   * Name of the master key. Default for an encrypted disk: the key of the snapshot, otherwise the
   * default key of the installation.
   */
  readonly encryptionKeyId?: string | null | undefined;
  /** How it is paid for. */
  readonly chargeType?: ChargeType;
  /** Needed for PREPAID, and allowed only there: it is paid until this instant, in the future. */
  readonly expiresAt?: string | null | undefined;
  /** The automatic snapshot policy to put it under. Not for LOCAL disks. */
  readonly policyId?: string | null | undefined;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots?: boolean;
  /** Whether it is released together with the instance that it is attached to. */
  readonly deleteWithInstance?: boolean;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * disk.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `updateDisk`. */
export type UpdateDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** A new name, by the rule of `CreateDiskInput.name`. */
  readonly name?: string | null | undefined;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots?: boolean | null | undefined;
  /** Whether it is released together with the instance that it is attached to. */
  readonly deleteWithInstance?: boolean | null | undefined;
  /** For PREPAID: it is paid until this instant, later than before and in the future. */
  readonly expiresAt?: string | null | undefined;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: ReadonlyArray<TagInput> | null | undefined;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: ReadonlyArray<string> | null | undefined;
};

/** Input of `resizeDisk`. */
export type ResizeDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** At least the present size, at most 64 TiB. */
  readonly sizeBytes: number;
};

/** Input of `releaseDisk`. */
export type ReleaseDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** If true, a lease of somebody who holds the disk open for writing is broken, not respected. */
  readonly breakLease?: boolean;
};

/** A format of files. */
export type ImageFileFormat =
  /** The bytes of the disk, with its zeros. */
  | 'RAW'
  /** qcow2, version 3, without compression: zeros take no room. */
  | 'QCOW2';

/** How far an export has come. */
export type ImageExportStatus =
  /** It is under way, or waits for the store. */
  | 'RUNNING'
  /** The file is there. */
  | 'SUCCEEDED'
  /** It has come to nothing; `problem` says why. */
  | 'FAILED'
  /** It was cancelled. */
  | 'CANCELLED'
  /** The file was there, and its time is over. */
  | 'EXPIRED';

/** Selects exports. All given conditions must hold. */
export type ImageExportFilter = {
  /** It is of this image. */
  readonly imageId?: string | null | undefined;
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<ImageExportStatus> | null | undefined;
};

/** Input of `exportImage`. */
export type ExportImageInput = {
  /** The image, one of the account's own. */
  readonly imageId: string;
  /** The format of the file. */
  readonly format?: ImageFileFormat;
  /** A bucket that the operator has opened to the account. Default: the region's own. */
  readonly bucket?: string | null | undefined;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * export.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `cancelImageExport`. */
export type CancelImageExportInput = {
  /** The export. */
  readonly exportId: string;
};

/** Selects images. All given conditions must hold. */
export type ImageFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: string | null | undefined;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: string | null | undefined;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: string | null | undefined;
  /** It was made from this snapshot. */
  readonly snapshotId?: string | null | undefined;
  /** Whether it is shared with any account. */
  readonly shared?: boolean | null | undefined;
  /** Whether it is encrypted. */
  readonly encrypted?: boolean | null | undefined;
  /** It has a match for each of these, at most 10. */
  readonly tags?: ReadonlyArray<TagFilter> | null | undefined;
  /** It was created at or after this instant. */
  readonly createdFrom?: string | null | undefined;
  /** It was created before this instant. */
  readonly createdBefore?: string | null | undefined;
};

/** Order of a list of images. */
export type ImageOrder = {
  /** The field to sort by. */
  readonly field: ImageOrderField;
  /** The direction. */
  readonly direction?: SortDirection;
};

/** Fields to sort images by. */
export type ImageOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createImage`. */
export type CreateImageInput = {
  /** The snapshot. */
  readonly snapshotId: string;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: string | null | undefined;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * image.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `updateImage`. */
export type UpdateImageInput = {
  /** The image. */
  readonly imageId: string;
  /** A new name, by the rule of `CreateImageInput.name`. */
  readonly name?: string | null | undefined;
  /** A new description; null removes it. */
  readonly description?: string | null | undefined;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: ReadonlyArray<TagInput> | null | undefined;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: ReadonlyArray<string> | null | undefined;
};

/** Input of `deleteImage`. */
export type DeleteImageInput = {
  /** The image. */
  readonly imageId: string;
};

/** Input of `shareImage`. */
export type ShareImageInput = {
  /** The image. */
  readonly imageId: string;
  /** Further accounts to share it with. An image can be shared with 64. */
  readonly accountIds: ReadonlyArray<string>;
};

/** Input of `unshareImage`. */
export type UnshareImageInput = {
  /** The image. */
  readonly imageId: string;
  /** The accounts to take it back from. */
  readonly accountIds: ReadonlyArray<string>;
};

/** A format of files that can be imported. */
export type ImageSourceFormat =
  /** The bytes of the disk. */
  | 'RAW'
  /** qcow2, version 2 or 3, without a backing file. */
  | 'QCOW2'
  /** VMDK in one file: monolithic sparse or streamOptimized. */
  | 'VMDK'
  /** VHD, fixed or dynamic. */
  | 'VHD'
  /** VHDX, dynamic. */
  | 'VHDX';

/** How far an import has come. */
export type ImageImportStatus =
  /** It is under way, or waits for a store. */
  | 'RUNNING'
  /** The image is there. */
  | 'SUCCEEDED'
  /** It has come to nothing; `problem` says why. */
  | 'FAILED'
  /** It was cancelled. */
  | 'CANCELLED';

/** Selects imports. All given conditions must hold. */
export type ImageImportFilter = {
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<ImageImportStatus> | null | undefined;
};

/** A file in a bucket. */
export type ImageSourceInput = {
  /** A bucket that the operator has opened to the account. Default: the region's own. */
  readonly bucket?: string | null | undefined;
  /**
   * The key of the file. It begins with `imports/<account>/` or `exports/<account>/`, unless the
   * operator has opened other keys of the bucket.
   */
  readonly key: string;
};

/** Input of `importImage`. */
export type ImportImageInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** The file. */
  readonly from: ImageSourceInput;
  /**
   * The format of the file. Default: what its contents and the ending of its key say, if they
   * agree.
   */
  readonly format?: ImageSourceFormat | null | undefined;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: string | null | undefined;
  /** The purpose of the disks that are to be made of it. */
  readonly diskKind?: DiskKind;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * import.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `cancelImageImport`. */
export type CancelImageImportInput = {
  /** The import. */
  readonly importId: string;
};

/** The kind of an instance. */
export type InstanceKind =
  /** A machine that `createInstance` made. */
  | 'MACHINE'
  /**
   * A host that holds disks open for writing (see `acquireLease`), without a system disk. It
   * appears with its first lease and disappears with its last. Any other change of it fails with
   * UnsupportedInstanceKind.
   */
  | 'HOST';

/** The state of an instance. */
export type InstanceStatus =
  /** Being created. */
  | 'PENDING'
  /** Being started. */
  | 'STARTING'
  /** Running. */
  | 'RUNNING'
  /** Being stopped. */
  | 'STOPPING'
  /** Stopped. Its disks can be rolled back and replaced. */
  | 'STOPPED';

/** Selects instances. All given conditions must hold. */
export type InstanceFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: string | null | undefined;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: string | null | undefined;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: string | null | undefined;
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<InstanceStatus> | null | undefined;
  /** It is of this kind. */
  readonly kind?: InstanceKind | null | undefined;
  /** It has this disk. */
  readonly diskId?: string | null | undefined;
  /** It has a match for each of these, at most 10. */
  readonly tags?: ReadonlyArray<TagFilter> | null | undefined;
  /** It was created at or after this instant. */
  readonly createdFrom?: string | null | undefined;
  /** It was created before this instant. */
  readonly createdBefore?: string | null | undefined;
};

/** Order of a list of instances. */
export type InstanceOrder = {
  /** The field to sort by. */
  readonly field: InstanceOrderField;
  /** The direction. */
  readonly direction?: SortDirection;
};

/** Fields to sort instances by. */
export type InstanceOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/**
 * A disk that is created for an instance. A field that is left out is as in `CreateDiskInput`. A
 * disk needs a copy if it is made from the image of another account, or under a key from a plain
 * origin. Make such a disk by `createDisk` first. Then attach it as a data disk, or make the system
 * disk from a snapshot of it.
 */
export type InstanceDiskInput = {
  /** 2–128 characters. The first is a letter of any script. Default: the id. */
  readonly name?: string | null | undefined;
  /** CLOUD, SHARED or LOCAL. A system disk cannot be SHARED. */
  readonly category?: DiskCategory;
  /** Needed for an empty disk. Otherwise at least the size of the origin. */
  readonly sizeBytes?: number | null | undefined;
  /** The snapshot to make it from. */
  readonly snapshotId?: string | null | undefined;
  /** The image to make it from. An image of another account needs a copy. */
  readonly imageId?: string | null | undefined;
  /** Whether the contents are encrypted. From a plain snapshot or image that needs a copy. */
  readonly encrypted?: boolean | null | undefined;
  /** Name of the master key. */
  readonly encryptionKeyId?: string | null | undefined;
  /** The automatic snapshot policy to put it under. Not for LOCAL disks. */
  readonly policyId?: string | null | undefined;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots?: boolean;
  /** Whether it is released with the instance. A system disk always is. */
  readonly deleteWithInstance?: boolean;
};

/** Input of `createInstance`. */
export type CreateInstanceInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** The disk it starts from. */
  readonly systemDisk: InstanceDiskInput;
  /** At most 16. More can be attached later. */
  readonly dataDisks?: ReadonlyArray<InstanceDiskInput>;
  /** Whether the new instance is RUNNING or STOPPED. */
  readonly start?: boolean;
  /** Whether its release is refused. `updateInstance` can change this later. */
  readonly deletionProtection?: boolean;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * instance.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `updateInstance`. */
export type UpdateInstanceInput = {
  /** The instance. */
  readonly instanceId: string;
  /** A new name, by the rule of `CreateInstanceInput.name`. */
  readonly name?: string | null | undefined;
  /** Whether its release is refused. */
  readonly deletionProtection?: boolean | null | undefined;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: ReadonlyArray<TagInput> | null | undefined;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: ReadonlyArray<string> | null | undefined;
};

/** Input of `startInstance`. */
export type StartInstanceInput = {
  /** The instance. */
  readonly instanceId: string;
};

/** Input of `stopInstance`. */
export type StopInstanceInput = {
  /** The instance. */
  readonly instanceId: string;
};

/** Input of `releaseInstance`. */
export type ReleaseInstanceInput = {
  /** The instance. */
  readonly instanceId: string;
};

/** Input of `replaceSystemDisk`. */
export type ReplaceSystemDiskInput = {
  /** The instance. */
  readonly instanceId: string;
  /** The new disk. */
  readonly systemDisk: InstanceDiskInput;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input does nothing
   * twice.
   */
  readonly clientToken?: string | null | undefined;
};

/** The kind of a job. */
export type JobKind =
  /** Releases what only a deleted snapshot used. */
  | 'DELETE_SNAPSHOT'
  /** Releases what only a disk used before it was rolled back. */
  | 'ROLLBACK_DISK'
  /** Releases what only a released disk used. */
  | 'RELEASE_DISK'
  /** Releases what only a disk used before it was reinitialised. */
  | 'REINITIALIZE_DISK';

/** How far a job has come. */
export type JobStatus =
  /** Recorded. It may have begun. */
  | 'PENDING'
  /** Done. */
  | 'SUCCEEDED';

/** Selects jobs. All given conditions must hold. */
export type JobFilter = {
  /** It is of one of these kinds. */
  readonly kind?: ReadonlyArray<JobKind> | null | undefined;
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<JobStatus> | null | undefined;
  /** It belongs to this disk. */
  readonly diskId?: string | null | undefined;
};

/** Input of `acquireLease`. */
export type AcquireLeaseInput = {
  /** The disk. */
  readonly diskId: string;
  /**
   * The name of the holder: 1–128 printable characters, such as a host name. Equal names are one
   * host, not one writer.
   */
  readonly holder: string;
  /** Takes the lease even if somebody else holds it. That holder is fenced off. */
  readonly steal?: boolean;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * lease.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `renewLease`. */
export type RenewLeaseInput = {
  /** The disk. */
  readonly diskId: string;
  /** The fence of the lease. */
  readonly fence: number;
  /**
   * The last `flushRequest` that the holder has answered: everything written before it is
   * committed.
   */
  readonly flushed?: number | null | undefined;
};

/** Input of `releaseLease`. */
export type ReleaseLeaseInput = {
  /** The disk. */
  readonly diskId: string;
  /** The fence of the lease. */
  readonly fence: number;
};

/** What a line of a statement is of. */
export type StatementLineKind =
  /** A chain: a disk and its snapshots, or what is left of them. */
  | 'CHAIN'
  /** An image. */
  | 'IMAGE'
  /** Bytes against which no chain and no image has anything of its own. */
  | 'OTHER'
  /** What has one value of the tag. */
  | 'TAG'
  /** What has no such tag. */
  | 'UNTAGGED';

/** What changed a balance. */
export type MovementKind =
  /** The account paid. */
  | 'CREDIT'
  /** The operator charged it. */
  | 'DEBIT'
  /** A month was closed. */
  | 'STATEMENT';

/** Input of `pinSnapshot`. */
export type PinSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: string;
};

/** Input of `unpinSnapshot`. */
export type UnpinSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: string;
};

/** Input of `setSnapshotRetention`. */
export type SetSnapshotRetentionInput = {
  /** The snapshot. */
  readonly snapshotId: string;
  /** Days for which it is kept, 1–65536. Left out or null: until it is deleted. */
  readonly retentionDays?: number | null | undefined;
};

/** A region that a policy's snapshots are to be copied to. */
export type PolicyCopyTargetInput = {
  /** A region, another than the policy's. */
  readonly region: string;
  /** Days for which a copy is kept once it is there, 1–65536; null means without limit. */
  readonly retentionDays?: number | null | undefined;
};

/** Whether a policy is active. */
export type PolicyStatus =
  /** It takes snapshots when it is due. */
  | 'ACTIVE'
  /** It takes none until it is ACTIVE again. */
  | 'PAUSED';

/** Selects policies. All given conditions must hold. */
export type PolicyFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: string | null | undefined;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: string | null | undefined;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: string | null | undefined;
  /** It is in this state. */
  readonly status?: PolicyStatus | null | undefined;
  /** It has a match for each of these, at most 10. */
  readonly tags?: ReadonlyArray<TagFilter> | null | undefined;
  /** It was created at or after this instant. */
  readonly createdFrom?: string | null | undefined;
  /** It was created before this instant. */
  readonly createdBefore?: string | null | undefined;
};

/** Order of a list of policies. */
export type PolicyOrder = {
  /** The field to sort by. */
  readonly field: PolicyOrderField;
  /** The direction. */
  readonly direction?: SortDirection;
};

/** Fields to sort policies by. */
export type PolicyOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createPolicy`. */
export type CreatePolicyInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** Hours of the day, 0–23: at least one, each once. */
  readonly hours: ReadonlyArray<number>;
  /** 1 = Monday … 7 = Sunday: at least one, each once. */
  readonly weekdays?: ReadonlyArray<number>;
  /** Days for which its snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: number | null | undefined;
  /**
   * Other regions that its snapshots are copied to: at most three, each once. Snapshots have to be
   * switched on there. Default: none.
   */
  readonly copyTargets?: ReadonlyArray<PolicyCopyTargetInput> | null | undefined;
  /** An IANA time zone, such as Europe/Berlin. Default: that of the region. */
  readonly timeZone?: string | null | undefined;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * policy.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `updatePolicy`. */
export type UpdatePolicyInput = {
  /** The policy. */
  readonly policyId: string;
  /** A new name, by the rule of `CreatePolicyInput.name`. */
  readonly name?: string | null | undefined;
  /** The complete new list of hours. */
  readonly hours?: ReadonlyArray<number> | null | undefined;
  /** The complete new list of weekdays. */
  readonly weekdays?: ReadonlyArray<number> | null | undefined;
  /** Days for which new snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: number | null | undefined;
  /**
   * The complete new list of regions that its snapshots are copied to, by the rule of
   * `CreatePolicyInput.copyTargets`. Copies that are under way go on. Those of a region that is not
   * named any more are not begun.
   */
  readonly copyTargets?: ReadonlyArray<PolicyCopyTargetInput> | null | undefined;
  /** A new IANA time zone. */
  readonly timeZone?: string | null | undefined;
  /**
   * PAUSED: from the next slot on it takes no snapshots, and does not retry what it skipped, until
   * it is ACTIVE again. Slots during the pause are not made up for.
   */
  readonly status?: PolicyStatus | null | undefined;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: ReadonlyArray<TagInput> | null | undefined;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: ReadonlyArray<string> | null | undefined;
};

/** Input of `deletePolicy`. */
export type DeletePolicyInput = {
  /** The policy. */
  readonly policyId: string;
};

/** Input of `applyPolicy`. */
export type ApplyPolicyInput = {
  /** The policy. */
  readonly policyId: string;
  /** 1–100, each once. */
  readonly diskIds: ReadonlyArray<string>;
};

/** Input of `cancelPolicy`. */
export type CancelPolicyInput = {
  /** 1–100, each once. */
  readonly diskIds: ReadonlyArray<string>;
};

/** What has become of a copy. */
export type PolicyCopyStatus =
  /** It has not begun yet. If `problem` says why, it is tried again, for 7 days in all. */
  | 'WAITING'
  /** It is under way. If `problem` says why it does not go on, it is tried again until it does. */
  | 'COPYING'
  /** It was made. */
  | 'DONE'
  /**
   * It was not begun: the snapshot was deleted before, or the policy does not name the region any
   * more.
   */
  | 'SKIPPED'
  /** It could not be made within 7 days. */
  | 'FAILED'
  /** Somebody deleted it before it was done. */
  | 'CANCELLED';

/** The result for one disk. */
export type PolicyRunStatus =
  /** A snapshot was taken. */
  | 'DONE'
  /**
   * None was taken, for a reason that is not a failure: the disk was not IN_USE, the account is in
   * arrears, or a snapshot was in progress.
   */
  | 'SKIPPED'
  /** None could be taken. */
  | 'FAILED';

/** How far a slot has come. */
export type PolicySlotStatus =
  /** Snapshots are being taken, disk by disk. */
  | 'RUNNING'
  /** Some disks are tried again within the hour. */
  | 'RETRYING'
  /** Every disk has its result. */
  | 'DONE'
  /** The timer was down, and a later slot makes up for it. */
  | 'MISSED';

/** What a quota limits. */
export type QuotaKind =
  /** Manual snapshots, for each disk. */
  | 'MANUAL_SNAPSHOTS_PER_DISK'
  /** Automatic snapshots, for each disk. */
  | 'AUTO_SNAPSHOTS_PER_DISK'
  /** Automatic snapshot policies, for each region. */
  | 'POLICIES'
  /** Disks, for each region. */
  | 'DISKS'
  /** Scrubs that a caller started and that are under way, for each region. */
  | 'SCRUBS_AT_ONCE'
  /**
   * API keys that can be used: neither revoked nor past their end. The quota belongs to the whole
   * account, so it is the same in each region.
   */
  | 'API_KEYS';

/** Input of `setQuota`. */
export type SetQuotaInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** The quota. */
  readonly kind: QuotaKind;
  /** From 0 to the default. A limit below the number in use deletes nothing. */
  readonly limit: number;
};

/**
 * Ranges of a source that could not be read, and are zeros in the contents. Empty if everything was
 * read.
 */
export type UnreadableInput = {
  /** In ascending order and apart, inside the disk. At most 1000: the first ones. */
  readonly ranges: ReadonlyArray<ByteRangeInput>;
  /** How many there were beyond these. */
  readonly moreRanges?: number;
  /** How many bytes those have. */
  readonly moreBytes?: number;
};

/** A range of a device. */
export type ByteRangeInput = {
  /** Where it begins. */
  readonly offsetBytes: number;
  /** How long it is, at least 1. */
  readonly lengthBytes: number;
};

/** Input of `completeReencryption`. */
export type CompleteReencryptionInput = {
  /** The disk. */
  readonly diskId: string;
};

/** Input of `rollbackDisk`. */
export type RollbackDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** The target: a snapshot of this disk. */
  readonly snapshotId: string;
  /** Changes nothing. The answer says what would be lost, and why the call would be refused. */
  readonly dryRun?: boolean;
  /** Takes a snapshot of the present state first. */
  readonly safetySnapshot?: boolean;
  /** Name of the safety snapshot, by the rule of snapshot names. Default: its id. */
  readonly safetySnapshotName?: string | null | undefined;
  /** Refuses with VersionConflict if the disk is at another version. */
  readonly expectedVersion?: number | null | undefined;
  /**
   * Whether to start a STOPPED instance that it is attached to. Fails with SnapshotCreating while a
   * snapshot of any disk of that instance is in progress, as for `startInstance`. Fails with
   * InvalidParameter if several instances with more than 65 disks together would be started.
   */
  readonly startInstance?: boolean;
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease?: boolean;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input does not roll back
   * again.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `reinitializeDisk`. */
export type ReinitializeDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /**
   * Whether to start a STOPPED instance that it is attached to. Fails with SnapshotCreating while a
   * snapshot of any disk of that instance is in progress, as for `startInstance`. Fails with
   * InvalidParameter if several instances with more than 65 disks together would be started.
   */
  readonly startInstance?: boolean;
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease?: boolean;
};

/** What a scrub checks. Without `targetId`, `chainId` and `keyId` it is the whole region. */
export type StartScrubInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** All contents of this disk, snapshot or image. */
  readonly targetId?: string | null | undefined;
  /**
   * All contents of the disk with this id and of its snapshots, also after the release of the
   * disk.
   */
  readonly chainId?: string | null | undefined;
  /** Everything that is stored under this key. `plain` means everything that is not encrypted. */
  readonly keyId?: string | null | undefined;
  /**
   * About how many percent of the blocks to read, above 0 and up to 100. Each scrub chooses others.
   * Block maps are read whole, and all references are counted.
   */
  readonly samplePercent?: number;
  /**
   * Whether to correct wrong counts, missing rows and wrong lengths in the catalogue. Needs
   * ADMIN.
   */
  readonly repair?: boolean;
  /** See `Mutation`. */
  readonly clientToken?: string | null | undefined;
};

/** The scrub to end. */
export type CancelScrubInput = {
  /** Id of the scrub. */
  readonly scrubId: string;
};

/** How far a scrub has come. */
export type ScrubStatus =
  /** In progress. */
  | 'RUNNING'
  /** Finished. Its fields say what it found: damage does not make it fail. */
  | 'SUCCEEDED'
  /** Ended by `cancelScrub`. */
  | 'CANCELLED';

/** What a scrub is doing. */
export type ScrubPhase =
  /** Reading contents back. */
  | 'CONTENTS'
  /** Counting references. */
  | 'COUNTS'
  /** Looking for the disks and snapshots that need damaged objects. */
  | 'TRACE';

/** Selects snapshots. All given conditions must hold. */
export type SnapshotFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: string | null | undefined;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: string | null | undefined;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: string | null | undefined;
  /** It is in one of these states. */
  readonly status?: ReadonlyArray<SnapshotStatus> | null | undefined;
  /** It is of this kind. */
  readonly kind?: SnapshotKind | null | undefined;
  /** It was taken of this disk. */
  readonly diskId?: string | null | undefined;
  /** It was taken of a disk that is attached to this instance now. Only in the order CREATED_AT. */
  readonly instanceId?: string | null | undefined;
  /** It has one of these usages. */
  readonly usage?: ReadonlyArray<SnapshotUsage> | null | undefined;
  /** Whether it is encrypted. */
  readonly encrypted?: boolean | null | undefined;
  /** It has a match for each of these, at most 10. */
  readonly tags?: ReadonlyArray<TagFilter> | null | undefined;
  /** It was created at or after this instant. */
  readonly createdFrom?: string | null | undefined;
  /** It was created before this instant. */
  readonly createdBefore?: string | null | undefined;
  /** Its retention ends at or after this instant. Best in the order EXPIRES_AT. */
  readonly expiresFrom?: string | null | undefined;
  /** Its retention ends before this instant. Best in the order EXPIRES_AT. */
  readonly expiresBefore?: string | null | undefined;
};

/** Order of a list of snapshots. */
export type SnapshotOrder = {
  /** The field to sort by. */
  readonly field: SnapshotOrderField;
  /** The direction. */
  readonly direction?: SortDirection;
};

/** Fields to sort snapshots by. */
export type SnapshotOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME'
  /** When its retention ends. Only those that have a retention. */
  | 'EXPIRES_AT';

/** How a snapshot was made. */
export type SnapshotKind =
  /** By hand. */
  | 'MANUAL'
  /** By a policy. */
  | 'AUTO';

/** Whether a snapshot can be used. */
export type SnapshotStatus =
  /** Being created. */
  | 'PROGRESSING'
  /** Complete. It can be read, cloned and rolled back to. */
  | 'ACCOMPLISHED'
  /** It could not be made. */
  | 'FAILED';

/** The state that a snapshot holds. */
export type SnapshotConsistency =
  /**
   * What was committed to the disk at its instant. That is everything if nobody held the disk open
   * for writing.
   */
  | 'COMMITTED'
  /**
   * What was committed after the writer that held the disk open had flushed, at the request of the
   * snapshot.
   */
  | 'FLUSHED';

/** What was made from a snapshot and still exists. */
export type SnapshotUsage =
  /** Nothing. */
  | 'NONE'
  /** At least one disk. */
  | 'DISK'
  /** At least one image. */
  | 'IMAGE'
  /** At least one image and one disk. */
  | 'IMAGE_AND_DISK';

/** Whether a snapshot is based on an earlier one of the same disk. */
export type SnapshotType =
  /**
   * It refers to every non-zero block by itself, except those that it shares with the snapshot from
   * which the disk was made.
   */
  | 'FULL'
  /** It stores only what changed since the previous snapshot. */
  | 'INCREMENTAL';

/** Input of `changedBlocks`. */
export type ChangedBlocksInput = {
  /** The earlier state. Default: zeros. */
  readonly fromSnapshotId?: string | null | undefined;
  /** The later state, in the same chain. */
  readonly toSnapshotId: string;
  /** Where to begin, rounded down to a block. */
  readonly startOffsetBytes?: number;
  /** Number of ranges to return, 1–1024. */
  readonly limit?: number;
};

/** Input of `deleteSnapshotsPreview`. */
export type DeleteSnapshotsPreviewInput = {
  /** At most 512 snapshots: as many as a chain may have. */
  readonly snapshotIds: ReadonlyArray<string>;
  /** As for `deleteSnapshots`. */
  readonly force?: boolean;
};

/** Input of `createSnapshot`. */
export type CreateSnapshotInput = {
  /** The disk. */
  readonly diskId: string;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http://, https://
   * or auto. Default: the id.
   */
  readonly name?: string | null | undefined;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: string | null | undefined;
  /** Days for which it is kept, 1–65536. Default: until it is deleted. */
  readonly retentionDays?: number | null | undefined;
  /** At most 50 tags, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * snapshot.
   */
  readonly clientToken?: string | null | undefined;
};

/** Input of `updateSnapshot`. */
export type UpdateSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: string;
  /** A new name, by the rule of `CreateSnapshotInput.name`. */
  readonly name?: string | null | undefined;
  /** A new description; null removes it. */
  readonly description?: string | null | undefined;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: ReadonlyArray<TagInput> | null | undefined;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: ReadonlyArray<TagInput> | null | undefined;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: ReadonlyArray<string> | null | undefined;
};

/** Input of `deleteSnapshots`. */
export type DeleteSnapshotsInput = {
  /** 1–100, each once. */
  readonly snapshotIds: ReadonlyArray<string>;
  /**
   * Includes snapshots from which a disk was made. The disk keeps working, but can no longer be
   * reinitialised.
   */
  readonly force?: boolean;
};

/** What can be deleted and brought back. */
export type TrashKind =
  /** A snapshot. */
  | 'SNAPSHOT'
  /** A disk. */
  | 'DISK'
  /** An image. */
  | 'IMAGE';

/** Input of `setTrashRetention`. */
export type SetTrashRetentionInput = {
  /** 0–8760 hours. With 0, what is deleted is gone at once. */
  readonly hours: number;
};

/** Input of `restoreTrash`. */
export type RestoreTrashInput = {
  /** Snapshots, disks and images: 1–20, each once. */
  readonly ids: ReadonlyArray<string>;
};

/** What is not as it was in something that was brought back. */
export type TrashChange =
  /** It was attached to an instance, and is not any more. */
  | 'DETACHED'
  /** Its policy is gone, so it is under none. */
  | 'POLICY_GONE'
  /**
   * The snapshot that it was made from cannot be seen any more. A disk can then not be
   * reinitialised.
   */
  | 'ORIGIN_GONE'
  /** Its retention had ended, or was about to: it ends 24 hours from now. */
  | 'RETENTION_EXTENDED'
  /**
   * Some of the automatic snapshots that went with it stay in the recycle bin, as the quota is
   * full.
   */
  | 'SNAPSHOTS_LEFT'
  /** What was paid for is over: the grace time, after which it is released, begins now. */
  | 'PAYMENT_OVER';

/** Input of `purgeTrash`. */
export type PurgeTrashInput = {
  /** Snapshots, disks and images: 1–100, each once. */
  readonly ids: ReadonlyArray<string>;
};

/** How well a disk is protected. */
export type ProtectionStatus =
  /** Its newest usable snapshot is as new as its objective wants. */
  | 'PROTECTED'
  /** It is older, or there is none. */
  | 'IN_BREACH'
  /** It has no policy and no objective, so nobody would miss a snapshot. */
  | 'UNPROTECTED'
  /** Somebody said that it is not to be watched. */
  | 'EXEMPT';

/** What an objective comes from. */
export type ObjectiveSource =
  /** The disk has it itself. */
  | 'DISK'
  /** One of its tags has it. */
  | 'TAG'
  /** The schedule of its policy. */
  | 'POLICY';

/** Why a disk is in breach: the first of these that is true. */
export type BreachReason =
  /** A newer snapshot is there, and a damaged object is known in it. A scrub says more. */
  | 'SNAPSHOTS_DAMAGED'
  /** The account is in arrears, and no snapshots are created for it. */
  | 'ACCOUNT_IN_ARREARS'
  /** No policy covers the disk, and nobody made a snapshot by hand. */
  | 'NO_POLICY'
  /** Its policy is paused. */
  | 'POLICY_PAUSED'
  /** It is not attached to an instance. Policies make snapshots of IN_USE disks only. */
  | 'DISK_NOT_ATTACHED'
  /** The last run of its policy failed; see `Disk.policyRuns`. */
  | 'RUN_FAILED'
  /** The last run of its policy was skipped; see `Disk.policyRuns`. */
  | 'RUN_SKIPPED'
  /** Its policy runs less often than the objective wants. */
  | 'POLICY_TOO_SPARSE'
  /** Its policy has not run as often as its schedule says, or its snapshots were deleted. */
  | 'NO_RUN';

/** Input of `setRecoveryPointObjective`: a disk or a tag. */
export type SetRecoveryPointObjectiveInput = {
  /** The disk. Not together with `tag`. */
  readonly diskId?: string | null | undefined;
  /** The tag. Not together with `diskId`. */
  readonly tag?: TagInput | null | undefined;
  /** For a tag: the region. Default: the first region. */
  readonly region?: string | null | undefined;
  /**
   * How old the newest usable snapshot may be, 1–87600. Null takes the objective away: then that of
   * tags or of the policy holds.
   */
  readonly hours?: number | null | undefined;
  /** For a disk, without `hours`: it is not to be watched, whatever its tags and its policy say. */
  readonly exempt?: boolean;
};

/** How it is with a delivery. */
export type WebhookDeliveryState =
  /** It is to be sent, for the first time or again. */
  | 'PENDING'
  /** The receiver has taken it. */
  | 'DELIVERED'
  /** The receiver has not taken it for 24 hours. It is not tried any more. */
  | 'GIVEN_UP';

/** A new receiver. */
export type CreateWebhookInput = {
  /**
   * Where events are sent: `https://`, without user name, password or fragment, up to 2048
   * characters. Redirects are not followed. Addresses that are not on the internet are refused when
   * they are connected to, unless the operator has opened them.
   */
  readonly url: string;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: string | null | undefined;
  /** Only events of these types, 1–32. Default: all, also those of later versions. */
  readonly types?: ReadonlyArray<string> | null | undefined;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * webhook, without its secret.
   */
  readonly clientToken?: string | null | undefined;
};

/** What changes of a webhook. */
export type UpdateWebhookInput = {
  /** The webhook. */
  readonly webhookId: string;
  /** Another address, by the rule of `CreateWebhookInput.url`. */
  readonly url?: string | null | undefined;
  /** Another description; null removes it. */
  readonly description?: string | null | undefined;
  /** Other types; null means all. */
  readonly types?: ReadonlyArray<string> | null | undefined;
  /** Whether events are sent. */
  readonly enabled?: boolean | null | undefined;
};

/** The webhook to remove. */
export type DeleteWebhookInput = {
  /** The webhook. */
  readonly webhookId: string;
};

/** The webhook that gets another secret. */
export type RotateWebhookSecretInput = {
  /** The webhook. */
  readonly webhookId: string;
  /** Hours for which the old secret signs as well, 0–168. */
  readonly overlapHours?: number;
};

/** The webhook to try. */
export type TestWebhookInput = {
  /** The webhook. */
  readonly webhookId: string;
};

export type QuotaFieldsFragment = { readonly kind: QuotaKind, readonly region: string, readonly limit: number, readonly used: number | null, readonly free: number | null };

export type SnapshotServiceFieldsFragment = { readonly region: string, readonly opened: boolean, readonly openedAt: string | null, readonly acceptedTerms: string | null, readonly acceptedTermsText: string | null, readonly currentTerms: string, readonly currentTermsText: string };

export type JobFieldsFragment = { readonly id: string, readonly region: string, readonly kind: JobKind, readonly status: JobStatus, readonly diskId: string, readonly snapshotId: string | null, readonly createdAt: string };

export type ChainNodeFieldsFragment = { readonly parentId: string | null, readonly snapshot: { readonly id: string, readonly name: string, readonly createdAt: string, readonly kind: SnapshotKind }, readonly sizes: { readonly ownBytes: number, readonly ownStoredBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number, readonly sharedBytes: number } | null };

export type StatusQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusQuery = { readonly viewer: { readonly role: Role, readonly readOnly: string | null, readonly deletionsHeldSince: string | null, readonly account: { readonly id: string, readonly name: string } }, readonly regions: ReadonlyArray<{ readonly name: string, readonly isDefault: boolean, readonly snapshotService: { readonly opened: boolean, readonly openedAt: string | null } }> };

export type ServiceQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type ServiceQuery = { readonly snapshotService: SnapshotServiceFieldsFragment };

export type OpenServiceMutationVariables = Exact<{
  input: OpenSnapshotServiceInput;
}>;


export type OpenServiceMutation = { readonly openSnapshotService: { readonly snapshotService: SnapshotServiceFieldsFragment } | null };

export type ReclaimQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type ReclaimQuery = { readonly reclaim: { readonly region: string, readonly waitingObjects: number, readonly waitingBytes: number, readonly nextAt: string | null, readonly allAt: string | null, readonly graceHours: number, readonly underWay: boolean, readonly freedObjects: number, readonly freedBytes: number } };

export type QuotasQueryVariables = Exact<{
  region?: string | null | undefined;
  diskId?: string | null | undefined;
}>;


export type QuotasQuery = { readonly quotas: ReadonlyArray<QuotaFieldsFragment> };

export type SetQuotaMutationVariables = Exact<{
  input: SetQuotaInput;
}>;


export type SetQuotaMutation = { readonly setQuota: { readonly quota: QuotaFieldsFragment } | null };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: JobFieldsFragment | null };

export type JobsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: JobFilter | null | undefined;
}>;


export type JobsQuery = { readonly jobs: { readonly nodes: ReadonlyArray<JobFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChainQueryVariables = Exact<{
  id: string;
}>;


export type ChainQuery = { readonly chain: { readonly id: string, readonly region: string, readonly snapshotCount: number, readonly lastVerifiedAt: string | null, readonly disk: { readonly id: string, readonly name: string, readonly status: DiskStatus } | null, readonly capacity: { readonly logicalBytes: number, readonly storedBytes: number } | null, readonly damagedObjects: ReadonlyArray<{ readonly objectId: string }>, readonly manualQuota: QuotaFieldsFragment, readonly autoQuota: QuotaFieldsFragment, readonly nodes: { readonly nodes: ReadonlyArray<ChainNodeFieldsFragment> } } | null };

export type WrappedKeyQueryVariables = Exact<{
  id: string;
}>;


export type WrappedKeyQuery = { readonly node:
    | { readonly encryption: { readonly keyId: string, readonly wrappedKey: string | null } | null }
    | { readonly encryption: { readonly keyId: string, readonly wrappedKey: string | null } | null }
    | Record<PropertyKey, never>
   | null };

export type PurposeFieldsFragment = { readonly purpose: AdvicePurpose, readonly tag: string, readonly everyDays: number | null, readonly keepDays: number };

export type DiskAdviceFieldsFragment = { readonly totalStoredBytes: number | null, readonly storedBytes: number | null, readonly disk: { readonly id: string, readonly name: string }, readonly purpose: PurposeFieldsFragment, readonly changes: ReadonlyArray<{ readonly ageHours: number, readonly pairs: number, readonly changedBytes: number, readonly changedStoredBytes: number }>, readonly options: ReadonlyArray<{ readonly option: ForecastOption, readonly hours: ReadonlyArray<number>, readonly weekdays: ReadonlyArray<number>, readonly retentionDays: number | null, readonly worstLossHours: number, readonly snapshotCount: number | null, readonly storedBytes: number | null, readonly addedBytesPerDay: number | null, readonly cost: number | null, readonly savedBytes: number | null, readonly savedCost: number | null, readonly measured: boolean }> };

export type DiskAdviceQueryVariables = Exact<{
  diskId: string;
  pricePerGibMonth?: number | null | undefined;
}>;


export type DiskAdviceQuery = { readonly diskAdvice: DiskAdviceFieldsFragment };

export type AdviceQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  pricePerGibMonth?: number | null | undefined;
}>;


export type AdviceQuery = { readonly advice: { readonly nodes: ReadonlyArray<DiskAdviceFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UnprotectedDisksQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  pricePerGibMonth?: number | null | undefined;
}>;


export type UnprotectedDisksQuery = { readonly unprotectedDisks: { readonly nodes: ReadonlyArray<{ readonly freedBytes: number | null, readonly freedCost: number | null, readonly disk: { readonly id: string, readonly name: string, readonly sizeBytes: number }, readonly purpose: PurposeFieldsFragment, readonly newestSnapshot: { readonly id: string, readonly createdAt: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ForgottenSnapshotsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  pricePerGibMonth?: number | null | undefined;
}>;


export type ForgottenSnapshotsQuery = { readonly forgottenSnapshots: { readonly nodes: ReadonlyArray<{ readonly ageDays: number, readonly freedBytes: number | null, readonly freedCost: number | null, readonly snapshot: { readonly id: string, readonly name: string, readonly createdAt: string, readonly sourceDisk: { readonly id: string } }, readonly purpose: PurposeFieldsFragment }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PurposesQueryVariables = Exact<{ [key: string]: never; }>;


export type PurposesQuery = { readonly purposes: ReadonlyArray<PurposeFieldsFragment> };

export type ApiKeyFieldsFragment = { readonly id: string, readonly name: string, readonly role: Role, readonly regions: ReadonlyArray<string> | null, readonly createdAt: string, readonly createdBy: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null };

export type AccountFieldsFragment = { readonly id: string, readonly name: string, readonly createdAt: string, readonly status: AccountStatus, readonly arrearsSince: string | null, readonly serviceStopsAt: string | null, readonly snapshotsDeletedAt: string | null };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { readonly viewer: { readonly account: AccountFieldsFragment } };

export type ApiKeysQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<ApiKeyFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly secret: string | null, readonly apiKey: ApiKeyFieldsFragment } | null };

export type RevokeApiKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly apiKey: ApiKeyFieldsFragment } | null };

export type CreateConsoleLinkMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateConsoleLinkMutation = { readonly createConsoleLink: { readonly secret: string, readonly expiresAt: string } | null };

export type AuditQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  action?: string | null | undefined;
  subject?: string | null | undefined;
  actor?: string | null | undefined;
  outcome?: AuditOutcome | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditQuery = { readonly audit: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly actorKind: AuditActorKind, readonly actor: string, readonly session: string | null, readonly action: string, readonly outcome: AuditOutcome, readonly code: string | null, readonly reason: DeletionReason | null, readonly subjects: ReadonlyArray<string>, readonly address: string | null, readonly userAgent: string | null, readonly requestId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CapacityFieldsFragment = { readonly region: string, readonly at: string, readonly logicalBytes: number, readonly deduplicatedBytes: number, readonly storedBytes: number, readonly waitingBytes: number };

export type CapacityQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type CapacityQuery = { readonly capacity: CapacityFieldsFragment };

export type CapacityHistoryQueryVariables = Exact<{
  region?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CapacityHistoryQuery = { readonly capacityHistory: { readonly nodes: ReadonlyArray<CapacityFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DraftFieldsFragment = { readonly id: string, readonly version: number, readonly root: string, readonly baseVersion: number, readonly label: string | null };

export type PrepareUploadMutationVariables = Exact<{
  input: PrepareUploadInput;
}>;


export type PrepareUploadMutation = { readonly prepareUpload: { readonly objects: ReadonlyArray<{ readonly state: UploadState, readonly url: string | null, readonly retryAfterMs: number | null, readonly headers: ReadonlyArray<{ readonly name: string, readonly value: string }> | null }> } | null };

export type CommitBlocksMutationVariables = Exact<{
  input: CommitBlocksInput;
}>;


export type CommitBlocksMutation = { readonly commitBlocks: { readonly version: number, readonly root: string } | null };

export type OpenDraftMutationVariables = Exact<{
  input: OpenDraftInput;
}>;


export type OpenDraftMutation = { readonly openDraft: { readonly draft: DraftFieldsFragment } | null };

export type CommitDraftMutationVariables = Exact<{
  input: CommitDraftInput;
}>;


export type CommitDraftMutation = { readonly commitDraft: { readonly disk: { readonly version: number, readonly root: string } } | null };

export type DiscardDraftMutationVariables = Exact<{
  input: DiscardDraftInput;
}>;


export type DiscardDraftMutation = { readonly discardDraft: { readonly draftId: string } | null };

export type DraftsQueryVariables = Exact<{
  diskId: string;
  after?: string | null | undefined;
}>;


export type DraftsQuery = { readonly drafts: { readonly nodes: ReadonlyArray<DraftFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BlockMapQueryVariables = Exact<{
  input: BlockMapInput;
  urls: boolean;
}>;


export type BlockMapQuery = { readonly blockMap: { readonly sizeBytes: number, readonly root: string, readonly version: number, readonly nextIndex: number | null, readonly blocks: ReadonlyArray<{ readonly index: number, readonly id: string, readonly url?: string | null }> } };

export type PageMapQueryVariables = Exact<{
  input: PageMapInput;
}>;


export type PageMapQuery = { readonly pageMap: { readonly sizeBytes: number, readonly root: string, readonly version: number, readonly nextIndex: number | null, readonly pages: ReadonlyArray<{ readonly index: number, readonly id: string }> } };

export type ReportDamageMutationVariables = Exact<{
  input: ReportDamageInput;
}>;


export type ReportDamageMutation = { readonly reportDamage: { readonly blocks: ReadonlyArray<{ readonly id: string, readonly state: MetBlockState }> } | null };

export type DiskFieldsFragment = { readonly id: string, readonly region: string, readonly name: string, readonly kind: DiskKind, readonly category: DiskCategory, readonly sizeBytes: number, readonly status: DiskStatus, readonly chargeType: ChargeType, readonly expiresAt: string | null, readonly encrypted: boolean, readonly deleteAutoSnapshots: boolean, readonly deleteWithInstance: boolean, readonly createdAt: string, readonly version: number, readonly root: string, readonly encryption: { readonly keyId: string } | null, readonly policy: { readonly id: string, readonly name: string } | null, readonly origin: { readonly kind: DiskOriginKind, readonly snapshotId: string | null, readonly imageId: string | null }, readonly instances: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly sizes: { readonly ownBytes: number, readonly ownStoredBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number, readonly sharedBytes: number } | null, readonly reencryption: { readonly sourceSnapshotId: string, readonly copiedBytes: number, readonly totalBytes: number, readonly progressPercent: number } | null, readonly lease: { readonly holder: string, readonly fence: number, readonly acquiredAt: string, readonly expiresAt: string } | null, readonly unreadable: { readonly count: number, readonly bytes: number } | null };

export type DiskQueryVariables = Exact<{
  id: string;
}>;


export type DiskQuery = { readonly disk: DiskFieldsFragment | null };

export type DisksQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: DiskFilter | null | undefined;
  orderBy?: DiskOrder;
}>;


export type DisksQuery = { readonly disks: { readonly nodes: ReadonlyArray<DiskFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateDiskMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type CreateDiskMutation = { readonly createDisk: { readonly disk: DiskFieldsFragment } | null };

export type UpdateDiskMutationVariables = Exact<{
  input: UpdateDiskInput;
}>;


export type UpdateDiskMutation = { readonly updateDisk: { readonly disk: DiskFieldsFragment } | null };

export type ResizeDiskMutationVariables = Exact<{
  input: ResizeDiskInput;
}>;


export type ResizeDiskMutation = { readonly resizeDisk: { readonly disk: DiskFieldsFragment } | null };

export type RollbackDiskMutationVariables = Exact<{
  input: RollbackDiskInput;
}>;


export type RollbackDiskMutation = { readonly rollbackDisk: { readonly disk: DiskFieldsFragment, readonly safetySnapshot: { readonly id: string, readonly name: string } | null, readonly loss: { readonly since: string, readonly changedBytes: number, readonly complete: boolean }, readonly refusals: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null };

export type CompleteReencryptionMutationVariables = Exact<{
  input: CompleteReencryptionInput;
}>;


export type CompleteReencryptionMutation = { readonly completeReencryption: { readonly disk: DiskFieldsFragment } | null };

export type ReleaseDiskMutationVariables = Exact<{
  input: ReleaseDiskInput;
}>;


export type ReleaseDiskMutation = { readonly releaseDisk: { readonly diskId: string, readonly deletedSnapshotIds: ReadonlyArray<string>, readonly restorableUntil: string | null, readonly job: { readonly id: string } } | null };

export type AttachDiskMutationVariables = Exact<{
  input: AttachDiskInput;
}>;


export type AttachDiskMutation = { readonly attachDisk: { readonly disk: DiskFieldsFragment } | null };

export type DetachDiskMutationVariables = Exact<{
  input: DetachDiskInput;
}>;


export type DetachDiskMutation = { readonly detachDisk: { readonly disk: DiskFieldsFragment } | null };

export type ReinitializeDiskMutationVariables = Exact<{
  input: ReinitializeDiskInput;
}>;


export type ReinitializeDiskMutation = { readonly reinitializeDisk: { readonly disk: DiskFieldsFragment } | null };

export type EventFieldsFragment = { readonly id: string, readonly type: string, readonly at: string, readonly region: string | null, readonly data: string, readonly subject: { readonly kind: string, readonly id: string } };

export type EventsQueryVariables = Exact<{
  types?: ReadonlyArray<string> | null | undefined;
  subject?: string | null | undefined;
  direction: SortDirection;
  first: number;
  after?: string | null | undefined;
}>;


export type EventsQuery = { readonly events: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: EventFieldsFragment }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExportFieldsFragment = { readonly id: string, readonly region: string, readonly imageId: string, readonly format: ImageFileFormat, readonly status: ImageExportStatus, readonly bucket: string | null, readonly key: string, readonly totalBytes: number | null, readonly doneBytes: number, readonly createdAt: string, readonly finishedAt: string | null, readonly expiresAt: string | null, readonly problem: { readonly code: string, readonly message: string, readonly since: string } | null };

export type ImageExportQueryVariables = Exact<{
  id: string;
  ttlSeconds: number;
}>;


export type ImageExportQuery = { readonly imageExport: (
    { readonly downloadUrl: string | null }
    & ExportFieldsFragment
  ) | null };

export type ImageExportsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: ImageExportFilter | null | undefined;
}>;


export type ImageExportsQuery = { readonly imageExports: { readonly nodes: ReadonlyArray<ExportFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExportImageMutationVariables = Exact<{
  input: ExportImageInput;
}>;


export type ExportImageMutation = { readonly exportImage: { readonly export: ExportFieldsFragment } | null };

export type CancelImageExportMutationVariables = Exact<{
  input: CancelImageExportInput;
}>;


export type CancelImageExportMutation = { readonly cancelImageExport: { readonly exportId: string, readonly cancelled: boolean } | null };

export type ImageFieldsFragment = { readonly id: string, readonly region: string, readonly name: string, readonly description: string | null, readonly ownerAccountId: string, readonly owned: boolean, readonly snapshotId: string | null, readonly diskKind: DiskKind, readonly sizeBytes: number, readonly encrypted: boolean, readonly root: string, readonly sharedWith: ReadonlyArray<string>, readonly createdAt: string, readonly encryption: { readonly keyId: string } | null, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly unreadable: { readonly count: number, readonly bytes: number } | null };

export type ImageQueryVariables = Exact<{
  id: string;
}>;


export type ImageQuery = { readonly image: ImageFieldsFragment | null };

export type ImagesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: ImageFilter | null | undefined;
  orderBy?: ImageOrder | null | undefined;
}>;


export type ImagesQuery = { readonly images: { readonly nodes: ReadonlyArray<ImageFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SharedImagesQueryVariables = Exact<{
  region?: string | null | undefined;
  name?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SharedImagesQuery = { readonly sharedImages: { readonly nodes: ReadonlyArray<ImageFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateImageMutationVariables = Exact<{
  input: CreateImageInput;
}>;


export type CreateImageMutation = { readonly createImage: { readonly image: ImageFieldsFragment } | null };

export type UpdateImageMutationVariables = Exact<{
  input: UpdateImageInput;
}>;


export type UpdateImageMutation = { readonly updateImage: { readonly image: ImageFieldsFragment } | null };

export type DeleteImageMutationVariables = Exact<{
  input: DeleteImageInput;
}>;


export type DeleteImageMutation = { readonly deleteImage: { readonly imageId: string, readonly restorableUntil: string | null } | null };

export type ShareImageMutationVariables = Exact<{
  input: ShareImageInput;
}>;


export type ShareImageMutation = { readonly shareImage: { readonly image: ImageFieldsFragment } | null };

export type UnshareImageMutationVariables = Exact<{
  input: UnshareImageInput;
}>;


export type UnshareImageMutation = { readonly unshareImage: { readonly image: ImageFieldsFragment } | null };

export type ImportFieldsFragment = { readonly id: string, readonly region: string, readonly status: ImageImportStatus, readonly bucket: string | null, readonly key: string, readonly format: ImageSourceFormat | null, readonly name: string | null, readonly fileBytes: number | null, readonly totalBytes: number | null, readonly doneBytes: number, readonly imageId: string | null, readonly snapshotId: string | null, readonly createdAt: string, readonly finishedAt: string | null, readonly problem: { readonly code: string, readonly message: string, readonly since: string } | null };

export type ImageImportQueryVariables = Exact<{
  id: string;
}>;


export type ImageImportQuery = { readonly imageImport: ImportFieldsFragment | null };

export type ImageImportsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: ImageImportFilter | null | undefined;
}>;


export type ImageImportsQuery = { readonly imageImports: { readonly nodes: ReadonlyArray<ImportFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImportImageMutationVariables = Exact<{
  input: ImportImageInput;
}>;


export type ImportImageMutation = { readonly importImage: { readonly import: ImportFieldsFragment } | null };

export type CancelImageImportMutationVariables = Exact<{
  input: CancelImageImportInput;
}>;


export type CancelImageImportMutation = { readonly cancelImageImport: { readonly importId: string, readonly cancelled: boolean } | null };

export type InstanceFieldsFragment = { readonly id: string, readonly region: string, readonly name: string, readonly kind: InstanceKind, readonly status: InstanceStatus, readonly deletionProtection: boolean, readonly createdAt: string, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly systemDisk: { readonly id: string, readonly name: string, readonly sizeBytes: number, readonly status: DiskStatus } | null, readonly dataDisks: ReadonlyArray<{ readonly id: string, readonly name: string, readonly sizeBytes: number, readonly status: DiskStatus }> };

export type InstanceQueryVariables = Exact<{
  id: string;
}>;


export type InstanceQuery = { readonly instance: InstanceFieldsFragment | null };

export type InstancesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: InstanceFilter | null | undefined;
  orderBy?: InstanceOrder | null | undefined;
}>;


export type InstancesQuery = { readonly instances: { readonly nodes: ReadonlyArray<InstanceFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateInstanceMutationVariables = Exact<{
  input: CreateInstanceInput;
}>;


export type CreateInstanceMutation = { readonly createInstance: { readonly instance: InstanceFieldsFragment } | null };

export type UpdateInstanceMutationVariables = Exact<{
  input: UpdateInstanceInput;
}>;


export type UpdateInstanceMutation = { readonly updateInstance: { readonly instance: InstanceFieldsFragment } | null };

export type StartInstanceMutationVariables = Exact<{
  input: StartInstanceInput;
}>;


export type StartInstanceMutation = { readonly startInstance: { readonly instance: InstanceFieldsFragment } | null };

export type StopInstanceMutationVariables = Exact<{
  input: StopInstanceInput;
}>;


export type StopInstanceMutation = { readonly stopInstance: { readonly instance: InstanceFieldsFragment } | null };

export type ReleaseInstanceMutationVariables = Exact<{
  input: ReleaseInstanceInput;
}>;


export type ReleaseInstanceMutation = { readonly releaseInstance: { readonly instanceId: string, readonly releasedDiskIds: ReadonlyArray<string>, readonly detachedDiskIds: ReadonlyArray<string> } | null };

export type ReplaceSystemDiskMutationVariables = Exact<{
  input: ReplaceSystemDiskInput;
}>;


export type ReplaceSystemDiskMutation = { readonly replaceSystemDisk: { readonly releasedDiskId: string, readonly instance: InstanceFieldsFragment } | null };

export type LeaseFieldsFragment = { readonly diskId: string, readonly holder: string, readonly fence: number, readonly acquiredAt: string, readonly renewedAt: string, readonly expiresAt: string, readonly renewAfterMs: number, readonly instanceId: string | null, readonly flushRequest: number };

export type AcquireLeaseMutationVariables = Exact<{
  input: AcquireLeaseInput;
}>;


export type AcquireLeaseMutation = { readonly acquireLease: { readonly lease: LeaseFieldsFragment, readonly disk: { readonly id: string, readonly version: number, readonly root: string, readonly sizeBytes: number, readonly status: DiskStatus } } | null };

export type RenewLeaseMutationVariables = Exact<{
  input: RenewLeaseInput;
}>;


export type RenewLeaseMutation = { readonly renewLease: { readonly lease: LeaseFieldsFragment } | null };

export type ReleaseLeaseMutationVariables = Exact<{
  input: ReleaseLeaseInput;
}>;


export type ReleaseLeaseMutation = { readonly releaseLease: { readonly disk: { readonly id: string } } | null };

export type StatementFieldsFragment = { readonly month: string, readonly currency: string, readonly closed: boolean, readonly closedAt: string | null, readonly hoursInMonth: number, readonly total: string, readonly regions: ReadonlyArray<{ readonly region: string, readonly hours: number, readonly missingHours: number, readonly byteHours: string, readonly unpricedByteHours: string, readonly amount: string, readonly packages: ReadonlyArray<{ readonly id: string, readonly gib: number, readonly from: string, readonly until: string, readonly byteHours: string }>, readonly prices: ReadonlyArray<{ readonly from: string, readonly perGibMonth: string, readonly byteHours: string }> }>, readonly corrections: ReadonlyArray<{ readonly ofMonth: string, readonly region: string, readonly amount: string }> };

export type PricesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type PricesQuery = { readonly prices: { readonly nodes: ReadonlyArray<{ readonly region: string, readonly currency: string, readonly from: string, readonly perGibMonth: string, readonly setAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PackagesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type PackagesQuery = { readonly packages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly region: string, readonly gib: number, readonly from: string, readonly until: string, readonly note: string | null, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type StatementQueryVariables = Exact<{
  month: string;
  currency?: string | null | undefined;
}>;


export type StatementQuery = { readonly statement: StatementFieldsFragment };

export type StatementLinesQueryVariables = Exact<{
  month: string;
  region?: string | null | undefined;
  tagKey?: string | null | undefined;
  currency?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type StatementLinesQuery = { readonly statementLines: { readonly nodes: ReadonlyArray<{ readonly kind: StatementLineKind, readonly id: string | null, readonly tagValue: string | null, readonly byteHours: string, readonly amount: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type BalanceQuery = { readonly balance: { readonly currency: string, readonly balance: string, readonly threshold: string | null } | null };

export type MovementsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type MovementsQuery = { readonly movements: { readonly nodes: ReadonlyArray<{ readonly number: number, readonly at: string, readonly kind: MovementKind, readonly amount: string, readonly balance: string, readonly note: string | null, readonly month: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PolicyFieldsFragment = { readonly id: string, readonly region: string, readonly name: string, readonly hours: ReadonlyArray<number>, readonly weekdays: ReadonlyArray<number>, readonly timeZone: string, readonly retentionDays: number | null, readonly status: PolicyStatus, readonly diskCount: number, readonly nextRunAt: string | null, readonly createdAt: string, readonly copyTargets: ReadonlyArray<{ readonly region: string, readonly retentionDays: number | null }>, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }> };

export type PolicyDiskFieldsFragment = { readonly id: string, readonly name: string, readonly status: DiskStatus, readonly policy: { readonly id: string, readonly name: string } | null };

export type PolicyRunFieldsFragment = { readonly diskId: string, readonly policyId: string, readonly slotAt: string, readonly status: PolicyRunStatus, readonly code: string | null, readonly message: string | null, readonly snapshotId: string | null, readonly replacedSnapshotId: string | null, readonly triedAgain: boolean, readonly missedSlots: number, readonly at: string, readonly copies: ReadonlyArray<{ readonly region: string, readonly status: PolicyCopyStatus, readonly snapshotId: string | null, readonly replacedSnapshotId: string | null, readonly finishedAt: string | null, readonly problem: { readonly code: string, readonly message: string, readonly since: string } | null }> };

export type PolicySlotFieldsFragment = { readonly slotAt: string, readonly status: PolicySlotStatus, readonly doneCount: number, readonly skippedCount: number, readonly failedCount: number, readonly missedSlots: number, readonly openedAt: string, readonly finishedAt: string | null };

export type PolicyQueryVariables = Exact<{
  id: string;
}>;


export type PolicyQuery = { readonly policy: PolicyFieldsFragment | null };

export type PoliciesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: PolicyFilter | null | undefined;
  orderBy?: PolicyOrder | null | undefined;
}>;


export type PoliciesQuery = { readonly policies: { readonly nodes: ReadonlyArray<(
      { readonly slots: { readonly nodes: ReadonlyArray<PolicySlotFieldsFragment> } }
      & PolicyFieldsFragment
    )>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PolicyDisksQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PolicyDisksQuery = { readonly policy: { readonly disks: { readonly nodes: ReadonlyArray<PolicyDiskFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicyCoverableDisksQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  withoutPolicy: boolean;
}>;


export type PolicyCoverableDisksQuery = { readonly policy: { readonly coverableDisks: { readonly nodes: ReadonlyArray<PolicyDiskFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicyRunsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  status?: ReadonlyArray<PolicyRunStatus> | null | undefined;
}>;


export type PolicyRunsQuery = { readonly policy: { readonly runs: { readonly nodes: ReadonlyArray<PolicyRunFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DiskPolicyRunsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  status?: ReadonlyArray<PolicyRunStatus> | null | undefined;
}>;


export type DiskPolicyRunsQuery = { readonly disk: { readonly policyRuns: { readonly nodes: ReadonlyArray<PolicyRunFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicySlotsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PolicySlotsQuery = { readonly policy: { readonly slots: { readonly nodes: ReadonlyArray<PolicySlotFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type CreatePolicyMutationVariables = Exact<{
  input: CreatePolicyInput;
}>;


export type CreatePolicyMutation = { readonly createPolicy: { readonly policy: PolicyFieldsFragment } | null };

export type UpdatePolicyMutationVariables = Exact<{
  input: UpdatePolicyInput;
}>;


export type UpdatePolicyMutation = { readonly updatePolicy: { readonly policy: PolicyFieldsFragment } | null };

export type DeletePolicyMutationVariables = Exact<{
  input: DeletePolicyInput;
}>;


export type DeletePolicyMutation = { readonly deletePolicy: { readonly policyId: string } | null };

export type ApplyPolicyMutationVariables = Exact<{
  input: ApplyPolicyInput;
}>;


export type ApplyPolicyMutation = { readonly applyPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly applied: boolean, readonly replacedPolicyId: string | null, readonly diskStatus: DiskStatus | null, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type CancelPolicyMutationVariables = Exact<{
  input: CancelPolicyInput;
}>;


export type CancelPolicyMutation = { readonly cancelPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly cancelled: boolean, readonly policyId: string | null, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type ScrubFieldsFragment = { readonly id: string, readonly region: string, readonly targetId: string | null, readonly chainId: string | null, readonly keyId: string | null, readonly samplePercent: number, readonly repair: boolean, readonly status: ScrubStatus, readonly phase: ScrubPhase | null, readonly versionsRead: number, readonly versions: number, readonly objectsRead: number, readonly bytesRead: number, readonly damaged: number, readonly objectsCounted: number, readonly wrongCounts: number, readonly mended: number, readonly unsettled: number, readonly findings: ReadonlyArray<string>, readonly createdAt: string, readonly finishedAt: string | null };

export type DamagedObjectFieldsFragment = { readonly objectId: string, readonly reason: string, readonly isPage: boolean, readonly foundAt: string, readonly healedAt: string | null, readonly placeCount: number | null, readonly places: ReadonlyArray<{ readonly id: string, readonly offsetBytes: number }> };

export type StartScrubMutationVariables = Exact<{
  input: StartScrubInput;
}>;


export type StartScrubMutation = { readonly startScrub: { readonly scrub: ScrubFieldsFragment } | null };

export type CancelScrubMutationVariables = Exact<{
  input: CancelScrubInput;
}>;


export type CancelScrubMutation = { readonly cancelScrub: { readonly scrub: ScrubFieldsFragment } | null };

export type ScrubQueryVariables = Exact<{
  id: string;
}>;


export type ScrubQuery = { readonly scrub: ScrubFieldsFragment | null };

export type ScrubsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ScrubsQuery = { readonly scrubs: { readonly nodes: ReadonlyArray<ScrubFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DamagedObjectsQueryVariables = Exact<{
  region?: string | null | undefined;
  healed: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type DamagedObjectsQuery = { readonly damagedObjects: { readonly nodes: ReadonlyArray<DamagedObjectFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type NamesQueryVariables = Exact<{
  ids: ReadonlyArray<string>;
}>;


export type NamesQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string, readonly name: string }
    | { readonly id: string, readonly name: string }
    | { readonly id: string, readonly name: string }
    | Record<PropertyKey, never>
   | null> };

export type SnapshotFieldsFragment = { readonly id: string, readonly region: string, readonly name: string, readonly description: string | null, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly progressPercent: number, readonly consistency: SnapshotConsistency, readonly createdAt: string, readonly retentionDays: number | null, readonly expiresAt: string | null, readonly pinnedAt: string | null, readonly keptInUse: boolean, readonly policyId: string | null, readonly usage: SnapshotUsage, readonly diskCount: number, readonly type: SnapshotType, readonly root: string, readonly encrypted: boolean, readonly sourceDisk: { readonly id: string, readonly kind: DiskKind, readonly sizeBytes: number }, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly sizes: { readonly ownBytes: number, readonly ownStoredBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number, readonly sharedBytes: number } | null, readonly encryption: { readonly keyId: string } | null, readonly unreadable: { readonly count: number, readonly bytes: number } | null };

export type CopyFieldsFragment = { readonly sourceSnapshotId: string, readonly sourceDiskId: string, readonly sourceRegion: string, readonly totalBytes: number | null, readonly doneBytes: number | null, readonly movedBlocks: number | null, readonly movedBytes: number | null, readonly problem: { readonly code: string, readonly message: string, readonly since: string } | null };

export type SnapshotQueryVariables = Exact<{
  id: string;
}>;


export type SnapshotQuery = { readonly snapshot: (
    { readonly copy: CopyFieldsFragment | null }
    & SnapshotFieldsFragment
  ) | null };

export type SnapshotsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: SnapshotFilter | null | undefined;
  orderBy?: SnapshotOrder;
}>;


export type SnapshotsQuery = { readonly snapshots: { readonly nodes: ReadonlyArray<SnapshotFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateSnapshotMutationVariables = Exact<{
  input: CreateSnapshotInput;
}>;


export type CreateSnapshotMutation = { readonly createSnapshot: { readonly snapshot: SnapshotFieldsFragment } | null };

export type CopySnapshotMutationVariables = Exact<{
  input: CopySnapshotInput;
}>;


export type CopySnapshotMutation = { readonly copySnapshot: { readonly snapshot: (
      { readonly copy: CopyFieldsFragment | null }
      & SnapshotFieldsFragment
    ) } | null };

export type CancelCopyMutationVariables = Exact<{
  input: CancelCopyInput;
}>;


export type CancelCopyMutation = { readonly cancelCopy: { readonly snapshotId: string, readonly cancelled: boolean } | null };

export type UpdateSnapshotMutationVariables = Exact<{
  input: UpdateSnapshotInput;
}>;


export type UpdateSnapshotMutation = { readonly updateSnapshot: { readonly snapshot: SnapshotFieldsFragment } | null };

export type DeleteSnapshotsMutationVariables = Exact<{
  input: DeleteSnapshotsInput;
}>;


export type DeleteSnapshotsMutation = { readonly deleteSnapshots: { readonly results: ReadonlyArray<{ readonly snapshotId: string, readonly deleted: boolean, readonly restorableUntil: string | null, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type DeleteSnapshotsPreviewQueryVariables = Exact<{
  input: DeleteSnapshotsPreviewInput;
}>;


export type DeleteSnapshotsPreviewQuery = { readonly deleteSnapshotsPreview: { readonly objects: number, readonly storedBytes: number, readonly restorableUntil: string | null, readonly freeFrom: string, readonly results: ReadonlyArray<{ readonly snapshotId: string, readonly error: { readonly code: string, readonly message: string } | null }> } };

export type ChangedBlocksQueryVariables = Exact<{
  input: ChangedBlocksInput;
}>;


export type ChangedBlocksQuery = { readonly changedBlocks: { readonly sizeBytes: number, readonly nextOffsetBytes: number | null, readonly ranges: ReadonlyArray<{ readonly offsetBytes: number, readonly lengthBytes: number }> } };

export type TrashFieldsFragment = { readonly id: string, readonly kind: TrashKind, readonly region: string, readonly name: string, readonly diskId: string | null, readonly deletedAt: string, readonly restorableUntil: string, readonly freeFrom: string, readonly withDiskId: string | null, readonly snapshotCount: number, readonly sizeBytes: number, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly sizes: { readonly ownBytes: number, readonly ownStoredBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number, readonly sharedBytes: number } | null };

export type TrashQueryVariables = Exact<{
  kind: TrashKind;
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TrashQuery = { readonly trash: { readonly nodes: ReadonlyArray<TrashFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TrashItemQueryVariables = Exact<{
  id: string;
}>;


export type TrashItemQuery = { readonly trashItem: TrashFieldsFragment | null };

export type TrashTimeQueryVariables = Exact<{ [key: string]: never; }>;


export type TrashTimeQuery = { readonly viewer: { readonly account: { readonly trashHours: number } } };

export type RestoreTrashMutationVariables = Exact<{
  input: RestoreTrashInput;
}>;


export type RestoreTrashMutation = { readonly restoreTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly restored: boolean, readonly changes: ReadonlyArray<TrashChange>, readonly snapshotIds: ReadonlyArray<string>, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type PurgeTrashMutationVariables = Exact<{
  input: PurgeTrashInput;
}>;


export type PurgeTrashMutation = { readonly purgeTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly purged: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type SetTrashRetentionMutationVariables = Exact<{
  input: SetTrashRetentionInput;
}>;


export type SetTrashRetentionMutation = { readonly setTrashRetention: { readonly account: { readonly trashHours: number } } | null };

export type PinSnapshotMutationVariables = Exact<{
  input: PinSnapshotInput;
}>;


export type PinSnapshotMutation = { readonly pinSnapshot: { readonly snapshot: SnapshotFieldsFragment } | null };

export type UnpinSnapshotMutationVariables = Exact<{
  input: UnpinSnapshotInput;
}>;


export type UnpinSnapshotMutation = { readonly unpinSnapshot: { readonly snapshot: SnapshotFieldsFragment } | null };

export type SetSnapshotRetentionMutationVariables = Exact<{
  input: SetSnapshotRetentionInput;
}>;


export type SetSnapshotRetentionMutation = { readonly setSnapshotRetention: { readonly snapshot: SnapshotFieldsFragment } | null };

export type UnreadableFieldsFragment = { readonly count: number, readonly bytes: number, readonly ranges: ReadonlyArray<{ readonly offsetBytes: number, readonly lengthBytes: number }> };

export type UnreadableOfDiskQueryVariables = Exact<{
  id: string;
}>;


export type UnreadableOfDiskQuery = { readonly disk: { readonly unreadable: UnreadableFieldsFragment | null } | null };

export type UnreadableOfSnapshotQueryVariables = Exact<{
  id: string;
}>;


export type UnreadableOfSnapshotQuery = { readonly snapshot: { readonly unreadable: UnreadableFieldsFragment | null } | null };

export type ProtectionFieldsFragment = { readonly status: ProtectionStatus, readonly objectiveHours: number | null, readonly source: ObjectiveSource | null, readonly newestUsableAt: string | null, readonly breachAt: string | null, readonly inBreachSince: string | null, readonly reason: BreachReason | null, readonly tag: { readonly key: string, readonly value: string } | null };

export type WatchedDiskFieldsFragment = { readonly id: string, readonly name: string, readonly status: DiskStatus, readonly policy: { readonly id: string, readonly name: string } | null, readonly protection: ProtectionFieldsFragment | null };

export type BreachesQueryVariables = Exact<{
  region?: string | null | undefined;
  reason?: BreachReason | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BreachesQuery = { readonly breaches: { readonly nodes: ReadonlyArray<WatchedDiskFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DiskProtectionQueryVariables = Exact<{
  id: string;
}>;


export type DiskProtectionQuery = { readonly disk: WatchedDiskFieldsFragment | null };

export type TagObjectivesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TagObjectivesQuery = { readonly tagObjectives: { readonly nodes: ReadonlyArray<{ readonly key: string, readonly value: string, readonly hours: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SetRecoveryPointObjectiveMutationVariables = Exact<{
  input: SetRecoveryPointObjectiveInput;
}>;


export type SetRecoveryPointObjectiveMutation = { readonly setRecoveryPointObjective: { readonly disk: WatchedDiskFieldsFragment | null, readonly tagObjective: { readonly key: string, readonly value: string, readonly hours: number } | null } | null };

export type OverviewQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type OverviewQuery = { readonly overview: { readonly region: string, readonly damagedObjects: number, readonly countedAt: string, readonly drift: number, readonly disks: { readonly total: number, readonly protected: number, readonly inBreach: number, readonly unprotected: number, readonly exempt: number, readonly local: number }, readonly snapshots: { readonly manual: number, readonly automatic: number, readonly inProgress: number, readonly failed: number }, readonly runs: { readonly since: string, readonly done: number, readonly skipped: number, readonly failed: number, readonly missedSlots: number }, readonly waiting: { readonly objects: number, readonly bytes: number } } };

export type WebhookFieldsFragment = { readonly id: string, readonly url: string, readonly description: string | null, readonly types: ReadonlyArray<string> | null, readonly enabled: boolean, readonly disabledReason: string | null, readonly oldSecretUntil: string | null, readonly failingSince: string | null, readonly createdAt: string };

export type WebhooksQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type WebhooksQuery = { readonly webhooks: { readonly nodes: ReadonlyArray<WebhookFieldsFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type WebhookDeliveriesQueryVariables = Exact<{
  webhookId: string;
  pending: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly webhookDeliveries: { readonly nodes: ReadonlyArray<{ readonly eventId: string, readonly type: string, readonly state: WebhookDeliveryState, readonly attempts: number, readonly lastTriedAt: string | null, readonly lastStatus: number | null, readonly lastError: string | null, readonly dueAt: string | null, readonly createdAt: string, readonly endedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { readonly createWebhook: { readonly secret: string | null, readonly webhook: WebhookFieldsFragment } | null };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { readonly updateWebhook: { readonly webhook: WebhookFieldsFragment } | null };

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: { readonly webhookId: string } | null };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret: { readonly secret: string, readonly webhook: WebhookFieldsFragment } | null };

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type TestWebhookMutation = { readonly testWebhook: { readonly eventId: string } | null };


/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  readonly shape: Shape;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/**
 * What an answer looks like: the type of a value; a list of members of one shape; one that may be
 * null, or absent; or the fields of an object.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly ['list' | 'nullable' | 'absent', Shape]
  | { readonly [Field: string]: Shape };

/** What a mutation answers if none of its fields was refused; the client throws otherwise. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

const QuotaFields = "fragment QuotaFields on Quota{kind region limit used free}";
const SnapshotServiceFields = "fragment SnapshotServiceFields on SnapshotService{region opened openedAt acceptedTerms acceptedTermsText currentTerms currentTermsText}";
const JobFields = "fragment JobFields on Job{id region kind status diskId snapshotId createdAt}";
const ChainNodeFields = "fragment ChainNodeFields on ChainNode{snapshot{id name createdAt kind}parentId sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes}}";
const PurposeFields = "fragment PurposeFields on PurposeAdvice{purpose tag everyDays keepDays}";
const DiskAdviceFields = "fragment DiskAdviceFields on DiskAdvice{disk{id name}purpose{...PurposeFields}totalStoredBytes storedBytes changes{ageHours pairs changedBytes changedStoredBytes}options{option hours weekdays retentionDays worstLossHours snapshotCount storedBytes addedBytesPerDay cost savedBytes savedCost measured}}";
const ApiKeyFields = "fragment ApiKeyFields on ApiKey{id name role regions createdAt createdBy expiresAt revokedAt}";
const AccountFields = "fragment AccountFields on Account{id name createdAt status arrearsSince serviceStopsAt snapshotsDeletedAt}";
const CapacityFields = "fragment CapacityFields on Capacity{region at logicalBytes deduplicatedBytes storedBytes waitingBytes}";
const DraftFields = "fragment DraftFields on Draft{id version root baseVersion label}";
const DiskFields = "fragment DiskFields on Disk{id region name kind category sizeBytes status chargeType expiresAt encrypted encryption{keyId}deleteAutoSnapshots deleteWithInstance policy{id name}origin{kind snapshotId imageId}instances{id name}tags{key value}createdAt version root sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes}reencryption{sourceSnapshotId copiedBytes totalBytes progressPercent}lease{holder fence acquiredAt expiresAt}unreadable{count bytes}}";
const EventFields = "fragment EventFields on Event{id type at region subject{kind id}data}";
const ExportFields = "fragment ExportFields on ImageExport{id region imageId format status bucket key totalBytes doneBytes problem{code message since}createdAt finishedAt expiresAt}";
const ImageFields = "fragment ImageFields on Image{id region name description ownerAccountId owned snapshotId diskKind sizeBytes encrypted encryption{keyId}root sharedWith tags{key value}createdAt unreadable{count bytes}}";
const ImportFields = "fragment ImportFields on ImageImport{id region status bucket key format name fileBytes totalBytes doneBytes imageId snapshotId problem{code message since}createdAt finishedAt}";
const InstanceFields = "fragment InstanceFields on Instance{id region name kind status deletionProtection tags{key value}createdAt systemDisk{id name sizeBytes status}dataDisks{id name sizeBytes status}}";
const LeaseFields = "fragment LeaseFields on WriterLease{diskId holder fence acquiredAt renewedAt expiresAt renewAfterMs instanceId flushRequest}";
const StatementFields = "fragment StatementFields on Statement{month currency closed closedAt hoursInMonth total regions{region hours missingHours byteHours packages{id gib from until byteHours}prices{from perGibMonth byteHours}unpricedByteHours amount}corrections{ofMonth region amount}}";
const PolicyFields = "fragment PolicyFields on Policy{id region name hours weekdays timeZone retentionDays status diskCount nextRunAt copyTargets{region retentionDays}tags{key value}createdAt}";
const PolicyDiskFields = "fragment PolicyDiskFields on Disk{id name status policy{id name}}";
const PolicyRunFields = "fragment PolicyRunFields on PolicyRun{diskId policyId slotAt status code message snapshotId replacedSnapshotId triedAgain missedSlots at copies{region status snapshotId replacedSnapshotId problem{code message since}finishedAt}}";
const PolicySlotFields = "fragment PolicySlotFields on PolicySlot{slotAt status doneCount skippedCount failedCount missedSlots openedAt finishedAt}";
const ScrubFields = "fragment ScrubFields on Scrub{id region targetId chainId keyId samplePercent repair status phase versionsRead versions objectsRead bytesRead damaged objectsCounted wrongCounts mended unsettled findings createdAt finishedAt}";
const DamagedObjectFields = "fragment DamagedObjectFields on DamagedObject{objectId reason isPage foundAt healedAt places{id offsetBytes}placeCount}";
const SnapshotFields = "fragment SnapshotFields on Snapshot{id region name description kind sourceDisk{id kind sizeBytes}status progressPercent consistency createdAt retentionDays expiresAt pinnedAt keptInUse policyId usage diskCount tags{key value}type sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes}root encrypted encryption{keyId}unreadable{count bytes}}";
const CopyFields = "fragment CopyFields on SnapshotCopy{sourceSnapshotId sourceDiskId sourceRegion totalBytes doneBytes movedBlocks movedBytes problem{code message since}}";
const TrashFields = "fragment TrashFields on TrashItem{id kind region name diskId deletedAt restorableUntil freeFrom withDiskId snapshotCount sizeBytes tags{key value}sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes}}";
const UnreadableFields = "fragment UnreadableFields on UnreadableRanges{count bytes ranges(first:1000){offsetBytes lengthBytes}}";
const ProtectionFields = "fragment ProtectionFields on DiskProtection{status objectiveHours source tag{key value}newestUsableAt breachAt inBreachSince reason}";
const WatchedDiskFields = "fragment WatchedDiskFields on Disk{id name status policy{id name}protection{...ProtectionFields}}";
const WebhookFields = "fragment WebhookFields on Webhook{id url description types enabled disabledReason oldSecretUntil failingSince createdAt}";
const QuotaFieldsShape = { kind: 'string', region: 'string', limit: 'number', used: ['nullable', 'number'], free: ['nullable', 'number'] } as const;
const SnapshotServiceFieldsShape = { region: 'string', opened: 'boolean', openedAt: ['nullable', 'string'], acceptedTerms: ['nullable', 'string'], acceptedTermsText: ['nullable', 'string'], currentTerms: 'string', currentTermsText: 'string' } as const;
const JobFieldsShape = { id: 'string', region: 'string', kind: 'string', status: 'string', diskId: 'string', snapshotId: ['nullable', 'string'], createdAt: 'string' } as const;
const ChainNodeFieldsShape = { snapshot: { id: 'string', name: 'string', createdAt: 'string', kind: 'string' }, parentId: ['nullable', 'string'], sizes: ['nullable', { ownBytes: 'number', ownStoredBytes: 'number', totalBytes: 'number', totalStoredBytes: 'number', sharedBytes: 'number' }] } as const;
const PurposeFieldsShape = { purpose: 'string', tag: 'string', everyDays: ['nullable', 'number'], keepDays: 'number' } as const;
const DiskAdviceFieldsShape = { disk: { id: 'string', name: 'string' }, purpose: { ...PurposeFieldsShape }, totalStoredBytes: ['nullable', 'number'], storedBytes: ['nullable', 'number'], changes: ['list', { ageHours: 'number', pairs: 'number', changedBytes: 'number', changedStoredBytes: 'number' }], options: ['list', { option: 'string', hours: ['list', 'number'], weekdays: ['list', 'number'], retentionDays: ['nullable', 'number'], worstLossHours: 'number', snapshotCount: ['nullable', 'number'], storedBytes: ['nullable', 'number'], addedBytesPerDay: ['nullable', 'number'], cost: ['nullable', 'number'], savedBytes: ['nullable', 'number'], savedCost: ['nullable', 'number'], measured: 'boolean' }] } as const;
const ApiKeyFieldsShape = { id: 'string', name: 'string', role: 'string', regions: ['nullable', ['list', 'string']], createdAt: 'string', createdBy: ['nullable', 'string'], expiresAt: ['nullable', 'string'], revokedAt: ['nullable', 'string'] } as const;
const AccountFieldsShape = { id: 'string', name: 'string', createdAt: 'string', status: 'string', arrearsSince: ['nullable', 'string'], serviceStopsAt: ['nullable', 'string'], snapshotsDeletedAt: ['nullable', 'string'] } as const;
const CapacityFieldsShape = { region: 'string', at: 'string', logicalBytes: 'number', deduplicatedBytes: 'number', storedBytes: 'number', waitingBytes: 'number' } as const;
const DraftFieldsShape = { id: 'string', version: 'number', root: 'string', baseVersion: 'number', label: ['nullable', 'string'] } as const;
const DiskFieldsShape = { id: 'string', region: 'string', name: 'string', kind: 'string', category: 'string', sizeBytes: 'number', status: 'string', chargeType: 'string', expiresAt: ['nullable', 'string'], encrypted: 'boolean', encryption: ['nullable', { keyId: 'string' }], deleteAutoSnapshots: 'boolean', deleteWithInstance: 'boolean', policy: ['nullable', { id: 'string', name: 'string' }], origin: { kind: 'string', snapshotId: ['nullable', 'string'], imageId: ['nullable', 'string'] }, instances: ['list', { id: 'string', name: 'string' }], tags: ['list', { key: 'string', value: 'string' }], createdAt: 'string', version: 'number', root: 'string', sizes: ['nullable', { ownBytes: 'number', ownStoredBytes: 'number', totalBytes: 'number', totalStoredBytes: 'number', sharedBytes: 'number' }], reencryption: ['nullable', { sourceSnapshotId: 'string', copiedBytes: 'number', totalBytes: 'number', progressPercent: 'number' }], lease: ['nullable', { holder: 'string', fence: 'number', acquiredAt: 'string', expiresAt: 'string' }], unreadable: ['nullable', { count: 'number', bytes: 'number' }] } as const;
const EventFieldsShape = { id: 'string', type: 'string', at: 'string', region: ['nullable', 'string'], subject: { kind: 'string', id: 'string' }, data: 'string' } as const;
const ExportFieldsShape = { id: 'string', region: 'string', imageId: 'string', format: 'string', status: 'string', bucket: ['nullable', 'string'], key: 'string', totalBytes: ['nullable', 'number'], doneBytes: 'number', problem: ['nullable', { code: 'string', message: 'string', since: 'string' }], createdAt: 'string', finishedAt: ['nullable', 'string'], expiresAt: ['nullable', 'string'] } as const;
const ImageFieldsShape = { id: 'string', region: 'string', name: 'string', description: ['nullable', 'string'], ownerAccountId: 'string', owned: 'boolean', snapshotId: ['nullable', 'string'], diskKind: 'string', sizeBytes: 'number', encrypted: 'boolean', encryption: ['nullable', { keyId: 'string' }], root: 'string', sharedWith: ['list', 'string'], tags: ['list', { key: 'string', value: 'string' }], createdAt: 'string', unreadable: ['nullable', { count: 'number', bytes: 'number' }] } as const;
const ImportFieldsShape = { id: 'string', region: 'string', status: 'string', bucket: ['nullable', 'string'], key: 'string', format: ['nullable', 'string'], name: ['nullable', 'string'], fileBytes: ['nullable', 'number'], totalBytes: ['nullable', 'number'], doneBytes: 'number', imageId: ['nullable', 'string'], snapshotId: ['nullable', 'string'], problem: ['nullable', { code: 'string', message: 'string', since: 'string' }], createdAt: 'string', finishedAt: ['nullable', 'string'] } as const;
const InstanceFieldsShape = { id: 'string', region: 'string', name: 'string', kind: 'string', status: 'string', deletionProtection: 'boolean', tags: ['list', { key: 'string', value: 'string' }], createdAt: 'string', systemDisk: ['nullable', { id: 'string', name: 'string', sizeBytes: 'number', status: 'string' }], dataDisks: ['list', { id: 'string', name: 'string', sizeBytes: 'number', status: 'string' }] } as const;
const LeaseFieldsShape = { diskId: 'string', holder: 'string', fence: 'number', acquiredAt: 'string', renewedAt: 'string', expiresAt: 'string', renewAfterMs: 'number', instanceId: ['nullable', 'string'], flushRequest: 'number' } as const;
const StatementFieldsShape = { month: 'string', currency: 'string', closed: 'boolean', closedAt: ['nullable', 'string'], hoursInMonth: 'number', total: 'string', regions: ['list', { region: 'string', hours: 'number', missingHours: 'number', byteHours: 'string', packages: ['list', { id: 'string', gib: 'number', from: 'string', until: 'string', byteHours: 'string' }], prices: ['list', { from: 'string', perGibMonth: 'string', byteHours: 'string' }], unpricedByteHours: 'string', amount: 'string' }], corrections: ['list', { ofMonth: 'string', region: 'string', amount: 'string' }] } as const;
const PolicyFieldsShape = { id: 'string', region: 'string', name: 'string', hours: ['list', 'number'], weekdays: ['list', 'number'], timeZone: 'string', retentionDays: ['nullable', 'number'], status: 'string', diskCount: 'number', nextRunAt: ['nullable', 'string'], copyTargets: ['list', { region: 'string', retentionDays: ['nullable', 'number'] }], tags: ['list', { key: 'string', value: 'string' }], createdAt: 'string' } as const;
const PolicyDiskFieldsShape = { id: 'string', name: 'string', status: 'string', policy: ['nullable', { id: 'string', name: 'string' }] } as const;
const PolicyRunFieldsShape = { diskId: 'string', policyId: 'string', slotAt: 'string', status: 'string', code: ['nullable', 'string'], message: ['nullable', 'string'], snapshotId: ['nullable', 'string'], replacedSnapshotId: ['nullable', 'string'], triedAgain: 'boolean', missedSlots: 'number', at: 'string', copies: ['list', { region: 'string', status: 'string', snapshotId: ['nullable', 'string'], replacedSnapshotId: ['nullable', 'string'], problem: ['nullable', { code: 'string', message: 'string', since: 'string' }], finishedAt: ['nullable', 'string'] }] } as const;
const PolicySlotFieldsShape = { slotAt: 'string', status: 'string', doneCount: 'number', skippedCount: 'number', failedCount: 'number', missedSlots: 'number', openedAt: 'string', finishedAt: ['nullable', 'string'] } as const;
const ScrubFieldsShape = { id: 'string', region: 'string', targetId: ['nullable', 'string'], chainId: ['nullable', 'string'], keyId: ['nullable', 'string'], samplePercent: 'number', repair: 'boolean', status: 'string', phase: ['nullable', 'string'], versionsRead: 'number', versions: 'number', objectsRead: 'number', bytesRead: 'number', damaged: 'number', objectsCounted: 'number', wrongCounts: 'number', mended: 'number', unsettled: 'number', findings: ['list', 'string'], createdAt: 'string', finishedAt: ['nullable', 'string'] } as const;
const DamagedObjectFieldsShape = { objectId: 'string', reason: 'string', isPage: 'boolean', foundAt: 'string', healedAt: ['nullable', 'string'], places: ['list', { id: 'string', offsetBytes: 'number' }], placeCount: ['nullable', 'number'] } as const;
const SnapshotFieldsShape = { id: 'string', region: 'string', name: 'string', description: ['nullable', 'string'], kind: 'string', sourceDisk: { id: 'string', kind: 'string', sizeBytes: 'number' }, status: 'string', progressPercent: 'number', consistency: 'string', createdAt: 'string', retentionDays: ['nullable', 'number'], expiresAt: ['nullable', 'string'], pinnedAt: ['nullable', 'string'], keptInUse: 'boolean', policyId: ['nullable', 'string'], usage: 'string', diskCount: 'number', tags: ['list', { key: 'string', value: 'string' }], type: 'string', sizes: ['nullable', { ownBytes: 'number', ownStoredBytes: 'number', totalBytes: 'number', totalStoredBytes: 'number', sharedBytes: 'number' }], root: 'string', encrypted: 'boolean', encryption: ['nullable', { keyId: 'string' }], unreadable: ['nullable', { count: 'number', bytes: 'number' }] } as const;
const CopyFieldsShape = { sourceSnapshotId: 'string', sourceDiskId: 'string', sourceRegion: 'string', totalBytes: ['nullable', 'number'], doneBytes: ['nullable', 'number'], movedBlocks: ['nullable', 'number'], movedBytes: ['nullable', 'number'], problem: ['nullable', { code: 'string', message: 'string', since: 'string' }] } as const;
const TrashFieldsShape = { id: 'string', kind: 'string', region: 'string', name: 'string', diskId: ['nullable', 'string'], deletedAt: 'string', restorableUntil: 'string', freeFrom: 'string', withDiskId: ['nullable', 'string'], snapshotCount: 'number', sizeBytes: 'number', tags: ['list', { key: 'string', value: 'string' }], sizes: ['nullable', { ownBytes: 'number', ownStoredBytes: 'number', totalBytes: 'number', totalStoredBytes: 'number', sharedBytes: 'number' }] } as const;
const UnreadableFieldsShape = { count: 'number', bytes: 'number', ranges: ['list', { offsetBytes: 'number', lengthBytes: 'number' }] } as const;
const ProtectionFieldsShape = { status: 'string', objectiveHours: ['nullable', 'number'], source: ['nullable', 'string'], tag: ['nullable', { key: 'string', value: 'string' }], newestUsableAt: ['nullable', 'string'], breachAt: ['nullable', 'string'], inBreachSince: ['nullable', 'string'], reason: ['nullable', 'string'] } as const;
const WatchedDiskFieldsShape = { id: 'string', name: 'string', status: 'string', policy: ['nullable', { id: 'string', name: 'string' }], protection: ['nullable', { ...ProtectionFieldsShape }] } as const;
const WebhookFieldsShape = { id: 'string', url: 'string', description: ['nullable', 'string'], types: ['nullable', ['list', 'string']], enabled: 'boolean', disabledReason: ['nullable', 'string'], oldSecretUntil: ['nullable', 'string'], failingSince: ['nullable', 'string'], createdAt: 'string' } as const;

export const StatusDocument: Operation<StatusQueryVariables, StatusQuery> = { text: "query Status{viewer{account{id name}role readOnly deletionsHeldSince}regions{name isDefault snapshotService{opened openedAt}}}", shape: { viewer: { account: { id: 'string', name: 'string' }, role: 'string', readOnly: ['nullable', 'string'], deletionsHeldSince: ['nullable', 'string'] }, regions: ['list', { name: 'string', isDefault: 'boolean', snapshotService: { opened: 'boolean', openedAt: ['nullable', 'string'] } }] } };
export const ServiceDocument: Operation<ServiceQueryVariables, ServiceQuery> = { text: "query Service($region:String){snapshotService(region:$region){...SnapshotServiceFields}}" + SnapshotServiceFields, shape: { snapshotService: { ...SnapshotServiceFieldsShape } } };
export const OpenServiceDocument: Operation<OpenServiceMutationVariables, Answered<OpenServiceMutation>> = { text: "mutation OpenService($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{...SnapshotServiceFields}}}" + SnapshotServiceFields, shape: { openSnapshotService: { snapshotService: { ...SnapshotServiceFieldsShape } } } };
export const ReclaimDocument: Operation<ReclaimQueryVariables, ReclaimQuery> = { text: "query Reclaim($region:String){reclaim(region:$region){region waitingObjects waitingBytes nextAt allAt graceHours underWay freedObjects freedBytes}}", shape: { reclaim: { region: 'string', waitingObjects: 'number', waitingBytes: 'number', nextAt: ['nullable', 'string'], allAt: ['nullable', 'string'], graceHours: 'number', underWay: 'boolean', freedObjects: 'number', freedBytes: 'number' } } };
export const QuotasDocument: Operation<QuotasQueryVariables, QuotasQuery> = { text: "query Quotas($region:String$diskId:ID){quotas(region:$region diskId:$diskId){...QuotaFields}}" + QuotaFields, shape: { quotas: ['list', { ...QuotaFieldsShape }] } };
export const SetQuotaDocument: Operation<SetQuotaMutationVariables, Answered<SetQuotaMutation>> = { text: "mutation SetQuota($input:SetQuotaInput!){setQuota(input:$input){quota{...QuotaFields}}}" + QuotaFields, shape: { setQuota: { quota: { ...QuotaFieldsShape } } } };
export const JobDocument: Operation<JobQueryVariables, JobQuery> = { text: "query Job($id:ID!){job(id:$id){...JobFields}}" + JobFields, shape: { job: ['nullable', { ...JobFieldsShape }] } };
export const JobsDocument: Operation<JobsQueryVariables, JobsQuery> = { text: "query Jobs($region:String$first:Int!$after:String$filter:JobFilter){jobs(region:$region first:$first after:$after filter:$filter){nodes{...JobFields}pageInfo{hasNextPage endCursor}}}" + JobFields, shape: { jobs: { nodes: ['list', { ...JobFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const ChainDocument: Operation<ChainQueryVariables, ChainQuery> = { text: "query Chain($id:ID!){chain(id:$id){id region disk{id name status}capacity{logicalBytes storedBytes}snapshotCount lastVerifiedAt damagedObjects{objectId}manualQuota{...QuotaFields}autoQuota{...QuotaFields}nodes{nodes{...ChainNodeFields}}}}" + QuotaFields + ChainNodeFields, shape: { chain: ['nullable', { id: 'string', region: 'string', disk: ['nullable', { id: 'string', name: 'string', status: 'string' }], capacity: ['nullable', { logicalBytes: 'number', storedBytes: 'number' }], snapshotCount: 'number', lastVerifiedAt: ['nullable', 'string'], damagedObjects: ['list', { objectId: 'string' }], manualQuota: { ...QuotaFieldsShape }, autoQuota: { ...QuotaFieldsShape }, nodes: { nodes: ['list', { ...ChainNodeFieldsShape }] } }] } };
export const WrappedKeyDocument: Operation<WrappedKeyQueryVariables, WrappedKeyQuery> = { text: "query WrappedKey($id:ID!){node(id:$id){...on Disk{encryption{keyId wrappedKey}}...on Snapshot{encryption{keyId wrappedKey}}}}", shape: { node: ['nullable', { ...{ encryption: ['absent', ['nullable', { keyId: 'string', wrappedKey: ['nullable', 'string'] }]] }, ...{ encryption: ['absent', ['nullable', { keyId: 'string', wrappedKey: ['nullable', 'string'] }]] } }] } };
export const DiskAdviceDocument: Operation<DiskAdviceQueryVariables, DiskAdviceQuery> = { text: "query DiskAdvice($diskId:ID!$pricePerGibMonth:SafeInt){diskAdvice(diskId:$diskId pricePerGibMonth:$pricePerGibMonth){...DiskAdviceFields}}" + DiskAdviceFields + PurposeFields, shape: { diskAdvice: { ...DiskAdviceFieldsShape } } };
export const AdviceDocument: Operation<AdviceQueryVariables, AdviceQuery> = { text: "query Advice($region:String$first:Int!$after:String$pricePerGibMonth:SafeInt){advice(region:$region first:$first after:$after pricePerGibMonth:$pricePerGibMonth){nodes{...DiskAdviceFields}pageInfo{hasNextPage endCursor}}}" + DiskAdviceFields + PurposeFields, shape: { advice: { nodes: ['list', { ...DiskAdviceFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const UnprotectedDisksDocument: Operation<UnprotectedDisksQueryVariables, UnprotectedDisksQuery> = { text: "query UnprotectedDisks($region:String$first:Int!$after:String$pricePerGibMonth:SafeInt){unprotectedDisks(region:$region first:$first after:$after pricePerGibMonth:$pricePerGibMonth){nodes{disk{id name sizeBytes}purpose{...PurposeFields}newestSnapshot{id createdAt}freedBytes freedCost}pageInfo{hasNextPage endCursor}}}" + PurposeFields, shape: { unprotectedDisks: { nodes: ['list', { disk: { id: 'string', name: 'string', sizeBytes: 'number' }, purpose: { ...PurposeFieldsShape }, newestSnapshot: ['nullable', { id: 'string', createdAt: 'string' }], freedBytes: ['nullable', 'number'], freedCost: ['nullable', 'number'] }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const ForgottenSnapshotsDocument: Operation<ForgottenSnapshotsQueryVariables, ForgottenSnapshotsQuery> = { text: "query ForgottenSnapshots($region:String$first:Int!$after:String$pricePerGibMonth:SafeInt){forgottenSnapshots(region:$region first:$first after:$after pricePerGibMonth:$pricePerGibMonth){nodes{snapshot{id name createdAt sourceDisk{id}}purpose{...PurposeFields}ageDays freedBytes freedCost}pageInfo{hasNextPage endCursor}}}" + PurposeFields, shape: { forgottenSnapshots: { nodes: ['list', { snapshot: { id: 'string', name: 'string', createdAt: 'string', sourceDisk: { id: 'string' } }, purpose: { ...PurposeFieldsShape }, ageDays: 'number', freedBytes: ['nullable', 'number'], freedCost: ['nullable', 'number'] }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PurposesDocument: Operation<PurposesQueryVariables, PurposesQuery> = { text: "query Purposes{purposes{...PurposeFields}}" + PurposeFields, shape: { purposes: ['list', { ...PurposeFieldsShape }] } };
export const AccountDocument: Operation<AccountQueryVariables, AccountQuery> = { text: "query Account{viewer{account{...AccountFields}}}" + AccountFields, shape: { viewer: { account: { ...AccountFieldsShape } } } };
export const ApiKeysDocument: Operation<ApiKeysQueryVariables, ApiKeysQuery> = { text: "query ApiKeys($first:Int!$after:String){apiKeys(first:$first after:$after){nodes{...ApiKeyFields}pageInfo{hasNextPage endCursor}}}" + ApiKeyFields, shape: { apiKeys: { nodes: ['list', { ...ApiKeyFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateApiKeyDocument: Operation<CreateApiKeyMutationVariables, Answered<CreateApiKeyMutation>> = { text: "mutation CreateApiKey($input:CreateApiKeyInput!){createApiKey(input:$input){apiKey{...ApiKeyFields}secret}}" + ApiKeyFields, shape: { createApiKey: { apiKey: { ...ApiKeyFieldsShape }, secret: ['nullable', 'string'] } } };
export const RevokeApiKeyDocument: Operation<RevokeApiKeyMutationVariables, Answered<RevokeApiKeyMutation>> = { text: "mutation RevokeApiKey($input:RevokeApiKeyInput!){revokeApiKey(input:$input){apiKey{...ApiKeyFields}}}" + ApiKeyFields, shape: { revokeApiKey: { apiKey: { ...ApiKeyFieldsShape } } } };
export const CreateConsoleLinkDocument: Operation<CreateConsoleLinkMutationVariables, Answered<CreateConsoleLinkMutation>> = { text: "mutation CreateConsoleLink{createConsoleLink(input:{}){secret expiresAt}}", shape: { createConsoleLink: { secret: 'string', expiresAt: 'string' } } };
export const AuditDocument: Operation<AuditQueryVariables, AuditQuery> = { text: "query Audit($from:DateTime$to:DateTime$action:String$subject:ID$actor:String$outcome:AuditOutcome$first:Int!$after:String){audit(from:$from to:$to action:$action subject:$subject actor:$actor outcome:$outcome first:$first after:$after){nodes{id at actorKind actor session action outcome code reason subjects address userAgent requestId}pageInfo{hasNextPage endCursor}}}", shape: { audit: { nodes: ['list', { id: 'string', at: 'string', actorKind: 'string', actor: 'string', session: ['nullable', 'string'], action: 'string', outcome: 'string', code: ['nullable', 'string'], reason: ['nullable', 'string'], subjects: ['list', 'string'], address: ['nullable', 'string'], userAgent: ['nullable', 'string'], requestId: ['nullable', 'string'] }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CapacityDocument: Operation<CapacityQueryVariables, CapacityQuery> = { text: "query Capacity($region:String){capacity(region:$region){...CapacityFields}}" + CapacityFields, shape: { capacity: { ...CapacityFieldsShape } } };
export const CapacityHistoryDocument: Operation<CapacityHistoryQueryVariables, CapacityHistoryQuery> = { text: "query CapacityHistory($region:String$from:DateTime$to:DateTime$first:Int!$after:String){capacityHistory(region:$region from:$from to:$to first:$first after:$after){nodes{...CapacityFields}pageInfo{hasNextPage endCursor}}}" + CapacityFields, shape: { capacityHistory: { nodes: ['list', { ...CapacityFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PrepareUploadDocument: Operation<PrepareUploadMutationVariables, Answered<PrepareUploadMutation>> = { text: "mutation PrepareUpload($input:PrepareUploadInput!){prepareUpload(input:$input){objects{state url headers{name value}retryAfterMs}}}", shape: { prepareUpload: { objects: ['list', { state: 'string', url: ['nullable', 'string'], headers: ['nullable', ['list', { name: 'string', value: 'string' }]], retryAfterMs: ['nullable', 'number'] }] } } };
export const CommitBlocksDocument: Operation<CommitBlocksMutationVariables, Answered<CommitBlocksMutation>> = { text: "mutation CommitBlocks($input:CommitBlocksInput!){commitBlocks(input:$input){version root}}", shape: { commitBlocks: { version: 'number', root: 'string' } } };
export const OpenDraftDocument: Operation<OpenDraftMutationVariables, Answered<OpenDraftMutation>> = { text: "mutation OpenDraft($input:OpenDraftInput!){openDraft(input:$input){draft{...DraftFields}}}" + DraftFields, shape: { openDraft: { draft: { ...DraftFieldsShape } } } };
export const CommitDraftDocument: Operation<CommitDraftMutationVariables, Answered<CommitDraftMutation>> = { text: "mutation CommitDraft($input:CommitDraftInput!){commitDraft(input:$input){disk{version root}}}", shape: { commitDraft: { disk: { version: 'number', root: 'string' } } } };
export const DiscardDraftDocument: Operation<DiscardDraftMutationVariables, Answered<DiscardDraftMutation>> = { text: "mutation DiscardDraft($input:DiscardDraftInput!){discardDraft(input:$input){draftId}}", shape: { discardDraft: { draftId: 'string' } } };
export const DraftsDocument: Operation<DraftsQueryVariables, DraftsQuery> = { text: "query Drafts($diskId:ID!$after:String){drafts(diskId:$diskId first:10 after:$after){nodes{...DraftFields}pageInfo{hasNextPage endCursor}}}" + DraftFields, shape: { drafts: { nodes: ['list', { ...DraftFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const BlockMapDocument: Operation<BlockMapQueryVariables, BlockMapQuery> = { text: "query BlockMap($input:BlockMapInput!$urls:Boolean!){blockMap(input:$input){sizeBytes root version nextIndex blocks{index id url@include(if:$urls)}}}", shape: { blockMap: { sizeBytes: 'number', root: 'string', version: 'number', nextIndex: ['nullable', 'number'], blocks: ['list', { index: 'number', id: 'string', url: ['absent', ['nullable', 'string']] }] } } };
export const PageMapDocument: Operation<PageMapQueryVariables, PageMapQuery> = { text: "query PageMap($input:PageMapInput!){pageMap(input:$input){sizeBytes root version nextIndex pages{index id}}}", shape: { pageMap: { sizeBytes: 'number', root: 'string', version: 'number', nextIndex: ['nullable', 'number'], pages: ['list', { index: 'number', id: 'string' }] } } };
export const ReportDamageDocument: Operation<ReportDamageMutationVariables, Answered<ReportDamageMutation>> = { text: "mutation ReportDamage($input:ReportDamageInput!){reportDamage(input:$input){blocks{id state}}}", shape: { reportDamage: { blocks: ['list', { id: 'string', state: 'string' }] } } };
export const DiskDocument: Operation<DiskQueryVariables, DiskQuery> = { text: "query Disk($id:ID!){disk(id:$id){...DiskFields}}" + DiskFields, shape: { disk: ['nullable', { ...DiskFieldsShape }] } };
export const DisksDocument: Operation<DisksQueryVariables, DisksQuery> = { text: "query Disks($region:String$first:Int!$after:String$filter:DiskFilter$orderBy:DiskOrder!={field:CREATED_AT direction:DESC}){disks(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...DiskFields}pageInfo{hasNextPage endCursor}}}" + DiskFields, shape: { disks: { nodes: ['list', { ...DiskFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateDiskDocument: Operation<CreateDiskMutationVariables, Answered<CreateDiskMutation>> = { text: "mutation CreateDisk($input:CreateDiskInput!){createDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { createDisk: { disk: { ...DiskFieldsShape } } } };
export const UpdateDiskDocument: Operation<UpdateDiskMutationVariables, Answered<UpdateDiskMutation>> = { text: "mutation UpdateDisk($input:UpdateDiskInput!){updateDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { updateDisk: { disk: { ...DiskFieldsShape } } } };
export const ResizeDiskDocument: Operation<ResizeDiskMutationVariables, Answered<ResizeDiskMutation>> = { text: "mutation ResizeDisk($input:ResizeDiskInput!){resizeDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { resizeDisk: { disk: { ...DiskFieldsShape } } } };
export const RollbackDiskDocument: Operation<RollbackDiskMutationVariables, Answered<RollbackDiskMutation>> = { text: "mutation RollbackDisk($input:RollbackDiskInput!){rollbackDisk(input:$input){disk{...DiskFields}safetySnapshot{id name}loss{since changedBytes complete}refusals{code message}}}" + DiskFields, shape: { rollbackDisk: { disk: { ...DiskFieldsShape }, safetySnapshot: ['nullable', { id: 'string', name: 'string' }], loss: { since: 'string', changedBytes: 'number', complete: 'boolean' }, refusals: ['list', { code: 'string', message: 'string' }] } } };
export const CompleteReencryptionDocument: Operation<CompleteReencryptionMutationVariables, Answered<CompleteReencryptionMutation>> = { text: "mutation CompleteReencryption($input:CompleteReencryptionInput!){completeReencryption(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { completeReencryption: { disk: { ...DiskFieldsShape } } } };
export const ReleaseDiskDocument: Operation<ReleaseDiskMutationVariables, Answered<ReleaseDiskMutation>> = { text: "mutation ReleaseDisk($input:ReleaseDiskInput!){releaseDisk(input:$input){diskId deletedSnapshotIds restorableUntil job{id}}}", shape: { releaseDisk: { diskId: 'string', deletedSnapshotIds: ['list', 'string'], restorableUntil: ['nullable', 'string'], job: { id: 'string' } } } };
export const AttachDiskDocument: Operation<AttachDiskMutationVariables, Answered<AttachDiskMutation>> = { text: "mutation AttachDisk($input:AttachDiskInput!){attachDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { attachDisk: { disk: { ...DiskFieldsShape } } } };
export const DetachDiskDocument: Operation<DetachDiskMutationVariables, Answered<DetachDiskMutation>> = { text: "mutation DetachDisk($input:DetachDiskInput!){detachDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { detachDisk: { disk: { ...DiskFieldsShape } } } };
export const ReinitializeDiskDocument: Operation<ReinitializeDiskMutationVariables, Answered<ReinitializeDiskMutation>> = { text: "mutation ReinitializeDisk($input:ReinitializeDiskInput!){reinitializeDisk(input:$input){disk{...DiskFields}}}" + DiskFields, shape: { reinitializeDisk: { disk: { ...DiskFieldsShape } } } };
export const EventsDocument: Operation<EventsQueryVariables, EventsQuery> = { text: "query Events($types:[String!]$subject:ID$direction:SortDirection!$first:Int!$after:String){events(types:$types subject:$subject direction:$direction first:$first after:$after){edges{cursor node{...EventFields}}pageInfo{hasNextPage endCursor}}}" + EventFields, shape: { events: { edges: ['list', { cursor: 'string', node: { ...EventFieldsShape } }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const ImageExportDocument: Operation<ImageExportQueryVariables, ImageExportQuery> = { text: "query ImageExport($id:ID!$ttlSeconds:Int!){imageExport(id:$id){...ExportFields downloadUrl(ttlSeconds:$ttlSeconds)}}" + ExportFields, shape: { imageExport: ['nullable', { ...ExportFieldsShape, downloadUrl: ['nullable', 'string'] }] } };
export const ImageExportsDocument: Operation<ImageExportsQueryVariables, ImageExportsQuery> = { text: "query ImageExports($region:String$first:Int!$after:String$filter:ImageExportFilter){imageExports(region:$region first:$first after:$after filter:$filter){nodes{...ExportFields}pageInfo{hasNextPage endCursor}}}" + ExportFields, shape: { imageExports: { nodes: ['list', { ...ExportFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const ExportImageDocument: Operation<ExportImageMutationVariables, Answered<ExportImageMutation>> = { text: "mutation ExportImage($input:ExportImageInput!){exportImage(input:$input){export{...ExportFields}}}" + ExportFields, shape: { exportImage: { export: { ...ExportFieldsShape } } } };
export const CancelImageExportDocument: Operation<CancelImageExportMutationVariables, Answered<CancelImageExportMutation>> = { text: "mutation CancelImageExport($input:CancelImageExportInput!){cancelImageExport(input:$input){exportId cancelled}}", shape: { cancelImageExport: { exportId: 'string', cancelled: 'boolean' } } };
export const ImageDocument: Operation<ImageQueryVariables, ImageQuery> = { text: "query Image($id:ID!){image(id:$id){...ImageFields}}" + ImageFields, shape: { image: ['nullable', { ...ImageFieldsShape }] } };
export const ImagesDocument: Operation<ImagesQueryVariables, ImagesQuery> = { text: "query Images($region:String$first:Int!$after:String$filter:ImageFilter$orderBy:ImageOrder){images(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...ImageFields}pageInfo{hasNextPage endCursor}}}" + ImageFields, shape: { images: { nodes: ['list', { ...ImageFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const SharedImagesDocument: Operation<SharedImagesQueryVariables, SharedImagesQuery> = { text: "query SharedImages($region:String$name:String$first:Int!$after:String){sharedImages(region:$region name:$name first:$first after:$after){nodes{...ImageFields}pageInfo{hasNextPage endCursor}}}" + ImageFields, shape: { sharedImages: { nodes: ['list', { ...ImageFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateImageDocument: Operation<CreateImageMutationVariables, Answered<CreateImageMutation>> = { text: "mutation CreateImage($input:CreateImageInput!){createImage(input:$input){image{...ImageFields}}}" + ImageFields, shape: { createImage: { image: { ...ImageFieldsShape } } } };
export const UpdateImageDocument: Operation<UpdateImageMutationVariables, Answered<UpdateImageMutation>> = { text: "mutation UpdateImage($input:UpdateImageInput!){updateImage(input:$input){image{...ImageFields}}}" + ImageFields, shape: { updateImage: { image: { ...ImageFieldsShape } } } };
export const DeleteImageDocument: Operation<DeleteImageMutationVariables, Answered<DeleteImageMutation>> = { text: "mutation DeleteImage($input:DeleteImageInput!){deleteImage(input:$input){imageId restorableUntil}}", shape: { deleteImage: { imageId: 'string', restorableUntil: ['nullable', 'string'] } } };
export const ShareImageDocument: Operation<ShareImageMutationVariables, Answered<ShareImageMutation>> = { text: "mutation ShareImage($input:ShareImageInput!){shareImage(input:$input){image{...ImageFields}}}" + ImageFields, shape: { shareImage: { image: { ...ImageFieldsShape } } } };
export const UnshareImageDocument: Operation<UnshareImageMutationVariables, Answered<UnshareImageMutation>> = { text: "mutation UnshareImage($input:UnshareImageInput!){unshareImage(input:$input){image{...ImageFields}}}" + ImageFields, shape: { unshareImage: { image: { ...ImageFieldsShape } } } };
export const ImageImportDocument: Operation<ImageImportQueryVariables, ImageImportQuery> = { text: "query ImageImport($id:ID!){imageImport(id:$id){...ImportFields}}" + ImportFields, shape: { imageImport: ['nullable', { ...ImportFieldsShape }] } };
export const ImageImportsDocument: Operation<ImageImportsQueryVariables, ImageImportsQuery> = { text: "query ImageImports($region:String$first:Int!$after:String$filter:ImageImportFilter){imageImports(region:$region first:$first after:$after filter:$filter){nodes{...ImportFields}pageInfo{hasNextPage endCursor}}}" + ImportFields, shape: { imageImports: { nodes: ['list', { ...ImportFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const ImportImageDocument: Operation<ImportImageMutationVariables, Answered<ImportImageMutation>> = { text: "mutation ImportImage($input:ImportImageInput!){importImage(input:$input){import{...ImportFields}}}" + ImportFields, shape: { importImage: { import: { ...ImportFieldsShape } } } };
export const CancelImageImportDocument: Operation<CancelImageImportMutationVariables, Answered<CancelImageImportMutation>> = { text: "mutation CancelImageImport($input:CancelImageImportInput!){cancelImageImport(input:$input){importId cancelled}}", shape: { cancelImageImport: { importId: 'string', cancelled: 'boolean' } } };
export const InstanceDocument: Operation<InstanceQueryVariables, InstanceQuery> = { text: "query Instance($id:ID!){instance(id:$id){...InstanceFields}}" + InstanceFields, shape: { instance: ['nullable', { ...InstanceFieldsShape }] } };
export const InstancesDocument: Operation<InstancesQueryVariables, InstancesQuery> = { text: "query Instances($region:String$first:Int!$after:String$filter:InstanceFilter$orderBy:InstanceOrder){instances(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...InstanceFields}pageInfo{hasNextPage endCursor}}}" + InstanceFields, shape: { instances: { nodes: ['list', { ...InstanceFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateInstanceDocument: Operation<CreateInstanceMutationVariables, Answered<CreateInstanceMutation>> = { text: "mutation CreateInstance($input:CreateInstanceInput!){createInstance(input:$input){instance{...InstanceFields}}}" + InstanceFields, shape: { createInstance: { instance: { ...InstanceFieldsShape } } } };
export const UpdateInstanceDocument: Operation<UpdateInstanceMutationVariables, Answered<UpdateInstanceMutation>> = { text: "mutation UpdateInstance($input:UpdateInstanceInput!){updateInstance(input:$input){instance{...InstanceFields}}}" + InstanceFields, shape: { updateInstance: { instance: { ...InstanceFieldsShape } } } };
export const StartInstanceDocument: Operation<StartInstanceMutationVariables, Answered<StartInstanceMutation>> = { text: "mutation StartInstance($input:StartInstanceInput!){startInstance(input:$input){instance{...InstanceFields}}}" + InstanceFields, shape: { startInstance: { instance: { ...InstanceFieldsShape } } } };
export const StopInstanceDocument: Operation<StopInstanceMutationVariables, Answered<StopInstanceMutation>> = { text: "mutation StopInstance($input:StopInstanceInput!){stopInstance(input:$input){instance{...InstanceFields}}}" + InstanceFields, shape: { stopInstance: { instance: { ...InstanceFieldsShape } } } };
export const ReleaseInstanceDocument: Operation<ReleaseInstanceMutationVariables, Answered<ReleaseInstanceMutation>> = { text: "mutation ReleaseInstance($input:ReleaseInstanceInput!){releaseInstance(input:$input){instanceId releasedDiskIds detachedDiskIds}}", shape: { releaseInstance: { instanceId: 'string', releasedDiskIds: ['list', 'string'], detachedDiskIds: ['list', 'string'] } } };
export const ReplaceSystemDiskDocument: Operation<ReplaceSystemDiskMutationVariables, Answered<ReplaceSystemDiskMutation>> = { text: "mutation ReplaceSystemDisk($input:ReplaceSystemDiskInput!){replaceSystemDisk(input:$input){instance{...InstanceFields}releasedDiskId}}" + InstanceFields, shape: { replaceSystemDisk: { instance: { ...InstanceFieldsShape }, releasedDiskId: 'string' } } };
export const AcquireLeaseDocument: Operation<AcquireLeaseMutationVariables, Answered<AcquireLeaseMutation>> = { text: "mutation AcquireLease($input:AcquireLeaseInput!){acquireLease(input:$input){lease{...LeaseFields}disk{id version root sizeBytes status}}}" + LeaseFields, shape: { acquireLease: { lease: { ...LeaseFieldsShape }, disk: { id: 'string', version: 'number', root: 'string', sizeBytes: 'number', status: 'string' } } } };
export const RenewLeaseDocument: Operation<RenewLeaseMutationVariables, Answered<RenewLeaseMutation>> = { text: "mutation RenewLease($input:RenewLeaseInput!){renewLease(input:$input){lease{...LeaseFields}}}" + LeaseFields, shape: { renewLease: { lease: { ...LeaseFieldsShape } } } };
export const ReleaseLeaseDocument: Operation<ReleaseLeaseMutationVariables, Answered<ReleaseLeaseMutation>> = { text: "mutation ReleaseLease($input:ReleaseLeaseInput!){releaseLease(input:$input){disk{id}}}", shape: { releaseLease: { disk: { id: 'string' } } } };
export const PricesDocument: Operation<PricesQueryVariables, PricesQuery> = { text: "query Prices($region:String$first:Int!$after:String){prices(region:$region first:$first after:$after){nodes{region currency from perGibMonth setAt}pageInfo{hasNextPage endCursor}}}", shape: { prices: { nodes: ['list', { region: 'string', currency: 'string', from: 'string', perGibMonth: 'string', setAt: 'string' }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PackagesDocument: Operation<PackagesQueryVariables, PackagesQuery> = { text: "query Packages($region:String$first:Int!$after:String){packages(region:$region first:$first after:$after){nodes{id region gib from until note createdAt}pageInfo{hasNextPage endCursor}}}", shape: { packages: { nodes: ['list', { id: 'string', region: 'string', gib: 'number', from: 'string', until: 'string', note: ['nullable', 'string'], createdAt: 'string' }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const StatementDocument: Operation<StatementQueryVariables, StatementQuery> = { text: "query Statement($month:String!$currency:String){statement(month:$month currency:$currency){...StatementFields}}" + StatementFields, shape: { statement: { ...StatementFieldsShape } } };
export const StatementLinesDocument: Operation<StatementLinesQueryVariables, StatementLinesQuery> = { text: "query StatementLines($month:String!$region:String$tagKey:String$currency:String$first:Int!$after:String){statementLines(month:$month region:$region tagKey:$tagKey currency:$currency first:$first after:$after){nodes{kind id tagValue byteHours amount}pageInfo{hasNextPage endCursor}}}", shape: { statementLines: { nodes: ['list', { kind: 'string', id: ['nullable', 'string'], tagValue: ['nullable', 'string'], byteHours: 'string', amount: 'string' }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const BalanceDocument: Operation<BalanceQueryVariables, BalanceQuery> = { text: "query Balance{balance{currency balance threshold}}", shape: { balance: ['nullable', { currency: 'string', balance: 'string', threshold: ['nullable', 'string'] }] } };
export const MovementsDocument: Operation<MovementsQueryVariables, MovementsQuery> = { text: "query Movements($first:Int!$after:String){movements(first:$first after:$after){nodes{number at kind amount balance note month}pageInfo{hasNextPage endCursor}}}", shape: { movements: { nodes: ['list', { number: 'number', at: 'string', kind: 'string', amount: 'string', balance: 'string', note: ['nullable', 'string'], month: ['nullable', 'string'] }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PolicyDocument: Operation<PolicyQueryVariables, PolicyQuery> = { text: "query Policy($id:ID!){policy(id:$id){...PolicyFields}}" + PolicyFields, shape: { policy: ['nullable', { ...PolicyFieldsShape }] } };
export const PoliciesDocument: Operation<PoliciesQueryVariables, PoliciesQuery> = { text: "query Policies($region:String$first:Int!$after:String$filter:PolicyFilter$orderBy:PolicyOrder){policies(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...PolicyFields slots(first:1){nodes{...PolicySlotFields}}}pageInfo{hasNextPage endCursor}}}" + PolicyFields + PolicySlotFields, shape: { policies: { nodes: ['list', { ...PolicyFieldsShape, slots: { nodes: ['list', { ...PolicySlotFieldsShape }] } }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PolicyDisksDocument: Operation<PolicyDisksQueryVariables, PolicyDisksQuery> = { text: "query PolicyDisks($id:ID!$first:Int!$after:String){policy(id:$id){disks(first:$first after:$after){nodes{...PolicyDiskFields}pageInfo{hasNextPage endCursor}}}}" + PolicyDiskFields, shape: { policy: ['nullable', { disks: { nodes: ['list', { ...PolicyDiskFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } }] } };
export const PolicyCoverableDisksDocument: Operation<PolicyCoverableDisksQueryVariables, PolicyCoverableDisksQuery> = { text: "query PolicyCoverableDisks($id:ID!$first:Int!$after:String$withoutPolicy:Boolean!){policy(id:$id){coverableDisks(first:$first after:$after withoutPolicy:$withoutPolicy){nodes{...PolicyDiskFields}pageInfo{hasNextPage endCursor}}}}" + PolicyDiskFields, shape: { policy: ['nullable', { coverableDisks: { nodes: ['list', { ...PolicyDiskFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } }] } };
export const PolicyRunsDocument: Operation<PolicyRunsQueryVariables, PolicyRunsQuery> = { text: "query PolicyRuns($id:ID!$first:Int!$after:String$status:[PolicyRunStatus!]){policy(id:$id){runs(first:$first after:$after status:$status){nodes{...PolicyRunFields}pageInfo{hasNextPage endCursor}}}}" + PolicyRunFields, shape: { policy: ['nullable', { runs: { nodes: ['list', { ...PolicyRunFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } }] } };
export const DiskPolicyRunsDocument: Operation<DiskPolicyRunsQueryVariables, DiskPolicyRunsQuery> = { text: "query DiskPolicyRuns($id:ID!$first:Int!$after:String$status:[PolicyRunStatus!]){disk(id:$id){policyRuns(first:$first after:$after status:$status){nodes{...PolicyRunFields}pageInfo{hasNextPage endCursor}}}}" + PolicyRunFields, shape: { disk: ['nullable', { policyRuns: { nodes: ['list', { ...PolicyRunFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } }] } };
export const PolicySlotsDocument: Operation<PolicySlotsQueryVariables, PolicySlotsQuery> = { text: "query PolicySlots($id:ID!$first:Int!$after:String){policy(id:$id){slots(first:$first after:$after){nodes{...PolicySlotFields}pageInfo{hasNextPage endCursor}}}}" + PolicySlotFields, shape: { policy: ['nullable', { slots: { nodes: ['list', { ...PolicySlotFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } }] } };
export const CreatePolicyDocument: Operation<CreatePolicyMutationVariables, Answered<CreatePolicyMutation>> = { text: "mutation CreatePolicy($input:CreatePolicyInput!){createPolicy(input:$input){policy{...PolicyFields}}}" + PolicyFields, shape: { createPolicy: { policy: { ...PolicyFieldsShape } } } };
export const UpdatePolicyDocument: Operation<UpdatePolicyMutationVariables, Answered<UpdatePolicyMutation>> = { text: "mutation UpdatePolicy($input:UpdatePolicyInput!){updatePolicy(input:$input){policy{...PolicyFields}}}" + PolicyFields, shape: { updatePolicy: { policy: { ...PolicyFieldsShape } } } };
export const DeletePolicyDocument: Operation<DeletePolicyMutationVariables, Answered<DeletePolicyMutation>> = { text: "mutation DeletePolicy($input:DeletePolicyInput!){deletePolicy(input:$input){policyId}}", shape: { deletePolicy: { policyId: 'string' } } };
export const ApplyPolicyDocument: Operation<ApplyPolicyMutationVariables, Answered<ApplyPolicyMutation>> = { text: "mutation ApplyPolicy($input:ApplyPolicyInput!){applyPolicy(input:$input){results{diskId applied replacedPolicyId diskStatus error{code message}}}}", shape: { applyPolicy: { results: ['list', { diskId: 'string', applied: 'boolean', replacedPolicyId: ['nullable', 'string'], diskStatus: ['nullable', 'string'], error: ['nullable', { code: 'string', message: 'string' }] }] } } };
export const CancelPolicyDocument: Operation<CancelPolicyMutationVariables, Answered<CancelPolicyMutation>> = { text: "mutation CancelPolicy($input:CancelPolicyInput!){cancelPolicy(input:$input){results{diskId cancelled policyId error{code message}}}}", shape: { cancelPolicy: { results: ['list', { diskId: 'string', cancelled: 'boolean', policyId: ['nullable', 'string'], error: ['nullable', { code: 'string', message: 'string' }] }] } } };
export const StartScrubDocument: Operation<StartScrubMutationVariables, Answered<StartScrubMutation>> = { text: "mutation StartScrub($input:StartScrubInput!){startScrub(input:$input){scrub{...ScrubFields}}}" + ScrubFields, shape: { startScrub: { scrub: { ...ScrubFieldsShape } } } };
export const CancelScrubDocument: Operation<CancelScrubMutationVariables, Answered<CancelScrubMutation>> = { text: "mutation CancelScrub($input:CancelScrubInput!){cancelScrub(input:$input){scrub{...ScrubFields}}}" + ScrubFields, shape: { cancelScrub: { scrub: { ...ScrubFieldsShape } } } };
export const ScrubDocument: Operation<ScrubQueryVariables, ScrubQuery> = { text: "query Scrub($id:ID!){scrub(id:$id){...ScrubFields}}" + ScrubFields, shape: { scrub: ['nullable', { ...ScrubFieldsShape }] } };
export const ScrubsDocument: Operation<ScrubsQueryVariables, ScrubsQuery> = { text: "query Scrubs($region:String$first:Int!$after:String){scrubs(region:$region first:$first after:$after){nodes{...ScrubFields}pageInfo{hasNextPage endCursor}}}" + ScrubFields, shape: { scrubs: { nodes: ['list', { ...ScrubFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const DamagedObjectsDocument: Operation<DamagedObjectsQueryVariables, DamagedObjectsQuery> = { text: "query DamagedObjects($region:String$healed:Boolean!$first:Int!$after:String){damagedObjects(region:$region healed:$healed first:$first after:$after){nodes{...DamagedObjectFields}pageInfo{hasNextPage endCursor}}}" + DamagedObjectFields, shape: { damagedObjects: { nodes: ['list', { ...DamagedObjectFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const NamesDocument: Operation<NamesQueryVariables, NamesQuery> = { text: "query Names($ids:[ID!]!){nodes(ids:$ids){...on Disk{id name}...on Snapshot{id name}...on Image{id name}}}", shape: { nodes: ['list', ['nullable', { ...{ id: ['absent', 'string'], name: ['absent', 'string'] }, ...{ id: ['absent', 'string'], name: ['absent', 'string'] }, ...{ id: ['absent', 'string'], name: ['absent', 'string'] } }]] } };
export const SnapshotDocument: Operation<SnapshotQueryVariables, SnapshotQuery> = { text: "query Snapshot($id:ID!){snapshot(id:$id){...SnapshotFields copy{...CopyFields}}}" + SnapshotFields + CopyFields, shape: { snapshot: ['nullable', { ...SnapshotFieldsShape, copy: ['nullable', { ...CopyFieldsShape }] }] } };
export const SnapshotsDocument: Operation<SnapshotsQueryVariables, SnapshotsQuery> = { text: "query Snapshots($region:String$first:Int!$after:String$filter:SnapshotFilter$orderBy:SnapshotOrder!={field:CREATED_AT direction:DESC}){snapshots(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...SnapshotFields}pageInfo{hasNextPage endCursor}}}" + SnapshotFields, shape: { snapshots: { nodes: ['list', { ...SnapshotFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateSnapshotDocument: Operation<CreateSnapshotMutationVariables, Answered<CreateSnapshotMutation>> = { text: "mutation CreateSnapshot($input:CreateSnapshotInput!){createSnapshot(input:$input){snapshot{...SnapshotFields}}}" + SnapshotFields, shape: { createSnapshot: { snapshot: { ...SnapshotFieldsShape } } } };
export const CopySnapshotDocument: Operation<CopySnapshotMutationVariables, Answered<CopySnapshotMutation>> = { text: "mutation CopySnapshot($input:CopySnapshotInput!){copySnapshot(input:$input){snapshot{...SnapshotFields copy{...CopyFields}}}}" + SnapshotFields + CopyFields, shape: { copySnapshot: { snapshot: { ...SnapshotFieldsShape, copy: ['nullable', { ...CopyFieldsShape }] } } } };
export const CancelCopyDocument: Operation<CancelCopyMutationVariables, Answered<CancelCopyMutation>> = { text: "mutation CancelCopy($input:CancelCopyInput!){cancelCopy(input:$input){snapshotId cancelled}}", shape: { cancelCopy: { snapshotId: 'string', cancelled: 'boolean' } } };
export const UpdateSnapshotDocument: Operation<UpdateSnapshotMutationVariables, Answered<UpdateSnapshotMutation>> = { text: "mutation UpdateSnapshot($input:UpdateSnapshotInput!){updateSnapshot(input:$input){snapshot{...SnapshotFields}}}" + SnapshotFields, shape: { updateSnapshot: { snapshot: { ...SnapshotFieldsShape } } } };
export const DeleteSnapshotsDocument: Operation<DeleteSnapshotsMutationVariables, Answered<DeleteSnapshotsMutation>> = { text: "mutation DeleteSnapshots($input:DeleteSnapshotsInput!){deleteSnapshots(input:$input){results{snapshotId deleted restorableUntil error{code message}}}}", shape: { deleteSnapshots: { results: ['list', { snapshotId: 'string', deleted: 'boolean', restorableUntil: ['nullable', 'string'], error: ['nullable', { code: 'string', message: 'string' }] }] } } };
export const DeleteSnapshotsPreviewDocument: Operation<DeleteSnapshotsPreviewQueryVariables, DeleteSnapshotsPreviewQuery> = { text: "query DeleteSnapshotsPreview($input:DeleteSnapshotsPreviewInput!){deleteSnapshotsPreview(input:$input){objects storedBytes restorableUntil freeFrom results{snapshotId error{code message}}}}", shape: { deleteSnapshotsPreview: { objects: 'number', storedBytes: 'number', restorableUntil: ['nullable', 'string'], freeFrom: 'string', results: ['list', { snapshotId: 'string', error: ['nullable', { code: 'string', message: 'string' }] }] } } };
export const ChangedBlocksDocument: Operation<ChangedBlocksQueryVariables, ChangedBlocksQuery> = { text: "query ChangedBlocks($input:ChangedBlocksInput!){changedBlocks(input:$input){sizeBytes ranges{offsetBytes lengthBytes}nextOffsetBytes}}", shape: { changedBlocks: { sizeBytes: 'number', ranges: ['list', { offsetBytes: 'number', lengthBytes: 'number' }], nextOffsetBytes: ['nullable', 'number'] } } };
export const TrashDocument: Operation<TrashQueryVariables, TrashQuery> = { text: "query Trash($kind:TrashKind!$region:String$first:Int!$after:String){trash(kind:$kind region:$region first:$first after:$after){nodes{...TrashFields}pageInfo{hasNextPage endCursor}}}" + TrashFields, shape: { trash: { nodes: ['list', { ...TrashFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const TrashItemDocument: Operation<TrashItemQueryVariables, TrashItemQuery> = { text: "query TrashItem($id:ID!){trashItem(id:$id){...TrashFields}}" + TrashFields, shape: { trashItem: ['nullable', { ...TrashFieldsShape }] } };
export const TrashTimeDocument: Operation<TrashTimeQueryVariables, TrashTimeQuery> = { text: "query TrashTime{viewer{account{trashHours}}}", shape: { viewer: { account: { trashHours: 'number' } } } };
export const RestoreTrashDocument: Operation<RestoreTrashMutationVariables, Answered<RestoreTrashMutation>> = { text: "mutation RestoreTrash($input:RestoreTrashInput!){restoreTrash(input:$input){results{id restored error{code message}changes snapshotIds}}}", shape: { restoreTrash: { results: ['list', { id: 'string', restored: 'boolean', error: ['nullable', { code: 'string', message: 'string' }], changes: ['list', 'string'], snapshotIds: ['list', 'string'] }] } } };
export const PurgeTrashDocument: Operation<PurgeTrashMutationVariables, Answered<PurgeTrashMutation>> = { text: "mutation PurgeTrash($input:PurgeTrashInput!){purgeTrash(input:$input){results{id purged error{code message}}}}", shape: { purgeTrash: { results: ['list', { id: 'string', purged: 'boolean', error: ['nullable', { code: 'string', message: 'string' }] }] } } };
export const SetTrashRetentionDocument: Operation<SetTrashRetentionMutationVariables, Answered<SetTrashRetentionMutation>> = { text: "mutation SetTrashRetention($input:SetTrashRetentionInput!){setTrashRetention(input:$input){account{trashHours}}}", shape: { setTrashRetention: { account: { trashHours: 'number' } } } };
export const PinSnapshotDocument: Operation<PinSnapshotMutationVariables, Answered<PinSnapshotMutation>> = { text: "mutation PinSnapshot($input:PinSnapshotInput!){pinSnapshot(input:$input){snapshot{...SnapshotFields}}}" + SnapshotFields, shape: { pinSnapshot: { snapshot: { ...SnapshotFieldsShape } } } };
export const UnpinSnapshotDocument: Operation<UnpinSnapshotMutationVariables, Answered<UnpinSnapshotMutation>> = { text: "mutation UnpinSnapshot($input:UnpinSnapshotInput!){unpinSnapshot(input:$input){snapshot{...SnapshotFields}}}" + SnapshotFields, shape: { unpinSnapshot: { snapshot: { ...SnapshotFieldsShape } } } };
export const SetSnapshotRetentionDocument: Operation<SetSnapshotRetentionMutationVariables, Answered<SetSnapshotRetentionMutation>> = { text: "mutation SetSnapshotRetention($input:SetSnapshotRetentionInput!){setSnapshotRetention(input:$input){snapshot{...SnapshotFields}}}" + SnapshotFields, shape: { setSnapshotRetention: { snapshot: { ...SnapshotFieldsShape } } } };
export const UnreadableOfDiskDocument: Operation<UnreadableOfDiskQueryVariables, UnreadableOfDiskQuery> = { text: "query UnreadableOfDisk($id:ID!){disk(id:$id){unreadable{...UnreadableFields}}}" + UnreadableFields, shape: { disk: ['nullable', { unreadable: ['nullable', { ...UnreadableFieldsShape }] }] } };
export const UnreadableOfSnapshotDocument: Operation<UnreadableOfSnapshotQueryVariables, UnreadableOfSnapshotQuery> = { text: "query UnreadableOfSnapshot($id:ID!){snapshot(id:$id){unreadable{...UnreadableFields}}}" + UnreadableFields, shape: { snapshot: ['nullable', { unreadable: ['nullable', { ...UnreadableFieldsShape }] }] } };
export const BreachesDocument: Operation<BreachesQueryVariables, BreachesQuery> = { text: "query Breaches($region:String$reason:BreachReason$first:Int!$after:String){breaches(region:$region reason:$reason first:$first after:$after){nodes{...WatchedDiskFields}pageInfo{hasNextPage endCursor}}}" + WatchedDiskFields + ProtectionFields, shape: { breaches: { nodes: ['list', { ...WatchedDiskFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const DiskProtectionDocument: Operation<DiskProtectionQueryVariables, DiskProtectionQuery> = { text: "query DiskProtection($id:ID!){disk(id:$id){...WatchedDiskFields}}" + WatchedDiskFields + ProtectionFields, shape: { disk: ['nullable', { ...WatchedDiskFieldsShape }] } };
export const TagObjectivesDocument: Operation<TagObjectivesQueryVariables, TagObjectivesQuery> = { text: "query TagObjectives($region:String$first:Int!$after:String){tagObjectives(region:$region first:$first after:$after){nodes{key value hours}pageInfo{hasNextPage endCursor}}}", shape: { tagObjectives: { nodes: ['list', { key: 'string', value: 'string', hours: 'number' }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const SetRecoveryPointObjectiveDocument: Operation<SetRecoveryPointObjectiveMutationVariables, Answered<SetRecoveryPointObjectiveMutation>> = { text: "mutation SetRecoveryPointObjective($input:SetRecoveryPointObjectiveInput!){setRecoveryPointObjective(input:$input){disk{...WatchedDiskFields}tagObjective{key value hours}}}" + WatchedDiskFields + ProtectionFields, shape: { setRecoveryPointObjective: { disk: ['nullable', { ...WatchedDiskFieldsShape }], tagObjective: ['nullable', { key: 'string', value: 'string', hours: 'number' }] } } };
export const OverviewDocument: Operation<OverviewQueryVariables, OverviewQuery> = { text: "query Overview($region:String){overview(region:$region){region disks{total protected inBreach unprotected exempt local}snapshots{manual automatic inProgress failed}runs{since done skipped failed missedSlots}waiting{objects bytes}damagedObjects countedAt drift}}", shape: { overview: { region: 'string', disks: { total: 'number', protected: 'number', inBreach: 'number', unprotected: 'number', exempt: 'number', local: 'number' }, snapshots: { manual: 'number', automatic: 'number', inProgress: 'number', failed: 'number' }, runs: { since: 'string', done: 'number', skipped: 'number', failed: 'number', missedSlots: 'number' }, waiting: { objects: 'number', bytes: 'number' }, damagedObjects: 'number', countedAt: 'string', drift: 'number' } } };
export const WebhooksDocument: Operation<WebhooksQueryVariables, WebhooksQuery> = { text: "query Webhooks($first:Int!$after:String){webhooks(first:$first after:$after){nodes{...WebhookFields}pageInfo{hasNextPage endCursor}}}" + WebhookFields, shape: { webhooks: { nodes: ['list', { ...WebhookFieldsShape }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const WebhookDeliveriesDocument: Operation<WebhookDeliveriesQueryVariables, WebhookDeliveriesQuery> = { text: "query WebhookDeliveries($webhookId:ID!$pending:Boolean!$first:Int!$after:String){webhookDeliveries(webhookId:$webhookId pending:$pending first:$first after:$after){nodes{eventId type state attempts lastTriedAt lastStatus lastError dueAt createdAt endedAt}pageInfo{hasNextPage endCursor}}}", shape: { webhookDeliveries: { nodes: ['list', { eventId: 'string', type: 'string', state: 'string', attempts: 'number', lastTriedAt: ['nullable', 'string'], lastStatus: ['nullable', 'number'], lastError: ['nullable', 'string'], dueAt: ['nullable', 'string'], createdAt: 'string', endedAt: ['nullable', 'string'] }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const CreateWebhookDocument: Operation<CreateWebhookMutationVariables, Answered<CreateWebhookMutation>> = { text: "mutation CreateWebhook($input:CreateWebhookInput!){createWebhook(input:$input){webhook{...WebhookFields}secret}}" + WebhookFields, shape: { createWebhook: { webhook: { ...WebhookFieldsShape }, secret: ['nullable', 'string'] } } };
export const UpdateWebhookDocument: Operation<UpdateWebhookMutationVariables, Answered<UpdateWebhookMutation>> = { text: "mutation UpdateWebhook($input:UpdateWebhookInput!){updateWebhook(input:$input){webhook{...WebhookFields}}}" + WebhookFields, shape: { updateWebhook: { webhook: { ...WebhookFieldsShape } } } };
export const DeleteWebhookDocument: Operation<DeleteWebhookMutationVariables, Answered<DeleteWebhookMutation>> = { text: "mutation DeleteWebhook($input:DeleteWebhookInput!){deleteWebhook(input:$input){webhookId}}", shape: { deleteWebhook: { webhookId: 'string' } } };
export const RotateWebhookSecretDocument: Operation<RotateWebhookSecretMutationVariables, Answered<RotateWebhookSecretMutation>> = { text: "mutation RotateWebhookSecret($input:RotateWebhookSecretInput!){rotateWebhookSecret(input:$input){webhook{...WebhookFields}secret}}" + WebhookFields, shape: { rotateWebhookSecret: { webhook: { ...WebhookFieldsShape }, secret: 'string' } } };
export const TestWebhookDocument: Operation<TestWebhookMutationVariables, Answered<TestWebhookMutation>> = { text: "mutation TestWebhook($input:TestWebhookInput!){testWebhook(input:$input){eventId}}", shape: { testWebhook: { eventId: 'string' } } };
