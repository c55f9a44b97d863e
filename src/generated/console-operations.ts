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

/** Input of `policyPreview`. What it shares with `CreatePolicyInput` has the same rules. */
export type PolicyPreviewInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** Hours of the day, 0–23: at least one, each once. */
  readonly hours: ReadonlyArray<number>;
  /** 1 = Monday … 7 = Sunday: at least one, each once. */
  readonly weekdays?: ReadonlyArray<number>;
  /** Days for which its snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: number | null | undefined;
  /** An IANA time zone, such as Europe/Berlin. Default: that of the region. */
  readonly timeZone?: string | null | undefined;
};

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

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { readonly viewer: { readonly role: Role, readonly readOnly: string | null, readonly deletionsHeldSince: string | null, readonly account: { readonly id: string, readonly name: string, readonly status: AccountStatus, readonly arrearsSince: string | null } }, readonly regions: ReadonlyArray<{ readonly name: string, readonly isDefault: boolean, readonly snapshotService: { readonly opened: boolean } }> };

export type AuditListQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  action?: string | null | undefined;
  subject?: string | null | undefined;
  actor?: string | null | undefined;
  outcome?: AuditOutcome | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditListQuery = { readonly audit: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly actorKind: AuditActorKind, readonly actor: string, readonly action: string, readonly outcome: AuditOutcome, readonly code: string | null, readonly reason: DeletionReason | null, readonly subjects: ReadonlyArray<string>, readonly address: string | null, readonly userAgent: string | null, readonly requestId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BillStatementQueryVariables = Exact<{
  month: string;
}>;


export type BillStatementQuery = { readonly statement: { readonly month: string, readonly currency: string, readonly closed: boolean, readonly closedAt: string | null, readonly hoursInMonth: number, readonly total: string, readonly regions: ReadonlyArray<{ readonly region: string, readonly hours: number, readonly missingHours: number, readonly byteHours: string, readonly unpricedByteHours: string, readonly amount: string }>, readonly corrections: ReadonlyArray<{ readonly ofMonth: string, readonly region: string, readonly amount: string }> }, readonly balance: { readonly currency: string, readonly balance: string, readonly threshold: string | null } | null };

export type BillLinesQueryVariables = Exact<{
  month: string;
  region?: string | null | undefined;
  tagKey?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BillLinesQuery = { readonly statementLines: { readonly nodes: ReadonlyArray<{ readonly kind: StatementLineKind, readonly id: string | null, readonly tagValue: string | null, readonly byteHours: string, readonly amount: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BillForgottenQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BillForgottenQuery = { readonly forgottenSnapshots: { readonly nodes: ReadonlyArray<{ readonly ageDays: number, readonly freedBytes: number | null, readonly snapshot: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BillUnprotectedQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BillUnprotectedQuery = { readonly unprotectedDisks: { readonly nodes: ReadonlyArray<{ readonly freedBytes: number | null, readonly disk: { readonly id: string, readonly name: string }, readonly purpose: { readonly everyDays: number | null, readonly keepDays: number }, readonly newestSnapshot: { readonly createdAt: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BillAdviceQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type BillAdviceQuery = { readonly advice: { readonly nodes: ReadonlyArray<{ readonly storedBytes: number | null, readonly disk: { readonly id: string, readonly name: string }, readonly options: ReadonlyArray<{ readonly option: ForecastOption, readonly worstLossHours: number, readonly retentionDays: number | null, readonly snapshotCount: number | null, readonly storedBytes: number | null, readonly savedBytes: number | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CapacityNowQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type CapacityNowQuery = { readonly capacity: { readonly at: string, readonly logicalBytes: number, readonly deduplicatedBytes: number, readonly storedBytes: number, readonly waitingBytes: number } };

export type CapacityCourseQueryVariables = Exact<{
  region?: string | null | undefined;
  from?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CapacityCourseQuery = { readonly capacityHistory: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly logicalBytes: number, readonly deduplicatedBytes: number, readonly storedBytes: number, readonly waitingBytes: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChainListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ChainListQuery = { readonly chains: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly snapshotCount: number, readonly disk: { readonly name: string } | null, readonly capacity: { readonly logicalBytes: number, readonly storedBytes: number } | null, readonly trash: { readonly count: number } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChainPageQueryVariables = Exact<{
  id: string;
  first: number;
}>;


export type ChainPageQuery = { readonly chain: { readonly id: string, readonly region: string, readonly snapshotCount: number, readonly disk: { readonly id: string, readonly name: string, readonly sizeBytes: number, readonly status: DiskStatus, readonly version: number, readonly sizes: { readonly ownBytes: number, readonly totalBytes: number } | null } | null, readonly capacity: { readonly logicalBytes: number, readonly storedBytes: number } | null, readonly trash: { readonly count: number, readonly capacity: { readonly logicalBytes: number } | null }, readonly manualQuota: { readonly limit: number, readonly used: number | null }, readonly autoQuota: { readonly limit: number, readonly used: number | null }, readonly nodes: { readonly nodes: ReadonlyArray<{ readonly parentId: string | null, readonly sizes: { readonly ownBytes: number, readonly sharedBytes: number, readonly totalBytes: number } | null, readonly snapshot: { readonly id: string, readonly name: string, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly createdAt: string, readonly pinnedAt: string | null, readonly usage: SnapshotUsage, readonly sourceDisk: { readonly sizeBytes: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } } | null };

export type ChainBlocksQueryVariables = Exact<{
  input: BlockMapInput;
}>;


export type ChainBlocksQuery = { readonly blockMap: { readonly blocks: ReadonlyArray<{ readonly index: number, readonly id: string }> } };

export type DamageObjectsQueryVariables = Exact<{
  region?: string | null | undefined;
  healed: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type DamageObjectsQuery = { readonly damagedObjects: { readonly nodes: ReadonlyArray<{ readonly objectId: string, readonly reason: string, readonly isPage: boolean, readonly foundAt: string, readonly healedAt: string | null, readonly placeCount: number | null, readonly places: ReadonlyArray<{ readonly id: string, readonly offsetBytes: number }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DamageScrubsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type DamageScrubsQuery = { readonly scrubs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly targetId: string | null, readonly chainId: string | null, readonly keyId: string | null, readonly samplePercent: number, readonly repair: boolean, readonly status: ScrubStatus, readonly phase: ScrubPhase | null, readonly versionsRead: number, readonly versions: number, readonly objectsRead: number, readonly bytesRead: number, readonly damaged: number, readonly wrongCounts: number, readonly mended: number, readonly findings: ReadonlyArray<string>, readonly createdAt: string, readonly finishedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DamageStartScrubMutationVariables = Exact<{
  input: StartScrubInput;
}>;


export type DamageStartScrubMutation = { readonly startScrub: { readonly scrub: { readonly id: string } } | null };

export type DamageCancelScrubMutationVariables = Exact<{
  input: CancelScrubInput;
}>;


export type DamageCancelScrubMutation = { readonly cancelScrub: { readonly scrub: { readonly id: string, readonly status: ScrubStatus } } | null };

export type DiskListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: DiskFilter | null | undefined;
  orderBy: DiskOrder;
}>;


export type DiskListQuery = { readonly disks: { readonly nodes: ReadonlyArray<DiskRowFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DiskBreachesQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type DiskBreachesQuery = { readonly breaches: { readonly nodes: ReadonlyArray<DiskRowFragment>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DiskRowFragment = { readonly id: string, readonly name: string, readonly kind: DiskKind, readonly category: DiskCategory, readonly status: DiskStatus, readonly sizeBytes: number, readonly createdAt: string, readonly protection: { readonly status: ProtectionStatus, readonly reason: BreachReason | null, readonly newestUsableAt: string | null } | null };

export type DiskPageQueryVariables = Exact<{
  id: string;
}>;


export type DiskPageQuery = { readonly disk: { readonly id: string, readonly name: string, readonly kind: DiskKind, readonly category: DiskCategory, readonly status: DiskStatus, readonly sizeBytes: number, readonly chargeType: ChargeType, readonly expiresAt: string | null, readonly encrypted: boolean, readonly deleteAutoSnapshots: boolean, readonly deleteWithInstance: boolean, readonly createdAt: string, readonly version: number, readonly root: string, readonly encryption: { readonly keyId: string } | null, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly origin: { readonly kind: DiskOriginKind, readonly snapshotId: string | null, readonly imageId: string | null, readonly snapshot: { readonly id: string, readonly name: string } | null }, readonly instances: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: InstanceStatus }>, readonly policy: { readonly id: string, readonly name: string, readonly nextRunAt: string | null, readonly timeZone: string, readonly status: PolicyStatus } | null, readonly protection: { readonly status: ProtectionStatus, readonly reason: BreachReason | null, readonly objectiveHours: number | null, readonly newestUsableAt: string | null, readonly breachAt: string | null } | null, readonly sizes: { readonly ownBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number } | null, readonly chain: { readonly snapshotCount: number } | null, readonly lease: { readonly holder: string, readonly expiresAt: string } | null } | null, readonly viewer: { readonly account: { readonly trashHours: number } } };

export type DiskSnapshotMutationVariables = Exact<{
  input: CreateSnapshotInput;
}>;


export type DiskSnapshotMutation = { readonly createSnapshot: { readonly snapshot: { readonly id: string, readonly name: string, readonly status: SnapshotStatus } } | null };

export type DiskTimeLineQueryVariables = Exact<{
  id: string;
  region?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type DiskTimeLineQuery = { readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly progressPercent: number, readonly createdAt: string, readonly expiresAt: string | null, readonly sizes: { readonly ownBytes: number, readonly totalBytes: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DiskChangesQueryVariables = Exact<{
  input: ChangedBlocksInput;
}>;


export type DiskChangesQuery = { readonly changedBlocks: { readonly sizeBytes: number, readonly nextOffsetBytes: number | null, readonly ranges: ReadonlyArray<{ readonly offsetBytes: number, readonly lengthBytes: number }> } };

export type DiskPoliciesQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type DiskPoliciesQuery = { readonly policies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: PolicyStatus, readonly nextRunAt: string | null }> } };

export type DiskCreateMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type DiskCreateMutation = { readonly createDisk: { readonly disk: { readonly id: string, readonly name: string } } | null };

export type DiskUpdateMutationVariables = Exact<{
  input: UpdateDiskInput;
}>;


export type DiskUpdateMutation = { readonly updateDisk: { readonly disk: { readonly id: string } } | null };

export type DiskResizeMutationVariables = Exact<{
  input: ResizeDiskInput;
}>;


export type DiskResizeMutation = { readonly resizeDisk: { readonly disk: { readonly id: string, readonly sizeBytes: number } } | null };

export type DiskReinitializeMutationVariables = Exact<{
  input: ReinitializeDiskInput;
}>;


export type DiskReinitializeMutation = { readonly reinitializeDisk: { readonly disk: { readonly id: string } } | null };

export type DiskRollbackMutationVariables = Exact<{
  input: RollbackDiskInput;
}>;


export type DiskRollbackMutation = { readonly rollbackDisk: { readonly disk: { readonly id: string, readonly version: number }, readonly safetySnapshot: { readonly id: string, readonly name: string } | null, readonly loss: { readonly since: string, readonly changedBytes: number, readonly complete: boolean }, readonly refusals: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null };

export type DiskReleaseMutationVariables = Exact<{
  input: ReleaseDiskInput;
}>;


export type DiskReleaseMutation = { readonly releaseDisk: { readonly diskId: string, readonly deletedSnapshotIds: ReadonlyArray<string> } | null };

export type DiskApplyPolicyMutationVariables = Exact<{
  input: ApplyPolicyInput;
}>;


export type DiskApplyPolicyMutation = { readonly applyPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly applied: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type DiskCancelPolicyMutationVariables = Exact<{
  input: CancelPolicyInput;
}>;


export type DiskCancelPolicyMutation = { readonly cancelPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly cancelled: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type EventListQueryVariables = Exact<{
  types?: ReadonlyArray<string> | null | undefined;
  subject?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type EventListQuery = { readonly events: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly type: string, readonly at: string, readonly region: string | null, readonly data: string, readonly subject: { readonly kind: string, readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImageListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: ImageFilter | null | undefined;
}>;


export type ImageListQuery = { readonly images: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly diskKind: DiskKind, readonly sizeBytes: number, readonly encrypted: boolean, readonly sharedWith: ReadonlyArray<string>, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImageSharedQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ImageSharedQuery = { readonly sharedImages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly ownerAccountId: string, readonly diskKind: DiskKind, readonly sizeBytes: number, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImagePageQueryVariables = Exact<{
  id: string;
}>;


export type ImagePageQuery = { readonly image: { readonly id: string, readonly region: string, readonly name: string, readonly description: string | null, readonly ownerAccountId: string, readonly owned: boolean, readonly snapshotId: string | null, readonly diskKind: DiskKind, readonly sizeBytes: number, readonly encrypted: boolean, readonly root: string, readonly sharedWith: ReadonlyArray<string>, readonly createdAt: string, readonly encryption: { readonly keyId: string } | null, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }> } | null };

export type ImageExportsQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: ImageExportFilter | null | undefined;
}>;


export type ImageExportsQuery = { readonly imageExports: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly format: ImageFileFormat, readonly status: ImageExportStatus, readonly bucket: string | null, readonly key: string, readonly totalBytes: number | null, readonly doneBytes: number, readonly createdAt: string, readonly expiresAt: string | null, readonly downloadUrl: string | null, readonly problem: { readonly message: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImageExportBeginMutationVariables = Exact<{
  input: ExportImageInput;
}>;


export type ImageExportBeginMutation = { readonly exportImage: { readonly export: { readonly id: string } } | null };

export type ImageExportCancelMutationVariables = Exact<{
  input: CancelImageExportInput;
}>;


export type ImageExportCancelMutation = { readonly cancelImageExport: { readonly cancelled: boolean } | null };

export type ImageUpdateMutationVariables = Exact<{
  input: UpdateImageInput;
}>;


export type ImageUpdateMutation = { readonly updateImage: { readonly image: { readonly id: string, readonly name: string } } | null };

export type ImageDeleteMutationVariables = Exact<{
  input: DeleteImageInput;
}>;


export type ImageDeleteMutation = { readonly deleteImage: { readonly imageId: string, readonly restorableUntil: string | null } | null };

export type ImageShareMutationVariables = Exact<{
  input: ShareImageInput;
}>;


export type ImageShareMutation = { readonly shareImage: { readonly image: { readonly id: string } } | null };

export type ImageUnshareMutationVariables = Exact<{
  input: UnshareImageInput;
}>;


export type ImageUnshareMutation = { readonly unshareImage: { readonly image: { readonly id: string } } | null };

export type ImageRestoreMutationVariables = Exact<{
  input: RestoreTrashInput;
}>;


export type ImageRestoreMutation = { readonly restoreTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly restored: boolean }> } | null };

export type ImageToDiskMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type ImageToDiskMutation = { readonly createDisk: { readonly disk: { readonly id: string, readonly name: string } } | null };

export type InstanceListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: InstanceFilter | null | undefined;
  orderBy: InstanceOrder;
}>;


export type InstanceListQuery = { readonly instances: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: InstanceKind, readonly status: InstanceStatus, readonly createdAt: string, readonly deletionProtection: boolean, readonly systemDisk: { readonly id: string } | null, readonly dataDisks: ReadonlyArray<{ readonly id: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type InstanceDiskFragment = { readonly id: string, readonly name: string, readonly kind: DiskKind, readonly status: DiskStatus, readonly category: DiskCategory, readonly sizeBytes: number, readonly deleteWithInstance: boolean, readonly protection: { readonly status: ProtectionStatus, readonly newestUsableAt: string | null } | null };

export type InstancePageQueryVariables = Exact<{
  id: string;
  region?: string | null | undefined;
  snapshots: number;
}>;


export type InstancePageQuery = { readonly instance: { readonly id: string, readonly name: string, readonly kind: InstanceKind, readonly status: InstanceStatus, readonly deletionProtection: boolean, readonly createdAt: string, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly systemDisk: InstanceDiskFragment | null, readonly dataDisks: ReadonlyArray<InstanceDiskFragment> } | null, readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly progressPercent: number, readonly createdAt: string, readonly sourceDisk: { readonly id: string, readonly disk: { readonly name: string } | null }, readonly sizes: { readonly ownBytes: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type InstanceFreeDisksQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type InstanceFreeDisksQuery = { readonly disks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly sizeBytes: number }> } };

export type InstanceStartMutationVariables = Exact<{
  input: StartInstanceInput;
}>;


export type InstanceStartMutation = { readonly startInstance: { readonly instance: { readonly id: string, readonly status: InstanceStatus } } | null };

export type InstanceStopMutationVariables = Exact<{
  input: StopInstanceInput;
}>;


export type InstanceStopMutation = { readonly stopInstance: { readonly instance: { readonly id: string, readonly status: InstanceStatus } } | null };

export type InstanceReleaseMutationVariables = Exact<{
  input: ReleaseInstanceInput;
}>;


export type InstanceReleaseMutation = { readonly releaseInstance: { readonly instanceId: string, readonly releasedDiskIds: ReadonlyArray<string>, readonly detachedDiskIds: ReadonlyArray<string> } | null };

export type InstanceProtectMutationVariables = Exact<{
  input: UpdateInstanceInput;
}>;


export type InstanceProtectMutation = { readonly updateInstance: { readonly instance: { readonly id: string, readonly deletionProtection: boolean } } | null };

export type InstanceAttachMutationVariables = Exact<{
  input: AttachDiskInput;
}>;


export type InstanceAttachMutation = { readonly attachDisk: { readonly disk: { readonly id: string } } | null };

export type InstanceDetachMutationVariables = Exact<{
  input: DetachDiskInput;
}>;


export type InstanceDetachMutation = { readonly detachDisk: { readonly disk: { readonly id: string } } | null };

export type InstanceReplaceMutationVariables = Exact<{
  input: ReplaceSystemDiskInput;
}>;


export type InstanceReplaceMutation = { readonly replaceSystemDisk: { readonly releasedDiskId: string, readonly instance: { readonly id: string } } | null };

export type InstanceChoicesQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type InstanceChoicesQuery = { readonly images: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly policies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> } };

export type InstanceCreateMutationVariables = Exact<{
  input: CreateInstanceInput;
}>;


export type InstanceCreateMutation = { readonly createInstance: { readonly instance: { readonly id: string, readonly name: string } } | null };

export type JobListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: JobFilter | null | undefined;
}>;


export type JobListQuery = { readonly jobs: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: JobKind, readonly status: JobStatus, readonly diskId: string, readonly snapshotId: string | null, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type KeyListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type KeyListQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: Role, readonly regions: ReadonlyArray<string> | null, readonly createdAt: string, readonly createdBy: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type KeyCreateMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type KeyCreateMutation = { readonly createApiKey: { readonly secret: string | null, readonly apiKey: { readonly id: string, readonly name: string } } | null };

export type KeyRevokeMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type KeyRevokeMutation = { readonly revokeApiKey: { readonly apiKey: { readonly id: string, readonly revokedAt: string | null } } | null };

export type OverviewPageQueryVariables = Exact<{
  region: string;
}>;


export type OverviewPageQuery = { readonly overview: { readonly damagedObjects: number, readonly countedAt: string, readonly disks: { readonly total: number, readonly protected: number, readonly inBreach: number, readonly unprotected: number, readonly exempt: number, readonly local: number }, readonly snapshots: { readonly manual: number, readonly automatic: number, readonly inProgress: number, readonly failed: number }, readonly runs: { readonly since: string, readonly done: number, readonly skipped: number, readonly failed: number, readonly missedSlots: number }, readonly waiting: { readonly objects: number, readonly bytes: number } }, readonly breaches: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly protection: { readonly reason: BreachReason | null, readonly inBreachSince: string | null, readonly newestUsableAt: string | null, readonly objectiveHours: number | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly reclaim: { readonly waitingBytes: number, readonly waitingObjects: number, readonly nextAt: string | null, readonly allAt: string | null, readonly underWay: boolean }, readonly snapshotService: { readonly opened: boolean }, readonly policies: { readonly nodes: ReadonlyArray<{ readonly id: string }> }, readonly newest: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: SnapshotStatus, readonly createdAt: string }> }, readonly failed: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly createdAt: string }> } };

export type OverviewCapacityQueryVariables = Exact<{
  region: string;
  from?: string | null | undefined;
}>;


export type OverviewCapacityQuery = { readonly capacityHistory: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly logicalBytes: number, readonly deduplicatedBytes: number, readonly storedBytes: number }> }, readonly capacity: { readonly at: string, readonly logicalBytes: number, readonly deduplicatedBytes: number, readonly storedBytes: number, readonly waitingBytes: number } };

export type OverviewTermsQueryVariables = Exact<{
  region: string;
}>;


export type OverviewTermsQuery = { readonly snapshotService: { readonly currentTerms: string, readonly currentTermsText: string } };

export type OverviewOpenMutationVariables = Exact<{
  input: OpenSnapshotServiceInput;
}>;


export type OverviewOpenMutation = { readonly openSnapshotService: { readonly snapshotService: { readonly opened: boolean } } | null };

export type PolicyListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: PolicyFilter | null | undefined;
}>;


export type PolicyListQuery = { readonly policies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly hours: ReadonlyArray<number>, readonly weekdays: ReadonlyArray<number>, readonly timeZone: string, readonly retentionDays: number | null, readonly status: PolicyStatus, readonly nextRunAt: string | null, readonly diskCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PolicyPageQueryVariables = Exact<{
  id: string;
}>;


export type PolicyPageQuery = { readonly policy: { readonly id: string, readonly region: string, readonly name: string, readonly hours: ReadonlyArray<number>, readonly weekdays: ReadonlyArray<number>, readonly timeZone: string, readonly retentionDays: number | null, readonly status: PolicyStatus, readonly createdAt: string, readonly nextRunAt: string | null, readonly diskCount: number, readonly copyTargets: ReadonlyArray<{ readonly region: string, readonly retentionDays: number | null }>, readonly nextRuns: ReadonlyArray<{ readonly at: string, readonly utcOffsetMinutes: number, readonly moved: boolean }> } | null };

export type PolicyPlanQueryVariables = Exact<{
  input: PolicyPreviewInput;
}>;


export type PolicyPlanQuery = { readonly policyPreview: { readonly timeZone: string, readonly runsPerWeek: number, readonly worstLossHours: number, readonly nextRuns: ReadonlyArray<{ readonly at: string, readonly utcOffsetMinutes: number, readonly moved: boolean }> } };

export type PolicyDisksQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PolicyDisksQuery = { readonly policy: { readonly disks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: DiskKind, readonly status: DiskStatus, readonly sizeBytes: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicyOthersQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  withoutPolicy: boolean;
}>;


export type PolicyOthersQuery = { readonly policy: { readonly coverableDisks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: DiskKind, readonly status: DiskStatus, readonly sizeBytes: number, readonly policy: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicyRunsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
  status?: ReadonlyArray<PolicyRunStatus> | null | undefined;
}>;


export type PolicyRunsQuery = { readonly policy: { readonly runs: { readonly nodes: ReadonlyArray<{ readonly diskId: string, readonly slotAt: string, readonly status: PolicyRunStatus, readonly code: string | null, readonly message: string | null, readonly snapshotId: string | null, readonly triedAgain: boolean, readonly missedSlots: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicySlotsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type PolicySlotsQuery = { readonly policy: { readonly slots: { readonly nodes: ReadonlyArray<{ readonly slotAt: string, readonly status: PolicySlotStatus, readonly doneCount: number, readonly skippedCount: number, readonly failedCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PolicyCreateMutationVariables = Exact<{
  input: CreatePolicyInput;
}>;


export type PolicyCreateMutation = { readonly createPolicy: { readonly policy: { readonly id: string, readonly name: string } } | null };

export type PolicyUpdateMutationVariables = Exact<{
  input: UpdatePolicyInput;
}>;


export type PolicyUpdateMutation = { readonly updatePolicy: { readonly policy: { readonly id: string, readonly name: string, readonly status: PolicyStatus } } | null };

export type PolicyDeleteMutationVariables = Exact<{
  input: DeletePolicyInput;
}>;


export type PolicyDeleteMutation = { readonly deletePolicy: { readonly policyId: string } | null };

export type PolicyApplyMutationVariables = Exact<{
  input: ApplyPolicyInput;
}>;


export type PolicyApplyMutation = { readonly applyPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly applied: boolean, readonly diskStatus: DiskStatus | null, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type PolicyCancelMutationVariables = Exact<{
  input: CancelPolicyInput;
}>;


export type PolicyCancelMutation = { readonly cancelPolicy: { readonly results: ReadonlyArray<{ readonly diskId: string, readonly cancelled: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type QuotaListQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type QuotaListQuery = { readonly quotas: ReadonlyArray<{ readonly kind: QuotaKind, readonly limit: number, readonly used: number | null, readonly free: number | null }> };

export type QuotaSetMutationVariables = Exact<{
  input: SetQuotaInput;
}>;


export type QuotaSetMutation = { readonly setQuota: { readonly quota: { readonly kind: QuotaKind, readonly limit: number } } | null };

export type SettingsPageQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
}>;


export type SettingsPageQuery = { readonly viewer: { readonly role: Role, readonly account: { readonly id: string, readonly name: string, readonly createdAt: string, readonly status: AccountStatus, readonly arrearsSince: string | null, readonly serviceStopsAt: string | null, readonly snapshotsDeletedAt: string | null }, readonly apiKey: { readonly id: string, readonly name: string, readonly expiresAt: string | null } }, readonly snapshotService: { readonly opened: boolean, readonly openedAt: string | null, readonly acceptedTerms: string | null, readonly currentTerms: string, readonly currentTermsText: string }, readonly tagObjectives: { readonly nodes: ReadonlyArray<{ readonly key: string, readonly value: string, readonly hours: number }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type SettingsOpenMutationVariables = Exact<{
  input: OpenSnapshotServiceInput;
}>;


export type SettingsOpenMutation = { readonly openSnapshotService: { readonly snapshotService: { readonly opened: boolean } } | null };

export type SettingsObjectiveMutationVariables = Exact<{
  input: SetRecoveryPointObjectiveInput;
}>;


export type SettingsObjectiveMutation = { readonly setRecoveryPointObjective: { readonly tagObjective: { readonly key: string } | null } | null };

export type SnapshotListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: SnapshotFilter | null | undefined;
  orderBy: SnapshotOrder;
}>;


export type SnapshotListQuery = { readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly progressPercent: number, readonly createdAt: string, readonly expiresAt: string | null, readonly pinnedAt: string | null, readonly usage: SnapshotUsage, readonly sourceDisk: { readonly id: string, readonly disk: { readonly name: string } | null }, readonly sizes: { readonly ownBytes: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SnapshotPageQueryVariables = Exact<{
  id: string;
}>;


export type SnapshotPageQuery = { readonly snapshot: { readonly id: string, readonly region: string, readonly name: string, readonly description: string | null, readonly kind: SnapshotKind, readonly status: SnapshotStatus, readonly progressPercent: number, readonly consistency: SnapshotConsistency, readonly createdAt: string, readonly retentionDays: number | null, readonly expiresAt: string | null, readonly pinnedAt: string | null, readonly keptInUse: boolean, readonly policyId: string | null, readonly usage: SnapshotUsage, readonly diskCount: number, readonly type: SnapshotType, readonly root: string, readonly encrypted: boolean, readonly encryption: { readonly keyId: string } | null, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly sizes: { readonly ownBytes: number, readonly ownStoredBytes: number, readonly totalBytes: number, readonly totalStoredBytes: number, readonly sharedBytes: number } | null, readonly unreadable: { readonly bytes: number } | null, readonly sourceDisk: { readonly id: string, readonly kind: DiskKind, readonly sizeBytes: number, readonly disk: { readonly id: string, readonly name: string, readonly status: DiskStatus, readonly instances: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: InstanceStatus }> } | null }, readonly copy: { readonly sourceSnapshotId: string, readonly sourceRegion: string, readonly totalBytes: number | null, readonly doneBytes: number | null, readonly problem: { readonly code: string, readonly message: string, readonly since: string } | null } | null } | null };

export type SnapshotDeletionQueryVariables = Exact<{
  input: DeleteSnapshotsPreviewInput;
}>;


export type SnapshotDeletionQuery = { readonly deleteSnapshotsPreview: { readonly objects: number, readonly storedBytes: number, readonly settled: boolean, readonly restorableUntil: string | null, readonly freeFrom: string, readonly results: ReadonlyArray<{ readonly snapshotId: string, readonly error: { readonly code: string, readonly message: string } | null }> } };

export type SnapshotDeleteMutationVariables = Exact<{
  input: DeleteSnapshotsInput;
}>;


export type SnapshotDeleteMutation = { readonly deleteSnapshots: { readonly results: ReadonlyArray<{ readonly snapshotId: string, readonly deleted: boolean, readonly restorableUntil: string | null, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type SnapshotRestoreMutationVariables = Exact<{
  input: RestoreTrashInput;
}>;


export type SnapshotRestoreMutation = { readonly restoreTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly restored: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type SnapshotUpdateMutationVariables = Exact<{
  input: UpdateSnapshotInput;
}>;


export type SnapshotUpdateMutation = { readonly updateSnapshot: { readonly snapshot: { readonly id: string, readonly name: string } } | null };

export type SnapshotPinMutationVariables = Exact<{
  input: PinSnapshotInput;
}>;


export type SnapshotPinMutation = { readonly pinSnapshot: { readonly snapshot: { readonly id: string, readonly pinnedAt: string | null } } | null };

export type SnapshotUnpinMutationVariables = Exact<{
  input: UnpinSnapshotInput;
}>;


export type SnapshotUnpinMutation = { readonly unpinSnapshot: { readonly snapshot: { readonly id: string, readonly expiresAt: string | null } } | null };

export type SnapshotRetentionMutationVariables = Exact<{
  input: SetSnapshotRetentionInput;
}>;


export type SnapshotRetentionMutation = { readonly setSnapshotRetention: { readonly snapshot: { readonly id: string, readonly expiresAt: string | null } } | null };

export type SnapshotToDiskMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type SnapshotToDiskMutation = { readonly createDisk: { readonly disk: { readonly id: string, readonly name: string } } | null };

export type SnapshotToImageMutationVariables = Exact<{
  input: CreateImageInput;
}>;


export type SnapshotToImageMutation = { readonly createImage: { readonly image: { readonly id: string, readonly name: string } } | null };

export type SnapshotToRegionMutationVariables = Exact<{
  input: CopySnapshotInput;
}>;


export type SnapshotToRegionMutation = { readonly copySnapshot: { readonly snapshot: { readonly id: string, readonly region: string } } | null };

export type SnapshotCancelCopyMutationVariables = Exact<{
  input: CancelCopyInput;
}>;


export type SnapshotCancelCopyMutation = { readonly cancelCopy: { readonly cancelled: boolean } | null };

export type SnapshotRollBackMutationVariables = Exact<{
  input: RollbackDiskInput;
}>;


export type SnapshotRollBackMutation = { readonly rollbackDisk: { readonly disk: { readonly id: string, readonly version: number }, readonly safetySnapshot: { readonly id: string, readonly name: string } | null, readonly loss: { readonly since: string, readonly changedBytes: number, readonly complete: boolean }, readonly refusals: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null };

export type TrashListQueryVariables = Exact<{
  kind: TrashKind;
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TrashListQuery = { readonly trash: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: TrashKind, readonly name: string, readonly diskId: string | null, readonly deletedAt: string, readonly restorableUntil: string, readonly withDiskId: string | null, readonly snapshotCount: number, readonly sizeBytes: number, readonly sizes: { readonly ownBytes: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TrashTimeQueryVariables = Exact<{ [key: string]: never; }>;


export type TrashTimeQuery = { readonly viewer: { readonly account: { readonly trashHours: number } } };

export type TrashRestoreMutationVariables = Exact<{
  input: RestoreTrashInput;
}>;


export type TrashRestoreMutation = { readonly restoreTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly restored: boolean, readonly changes: ReadonlyArray<TrashChange>, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type TrashPurgeMutationVariables = Exact<{
  input: PurgeTrashInput;
}>;


export type TrashPurgeMutation = { readonly purgeTrash: { readonly results: ReadonlyArray<{ readonly id: string, readonly purged: boolean, readonly error: { readonly code: string, readonly message: string } | null }> } | null };

export type TrashSetTimeMutationVariables = Exact<{
  input: SetTrashRetentionInput;
}>;


export type TrashSetTimeMutation = { readonly setTrashRetention: { readonly account: { readonly trashHours: number } } | null };

export type WebhookListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type WebhookListQuery = { readonly webhooks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly url: string, readonly description: string | null, readonly types: ReadonlyArray<string> | null, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type WebhookPageQueryVariables = Exact<{
  id: string;
}>;


export type WebhookPageQuery = { readonly webhook: { readonly id: string, readonly url: string, readonly description: string | null, readonly types: ReadonlyArray<string> | null, readonly enabled: boolean, readonly disabledReason: string | null, readonly oldSecretUntil: string | null, readonly failingSince: string | null, readonly createdAt: string } | null };

export type WebhookDeliveriesQueryVariables = Exact<{
  id: string;
  pending: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type WebhookDeliveriesQuery = { readonly webhookDeliveries: { readonly nodes: ReadonlyArray<{ readonly eventId: string, readonly type: string, readonly state: WebhookDeliveryState, readonly attempts: number, readonly lastTriedAt: string | null, readonly lastStatus: number | null, readonly lastError: string | null, readonly dueAt: string | null, readonly createdAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type WebhookCreateMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type WebhookCreateMutation = { readonly createWebhook: { readonly secret: string | null, readonly webhook: { readonly id: string } } | null };

export type WebhookUpdateMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type WebhookUpdateMutation = { readonly updateWebhook: { readonly webhook: { readonly id: string, readonly enabled: boolean } } | null };

export type WebhookDeleteMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type WebhookDeleteMutation = { readonly deleteWebhook: { readonly webhookId: string } | null };

export type WebhookRotateMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type WebhookRotateMutation = { readonly rotateWebhookSecret: { readonly secret: string, readonly webhook: { readonly id: string } } | null };

export type WebhookTestMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type WebhookTestMutation = { readonly testWebhook: { readonly eventId: string } | null };

export type SearchByNameQueryVariables = Exact<{
  region: string;
  prefix: string;
}>;


export type SearchByNameQuery = { readonly disks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly instances: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly images: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly policies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> } };

export type WhereIsQueryVariables = Exact<{
  id: string;
}>;


export type WhereIsQuery = { readonly node:
    | { readonly __typename: 'Disk', readonly name: string, readonly region: string, readonly id: string }
    | { readonly __typename: 'Snapshot', readonly name: string, readonly region: string, readonly id: string }
    | { readonly __typename: 'Image', readonly name: string, readonly region: string, readonly id: string }
    | { readonly __typename: 'Instance', readonly name: string, readonly region: string, readonly id: string }
    | { readonly __typename: 'Job', readonly region: string, readonly id: string }
    | { readonly __typename: 'Policy', readonly name: string, readonly region: string, readonly id: string }
   | null };


/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/** What a mutation answers if none of its fields was refused; the client throws otherwise. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

const DiskRow = "fragment DiskRow on Disk{id name kind category status sizeBytes createdAt protection{status reason newestUsableAt}}";
const InstanceDisk = "fragment InstanceDisk on Disk{id name kind status category sizeBytes deleteWithInstance protection{status newestUsableAt}}";

export const SessionDocument: Operation<SessionQueryVariables, SessionQuery> = { text: "query Session{viewer{account{id name status arrearsSince}role readOnly deletionsHeldSince}regions{name isDefault snapshotService{opened}}}" };
export const AuditListDocument: Operation<AuditListQueryVariables, AuditListQuery> = { text: "query AuditList($from:DateTime$to:DateTime$action:String$subject:ID$actor:String$outcome:AuditOutcome$first:Int!$after:String){audit(from:$from to:$to action:$action subject:$subject actor:$actor outcome:$outcome first:$first after:$after){nodes{id at actorKind actor action outcome code reason subjects address userAgent requestId}pageInfo{hasNextPage endCursor}}}" };
export const BillStatementDocument: Operation<BillStatementQueryVariables, BillStatementQuery> = { text: "query BillStatement($month:String!){statement(month:$month){month currency closed closedAt hoursInMonth total regions{region hours missingHours byteHours unpricedByteHours amount}corrections{ofMonth region amount}}balance{currency balance threshold}}" };
export const BillLinesDocument: Operation<BillLinesQueryVariables, BillLinesQuery> = { text: "query BillLines($month:String!$region:String$tagKey:String$first:Int!$after:String){statementLines(month:$month region:$region tagKey:$tagKey first:$first after:$after){nodes{kind id tagValue byteHours amount}pageInfo{hasNextPage endCursor}}}" };
export const BillForgottenDocument: Operation<BillForgottenQueryVariables, BillForgottenQuery> = { text: "query BillForgotten($region:String$first:Int!$after:String){forgottenSnapshots(region:$region first:$first after:$after){nodes{snapshot{id name}ageDays freedBytes}pageInfo{hasNextPage endCursor}}}" };
export const BillUnprotectedDocument: Operation<BillUnprotectedQueryVariables, BillUnprotectedQuery> = { text: "query BillUnprotected($region:String$first:Int!$after:String){unprotectedDisks(region:$region first:$first after:$after){nodes{disk{id name}purpose{everyDays keepDays}newestSnapshot{createdAt}freedBytes}pageInfo{hasNextPage endCursor}}}" };
export const BillAdviceDocument: Operation<BillAdviceQueryVariables, BillAdviceQuery> = { text: "query BillAdvice($region:String$first:Int!$after:String){advice(region:$region first:$first after:$after){nodes{disk{id name}storedBytes options{option worstLossHours retentionDays snapshotCount storedBytes savedBytes}}pageInfo{hasNextPage endCursor}}}" };
export const CapacityNowDocument: Operation<CapacityNowQueryVariables, CapacityNowQuery> = { text: "query CapacityNow($region:String){capacity(region:$region){at logicalBytes deduplicatedBytes storedBytes waitingBytes}}" };
export const CapacityCourseDocument: Operation<CapacityCourseQueryVariables, CapacityCourseQuery> = { text: "query CapacityCourse($region:String$from:DateTime$first:Int!$after:String){capacityHistory(region:$region from:$from first:$first after:$after){nodes{at logicalBytes deduplicatedBytes storedBytes waitingBytes}pageInfo{hasNextPage endCursor}}}" };
export const ChainListDocument: Operation<ChainListQueryVariables, ChainListQuery> = { text: "query ChainList($region:String$first:Int!$after:String){chains(region:$region first:$first after:$after){nodes{id disk{name}snapshotCount capacity{logicalBytes storedBytes}trash{count}}pageInfo{hasNextPage endCursor}}}" };
export const ChainPageDocument: Operation<ChainPageQueryVariables, ChainPageQuery> = { text: "query ChainPage($id:ID!$first:Int!){chain(id:$id){id region disk{id name sizeBytes status version sizes{ownBytes totalBytes}}snapshotCount capacity{logicalBytes storedBytes}trash{count capacity{logicalBytes}}manualQuota{limit used}autoQuota{limit used}nodes(first:$first){nodes{parentId sizes{ownBytes sharedBytes totalBytes}snapshot{id name kind status createdAt pinnedAt usage sourceDisk{sizeBytes}}}pageInfo{hasNextPage}}}}" };
export const ChainBlocksDocument: Operation<ChainBlocksQueryVariables, ChainBlocksQuery> = { text: "query ChainBlocks($input:BlockMapInput!){blockMap(input:$input){blocks{index id}}}" };
export const DamageObjectsDocument: Operation<DamageObjectsQueryVariables, DamageObjectsQuery> = { text: "query DamageObjects($region:String$healed:Boolean!$first:Int!$after:String){damagedObjects(region:$region healed:$healed first:$first after:$after){nodes{objectId reason isPage foundAt healedAt placeCount places(first:3){id offsetBytes}}pageInfo{hasNextPage endCursor}}}" };
export const DamageScrubsDocument: Operation<DamageScrubsQueryVariables, DamageScrubsQuery> = { text: "query DamageScrubs($region:String$first:Int!$after:String){scrubs(region:$region first:$first after:$after){nodes{id targetId chainId keyId samplePercent repair status phase versionsRead versions objectsRead bytesRead damaged wrongCounts mended findings createdAt finishedAt}pageInfo{hasNextPage endCursor}}}" };
export const DamageStartScrubDocument: Operation<DamageStartScrubMutationVariables, Answered<DamageStartScrubMutation>> = { text: "mutation DamageStartScrub($input:StartScrubInput!){startScrub(input:$input){scrub{id}}}" };
export const DamageCancelScrubDocument: Operation<DamageCancelScrubMutationVariables, Answered<DamageCancelScrubMutation>> = { text: "mutation DamageCancelScrub($input:CancelScrubInput!){cancelScrub(input:$input){scrub{id status}}}" };
export const DiskListDocument: Operation<DiskListQueryVariables, DiskListQuery> = { text: "query DiskList($region:String$first:Int!$after:String$filter:DiskFilter$orderBy:DiskOrder!){disks(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{...DiskRow}pageInfo{hasNextPage endCursor}}}" + DiskRow };
export const DiskBreachesDocument: Operation<DiskBreachesQueryVariables, DiskBreachesQuery> = { text: "query DiskBreaches($region:String$first:Int!$after:String){breaches(region:$region first:$first after:$after){nodes{...DiskRow}pageInfo{hasNextPage endCursor}}}" + DiskRow };
export const DiskPageDocument: Operation<DiskPageQueryVariables, DiskPageQuery> = { text: "query DiskPage($id:ID!){disk(id:$id){id name kind category status sizeBytes chargeType expiresAt encrypted encryption{keyId}deleteAutoSnapshots deleteWithInstance createdAt version root tags{key value}origin{kind snapshotId snapshot{id name}imageId}instances{id name status}policy{id name nextRunAt timeZone status}protection{status reason objectiveHours newestUsableAt breachAt}sizes{ownBytes totalBytes totalStoredBytes}chain{snapshotCount}lease{holder expiresAt}}viewer{account{trashHours}}}" };
export const DiskSnapshotDocument: Operation<DiskSnapshotMutationVariables, Answered<DiskSnapshotMutation>> = { text: "mutation DiskSnapshot($input:CreateSnapshotInput!){createSnapshot(input:$input){snapshot{id name status}}}" };
export const DiskTimeLineDocument: Operation<DiskTimeLineQueryVariables, DiskTimeLineQuery> = { text: "query DiskTimeLine($id:ID!$region:String$after:String){snapshots(region:$region first:200 after:$after filter:{diskId:$id}orderBy:{field:CREATED_AT direction:DESC}){nodes{id name kind status progressPercent createdAt expiresAt sizes{ownBytes totalBytes}}pageInfo{hasNextPage endCursor}}}" };
export const DiskChangesDocument: Operation<DiskChangesQueryVariables, DiskChangesQuery> = { text: "query DiskChanges($input:ChangedBlocksInput!){changedBlocks(input:$input){sizeBytes ranges{offsetBytes lengthBytes}nextOffsetBytes}}" };
export const DiskPoliciesDocument: Operation<DiskPoliciesQueryVariables, DiskPoliciesQuery> = { text: "query DiskPolicies($region:String){policies(region:$region first:200 orderBy:{field:NAME}){nodes{id name status nextRunAt}}}" };
export const DiskCreateDocument: Operation<DiskCreateMutationVariables, Answered<DiskCreateMutation>> = { text: "mutation DiskCreate($input:CreateDiskInput!){createDisk(input:$input){disk{id name}}}" };
export const DiskUpdateDocument: Operation<DiskUpdateMutationVariables, Answered<DiskUpdateMutation>> = { text: "mutation DiskUpdate($input:UpdateDiskInput!){updateDisk(input:$input){disk{id}}}" };
export const DiskResizeDocument: Operation<DiskResizeMutationVariables, Answered<DiskResizeMutation>> = { text: "mutation DiskResize($input:ResizeDiskInput!){resizeDisk(input:$input){disk{id sizeBytes}}}" };
export const DiskReinitializeDocument: Operation<DiskReinitializeMutationVariables, Answered<DiskReinitializeMutation>> = { text: "mutation DiskReinitialize($input:ReinitializeDiskInput!){reinitializeDisk(input:$input){disk{id}}}" };
export const DiskRollbackDocument: Operation<DiskRollbackMutationVariables, Answered<DiskRollbackMutation>> = { text: "mutation DiskRollback($input:RollbackDiskInput!){rollbackDisk(input:$input){disk{id version}safetySnapshot{id name}loss{since changedBytes complete}refusals{code message}}}" };
export const DiskReleaseDocument: Operation<DiskReleaseMutationVariables, Answered<DiskReleaseMutation>> = { text: "mutation DiskRelease($input:ReleaseDiskInput!){releaseDisk(input:$input){diskId deletedSnapshotIds}}" };
export const DiskApplyPolicyDocument: Operation<DiskApplyPolicyMutationVariables, Answered<DiskApplyPolicyMutation>> = { text: "mutation DiskApplyPolicy($input:ApplyPolicyInput!){applyPolicy(input:$input){results{diskId applied error{code message}}}}" };
export const DiskCancelPolicyDocument: Operation<DiskCancelPolicyMutationVariables, Answered<DiskCancelPolicyMutation>> = { text: "mutation DiskCancelPolicy($input:CancelPolicyInput!){cancelPolicy(input:$input){results{diskId cancelled error{code message}}}}" };
export const EventListDocument: Operation<EventListQueryVariables, EventListQuery> = { text: "query EventList($types:[String!]$subject:ID$first:Int!$after:String){events(types:$types subject:$subject direction:DESC first:$first after:$after){nodes{id type at region subject{kind id}data}pageInfo{hasNextPage endCursor}}}" };
export const ImageListDocument: Operation<ImageListQueryVariables, ImageListQuery> = { text: "query ImageList($region:String$first:Int!$after:String$filter:ImageFilter){images(region:$region first:$first after:$after filter:$filter){nodes{id name diskKind sizeBytes encrypted sharedWith createdAt}pageInfo{hasNextPage endCursor}}}" };
export const ImageSharedDocument: Operation<ImageSharedQueryVariables, ImageSharedQuery> = { text: "query ImageShared($region:String$first:Int!$after:String){sharedImages(region:$region first:$first after:$after){nodes{id name ownerAccountId diskKind sizeBytes createdAt}pageInfo{hasNextPage endCursor}}}" };
export const ImagePageDocument: Operation<ImagePageQueryVariables, ImagePageQuery> = { text: "query ImagePage($id:ID!){image(id:$id){id region name description ownerAccountId owned snapshotId diskKind sizeBytes encrypted encryption{keyId}root sharedWith tags{key value}createdAt}}" };
export const ImageExportsDocument: Operation<ImageExportsQueryVariables, ImageExportsQuery> = { text: "query ImageExports($region:String$first:Int!$after:String$filter:ImageExportFilter){imageExports(region:$region first:$first after:$after filter:$filter){nodes{id format status bucket key totalBytes doneBytes problem{message}createdAt expiresAt downloadUrl}pageInfo{hasNextPage endCursor}}}" };
export const ImageExportBeginDocument: Operation<ImageExportBeginMutationVariables, Answered<ImageExportBeginMutation>> = { text: "mutation ImageExportBegin($input:ExportImageInput!){exportImage(input:$input){export{id}}}" };
export const ImageExportCancelDocument: Operation<ImageExportCancelMutationVariables, Answered<ImageExportCancelMutation>> = { text: "mutation ImageExportCancel($input:CancelImageExportInput!){cancelImageExport(input:$input){cancelled}}" };
export const ImageUpdateDocument: Operation<ImageUpdateMutationVariables, Answered<ImageUpdateMutation>> = { text: "mutation ImageUpdate($input:UpdateImageInput!){updateImage(input:$input){image{id name}}}" };
export const ImageDeleteDocument: Operation<ImageDeleteMutationVariables, Answered<ImageDeleteMutation>> = { text: "mutation ImageDelete($input:DeleteImageInput!){deleteImage(input:$input){imageId restorableUntil}}" };
export const ImageShareDocument: Operation<ImageShareMutationVariables, Answered<ImageShareMutation>> = { text: "mutation ImageShare($input:ShareImageInput!){shareImage(input:$input){image{id}}}" };
export const ImageUnshareDocument: Operation<ImageUnshareMutationVariables, Answered<ImageUnshareMutation>> = { text: "mutation ImageUnshare($input:UnshareImageInput!){unshareImage(input:$input){image{id}}}" };
export const ImageRestoreDocument: Operation<ImageRestoreMutationVariables, Answered<ImageRestoreMutation>> = { text: "mutation ImageRestore($input:RestoreTrashInput!){restoreTrash(input:$input){results{id restored}}}" };
export const ImageToDiskDocument: Operation<ImageToDiskMutationVariables, Answered<ImageToDiskMutation>> = { text: "mutation ImageToDisk($input:CreateDiskInput!){createDisk(input:$input){disk{id name}}}" };
export const InstanceListDocument: Operation<InstanceListQueryVariables, InstanceListQuery> = { text: "query InstanceList($region:String$first:Int!$after:String$filter:InstanceFilter$orderBy:InstanceOrder!){instances(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{id name kind status createdAt deletionProtection systemDisk{id}dataDisks{id}}pageInfo{hasNextPage endCursor}}}" };
export const InstancePageDocument: Operation<InstancePageQueryVariables, InstancePageQuery> = { text: "query InstancePage($id:ID!$region:String$snapshots:Int!){instance(id:$id){id name kind status deletionProtection createdAt tags{key value}systemDisk{...InstanceDisk}dataDisks{...InstanceDisk}}snapshots(region:$region first:$snapshots filter:{instanceId:$id}){nodes{id name kind status progressPercent createdAt sourceDisk{id disk{name}}sizes{ownBytes}}pageInfo{hasNextPage}}}" + InstanceDisk };
export const InstanceFreeDisksDocument: Operation<InstanceFreeDisksQueryVariables, InstanceFreeDisksQuery> = { text: "query InstanceFreeDisks($region:String){disks(region:$region first:200 filter:{status:[AVAILABLE]kind:DATA}orderBy:{field:CREATED_AT direction:DESC}){nodes{id name sizeBytes}}}" };
export const InstanceStartDocument: Operation<InstanceStartMutationVariables, Answered<InstanceStartMutation>> = { text: "mutation InstanceStart($input:StartInstanceInput!){startInstance(input:$input){instance{id status}}}" };
export const InstanceStopDocument: Operation<InstanceStopMutationVariables, Answered<InstanceStopMutation>> = { text: "mutation InstanceStop($input:StopInstanceInput!){stopInstance(input:$input){instance{id status}}}" };
export const InstanceReleaseDocument: Operation<InstanceReleaseMutationVariables, Answered<InstanceReleaseMutation>> = { text: "mutation InstanceRelease($input:ReleaseInstanceInput!){releaseInstance(input:$input){instanceId releasedDiskIds detachedDiskIds}}" };
export const InstanceProtectDocument: Operation<InstanceProtectMutationVariables, Answered<InstanceProtectMutation>> = { text: "mutation InstanceProtect($input:UpdateInstanceInput!){updateInstance(input:$input){instance{id deletionProtection}}}" };
export const InstanceAttachDocument: Operation<InstanceAttachMutationVariables, Answered<InstanceAttachMutation>> = { text: "mutation InstanceAttach($input:AttachDiskInput!){attachDisk(input:$input){disk{id}}}" };
export const InstanceDetachDocument: Operation<InstanceDetachMutationVariables, Answered<InstanceDetachMutation>> = { text: "mutation InstanceDetach($input:DetachDiskInput!){detachDisk(input:$input){disk{id}}}" };
export const InstanceReplaceDocument: Operation<InstanceReplaceMutationVariables, Answered<InstanceReplaceMutation>> = { text: "mutation InstanceReplace($input:ReplaceSystemDiskInput!){replaceSystemDisk(input:$input){instance{id}releasedDiskId}}" };
export const InstanceChoicesDocument: Operation<InstanceChoicesQueryVariables, InstanceChoicesQuery> = { text: "query InstanceChoices($region:String){images(region:$region first:200 orderBy:{field:NAME}){nodes{id name}}policies(region:$region first:200 orderBy:{field:NAME}){nodes{id name}}}" };
export const InstanceCreateDocument: Operation<InstanceCreateMutationVariables, Answered<InstanceCreateMutation>> = { text: "mutation InstanceCreate($input:CreateInstanceInput!){createInstance(input:$input){instance{id name}}}" };
export const JobListDocument: Operation<JobListQueryVariables, JobListQuery> = { text: "query JobList($region:String$first:Int!$after:String$filter:JobFilter){jobs(region:$region first:$first after:$after filter:$filter){nodes{id kind status diskId snapshotId createdAt}pageInfo{hasNextPage endCursor}}}" };
export const KeyListDocument: Operation<KeyListQueryVariables, KeyListQuery> = { text: "query KeyList($first:Int!$after:String){apiKeys(first:$first after:$after){nodes{id name role regions createdAt createdBy expiresAt revokedAt}pageInfo{hasNextPage endCursor}}}" };
export const KeyCreateDocument: Operation<KeyCreateMutationVariables, Answered<KeyCreateMutation>> = { text: "mutation KeyCreate($input:CreateApiKeyInput!){createApiKey(input:$input){apiKey{id name}secret}}" };
export const KeyRevokeDocument: Operation<KeyRevokeMutationVariables, Answered<KeyRevokeMutation>> = { text: "mutation KeyRevoke($input:RevokeApiKeyInput!){revokeApiKey(input:$input){apiKey{id revokedAt}}}" };
export const OverviewPageDocument: Operation<OverviewPageQueryVariables, OverviewPageQuery> = { text: "query OverviewPage($region:String!){overview(region:$region){disks{total protected inBreach unprotected exempt local}snapshots{manual automatic inProgress failed}runs{since done skipped failed missedSlots}waiting{objects bytes}damagedObjects countedAt}breaches(region:$region first:6){nodes{id name protection{reason inBreachSince newestUsableAt objectiveHours}}pageInfo{hasNextPage}}reclaim(region:$region){waitingBytes waitingObjects nextAt allAt underWay}snapshotService(region:$region){opened}policies(region:$region first:1){nodes{id}}newest:snapshots(region:$region first:1){nodes{id name status createdAt}}failed:snapshots(region:$region first:5 filter:{status:[FAILED]}){nodes{id name createdAt}}}" };
export const OverviewCapacityDocument: Operation<OverviewCapacityQueryVariables, OverviewCapacityQuery> = { text: "query OverviewCapacity($region:String!$from:DateTime){capacityHistory(region:$region from:$from first:1000){nodes{at logicalBytes deduplicatedBytes storedBytes}}capacity(region:$region){at logicalBytes deduplicatedBytes storedBytes waitingBytes}}" };
export const OverviewTermsDocument: Operation<OverviewTermsQueryVariables, OverviewTermsQuery> = { text: "query OverviewTerms($region:String!){snapshotService(region:$region){currentTerms currentTermsText}}" };
export const OverviewOpenDocument: Operation<OverviewOpenMutationVariables, Answered<OverviewOpenMutation>> = { text: "mutation OverviewOpen($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{opened}}}" };
export const PolicyListDocument: Operation<PolicyListQueryVariables, PolicyListQuery> = { text: "query PolicyList($region:String$first:Int!$after:String$filter:PolicyFilter){policies(region:$region first:$first after:$after filter:$filter){nodes{id name hours weekdays timeZone retentionDays status nextRunAt diskCount}pageInfo{hasNextPage endCursor}}}" };
export const PolicyPageDocument: Operation<PolicyPageQueryVariables, PolicyPageQuery> = { text: "query PolicyPage($id:ID!){policy(id:$id){id region name hours weekdays timeZone retentionDays copyTargets{region retentionDays}status createdAt nextRunAt diskCount nextRuns(first:5){at utcOffsetMinutes moved}}}" };
export const PolicyPlanDocument: Operation<PolicyPlanQueryVariables, PolicyPlanQuery> = { text: "query PolicyPlan($input:PolicyPreviewInput!){policyPreview(input:$input){timeZone runsPerWeek worstLossHours nextRuns(first:5){at utcOffsetMinutes moved}}}" };
export const PolicyDisksDocument: Operation<PolicyDisksQueryVariables, PolicyDisksQuery> = { text: "query PolicyDisks($id:ID!$first:Int!$after:String){policy(id:$id){disks(first:$first after:$after){nodes{id name kind status sizeBytes}pageInfo{hasNextPage endCursor}}}}" };
export const PolicyOthersDocument: Operation<PolicyOthersQueryVariables, PolicyOthersQuery> = { text: "query PolicyOthers($id:ID!$first:Int!$after:String$withoutPolicy:Boolean!){policy(id:$id){coverableDisks(first:$first after:$after withoutPolicy:$withoutPolicy){nodes{id name kind status sizeBytes policy{id name}}pageInfo{hasNextPage endCursor}}}}" };
export const PolicyRunsDocument: Operation<PolicyRunsQueryVariables, PolicyRunsQuery> = { text: "query PolicyRuns($id:ID!$first:Int!$after:String$status:[PolicyRunStatus!]){policy(id:$id){runs(first:$first after:$after status:$status){nodes{diskId slotAt status code message snapshotId triedAgain missedSlots}pageInfo{hasNextPage endCursor}}}}" };
export const PolicySlotsDocument: Operation<PolicySlotsQueryVariables, PolicySlotsQuery> = { text: "query PolicySlots($id:ID!$first:Int!$after:String){policy(id:$id){slots(first:$first after:$after){nodes{slotAt status doneCount skippedCount failedCount}pageInfo{hasNextPage endCursor}}}}" };
export const PolicyCreateDocument: Operation<PolicyCreateMutationVariables, Answered<PolicyCreateMutation>> = { text: "mutation PolicyCreate($input:CreatePolicyInput!){createPolicy(input:$input){policy{id name}}}" };
export const PolicyUpdateDocument: Operation<PolicyUpdateMutationVariables, Answered<PolicyUpdateMutation>> = { text: "mutation PolicyUpdate($input:UpdatePolicyInput!){updatePolicy(input:$input){policy{id name status}}}" };
export const PolicyDeleteDocument: Operation<PolicyDeleteMutationVariables, Answered<PolicyDeleteMutation>> = { text: "mutation PolicyDelete($input:DeletePolicyInput!){deletePolicy(input:$input){policyId}}" };
export const PolicyApplyDocument: Operation<PolicyApplyMutationVariables, Answered<PolicyApplyMutation>> = { text: "mutation PolicyApply($input:ApplyPolicyInput!){applyPolicy(input:$input){results{diskId applied diskStatus error{code message}}}}" };
export const PolicyCancelDocument: Operation<PolicyCancelMutationVariables, Answered<PolicyCancelMutation>> = { text: "mutation PolicyCancel($input:CancelPolicyInput!){cancelPolicy(input:$input){results{diskId cancelled error{code message}}}}" };
export const QuotaListDocument: Operation<QuotaListQueryVariables, QuotaListQuery> = { text: "query QuotaList($region:String){quotas(region:$region){kind limit used free}}" };
export const QuotaSetDocument: Operation<QuotaSetMutationVariables, Answered<QuotaSetMutation>> = { text: "mutation QuotaSet($input:SetQuotaInput!){setQuota(input:$input){quota{kind limit}}}" };
export const SettingsPageDocument: Operation<SettingsPageQueryVariables, SettingsPageQuery> = { text: "query SettingsPage($region:String$first:Int!){viewer{account{id name createdAt status arrearsSince serviceStopsAt snapshotsDeletedAt}role apiKey{id name expiresAt}}snapshotService(region:$region){opened openedAt acceptedTerms currentTerms currentTermsText}tagObjectives(region:$region first:$first){nodes{key value hours}pageInfo{hasNextPage}}}" };
export const SettingsOpenDocument: Operation<SettingsOpenMutationVariables, Answered<SettingsOpenMutation>> = { text: "mutation SettingsOpen($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{opened}}}" };
export const SettingsObjectiveDocument: Operation<SettingsObjectiveMutationVariables, Answered<SettingsObjectiveMutation>> = { text: "mutation SettingsObjective($input:SetRecoveryPointObjectiveInput!){setRecoveryPointObjective(input:$input){tagObjective{key}}}" };
export const SnapshotListDocument: Operation<SnapshotListQueryVariables, SnapshotListQuery> = { text: "query SnapshotList($region:String$first:Int!$after:String$filter:SnapshotFilter$orderBy:SnapshotOrder!){snapshots(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{id name kind status progressPercent createdAt expiresAt pinnedAt usage sourceDisk{id disk{name}}sizes{ownBytes}}pageInfo{hasNextPage endCursor}}}" };
export const SnapshotPageDocument: Operation<SnapshotPageQueryVariables, SnapshotPageQuery> = { text: "query SnapshotPage($id:ID!){snapshot(id:$id){id region name description kind status progressPercent consistency createdAt retentionDays expiresAt pinnedAt keptInUse policyId usage diskCount type root encrypted encryption{keyId}tags{key value}sizes{ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes}unreadable{bytes}sourceDisk{id kind sizeBytes disk{id name status instances{id name status}}}copy{sourceSnapshotId sourceRegion totalBytes doneBytes problem{code message since}}}}" };
export const SnapshotDeletionDocument: Operation<SnapshotDeletionQueryVariables, SnapshotDeletionQuery> = { text: "query SnapshotDeletion($input:DeleteSnapshotsPreviewInput!){deleteSnapshotsPreview(input:$input){objects storedBytes settled restorableUntil freeFrom results{snapshotId error{code message}}}}" };
export const SnapshotDeleteDocument: Operation<SnapshotDeleteMutationVariables, Answered<SnapshotDeleteMutation>> = { text: "mutation SnapshotDelete($input:DeleteSnapshotsInput!){deleteSnapshots(input:$input){results{snapshotId deleted restorableUntil error{code message}}}}" };
export const SnapshotRestoreDocument: Operation<SnapshotRestoreMutationVariables, Answered<SnapshotRestoreMutation>> = { text: "mutation SnapshotRestore($input:RestoreTrashInput!){restoreTrash(input:$input){results{id restored error{code message}}}}" };
export const SnapshotUpdateDocument: Operation<SnapshotUpdateMutationVariables, Answered<SnapshotUpdateMutation>> = { text: "mutation SnapshotUpdate($input:UpdateSnapshotInput!){updateSnapshot(input:$input){snapshot{id name}}}" };
export const SnapshotPinDocument: Operation<SnapshotPinMutationVariables, Answered<SnapshotPinMutation>> = { text: "mutation SnapshotPin($input:PinSnapshotInput!){pinSnapshot(input:$input){snapshot{id pinnedAt}}}" };
export const SnapshotUnpinDocument: Operation<SnapshotUnpinMutationVariables, Answered<SnapshotUnpinMutation>> = { text: "mutation SnapshotUnpin($input:UnpinSnapshotInput!){unpinSnapshot(input:$input){snapshot{id expiresAt}}}" };
export const SnapshotRetentionDocument: Operation<SnapshotRetentionMutationVariables, Answered<SnapshotRetentionMutation>> = { text: "mutation SnapshotRetention($input:SetSnapshotRetentionInput!){setSnapshotRetention(input:$input){snapshot{id expiresAt}}}" };
export const SnapshotToDiskDocument: Operation<SnapshotToDiskMutationVariables, Answered<SnapshotToDiskMutation>> = { text: "mutation SnapshotToDisk($input:CreateDiskInput!){createDisk(input:$input){disk{id name}}}" };
export const SnapshotToImageDocument: Operation<SnapshotToImageMutationVariables, Answered<SnapshotToImageMutation>> = { text: "mutation SnapshotToImage($input:CreateImageInput!){createImage(input:$input){image{id name}}}" };
export const SnapshotToRegionDocument: Operation<SnapshotToRegionMutationVariables, Answered<SnapshotToRegionMutation>> = { text: "mutation SnapshotToRegion($input:CopySnapshotInput!){copySnapshot(input:$input){snapshot{id region}}}" };
export const SnapshotCancelCopyDocument: Operation<SnapshotCancelCopyMutationVariables, Answered<SnapshotCancelCopyMutation>> = { text: "mutation SnapshotCancelCopy($input:CancelCopyInput!){cancelCopy(input:$input){cancelled}}" };
export const SnapshotRollBackDocument: Operation<SnapshotRollBackMutationVariables, Answered<SnapshotRollBackMutation>> = { text: "mutation SnapshotRollBack($input:RollbackDiskInput!){rollbackDisk(input:$input){disk{id version}safetySnapshot{id name}loss{since changedBytes complete}refusals{code message}}}" };
export const TrashListDocument: Operation<TrashListQueryVariables, TrashListQuery> = { text: "query TrashList($kind:TrashKind!$region:String$first:Int!$after:String){trash(kind:$kind region:$region first:$first after:$after){nodes{id kind name diskId deletedAt restorableUntil withDiskId snapshotCount sizeBytes sizes{ownBytes}}pageInfo{hasNextPage endCursor}}}" };
export const TrashTimeDocument: Operation<TrashTimeQueryVariables, TrashTimeQuery> = { text: "query TrashTime{viewer{account{trashHours}}}" };
export const TrashRestoreDocument: Operation<TrashRestoreMutationVariables, Answered<TrashRestoreMutation>> = { text: "mutation TrashRestore($input:RestoreTrashInput!){restoreTrash(input:$input){results{id restored changes error{code message}}}}" };
export const TrashPurgeDocument: Operation<TrashPurgeMutationVariables, Answered<TrashPurgeMutation>> = { text: "mutation TrashPurge($input:PurgeTrashInput!){purgeTrash(input:$input){results{id purged error{code message}}}}" };
export const TrashSetTimeDocument: Operation<TrashSetTimeMutationVariables, Answered<TrashSetTimeMutation>> = { text: "mutation TrashSetTime($input:SetTrashRetentionInput!){setTrashRetention(input:$input){account{trashHours}}}" };
export const WebhookListDocument: Operation<WebhookListQueryVariables, WebhookListQuery> = { text: "query WebhookList($first:Int!$after:String){webhooks(first:$first after:$after){nodes{id url description types enabled disabledReason failingSince createdAt}pageInfo{hasNextPage endCursor}}}" };
export const WebhookPageDocument: Operation<WebhookPageQueryVariables, WebhookPageQuery> = { text: "query WebhookPage($id:ID!){webhook(id:$id){id url description types enabled disabledReason oldSecretUntil failingSince createdAt}}" };
export const WebhookDeliveriesDocument: Operation<WebhookDeliveriesQueryVariables, WebhookDeliveriesQuery> = { text: "query WebhookDeliveries($id:ID!$pending:Boolean!$first:Int!$after:String){webhookDeliveries(webhookId:$id pending:$pending first:$first after:$after){nodes{eventId type state attempts lastTriedAt lastStatus lastError dueAt createdAt}pageInfo{hasNextPage endCursor}}}" };
export const WebhookCreateDocument: Operation<WebhookCreateMutationVariables, Answered<WebhookCreateMutation>> = { text: "mutation WebhookCreate($input:CreateWebhookInput!){createWebhook(input:$input){webhook{id}secret}}" };
export const WebhookUpdateDocument: Operation<WebhookUpdateMutationVariables, Answered<WebhookUpdateMutation>> = { text: "mutation WebhookUpdate($input:UpdateWebhookInput!){updateWebhook(input:$input){webhook{id enabled}}}" };
export const WebhookDeleteDocument: Operation<WebhookDeleteMutationVariables, Answered<WebhookDeleteMutation>> = { text: "mutation WebhookDelete($input:DeleteWebhookInput!){deleteWebhook(input:$input){webhookId}}" };
export const WebhookRotateDocument: Operation<WebhookRotateMutationVariables, Answered<WebhookRotateMutation>> = { text: "mutation WebhookRotate($input:RotateWebhookSecretInput!){rotateWebhookSecret(input:$input){webhook{id}secret}}" };
export const WebhookTestDocument: Operation<WebhookTestMutationVariables, Answered<WebhookTestMutation>> = { text: "mutation WebhookTest($input:TestWebhookInput!){testWebhook(input:$input){eventId}}" };
export const SearchByNameDocument: Operation<SearchByNameQueryVariables, SearchByNameQuery> = { text: "query SearchByName($region:String!$prefix:String!){disks(region:$region first:5 filter:{namePrefix:$prefix}orderBy:{field:NAME}){nodes{id name}}snapshots(region:$region first:5 filter:{namePrefix:$prefix}orderBy:{field:NAME}){nodes{id name}}instances(region:$region first:5 filter:{namePrefix:$prefix}orderBy:{field:NAME}){nodes{id name}}images(region:$region first:5 filter:{namePrefix:$prefix}orderBy:{field:NAME}){nodes{id name}}policies(region:$region first:5 filter:{namePrefix:$prefix}orderBy:{field:NAME}){nodes{id name}}}" };
export const WhereIsDocument: Operation<WhereIsQueryVariables, WhereIsQuery> = { text: "query WhereIs($id:ID!){node(id:$id){__typename id ...on Disk{name region}...on Snapshot{name region}...on Instance{name region}...on Image{name region}...on Policy{name region}...on Job{region}}}" };
