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

/** Whether a policy is active. */
export type PolicyStatus =
  /** It takes snapshots when it is due. */
  | 'ACTIVE'
  /** It takes none until it is ACTIVE again. */
  | 'PAUSED';

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

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { readonly viewer: { readonly role: Role, readonly readOnly: string | null, readonly deletionsHeldSince: string | null, readonly account: { readonly id: string, readonly name: string, readonly status: AccountStatus, readonly arrearsSince: string | null } }, readonly regions: ReadonlyArray<{ readonly name: string, readonly isDefault: boolean, readonly snapshotService: { readonly opened: boolean } }> };

export type DiskListQueryVariables = Exact<{
  region?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  filter?: DiskFilter | null | undefined;
  orderBy: DiskOrder;
}>;


export type DiskListQuery = { readonly disks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: DiskKind, readonly category: DiskCategory, readonly status: DiskStatus, readonly sizeBytes: number, readonly createdAt: string, readonly protection: { readonly status: ProtectionStatus, readonly reason: BreachReason | null, readonly newestUsableAt: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

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


/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/** What a mutation answers if none of its fields was refused; the client throws otherwise. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

const InstanceDisk = "fragment InstanceDisk on Disk{id name kind status category sizeBytes deleteWithInstance protection{status newestUsableAt}}";

export const SessionDocument: Operation<SessionQueryVariables, SessionQuery> = { text: "query Session{viewer{account{id name status arrearsSince}role readOnly deletionsHeldSince}regions{name isDefault snapshotService{opened}}}" };
export const DiskListDocument: Operation<DiskListQueryVariables, DiskListQuery> = { text: "query DiskList($region:String$first:Int!$after:String$filter:DiskFilter$orderBy:DiskOrder!){disks(region:$region first:$first after:$after filter:$filter orderBy:$orderBy){nodes{id name kind category status sizeBytes createdAt protection{status reason newestUsableAt}}pageInfo{hasNextPage endCursor}}}" };
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
export const OverviewPageDocument: Operation<OverviewPageQueryVariables, OverviewPageQuery> = { text: "query OverviewPage($region:String!){overview(region:$region){disks{total protected inBreach unprotected exempt local}snapshots{manual automatic inProgress failed}runs{since done skipped failed missedSlots}waiting{objects bytes}damagedObjects countedAt}breaches(region:$region first:6){nodes{id name protection{reason inBreachSince newestUsableAt objectiveHours}}pageInfo{hasNextPage}}reclaim(region:$region){waitingBytes waitingObjects nextAt allAt underWay}snapshotService(region:$region){opened}policies(region:$region first:1){nodes{id}}newest:snapshots(region:$region first:1){nodes{id name status createdAt}}failed:snapshots(region:$region first:5 filter:{status:[FAILED]}){nodes{id name createdAt}}}" };
export const OverviewCapacityDocument: Operation<OverviewCapacityQueryVariables, OverviewCapacityQuery> = { text: "query OverviewCapacity($region:String!$from:DateTime){capacityHistory(region:$region from:$from first:1000){nodes{at logicalBytes deduplicatedBytes storedBytes}}capacity(region:$region){at logicalBytes deduplicatedBytes storedBytes waitingBytes}}" };
export const OverviewTermsDocument: Operation<OverviewTermsQueryVariables, OverviewTermsQuery> = { text: "query OverviewTerms($region:String!){snapshotService(region:$region){currentTerms currentTermsText}}" };
export const OverviewOpenDocument: Operation<OverviewOpenMutationVariables, Answered<OverviewOpenMutation>> = { text: "mutation OverviewOpen($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{opened}}}" };
