export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number that JavaScript holds exactly (−2^53+1 … 2^53−1): bytes, block indices, versions. */
  SafeInt: { input: number; output: number; }
  /** An instant as ISO 8601 text. Answers are always UTC with milliseconds, like `2026-01-31T23:59:59.000Z`. */
  DateTime: { input: string; output: string; }
};

/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type Query = {
  /** Who the request's credential stands for. */
  readonly viewer: Viewer;
  /** The regions of this installation, the default first. */
  readonly regions: ReadonlyArray<Region>;
  /** Whether snapshots are switched on in a region. */
  readonly snapshotService: SnapshotService;
  /** The account's API keys, newest first. Needs ADMIN. */
  readonly apiKeys: ApiKeyConnection;
  /** The object with this id, or null where this account has none. */
  readonly node?: Maybe<Node>;
  /** The objects with these ids, in the same order, null where this account has none. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** What everything of the account in a region takes now: disks, snapshots and images. */
  readonly capacity: Capacity;
  /** The same over time: one sample each hour, kept for 400 days. Hours in which nothing ran are missing. */
  readonly capacityHistory: CapacitySampleConnection;
  /** The chain of a disk, which outlives the disk while a snapshot is left. Errors: NotFound. */
  readonly chain?: Maybe<Chain>;
  /** The chains of a region, newest disk first. */
  readonly chains: ChainConnection;
  /** The blocks of a disk, snapshot or draft that are not holes, from a block index on. */
  readonly blockMap: BlockMap;
  /** The leaf pages of a disk, snapshot or draft. Equal ids mean equal contents of 1024 blocks. */
  readonly pageMap: PageMap;
  /** Open drafts of a disk, newest first. */
  readonly drafts: DraftConnection;
  /** One disk. Errors: NotFound. */
  readonly disk?: Maybe<Disk>;
  /** The disks of a region. */
  readonly disks: DiskConnection;
  /** One image, the account's own or one shared with it. Errors: NotFound. */
  readonly image?: Maybe<Image>;
  /** The account's own images of a region. */
  readonly images: ImageConnection;
  /** The images of a region that other accounts share with this one, the latest shared first. */
  readonly sharedImages: SharedImageConnection;
  /** One instance. Errors: NotFound. */
  readonly instance?: Maybe<Instance>;
  /** The instances of a region. */
  readonly instances: InstanceConnection;
  /** One piece of background work. Errors: NotFound. */
  readonly job?: Maybe<Job>;
  /** Background work of a region, newest first. Finished jobs are kept for 30 days. */
  readonly jobs: JobConnection;
  /** One automatic snapshot policy. Errors: NotFound. */
  readonly policy?: Maybe<Policy>;
  /** The automatic snapshot policies of a region. */
  readonly policies: PolicyConnection;
  /** The quotas of a region, with what is used. */
  readonly quotas: ReadonlyArray<Quota>;
  /**
   * What waits to be freed in a region, and what was freed: blocks that no disk, snapshot or image refers to any more. They go after the
   * grace time, in the background.
   */
  readonly reclaim: Reclaim;
  /** One scrub. Errors: NotFound. */
  readonly scrub?: Maybe<Scrub>;
  /** The scrubs of a region, newest first. */
  readonly scrubs: ScrubConnection;
  /** Objects of a region that are damaged or missing, as scrubs and readers found them. */
  readonly damagedObjects: DamagedObjectConnection;
  /** One snapshot. Errors: NotFound. */
  readonly snapshot?: Maybe<Snapshot>;
  /** The snapshots of a region. */
  readonly snapshots: SnapshotConnection;
  /**
   * What differs between two snapshots of one chain, or between a snapshot and zeros. Costs what the difference costs,
   * whatever the disk's size. Errors: NotFound, InvalidSnapshotDisk (not of one chain), ObjectDamaged.
   */
  readonly changedBlocks: ChangedBlocks;
  /**
   * What deleting these snapshots together would free, exactly, and which would be refused. Changes nothing. Those that would be
   * refused are left out of the figures. Errors: InvalidParameter, PreviewTooLarge; results carry what `deleteSnapshots` would.
   */
  readonly deleteSnapshotsPreview: DeleteSnapshotsPreview;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QuerySnapshotServiceArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryApiKeysArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryCapacityArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryCapacityHistoryArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryChainArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryChainsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryBlockMapArgs = {
  input: BlockMapInput;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryPageMapArgs = {
  input: PageMapInput;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryDraftsArgs = {
  diskId: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryDiskArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryDisksArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DiskFilter>;
  orderBy: DiskOrder;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryImageArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryImagesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImageFilter>;
  orderBy: ImageOrder;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QuerySharedImagesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryInstanceArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryInstancesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InstanceFilter>;
  orderBy: InstanceOrder;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryJobsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<JobFilter>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryPolicyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryPoliciesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PolicyFilter>;
  orderBy: PolicyOrder;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryQuotasArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  diskId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryReclaimArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryScrubArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryScrubsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryDamagedObjectsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  healed: Scalars['Boolean']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QuerySnapshotArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QuerySnapshotsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SnapshotFilter>;
  orderBy: SnapshotOrder;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryChangedBlocksArgs = {
  input: ChangedBlocksInput;
};


/**
 * Reads. Everything belongs to the account of the request's credential; what belongs to another account does not exist here.
 * Where a `region` argument is left out, the installation's first region is meant.
 */
export type QueryDeleteSnapshotsPreviewArgs = {
  input: DeleteSnapshotsPreviewInput;
};

/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type Mutation = {
  /** Switches snapshots on, once for each region, by accepting the terms. Switching on again changes nothing. Needs ADMIN. */
  readonly openSnapshotService: OpenSnapshotServicePayload;
  /**
   * Restores NORMAL, and the service at once, for an account in arrears that has paid. Settling what is settled changes nothing. Needs
   * ADMIN. Errors: InvalidParameter.
   */
  readonly settleAccount: SettleAccountPayload;
  /** Makes an API key. Its secret is in this answer and never shown again. Needs ADMIN. */
  readonly createApiKey: CreateApiKeyPayload;
  /** Ends an API key at once. Revoking one that is revoked already succeeds. Needs ADMIN. */
  readonly revokeApiKey: RevokeApiKeyPayload;
  /**
   * Attaches a disk to an instance of the same region. SHARED disks can be attached to up to 16 instances, the others to one. Attaching
   * where it is attached already changes nothing. Errors: InvalidParameter (such as an instance's system disk), NotFound, IncorrectDiskStatus, IncorrectInstanceStatus,
   * UnsupportedInstanceKind.
   */
  readonly attachDisk: AttachDiskPayload;
  /**
   * Detaches a data disk. Errors: InvalidParameter (a system disk), NotFound, IncorrectDiskStatus (not attached there),
   * IncorrectInstanceStatus, DiskLocked (it is held open for writing there).
   */
  readonly detachDisk: DetachDiskPayload;
  /** Tells for up to 1024 objects whether the store has them, and signs an upload for those it lacks. */
  readonly prepareUpload: PrepareUploadPayload;
  /**
   * Applies writes and trims to a disk or a draft, wholly or not at all. Errors: VersionConflict, ObjectMissing, ObjectTombstoned,
   * LeaseLost (`fence` is not that of the present writer), DiskLocked (without `fence`, while somebody holds the disk open for writing).
   */
  readonly commitBlocks: CommitBlocksPayload;
  /**
   * Opens a private working copy of a disk, for a change too large for one commit. Nobody sees it until `commitDraft`. Errors:
   * VersionConflict, LeaseLost, DiskLocked.
   */
  readonly openDraft: OpenDraftPayload;
  /**
   * The disk takes the draft's contents in one step. Errors: VersionConflict (the disk has changed since the draft was opened),
   * LeaseLost, DiskLocked.
   */
  readonly commitDraft: CommitDraftPayload;
  /**
   * Says that blocks which were read are not as their ids say. The service looks for itself; what it finds damaged, it asks for at the next upload of
   * the same content, which heals it wherever it is needed. Of encrypted blocks, of which it can see no more than the form, it believes an OPERATOR.
   */
  readonly reportDamage: ReportDamagePayload;
  /** Throws a draft away. Discarding one that is gone already succeeds. */
  readonly discardDraft: DiscardDraftPayload;
  /**
   * Makes a disk, empty or from a snapshot or an image, in the same short time whatever its size. From an encrypted snapshot: encrypted with
   * the same key. From a plain snapshot with `encrypted: true` or a key: a re-encryption copy, which the client carries out (see
   * `Disk.reencryption`). Errors: InvalidParameter, NotFound, SnapshotNotReady, EncryptionMismatch, KeyUnavailable,
   * UnsupportedDiskCategory.
   */
  readonly createDisk: CreateDiskPayload;
  /** Changes a disk's name, tags or release behaviour. What is left out stays. Errors: InvalidParameter, NotFound. */
  readonly updateDisk: UpdateDiskPayload;
  /**
   * Makes a disk larger; the new part reads as zeros. Its present size is accepted and changes nothing, so that a call whose answer was lost can be
   * repeated. Errors: InvalidParameter (smaller), NotFound, IncorrectDiskStatus.
   */
  readonly resizeDisk: ResizeDiskPayload;
  /**
   * Ends a re-encryption copy: the disk becomes AVAILABLE. Errors: NotFound, IncorrectDiskStatus (not a disk being copied, or
   * not everything copied yet: `copiedBytes` and `totalBytes` say how much).
   */
  readonly completeReencryption: CompleteReencryptionPayload;
  /**
   * Releases a disk for good. Manual snapshots stay; automatic ones go if `deleteAutoSnapshots` is set; those that a disk or an image
   * was made from go once there is none. Errors: NotFound, IncorrectDiskStatus, SnapshotCreating, DiskLocked.
   */
  readonly releaseDisk: ReleaseDiskPayload;
  /** Makes an image of a snapshot, at once whatever its size. Errors: InvalidParameter, NotFound, SnapshotNotReady. */
  readonly createImage: CreateImagePayload;
  /** Changes an image's name, description or tags. What is left out stays. Errors: InvalidParameter, NotFound. */
  readonly updateImage: UpdateImagePayload;
  /**
   * Deletes an image and takes back all its shares. Disks made from it work on, but can no longer be reinitialised; copies of it that are
   * under way in other accounts fail. Errors: NotFound.
   */
  readonly deleteImage: DeleteImagePayload;
  /** Shares an image with other accounts, which can then read it and make disks of it. Errors: InvalidParameter, NotFound, EncryptedImageNotShareable. */
  readonly shareImage: ShareImagePayload;
  /** Takes shares back. Disks that were made from the image stay as they are. Errors: InvalidParameter, NotFound. */
  readonly unshareImage: UnshareImagePayload;
  /**
   * Makes an instance with its disks, all or nothing. Errors: InvalidParameter, NotFound, SnapshotNotReady, EncryptionMismatch, KeyUnavailable,
   * UnsupportedDiskCategory; fields of disks are named like `systemDisk.sizeBytes` and `dataDisks.0.sizeBytes`. Disks that take a copy, of another account's
   * image or under a key from a plain origin, are not made with it (InvalidParameter): see `InstanceDiskInput`.
   */
  readonly createInstance: CreateInstancePayload;
  /** Changes an instance's name, tags or protection. What is left out stays. Errors: InvalidParameter, NotFound, UnsupportedInstanceKind. */
  readonly updateInstance: UpdateInstancePayload;
  /** Starts a STOPPED instance. Errors: NotFound, UnsupportedInstanceKind, IncorrectInstanceStatus, SnapshotCreating. */
  readonly startInstance: StartInstancePayload;
  /** Stops a RUNNING instance. Errors: NotFound, UnsupportedInstanceKind, IncorrectInstanceStatus, SnapshotCreating. */
  readonly stopInstance: StopInstancePayload;
  /**
   * Releases a STOPPED instance for good, with its system disk and those data disks that are marked `deleteWithInstance`; the others
   * are detached. Errors: NotFound, UnsupportedInstanceKind, IncorrectInstanceStatus, SnapshotCreating, DeletionProtected, DiskLocked (one of
   * its disks is held open for writing).
   */
  readonly releaseInstance: ReleaseInstancePayload;
  /**
   * Gives a STOPPED instance a new system disk, with a new id, and releases the old one. Snapshots of the old disk can never roll the
   * new one back, but still make disks and images. Errors as for `createInstance`; UnsupportedInstanceKind, IncorrectInstanceStatus,
   * SnapshotCreating, DiskLocked (the old disk is held open for writing).
   */
  readonly replaceSystemDisk: ReplaceSystemDiskPayload;
  /**
   * Opens a disk for writing, for one writer alone. A disk that is AVAILABLE is attached to the host's instance with it, which is made
   * where there is none; one that is IN_USE is written to under its instance. Errors: InvalidParameter, NotFound, IncorrectDiskStatus,
   * IncorrectInstanceStatus, DiskLocked (`holder`, `fence` and `expiresAt` of the living lease).
   */
  readonly acquireLease: AcquireLeasePayload;
  /**
   * Keeps a lease alive, also one that has expired, as long as nobody took its place; to be called every `renewAfterMs`. The answer says
   * whether a flush is asked for. Errors: InvalidParameter (`flushed` above `flushRequest`), NotFound, LeaseLost.
   */
  readonly renewLease: RenewLeasePayload;
  /** Gives a lease back, and takes back what `acquireLease` did. Releasing one that is gone succeeds and changes nothing. Errors: NotFound. */
  readonly releaseLease: ReleaseLeasePayload;
  /**
   * Makes a policy that takes a snapshot of each of its disks at the given hours of the given weekdays. Errors: InvalidParameter,
   * SnapshotServiceNotOpened, QuotaExceeded.
   */
  readonly createPolicy: CreatePolicyPayload;
  /**
   * Changes a policy from its next slot on; what is left out stays. Snapshots that it has made keep their own retention. Errors:
   * InvalidParameter, NotFound.
   */
  readonly updatePolicy: UpdatePolicyPayload;
  /** Deletes a policy and cancels it for all its disks; its snapshots stay until their retention ends. Errors: NotFound. */
  readonly deletePolicy: DeletePolicyPayload;
  /**
   * Puts disks under a policy, each with its own result; a disk has one policy, so another is replaced. Errors: InvalidParameter, NotFound
   * (the policy). Results carry NotFound, UnsupportedDiskCategory (LOCAL), InvalidParameter (another region).
   */
  readonly applyPolicy: ApplyPolicyPayload;
  /** Takes disks from under their policies, each with its own result. Errors: InvalidParameter. Results carry NotFound. */
  readonly cancelPolicy: CancelPolicyPayload;
  /** Sets a quota of the account in a region, up to the product's own limit, which is the default. Needs ADMIN. */
  readonly setQuota: SetQuotaPayload;
  /**
   * Returns the whole disk to a snapshot of its own, in the same short time whatever its size. Later snapshots stay usable; the
   * disk keeps its size. Errors: NotFound, InvalidSnapshotDisk, SnapshotNotReady, SnapshotCreating, IncorrectDiskStatus,
   * IncorrectInstanceStatus (attached, and not STOPPED), DiskLocked (somebody holds it open for writing); for the safety
   * snapshot also those of `createSnapshot`.
   */
  readonly rollbackDisk: RollbackDiskPayload;
  /**
   * Returns a disk to its origin's contents, or to zeros where it has none; a disk that was made by a re-encryption copy is copied anew.
   * Errors: NotFound, IncorrectDiskStatus, IncorrectInstanceStatus (attached, and not STOPPED), OriginSnapshotDeleted,
   * SnapshotCreating, DiskLocked (somebody holds it open for writing).
   */
  readonly reinitializeDisk: ReinitializeDiskPayload;
  /**
   * Begins a scrub: reads contents back from the store and holds each object against its id, then counts the references of each domain anew and
   * holds them and the listing of the store against the catalogue. It goes on in the background, beside all other work.
   * Errors: InvalidParameter, NotFound, IdempotentParameterMismatch.
   */
  readonly startScrub: StartScrubPayload;
  /** Ends a scrub that is RUNNING; what it found stays. Errors: NotFound. */
  readonly cancelScrub: CancelScrubPayload;
  /**
   * Keeps what is committed to the disk at this instant, in the same short time whatever its size. Where somebody holds the disk open for
   * writing, that writer is asked to flush first: the answer is a snapshot that is PROGRESSING, and that becomes ACCOMPLISHED when the
   * writer has answered, or without an answer after 15 seconds; `consistency` says which. Errors: InvalidParameter,
   * NotFound, SnapshotServiceNotOpened, AccountInArrears, UnsupportedDiskCategory, IncorrectDiskStatus, IncorrectInstanceStatus,
   * SnapshotCreating, QuotaExceeded.
   */
  readonly createSnapshot: CreateSnapshotPayload;
  /** Changes a snapshot's name, description or tags. What is left out stays. Errors: InvalidParameter, NotFound. */
  readonly updateSnapshot: UpdateSnapshotPayload;
  /**
   * Deletes snapshots, each with its own result: one that is refused does not keep the others. What no other snapshot or disk
   * uses is freed in the background. Deleting one that is PROGRESSING cancels it. Results carry NotFound, SnapshotUsedByDisk (without `force`), SnapshotUsedByImage.
   */
  readonly deleteSnapshots: DeleteSnapshotsPayload;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationOpenSnapshotServiceArgs = {
  input: OpenSnapshotServiceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationSettleAccountArgs = {
  input: SettleAccountInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationAttachDiskArgs = {
  input: AttachDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationDetachDiskArgs = {
  input: DetachDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationPrepareUploadArgs = {
  input: PrepareUploadInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCommitBlocksArgs = {
  input: CommitBlocksInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationOpenDraftArgs = {
  input: OpenDraftInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCommitDraftArgs = {
  input: CommitDraftInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReportDamageArgs = {
  input: ReportDamageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationDiscardDraftArgs = {
  input: DiscardDraftInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreateDiskArgs = {
  input: CreateDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUpdateDiskArgs = {
  input: UpdateDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationResizeDiskArgs = {
  input: ResizeDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCompleteReencryptionArgs = {
  input: CompleteReencryptionInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReleaseDiskArgs = {
  input: ReleaseDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreateImageArgs = {
  input: CreateImageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUpdateImageArgs = {
  input: UpdateImageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationDeleteImageArgs = {
  input: DeleteImageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationShareImageArgs = {
  input: ShareImageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUnshareImageArgs = {
  input: UnshareImageInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreateInstanceArgs = {
  input: CreateInstanceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUpdateInstanceArgs = {
  input: UpdateInstanceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationStartInstanceArgs = {
  input: StartInstanceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationStopInstanceArgs = {
  input: StopInstanceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReleaseInstanceArgs = {
  input: ReleaseInstanceInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReplaceSystemDiskArgs = {
  input: ReplaceSystemDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationAcquireLeaseArgs = {
  input: AcquireLeaseInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationRenewLeaseArgs = {
  input: RenewLeaseInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReleaseLeaseArgs = {
  input: ReleaseLeaseInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreatePolicyArgs = {
  input: CreatePolicyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUpdatePolicyArgs = {
  input: UpdatePolicyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationDeletePolicyArgs = {
  input: DeletePolicyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationApplyPolicyArgs = {
  input: ApplyPolicyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCancelPolicyArgs = {
  input: CancelPolicyInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationSetQuotaArgs = {
  input: SetQuotaInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationRollbackDiskArgs = {
  input: RollbackDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationReinitializeDiskArgs = {
  input: ReinitializeDiskInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationStartScrubArgs = {
  input: StartScrubInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCancelScrubArgs = {
  input: CancelScrubInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationCreateSnapshotArgs = {
  input: CreateSnapshotInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationUpdateSnapshotArgs = {
  input: UpdateSnapshotInput;
};


/**
 * Changes. A refused change leaves nothing behind; `errors[].extensions.code` says why it was refused. A creating call takes a
 * `clientToken`: repeated with the same token and the same input it answers with the same object and does nothing twice; with
 * another input it fails with `IdempotentParameterMismatch`.
 */
export type MutationDeleteSnapshotsArgs = {
  input: DeleteSnapshotsInput;
};

/** The caller. */
export type Viewer = {
  /** The account that everything read and changed belongs to. */
  readonly account: Account;
  /** What the credential allows. */
  readonly role: Role;
  /** The API key that was sent. */
  readonly apiKey: ApiKey;
};

/** Owner of disks and snapshots. */
export type Account = {
  /** Unique in the installation. */
  readonly id: Scalars['ID']['output'];
  /** For people. */
  readonly name: Scalars['String']['output'];
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Whether it has paid. */
  readonly status: AccountStatus;
  /** Since when it is in arrears; null for a NORMAL one. */
  readonly arrearsSince?: Maybe<Scalars['DateTime']['output']>;
  /** 24 hours later: from then on no snapshots are created. */
  readonly serviceStopsAt?: Maybe<Scalars['DateTime']['output']>;
  /** 15 days later: from then on snapshots are deleted, except those that a disk or image was made from. */
  readonly snapshotsDeletedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Whether an account has paid. */
export type AccountStatus =
  /** It has. */
  | 'NORMAL'
  /** It has not. Reading, rollback and deletion work all the same. */
  | 'IN_ARREARS';

/** Input of `settleAccount`. */
export type SettleAccountInput = {
  /** The arrears that are paid: `Account.arrearsSince`. */
  readonly arrearsSince: Scalars['DateTime']['input'];
};

/** Answer of `settleAccount`. */
export type SettleAccountPayload = {
  /** The account. */
  readonly account: Account;
};

/** What a credential allows. Each role includes the ones before. */
export type Role =
  /** Reads everything but key material. */
  | 'VIEWER'
  /** Makes, changes and deletes disks and snapshots. */
  | 'OPERATOR'
  /** Also switches services on, sets quotas and manages API keys. */
  | 'ADMIN';

/** One place of storage. */
export type Region = {
  /** Its name, as `region` arguments take it. */
  readonly name: Scalars['String']['output'];
  /** Whether it is meant where a region is left out. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** Whether snapshots are switched on here. */
  readonly snapshotService: SnapshotService;
};

/** The state of the snapshot service in one region of the account. */
export type SnapshotService = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Whether snapshots can be created. */
  readonly opened: Scalars['Boolean']['output'];
  /** When it was switched on. */
  readonly openedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The terms that were accepted. */
  readonly acceptedTerms?: Maybe<Scalars['String']['output']>;
  /** The terms in force, to be given to `openSnapshotService`. */
  readonly currentTerms: Scalars['String']['output'];
};

/** Input of `openSnapshotService`. */
export type OpenSnapshotServiceInput = {
  /** Left out: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** The terms that the caller accepts: must be `SnapshotService.currentTerms`. */
  readonly acceptedTerms: Scalars['String']['input'];
};

/** Answer of `openSnapshotService`. */
export type OpenSnapshotServicePayload = {
  /** The service, open. */
  readonly snapshotService: SnapshotService;
};

/** A credential for programs. Sent as `Authorization: Bearer vk_…`. */
export type ApiKey = {
  /** The middle part of the key's text. */
  readonly id: Scalars['ID']['output'];
  /** For people. */
  readonly name: Scalars['String']['output'];
  /** What it allows. */
  readonly role: Role;
  /** The regions it works in; null for all. Objects of other regions do not exist for it. */
  readonly regions?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself; null for never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  /** The keys with their cursors. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The keys alone. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One key in a page. */
export type ApiKeyEdge = {
  /** Position of this key, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The key. */
  readonly node: ApiKey;
};

/** Input of `createApiKey`. */
export type CreateApiKeyInput = {
  /** 2–128 characters, first a letter. */
  readonly name: Scalars['String']['input'];
  /** What it allows. No key can make one that allows more than itself. */
  readonly role: Role;
  /** The regions it works in; left out: those of the key that makes it. */
  readonly regions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When it ends by itself: in the future. Left out: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Up to 64 printable ASCII characters. The secret is in the first answer alone. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createApiKey`. */
export type CreateApiKeyPayload = {
  /** The key. */
  readonly apiKey: ApiKey;
  /** Its whole text, `vk_<id>_<secret>`; null where the `clientToken` was used before. */
  readonly secret?: Maybe<Scalars['String']['output']>;
};

/** Input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** Which key. */
  readonly apiKeyId: Scalars['ID']['input'];
};

/** Answer of `revokeApiKey`. */
export type RevokeApiKeyPayload = {
  /** The key, revoked. */
  readonly apiKey: ApiKey;
};

/** Input of `attachDisk`. */
export type AttachDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** To which instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `attachDisk`. */
export type AttachDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** Input of `detachDisk`. */
export type DetachDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** From which instance. Can be left out for a disk that is attached to one alone. */
  readonly instanceId?: InputMaybe<Scalars['ID']['input']>;
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `detachDisk`. */
export type DetachDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** An object with an id of its own. */
export type Node = {
  /** Unique in the installation, never used again. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page of a list stands in the list. */
export type PageInfo = {
  /** Whether more may follow. A filtered page visits a bounded number of objects: it can be short, even empty, with more to come. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Give this as `after` to go on; null where the list is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** The order of a list. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** A label of the user's own. */
export type Tag = {
  /** Unique within an object. */
  readonly key: Scalars['String']['output'];
  /** Possibly empty. */
  readonly value: Scalars['String']['output'];
};

/** A label to set. An object carries at most 50. */
export type TagInput = {
  /** 1–128 characters. */
  readonly key: Scalars['String']['input'];
  /** Up to 256 characters. */
  readonly value: Scalars['String']['input'];
};

/** Matches objects that carry a tag. */
export type TagFilter = {
  /** The tag's key. */
  readonly key: Scalars['String']['input'];
  /** The values that match; any value where left out. At most 50. */
  readonly values?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What the contents of a disk or a snapshot take, without holes. Blocks are 512 KiB; the stored form may be compressed. */
export type ContentSizes = {
  /** Blocks that differ from the version before, plain. */
  readonly ownBytes: Scalars['SafeInt']['output'];
  /** The same as stored, counted at each position. */
  readonly ownStoredBytes: Scalars['SafeInt']['output'];
  /** All blocks, plain. */
  readonly totalBytes: Scalars['SafeInt']['output'];
  /** The same as stored, counted at each position. */
  readonly totalStoredBytes: Scalars['SafeInt']['output'];
  /** All blocks less its own: what it shares with the version before, plain. */
  readonly sharedBytes: Scalars['SafeInt']['output'];
};

/** The key under which the contents are encrypted. Encryption and decryption happen in the client alone. */
export type Encryption = {
  /** Name of the master key. */
  readonly keyId: Scalars['String']['output'];
  /** The data key, wrapped under the master key, base64. Needs OPERATOR. */
  readonly wrappedKey?: Maybe<Scalars['String']['output']>;
};

/** Why one part of a batch was refused. */
export type OperationError = {
  /** A code of the service's error registry, as in `errors[].extensions.code`. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
};

/** What contents take. Holes take nothing; blocks are 512 KiB. */
export type Capacity = {
  /** Where. */
  readonly region: Scalars['String']['output'];
  /** When this was so. */
  readonly at: Scalars['DateTime']['output'];
  /** The own blocks of all versions, plain: what each has that the version before has not. */
  readonly logicalBytes: Scalars['SafeInt']['output'];
  /** The same after deduplication: each different block once, plain. */
  readonly deduplicatedBytes: Scalars['SafeInt']['output'];
  /** What that takes as stored, compressed, with the pages of the block maps. */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /** Stored bytes beside these that nothing refers to any more, and that wait to be freed. */
  readonly waitingBytes: Scalars['SafeInt']['output'];
};

/** A page of samples, the earliest first. */
export type CapacitySampleConnection = {
  /** The samples with their cursors. */
  readonly edges: ReadonlyArray<CapacitySampleEdge>;
  /** The samples alone. */
  readonly nodes: ReadonlyArray<Capacity>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One sample in a page. */
export type CapacitySampleEdge = {
  /** Position of this sample, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The sample. */
  readonly node: Capacity;
};

/** All snapshots of one disk. */
export type Chain = {
  /** The disk's id. */
  readonly id: Scalars['ID']['output'];
  /** Where it lies. */
  readonly region: Scalars['String']['output'];
  /** The disk; null once it is released. */
  readonly disk?: Maybe<Disk>;
  /** The snapshots, oldest first. */
  readonly nodes: ChainNodeConnection;
  /** What the snapshots take: the sum of their own blocks. Null for moments after a deletion, until measured anew. */
  readonly capacity?: Maybe<ChainCapacity>;
  /** Number of snapshots. */
  readonly snapshotCount: Scalars['Int']['output'];
  /** Quota of snapshots made by hand. */
  readonly manualQuota: Quota;
  /** Quota of snapshots made by policies. */
  readonly autoQuota: Quota;
  /** When all contents of the chain were last read back and checked, by a scrub or in the background; null before the first time. */
  readonly lastVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Damaged objects that disks or snapshots of this chain need, at most 1000; empty is well. */
  readonly damagedObjects: ReadonlyArray<DamagedObject>;
};


/** All snapshots of one disk. */
export type ChainNodesArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What the snapshots of a chain take. */
export type ChainCapacity = {
  /** Their own blocks, plain. */
  readonly logicalBytes: Scalars['SafeInt']['output'];
  /** The same as stored, before deduplication across chains. */
  readonly storedBytes: Scalars['SafeInt']['output'];
};

/** A page of the snapshots of a chain. */
export type ChainNodeConnection = {
  /** The snapshots with their cursors. */
  readonly edges: ReadonlyArray<ChainNodeEdge>;
  /** The snapshots alone. */
  readonly nodes: ReadonlyArray<ChainNode>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** Number of snapshots in the chain. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One snapshot in a page of a chain. */
export type ChainNodeEdge = {
  /** Position of this snapshot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The snapshot in its chain. */
  readonly node: ChainNode;
};

/** A snapshot as part of its chain. */
export type ChainNode = {
  /** The snapshot. */
  readonly snapshot: Snapshot;
  /** The snapshot it was derived from, in this chain or the one that the disk was made from; null at the beginning. */
  readonly parentId?: Maybe<Scalars['ID']['output']>;
  /** What it takes; own and shared are against the parent. Null for moments after a deletion, until measured anew. */
  readonly sizes?: Maybe<ContentSizes>;
};

/** A page of chains. */
export type ChainConnection = {
  /** The chains with their cursors. */
  readonly edges: ReadonlyArray<ChainEdge>;
  /** The chains alone. */
  readonly nodes: ReadonlyArray<Chain>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One chain in a page. */
export type ChainEdge = {
  /** Position of this chain, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The chain. */
  readonly node: Chain;
};

/** Input of `prepareUpload`. */
export type PrepareUploadInput = {
  /** Disk or draft that the blocks are for; it decides the encryption domain. */
  readonly target: Scalars['ID']['input'];
  /** 1–1024. */
  readonly objects: ReadonlyArray<PrepareObjectInput>;
};

/** An object that a client is about to name in a commit. */
export type PrepareObjectInput = {
  /** Object id: 64 lower-case hex digits. */
  readonly id: Scalars['ID']['input'];
  /** Length and SHA-256 (hex) of the stored form. Without it a missing object is answered with MISSING and no URL. */
  readonly stored?: InputMaybe<StoredFormInput>;
};

/** The form in which an object is stored. */
export type StoredFormInput = {
  /** Length of the stored form. */
  readonly sizeBytes: Scalars['Int']['input'];
  /** SHA-256 of the stored form: 64 lower-case hex digits. */
  readonly sha256: Scalars['String']['input'];
};

/** What is to be done with an object before a commit. */
export type UploadState =
  /** The store has it: nothing to send. */
  | 'PRESENT'
  /** The store lacks it. Ask again with `stored` for a URL. */
  | 'MISSING'
  /** Send it: PUT to `url` with `headers`. */
  | 'UPLOAD'
  /** It is just being reclaimed: ask again after `retryAfterMs`. */
  | 'WAIT';

/** Answer of `prepareUpload`. */
export type PrepareUploadPayload = {
  /** In the order of the input. */
  readonly objects: ReadonlyArray<PreparedObject>;
};

/** What is to be done with one object. */
export type PreparedObject = {
  /** What is to be done. */
  readonly state: UploadState;
  /** For UPLOAD: where to PUT the stored form, within minutes. */
  readonly url?: Maybe<Scalars['String']['output']>;
  /** For UPLOAD: headers that must go with it. */
  readonly headers?: Maybe<ReadonlyArray<HttpHeader>>;
  /** For WAIT: milliseconds. */
  readonly retryAfterMs?: Maybe<Scalars['Int']['output']>;
};

/** A header of an HTTP request. */
export type HttpHeader = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its value. */
  readonly value: Scalars['String']['output'];
};

/** Input of `commitBlocks`. */
export type CommitBlocksInput = {
  /** Disk or draft. */
  readonly target: Scalars['ID']['input'];
  /** The version the change is based on. */
  readonly expectedVersion: Scalars['SafeInt']['input'];
  /** At most 1024; each index once. */
  readonly writes: ReadonlyArray<BlockWriteInput>;
  /** Ranges that become holes; applied before `writes`. At most 1024. */
  readonly trims: ReadonlyArray<BlockRangeInput>;
  /** Of the writer lease under which the disk is written to. For a draft it is not looked at: `commitDraft` asks for it. */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** One block's new contents. */
export type BlockWriteInput = {
  /** Which block: offset / 512 KiB, inside the disk. */
  readonly index: Scalars['SafeInt']['input'];
  /** The object that holds it. */
  readonly id: Scalars['ID']['input'];
};

/** A range of blocks of 512 KiB, inside the disk. */
export type BlockRangeInput = {
  /** First block. */
  readonly start: Scalars['SafeInt']['input'];
  /** How many, at least 1. */
  readonly count: Scalars['SafeInt']['input'];
};

/** Answer of `commitBlocks`. */
export type CommitBlocksPayload = {
  /** The version that the commit made. */
  readonly version: Scalars['SafeInt']['output'];
  /** Merkle root of the committed contents. */
  readonly root: Scalars['String']['output'];
};

/** Input of `openDraft`. */
export type OpenDraftInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The disk's version that the change is based on. */
  readonly expectedVersion: Scalars['SafeInt']['input'];
  /** Of the writer lease under which the disk is written to. */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
  /** To keep the present contents readable, not to change them: then it does not matter who holds the disk. */
  readonly forReading: Scalars['Boolean']['input'];
  /** Up to 256 characters by which the client finds its draft again after a crash. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same draft. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `openDraft`. */
export type OpenDraftPayload = {
  /** The draft, with the disk's contents. */
  readonly draft: Draft;
};

/** Input of `commitDraft`. */
export type CommitDraftInput = {
  /** Which draft. */
  readonly draftId: Scalars['ID']['input'];
  /** Of the writer lease under which the disk is written to. */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
  /** What could not be read of the source of the contents. Takes the place of what is known of the disk; left out, that stays. */
  readonly unreadable?: InputMaybe<UnreadableInput>;
};

/** Ranges of a source that could not be read, and are zeros in the contents. Empty: everything was read. */
export type UnreadableInput = {
  /** In ascending order and apart, inside the disk. At most 1000: the first ones. */
  readonly ranges: ReadonlyArray<ByteRangeInput>;
  /** How many there were beyond these. */
  readonly moreRanges: Scalars['SafeInt']['input'];
  /** How many bytes those have. */
  readonly moreBytes: Scalars['SafeInt']['input'];
};

/** A range of a device. */
export type ByteRangeInput = {
  /** Where it begins. */
  readonly offsetBytes: Scalars['SafeInt']['input'];
  /** How long it is, at least 1. */
  readonly lengthBytes: Scalars['SafeInt']['input'];
};

/** Answer of `commitDraft`. */
export type CommitDraftPayload = {
  /** The disk with its new contents. */
  readonly disk: Disk;
};

/** Input of `discardDraft`. */
export type DiscardDraftInput = {
  /** Which draft. */
  readonly draftId: Scalars['ID']['input'];
};

/** Answer of `discardDraft`. */
export type DiscardDraftPayload = {
  /** Its id; the draft is gone. */
  readonly draftId: Scalars['ID']['output'];
};

/** A private working copy of a disk. It ends by itself when nobody has committed to it until `expiresAt`. */
export type Draft = {
  /** `dr-…` */
  readonly id: Scalars['ID']['output'];
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Goes up with each commit to the draft. */
  readonly version: Scalars['SafeInt']['output'];
  /** The disk's version that it was opened at. */
  readonly baseVersion: Scalars['SafeInt']['output'];
  /** Merkle root of its contents; `empty` where every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** As given to `openDraft`. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** When it was opened. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself; each commit to it can put that off. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** A page of drafts. */
export type DraftConnection = {
  /** The drafts with their cursors. */
  readonly edges: ReadonlyArray<DraftEdge>;
  /** The drafts alone. */
  readonly nodes: ReadonlyArray<Draft>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One draft in a page. */
export type DraftEdge = {
  /** Position of this draft, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The draft. */
  readonly node: Draft;
};

/** Input of `blockMap`. */
export type BlockMapInput = {
  /** Disk, snapshot or draft. */
  readonly source: Scalars['ID']['input'];
  /** First block to look at. */
  readonly startIndex: Scalars['SafeInt']['input'];
  /** Blocks from here on are not looked at, which spares reading ahead in contents that are sparse. Left out: the end of the disk. */
  readonly endIndex?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Present blocks to return, at most 1024. */
  readonly limit: Scalars['Int']['input'];
  /** For a disk or draft: refuse with VersionConflict if it is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
  /** False leaves out the signed URLs. */
  readonly urls: Scalars['Boolean']['input'];
  /** Reads the block map itself from the store, not from what the service has read before: for whoever verifies it. */
  readonly fresh: Scalars['Boolean']['input'];
};

/** Part of the contents of a disk, snapshot or draft. A block that is not listed is a hole. */
export type BlockMap = {
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Merkle root of the contents that were read; `empty` where every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The version that was read. */
  readonly version: Scalars['SafeInt']['output'];
  /** In ascending order. */
  readonly blocks: ReadonlyArray<MappedBlock>;
  /** Where to go on; null at the end of the disk or of what was asked for. */
  readonly nextIndex?: Maybe<Scalars['SafeInt']['output']>;
};

/** Where one block lies. */
export type MappedBlock = {
  /** Which block: offset / 512 KiB. */
  readonly index: Scalars['SafeInt']['output'];
  /** The object that holds it; check what you read against it. */
  readonly id: Scalars['ID']['output'];
  /** GET this within minutes. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** Input of `pageMap`. */
export type PageMapInput = {
  /** Disk, snapshot or draft. */
  readonly source: Scalars['ID']['input'];
  /** Number of the leaf page: block index / 1024. */
  readonly startIndex: Scalars['SafeInt']['input'];
  /** Pages from here on are not looked at. Left out: the end of the disk. */
  readonly endIndex?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Pages to return, at most 1024. */
  readonly limit: Scalars['Int']['input'];
  /** For a disk or draft: refuse with VersionConflict if it is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** Leaf pages of a disk, snapshot or draft. A page that is not listed has holes only. */
export type PageMap = {
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Merkle root of the contents that were read; `empty` where every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The version that was read. */
  readonly version: Scalars['SafeInt']['output'];
  /** In ascending order. */
  readonly pages: ReadonlyArray<MappedPage>;
  /** Where to go on; null at the end of the disk or of what was asked for. */
  readonly nextIndex?: Maybe<Scalars['SafeInt']['output']>;
};

/** One leaf page. */
export type MappedPage = {
  /** Number of the page: block index / 1024. */
  readonly index: Scalars['SafeInt']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
};

/** Blocks that were read and are not as their ids say. */
export type ReportDamageInput = {
  /** Disk, snapshot, image or draft that was read. */
  readonly source: Scalars['ID']['input'];
  /** 1–64. */
  readonly blocks: ReadonlyArray<MetBlockInput>;
};

/** A block that is not as its id says. */
export type MetBlockInput = {
  /** Which block: offset / 512 KiB. */
  readonly index: Scalars['SafeInt']['input'];
  /** The object that holds it. */
  readonly id: Scalars['ID']['input'];
};

/** The answer of `reportDamage`. */
export type ReportDamagePayload = {
  /** What the service found, in the order asked for. */
  readonly blocks: ReadonlyArray<MetBlock>;
};

/** What the service found of a block that somebody reported. */
export type MetBlock = {
  /** The object that holds it. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly state: MetBlockState;
};

/** What the service found of a block that somebody reported. */
export type MetBlockState =
  /** It is damaged or missing: the next upload of the same content is taken, and heals it. */
  | 'DAMAGED'
  /** It is as its id says: look at what is between the store and the reader. */
  | 'WHOLE'
  /** The source does not hold it at this place any more, or nobody needs it. */
  | 'GONE';

/** A block device whose contents live as deduplicated blocks in object storage. */
export type Disk = Node & {
  /** `d-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it lies. */
  readonly region: Scalars['String']['output'];
  /** For people; not unique. */
  readonly name: Scalars['String']['output'];
  /** What it is for. */
  readonly kind: DiskKind;
  /** What sort of storage it stands for. */
  readonly category: DiskCategory;
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** What can be done with it just now. */
  readonly status: DiskStatus;
  /** How it is paid. */
  readonly chargeType: ChargeType;
  /** For PREPAID: until when it is paid; from then on it is EXPIRED. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether its contents are encrypted. Never changes. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted disk. */
  readonly encryption?: Maybe<Encryption>;
  /** Whether its automatic snapshots go when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['output'];
  /** Whether it is released together with the instance it is attached to. */
  readonly deleteWithInstance: Scalars['Boolean']['output'];
  /** What it was made from. */
  readonly origin: DiskOrigin;
  /** The instances that it is attached to; several only for SHARED. */
  readonly instances: ReadonlyArray<Instance>;
  /** Labels, by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Goes up with each commit; the `expectedVersion` of the next one. */
  readonly version: Scalars['SafeInt']['output'];
  /** Merkle root of the committed contents; `empty` where every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** What its contents take; own is what changed since its latest snapshot. Null for moments after a change, until measured. */
  readonly sizes?: Maybe<ContentSizes>;
  /** Progress of a re-encryption copy; null once it is complete. */
  readonly reencryption?: Maybe<Reencryption>;
  /** Ranges that could not be read when the contents were imported, and are zeros since then; later writes may have filled them. Null where all was read. */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Its snapshots and their capacity; null for LOCAL disks. */
  readonly chain?: Maybe<Chain>;
  /** Who holds it open for writing; null where nobody does, or was not heard of in time. */
  readonly lease?: Maybe<WriterLease>;
  /** The automatic snapshot policy that it is under; null for none. */
  readonly policy?: Maybe<Policy>;
  /**
   * What policies did with it, the latest slot first. Slots that were missed, as the timer was down, have no run: the next one counts
   * them (`missedSlots`), and `Policy.slots` lists them. Kept for 90 days.
   */
  readonly policyRuns: PolicyRunConnection;
};


/** A block device whose contents live as deduplicated blocks in object storage. */
export type DiskPolicyRunsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ReadonlyArray<PolicyRunStatus>>;
};

/** Ranges of a source that could not be read, and are zeros in the contents. */
export type UnreadableRanges = {
  /** How many there are. */
  readonly count: Scalars['SafeInt']['output'];
  /** How many bytes they have. */
  readonly bytes: Scalars['SafeInt']['output'];
  /** The ranges, in ascending order. */
  readonly ranges: ReadonlyArray<ByteRange>;
};


/** Ranges of a source that could not be read, and are zeros in the contents. */
export type UnreadableRangesRangesArgs = {
  first: Scalars['Int']['input'];
};

/** What a disk is for. */
export type DiskKind =
  /** Holds an operating system. */
  | 'SYSTEM'
  /** Holds data. */
  | 'DATA';

/** What sort of storage a disk stands for. */
export type DiskCategory =
  /** For one instance at a time. */
  | 'CLOUD'
  /** For several instances at once. */
  | 'SHARED'
  /** On one machine: no snapshots. */
  | 'LOCAL';

/** What can be done with a disk just now. */
export type DiskStatus =
  /** Being made; not to be used yet. */
  | 'CREATING'
  /** Ready, not attached. */
  | 'AVAILABLE'
  /** Being attached to an instance. */
  | 'ATTACHING'
  /** Attached to an instance. */
  | 'IN_USE'
  /** Being detached. */
  | 'DETACHING'
  /** Returning to its origin's contents. */
  | 'REINITIALIZING'
  /** Prepaid time is over: it can be read, snapshotted and released. */
  | 'EXPIRED';

/** How a disk is paid. */
export type ChargeType =
  /** By use, afterwards. */
  | 'POSTPAID'
  /** In advance, until `expiresAt`. */
  | 'PREPAID';

/** What a disk was made from. */
export type DiskOrigin = {
  /** What sort of thing. */
  readonly kind: DiskOriginKind;
  /** For SNAPSHOT: the snapshot's id, kept after the snapshot is deleted. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** For SNAPSHOT: the snapshot; null once it is deleted. */
  readonly snapshot?: Maybe<Snapshot>;
  /** For IMAGE: the image's id, kept after the image is deleted. */
  readonly imageId?: Maybe<Scalars['ID']['output']>;
};

/** What sort of thing a disk was made from. */
export type DiskOriginKind =
  /** It began as zeros. */
  | 'NONE'
  /** A snapshot. */
  | 'SNAPSHOT'
  /** An image. */
  | 'IMAGE';

/**
 * A copy into another encryption domain: of a disk made from a plain snapshot or image under a key, or from another account's image. Functions never see plain bytes of encrypted disks, so the
 * client copies: it opens a draft of the disk, reads the source snapshot, writes every block under the disk's key into the draft,
 * commits the draft and calls `completeReencryption`. Until then the disk is CREATING.
 */
export type Reencryption = {
  /** The plain snapshot, or the image, to copy from. */
  readonly sourceSnapshotId: Scalars['ID']['output'];
  /** Committed so far, in the disk or in its newest open draft, plain. */
  readonly copiedBytes: Scalars['SafeInt']['output'];
  /** What there is to copy, plain, without holes. */
  readonly totalBytes: Scalars['SafeInt']['output'];
  /** 0–100. */
  readonly progressPercent: Scalars['Int']['output'];
};

/** A page of disks. */
export type DiskConnection = {
  /** The disks with their cursors. */
  readonly edges: ReadonlyArray<DiskEdge>;
  /** The disks alone. */
  readonly nodes: ReadonlyArray<Disk>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One disk in a page. */
export type DiskEdge = {
  /** Position of this disk, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The disk. */
  readonly node: Disk;
};

/** Which disks. All that is given must match. */
export type DiskFilter = {
  /** The name is exactly this, case included, in any Unicode form. Answered from an index by name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this (case matters). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this, in any case. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** One of these states. */
  readonly status?: InputMaybe<ReadonlyArray<DiskStatus>>;
  /** Of this kind. */
  readonly kind?: InputMaybe<DiskKind>;
  /** Of one of these categories. */
  readonly category?: InputMaybe<ReadonlyArray<DiskCategory>>;
  /** Encrypted or not. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Made from this snapshot. */
  readonly originSnapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** Attached to this instance. */
  readonly instanceId?: InputMaybe<Scalars['ID']['input']>;
  /** Under this automatic snapshot policy. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Carries a match for each of these. At most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** Made at this instant or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of disks. */
export type DiskOrder = {
  /** By what. */
  readonly field: DiskOrderField;
  /** Which way. */
  readonly direction: SortDirection;
};

/** What disks can be ordered by. */
export type DiskOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createDisk`. */
export type CreateDiskInput = {
  /** Left out: the first region. A disk made from a snapshot lies in the snapshot's region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** 2–128 characters, first a letter of any script, not beginning with http:// or https://. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Left out: that of the snapshot's disk, else DATA. */
  readonly kind?: InputMaybe<DiskKind>;
  /** Sort of storage. */
  readonly category: DiskCategory;
  /** 1 byte to 64 TiB. Needed for an empty disk; else at least the snapshot's, which is also what is meant where left out. */
  readonly sizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Make it from this snapshot. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** Make it from this image, the account's own or one shared with it. */
  readonly imageId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its contents are encrypted. Left out: as the snapshot it is made from, and encrypted where a key is named. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name of the master key. Left out, for an encrypted disk: the snapshot's, else the installation's default key. */
  readonly encryptionKeyId?: InputMaybe<Scalars['String']['input']>;
  /** How it is paid. */
  readonly chargeType: ChargeType;
  /** For PREPAID, and only then: until when it is paid, in the future. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The automatic snapshot policy that it comes under. Not for LOCAL disks. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its automatic snapshots go when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['input'];
  /** Whether it is released together with the instance it is attached to. */
  readonly deleteWithInstance: Scalars['Boolean']['input'];
  /** At most 50, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same disk. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createDisk`. */
export type CreateDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** Input of `updateDisk`. */
export type UpdateDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateDiskInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether its automatic snapshots go when it is released. */
  readonly deleteAutoSnapshots?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it is released together with the instance it is attached to. */
  readonly deleteWithInstance?: InputMaybe<Scalars['Boolean']['input']>;
  /** For PREPAID: paid until this instant, later than the one before and in the future. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** All tags it shall have from now on. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** Answer of `updateDisk`. */
export type UpdateDiskPayload = {
  /** The disk, changed. */
  readonly disk: Disk;
};

/** Input of `resizeDisk`. */
export type ResizeDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** At least the present size, at most 64 TiB. */
  readonly sizeBytes: Scalars['SafeInt']['input'];
};

/** Answer of `resizeDisk`. */
export type ResizeDiskPayload = {
  /** The disk, with the new size. */
  readonly disk: Disk;
};

/** Input of `completeReencryption`. */
export type CompleteReencryptionInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
};

/** Answer of `completeReencryption`. */
export type CompleteReencryptionPayload = {
  /** The disk, AVAILABLE. */
  readonly disk: Disk;
};

/** Input of `releaseDisk`. */
export type ReleaseDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `releaseDisk`. */
export type ReleaseDiskPayload = {
  /** Its id; the disk is gone. */
  readonly diskId: Scalars['ID']['output'];
  /** Automatic snapshots that went with it. */
  readonly deletedSnapshotIds: ReadonlyArray<Scalars['ID']['output']>;
  /** The background work that frees what the disk alone used. */
  readonly job: Job;
};

/** Contents from which disks and instances are made. */
export type Image = Node & {
  /** `m-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it lies. */
  readonly region: Scalars['String']['output'];
  /** For people; not unique. */
  readonly name: Scalars['String']['output'];
  /** For people. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The account that it belongs to. */
  readonly ownerAccountId: Scalars['ID']['output'];
  /** Whether that is the caller's. */
  readonly owned: Scalars['Boolean']['output'];
  /** The snapshot it was made from; null for images of other accounts. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** The disk of that snapshot was for this. */
  readonly diskKind: DiskKind;
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Ranges that could not be read when the contents were imported, and are zeros since then; later writes may have filled them. Null where all was read. */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Whether its contents are encrypted. Such an image cannot be shared. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted image. */
  readonly encryption?: Maybe<Encryption>;
  /** Merkle root of its contents, which proves them; `empty` where every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** Accounts that it is shared with; empty for images of other accounts. */
  readonly sharedWith: ReadonlyArray<Scalars['ID']['output']>;
  /** Labels, by key; empty for images of other accounts. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A page of images. */
export type ImageConnection = {
  /** The images with their cursors. */
  readonly edges: ReadonlyArray<ImageEdge>;
  /** The images alone. */
  readonly nodes: ReadonlyArray<Image>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One image in a page. */
export type ImageEdge = {
  /** Position of this image, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The image. */
  readonly node: Image;
};

/** A page of images of other accounts. */
export type SharedImageConnection = {
  /** The images. */
  readonly nodes: ReadonlyArray<Image>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** Which images. All that is given must match. */
export type ImageFilter = {
  /** The name is exactly this, case included, in any Unicode form. Answered from an index by name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this (case matters). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this, in any case. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Made from this snapshot. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** Shared with somebody or not. */
  readonly shared?: InputMaybe<Scalars['Boolean']['input']>;
  /** Encrypted or not. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Carries a match for each of these. At most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** Made at this instant or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of images. */
export type ImageOrder = {
  /** By what. */
  readonly field: ImageOrderField;
  /** Which way. */
  readonly direction: SortDirection;
};

/** What images can be ordered by. */
export type ImageOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createImage`. */
export type CreateImageInput = {
  /** Of which snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
  /** 2–128 characters, first a letter of any script, not beginning with http:// or https://. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters, not beginning with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** At most 50, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same image. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createImage`. */
export type CreateImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** Input of `updateImage`. */
export type UpdateImageInput = {
  /** Which image. */
  readonly imageId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateImageInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A new description; null takes it away. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** All tags it shall have from now on. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** Answer of `updateImage`. */
export type UpdateImagePayload = {
  /** The image, changed. */
  readonly image: Image;
};

/** Input of `deleteImage`. */
export type DeleteImageInput = {
  /** Which image. */
  readonly imageId: Scalars['ID']['input'];
};

/** Answer of `deleteImage`. */
export type DeleteImagePayload = {
  /** Its id; the image is gone. */
  readonly imageId: Scalars['ID']['output'];
};

/** Input of `shareImage`. */
export type ShareImageInput = {
  /** Which image. */
  readonly imageId: Scalars['ID']['input'];
  /** With these accounts too. An image can be shared with 64. */
  readonly accountIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `shareImage`. */
export type ShareImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** Input of `unshareImage`. */
export type UnshareImageInput = {
  /** Which image. */
  readonly imageId: Scalars['ID']['input'];
  /** No longer with these accounts. */
  readonly accountIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `unshareImage`. */
export type UnshareImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** A machine that uses disks. */
export type Instance = Node & {
  /** `i-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it lies, and its disks. */
  readonly region: Scalars['String']['output'];
  /** For people; not unique. For a HOST: its name. */
  readonly name: Scalars['String']['output'];
  /** What it stands for. */
  readonly kind: InstanceKind;
  /** What can be done with it just now. A HOST is always RUNNING. */
  readonly status: InstanceStatus;
  /** The disk it starts from; null for a HOST, and for moments while it is made. */
  readonly systemDisk?: Maybe<Disk>;
  /** Its other disks, in the order they were attached. */
  readonly dataDisks: ReadonlyArray<Disk>;
  /** Whether releasing it is refused. */
  readonly deletionProtection: Scalars['Boolean']['output'];
  /** Labels, by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** What an instance stands for. */
export type InstanceKind =
  /** A machine that was made by `createInstance`. */
  | 'MACHINE'
  /**
   * A host that holds disks open for writing (see `acquireLease`), with no system disk. It comes with its first lease and goes with its last,
   * and is changed by nothing else: UnsupportedInstanceKind.
   */
  | 'HOST';

/** What can be done with an instance just now. */
export type InstanceStatus =
  /** Being made. */
  | 'PENDING'
  /** Being started. */
  | 'STARTING'
  /** At work. */
  | 'RUNNING'
  /** Being stopped. */
  | 'STOPPING'
  /** At rest: its disks can be rolled back and replaced. */
  | 'STOPPED';

/** A page of instances. */
export type InstanceConnection = {
  /** The instances with their cursors. */
  readonly edges: ReadonlyArray<InstanceEdge>;
  /** The instances alone. */
  readonly nodes: ReadonlyArray<Instance>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One instance in a page. */
export type InstanceEdge = {
  /** Position of this instance, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The instance. */
  readonly node: Instance;
};

/** Which instances. All that is given must match. */
export type InstanceFilter = {
  /** The name is exactly this, case included, in any Unicode form. Answered from an index by name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this (case matters). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this, in any case. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** One of these states. */
  readonly status?: InputMaybe<ReadonlyArray<InstanceStatus>>;
  /** Of this kind. */
  readonly kind?: InputMaybe<InstanceKind>;
  /** Has this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
  /** Carries a match for each of these. At most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** Made at this instant or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of instances. */
export type InstanceOrder = {
  /** By what. */
  readonly field: InstanceOrderField;
  /** Which way. */
  readonly direction: SortDirection;
};

/** What instances can be ordered by. */
export type InstanceOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/**
 * A disk that is made for an instance. What is left out is as in `CreateDiskInput`. One that takes a copy is made by `createDisk` first. A data disk
 * is then attached; a system disk is made from a snapshot of it.
 */
export type InstanceDiskInput = {
  /** 2–128 characters, first a letter of any script. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** CLOUD, SHARED or LOCAL; a system disk is not SHARED. */
  readonly category: DiskCategory;
  /** Needed for an empty disk; else at least the origin's. */
  readonly sizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Make it from this snapshot. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** Make it from this image. One of another account takes a copy. */
  readonly imageId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its contents are encrypted. From a plain snapshot or image that takes a copy. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name of the master key. */
  readonly encryptionKeyId?: InputMaybe<Scalars['String']['input']>;
  /** The automatic snapshot policy that it comes under. Not for LOCAL disks. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its automatic snapshots go when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['input'];
  /** Whether it is released with the instance. A system disk always is. */
  readonly deleteWithInstance: Scalars['Boolean']['input'];
};

/** Input of `createInstance`. */
export type CreateInstanceInput = {
  /** Left out: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** 2–128 characters, first a letter of any script, not beginning with http:// or https://. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The disk it starts from. */
  readonly systemDisk: InstanceDiskInput;
  /** At most 16; more can be attached afterwards. */
  readonly dataDisks: ReadonlyArray<InstanceDiskInput>;
  /** Whether it is RUNNING at the end, or STOPPED. */
  readonly start: Scalars['Boolean']['input'];
  /** Whether releasing it is refused until this is taken back. */
  readonly deletionProtection: Scalars['Boolean']['input'];
  /** At most 50, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same instance. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createInstance`. */
export type CreateInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `updateInstance`. */
export type UpdateInstanceInput = {
  /** Which instance. */
  readonly instanceId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateInstanceInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether releasing it is refused. */
  readonly deletionProtection?: InputMaybe<Scalars['Boolean']['input']>;
  /** All tags it shall have from now on. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** Answer of `updateInstance`. */
export type UpdateInstancePayload = {
  /** The instance, changed. */
  readonly instance: Instance;
};

/** Input of `startInstance`. */
export type StartInstanceInput = {
  /** Which instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `startInstance`. */
export type StartInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `stopInstance`. */
export type StopInstanceInput = {
  /** Which instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `stopInstance`. */
export type StopInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `releaseInstance`. */
export type ReleaseInstanceInput = {
  /** Which instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `releaseInstance`. */
export type ReleaseInstancePayload = {
  /** Its id; the instance is gone. */
  readonly instanceId: Scalars['ID']['output'];
  /** Disks that went with it. */
  readonly releasedDiskIds: ReadonlyArray<Scalars['ID']['output']>;
  /** Disks that stay, detached. */
  readonly detachedDiskIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** Input of `replaceSystemDisk`. */
export type ReplaceSystemDiskInput = {
  /** Which instance. */
  readonly instanceId: Scalars['ID']['input'];
  /** The new disk. */
  readonly systemDisk: InstanceDiskInput;
  /** Up to 64 printable ASCII characters; repeated with the same input it does nothing twice. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `replaceSystemDisk`. */
export type ReplaceSystemDiskPayload = {
  /** The instance with its new system disk. */
  readonly instance: Instance;
  /** The disk that went. */
  readonly releasedDiskId: Scalars['ID']['output'];
};

/** Work that goes on after a call has been answered. */
export type Job = Node & {
  /** `j-…` */
  readonly id: Scalars['ID']['output'];
  /** Where the work is done. */
  readonly region: Scalars['String']['output'];
  /** What the work is. */
  readonly kind: JobKind;
  /** How far it is. */
  readonly status: JobStatus;
  /** The disk it belongs to, which may be gone. */
  readonly diskId: Scalars['ID']['output'];
  /** The snapshot it belongs to, which may be gone. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** When the call was made. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** What a job does. */
export type JobKind =
  /** Releases what a deleted snapshot alone used. */
  | 'DELETE_SNAPSHOT'
  /** Releases what a disk alone used before it was rolled back. */
  | 'ROLLBACK_DISK'
  /** Releases what a released disk alone used. */
  | 'RELEASE_DISK'
  /** Releases what a disk alone used before it was reinitialised. */
  | 'REINITIALIZE_DISK';

/** How far a job is. */
export type JobStatus =
  /** Recorded; it may have begun. */
  | 'PENDING'
  /** Done. */
  | 'SUCCEEDED';

/** A page of jobs. */
export type JobConnection = {
  /** The jobs with their cursors. */
  readonly edges: ReadonlyArray<JobEdge>;
  /** The jobs alone. */
  readonly nodes: ReadonlyArray<Job>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One job in a page. */
export type JobEdge = {
  /** Position of this job, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The job. */
  readonly node: Job;
};

/** Which jobs. All that is given must match. */
export type JobFilter = {
  /** Of one of these kinds. */
  readonly kind?: InputMaybe<ReadonlyArray<JobKind>>;
  /** One of these states. */
  readonly status?: InputMaybe<ReadonlyArray<JobStatus>>;
  /** Of this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
};

/** That a disk is open for writing, for one holder alone. */
export type WriterLease = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Who holds it, such as a host name. */
  readonly holder: Scalars['String']['output'];
  /** Goes with each commit. Higher than that of any lease of the disk before. */
  readonly fence: Scalars['SafeInt']['output'];
  /** When it was taken. */
  readonly acquiredAt: Scalars['DateTime']['output'];
  /** When its holder was last heard of. */
  readonly renewedAt: Scalars['DateTime']['output'];
  /** Until when nobody can take it without stealing it, if it is not renewed. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** How long to wait before the next `renewLease`. */
  readonly renewAfterMs: Scalars['Int']['output'];
  /** The instance that the disk is written to under. */
  readonly instanceId?: Maybe<Scalars['ID']['output']>;
  /** Goes up each time that somebody wants the writer to flush; the holder commits what it has and answers with `flushed`. */
  readonly flushRequest: Scalars['SafeInt']['output'];
};

/** Input of `acquireLease`. */
export type AcquireLeaseInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** For whom: 1–128 printable characters, such as a host name. Equal names are one host, not one writer. */
  readonly holder: Scalars['String']['input'];
  /** Take it although it is somebody else's and lives: whoever had it is fenced off. */
  readonly steal: Scalars['Boolean']['input'];
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same lease. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `acquireLease`. */
export type AcquireLeasePayload = {
  /** The lease. */
  readonly lease: WriterLease;
  /** The disk, IN_USE. */
  readonly disk: Disk;
};

/** Input of `renewLease`. */
export type RenewLeaseInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The lease's. */
  readonly fence: Scalars['SafeInt']['input'];
  /** The last `flushRequest` that the holder has answered: what was written before it is committed. */
  readonly flushed?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** Answer of `renewLease`. */
export type RenewLeasePayload = {
  /** The lease, for longer. */
  readonly lease: WriterLease;
};

/** Input of `releaseLease`. */
export type ReleaseLeaseInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The lease's. */
  readonly fence: Scalars['SafeInt']['input'];
};

/** Answer of `releaseLease`. */
export type ReleaseLeasePayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** Takes snapshots of its disks at given hours of given weekdays. */
export type Policy = Node & {
  /** `sp-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it lies; its disks lie there too. */
  readonly region: Scalars['String']['output'];
  /** For people; not unique. */
  readonly name: Scalars['String']['output'];
  /** Hours of the day, 0–23, in ascending order. */
  readonly hours: ReadonlyArray<Scalars['Int']['output']>;
  /** 1 = Monday … 7 = Sunday, in ascending order. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['output']>;
  /** The IANA time zone of the hours and weekdays, in the spelling of the IANA database. */
  readonly timeZone: Scalars['String']['output'];
  /** Days that its snapshots are kept; null for ever. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
  /** Whether it runs. */
  readonly status: PolicyStatus;
  /** Labels, by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Its next slot; null while it is PAUSED. */
  readonly nextRunAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of disks under it. */
  readonly diskCount: Scalars['Int']['output'];
  /** The disks under it, by id. */
  readonly disks: DiskConnection;
  /** The disks that it could be applied to: CLOUD or SHARED, of its region, not yet under it; the latest first. */
  readonly coverableDisks: DiskConnection;
  /** What it did with its disks, the latest slot first; slots that were missed are among `slots`. Kept for 90 days. */
  readonly runs: PolicyRunConnection;
  /** The instants at which it was due, the latest first. Kept for 90 days. */
  readonly slots: PolicySlotConnection;
};


/** Takes snapshots of its disks at given hours of given weekdays. */
export type PolicyDisksArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Takes snapshots of its disks at given hours of given weekdays. */
export type PolicyCoverableDisksArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  withoutPolicy: Scalars['Boolean']['input'];
};


/** Takes snapshots of its disks at given hours of given weekdays. */
export type PolicyRunsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ReadonlyArray<PolicyRunStatus>>;
};


/** Takes snapshots of its disks at given hours of given weekdays. */
export type PolicySlotsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Whether a policy runs. */
export type PolicyStatus =
  /** It takes snapshots when it is due. */
  | 'ACTIVE'
  /** It takes none until it is resumed. */
  | 'PAUSED';

/** A page of policies. */
export type PolicyConnection = {
  /** The policies with their cursors. */
  readonly edges: ReadonlyArray<PolicyEdge>;
  /** The policies alone. */
  readonly nodes: ReadonlyArray<Policy>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One policy in a page. */
export type PolicyEdge = {
  /** Position of this policy, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The policy. */
  readonly node: Policy;
};

/** Which policies. All that is given must match. */
export type PolicyFilter = {
  /** The name is exactly this, case included, in any Unicode form. Answered from an index by name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this (case matters). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this, in any case. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** In this state. */
  readonly status?: InputMaybe<PolicyStatus>;
  /** Carries a match for each of these. At most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** Made at this instant or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of policies. */
export type PolicyOrder = {
  /** By what. */
  readonly field: PolicyOrderField;
  /** Which way. */
  readonly direction: SortDirection;
};

/** What policies can be ordered by. */
export type PolicyOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `createPolicy`. */
export type CreatePolicyInput = {
  /** Left out: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** 2–128 characters, first a letter of any script, not beginning with http:// or https://. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Hours of the day, 0–23, at least one, each once. */
  readonly hours: ReadonlyArray<Scalars['Int']['input']>;
  /** 1 = Monday … 7 = Sunday, at least one, each once. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['input']>;
  /** Days that its snapshots are kept, 1–65536; null for ever. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** An IANA time zone, such as Europe/Berlin. Left out: the region's. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** At most 50, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same policy. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createPolicy`. */
export type CreatePolicyPayload = {
  /** The policy. */
  readonly policy: Policy;
};

/** Input of `updatePolicy`. */
export type UpdatePolicyInput = {
  /** Which policy. */
  readonly policyId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreatePolicyInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** All hours it shall have from now on. */
  readonly hours?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** All weekdays it shall have from now on. */
  readonly weekdays?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** Days that new snapshots are kept, 1–65536; null for ever. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** Another IANA time zone. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /**
   * PAUSED: from the next slot on takes no snapshots until it is ACTIVE again, nor tries again what it skipped before. What would have
   * been due in between is not made up for.
   */
  readonly status?: InputMaybe<PolicyStatus>;
  /** All tags it shall have from now on. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** Answer of `updatePolicy`. */
export type UpdatePolicyPayload = {
  /** The policy, changed. */
  readonly policy: Policy;
};

/** Input of `deletePolicy`. */
export type DeletePolicyInput = {
  /** Which policy. */
  readonly policyId: Scalars['ID']['input'];
};

/** Answer of `deletePolicy`. */
export type DeletePolicyPayload = {
  /** Its id; the policy is gone. Where it had many disks, they are taken from under it in the background. */
  readonly policyId: Scalars['ID']['output'];
};

/** Input of `applyPolicy`. */
export type ApplyPolicyInput = {
  /** Which policy. */
  readonly policyId: Scalars['ID']['input'];
  /** 1–100, each once. */
  readonly diskIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `applyPolicy`. */
export type ApplyPolicyPayload = {
  /** The policy. */
  readonly policy: Policy;
  /** In the order of the input. */
  readonly results: ReadonlyArray<ApplyPolicyResult>;
};

/** What became of one disk. */
export type ApplyPolicyResult = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Whether it is under the policy now. */
  readonly applied: Scalars['Boolean']['output'];
  /** The policy that it was under before, if it was another one. */
  readonly replacedPolicyId?: Maybe<Scalars['ID']['output']>;
  /** Why not. */
  readonly error?: Maybe<OperationError>;
};

/** Input of `cancelPolicy`. */
export type CancelPolicyInput = {
  /** 1–100, each once. */
  readonly diskIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `cancelPolicy`. */
export type CancelPolicyPayload = {
  /** In the order of the input. */
  readonly results: ReadonlyArray<CancelPolicyResult>;
};

/** What became of one disk. */
export type CancelPolicyResult = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Whether it is under no policy now. */
  readonly cancelled: Scalars['Boolean']['output'];
  /** The policy that it was under. */
  readonly policyId?: Maybe<Scalars['ID']['output']>;
  /** Why not. */
  readonly error?: Maybe<OperationError>;
};

/** What became of one disk at one instant at which its policy was due. */
export type PolicyRun = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** The policy. */
  readonly policyId: Scalars['ID']['output'];
  /** When the policy was due. */
  readonly slotAt: Scalars['DateTime']['output'];
  /** What became of it. */
  readonly status: PolicyRunStatus;
  /** For SKIPPED and FAILED: a code of the service's error registry. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** The same for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** For DONE: the snapshot, also after it was deleted. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** For DONE: the oldest automatic snapshot, which gave way to it as the quota was used up. */
  readonly replacedSnapshotId?: Maybe<Scalars['ID']['output']>;
  /** Whether it is still tried again, until an hour after the slot was opened. */
  readonly triedAgain: Scalars['Boolean']['output'];
  /** Slots right before it that were missed, as the timer was down; `Policy.slots` lists them (MISSED). */
  readonly missedSlots: Scalars['Int']['output'];
  /** When this was recorded. */
  readonly at: Scalars['DateTime']['output'];
};

/** What became of one disk. */
export type PolicyRunStatus =
  /** A snapshot was taken. */
  | 'DONE'
  /** None was taken, for a reason that is no failure: the disk was not IN_USE, the account is in arrears, a snapshot was in progress. */
  | 'SKIPPED'
  /** None could be taken. */
  | 'FAILED';

/** A page of runs. */
export type PolicyRunConnection = {
  /** The runs with their cursors. */
  readonly edges: ReadonlyArray<PolicyRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<PolicyRun>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One run in a page. */
export type PolicyRunEdge = {
  /** Position of this run, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: PolicyRun;
};

/** An instant at which a policy was due. */
export type PolicySlot = {
  /** When it was due. */
  readonly slotAt: Scalars['DateTime']['output'];
  /** How far it has come. */
  readonly status: PolicySlotStatus;
  /** Disks that a snapshot was taken of. */
  readonly doneCount: Scalars['Int']['output'];
  /** Disks that were skipped. */
  readonly skippedCount: Scalars['Int']['output'];
  /** Disks that no snapshot could be taken of. */
  readonly failedCount: Scalars['Int']['output'];
  /** Slots right before it that were missed. */
  readonly missedSlots: Scalars['Int']['output'];
  /** When the timer came to it. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When it was finished. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** How far a slot has come. */
export type PolicySlotStatus =
  /** Snapshots are being taken, disk by disk. */
  | 'RUNNING'
  /** Some disks are tried again, within the hour. */
  | 'RETRYING'
  /** Every disk has had its run. */
  | 'DONE'
  /** The timer was down, and a later slot is made up for instead. */
  | 'MISSED';

/** A page of slots. */
export type PolicySlotConnection = {
  /** The slots with their cursors. */
  readonly edges: ReadonlyArray<PolicySlotEdge>;
  /** The slots alone. */
  readonly nodes: ReadonlyArray<PolicySlot>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One slot in a page. */
export type PolicySlotEdge = {
  /** Position of this slot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The slot. */
  readonly node: PolicySlot;
};

/** How many of something there may be. */
export type Quota = {
  /** Of what. */
  readonly kind: QuotaKind;
  /** The region it holds in. */
  readonly region: Scalars['String']['output'];
  /** The most there may be. */
  readonly limit: Scalars['Int']['output'];
  /** How many there are. Null for a quota that counts by disk where no disk is named. */
  readonly used?: Maybe<Scalars['Int']['output']>;
  /** How many more there may be. Null as for `used`. */
  readonly free?: Maybe<Scalars['Int']['output']>;
};

/** Of what there may be how many. */
export type QuotaKind =
  /** Snapshots by hand, for each disk. */
  | 'MANUAL_SNAPSHOTS_PER_DISK'
  /** Snapshots by policies, for each disk. */
  | 'AUTO_SNAPSHOTS_PER_DISK'
  /** Automatic snapshot policies, for each region. */
  | 'POLICIES';

/** Input of `setQuota`. */
export type SetQuotaInput = {
  /** Left out: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** Which quota. */
  readonly kind: QuotaKind;
  /** From 0 to the default. Lowering it below what is used deletes nothing. */
  readonly limit: Scalars['Int']['input'];
};

/** Answer of `setQuota`. */
export type SetQuotaPayload = {
  /** The quota as it is now. */
  readonly quota: Quota;
};

/** How far the freeing of space is, over everything of the account in one region. */
export type Reclaim = {
  /** Where. */
  readonly region: Scalars['String']['output'];
  /** Objects that nothing refers to any more, and that are not gone yet. */
  readonly waitingObjects: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly waitingBytes: Scalars['SafeInt']['output'];
  /** When the first of these may go, at the earliest; null while nothing waits. */
  readonly nextAt?: Maybe<Scalars['DateTime']['output']>;
  /** When all of these may be gone, at the earliest; null while nothing waits. */
  readonly allAt?: Maybe<Scalars['DateTime']['output']>;
  /** How long an object stays without references. */
  readonly graceHours: Scalars['Float']['output'];
  /** Whether earlier deletions are still being worked off, so that more may come to wait. */
  readonly underWay: Scalars['Boolean']['output'];
  /** Objects freed since the beginning. */
  readonly freedObjects: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly freedBytes: Scalars['SafeInt']['output'];
};

/** Input of `rollbackDisk`. */
export type RollbackDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** Where to: a snapshot of this very disk. */
  readonly snapshotId: Scalars['ID']['input'];
  /** Change nothing; say what would be lost and why the call would be refused. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Take a snapshot of the present state first. */
  readonly safetySnapshot: Scalars['Boolean']['input'];
  /** Name of the safety snapshot, by the rule of snapshot names. Left out: its id. */
  readonly safetySnapshotName?: InputMaybe<Scalars['String']['input']>;
  /** Refuse with VersionConflict if the disk is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
  /**
   * Whether a STOPPED instance that it is attached to is started afterwards: SnapshotCreating while a snapshot of any of that instance's disks is
   * in progress, as for `startInstance`. InvalidParameter where it would start several that have more than 65 disks together.
   */
  readonly startInstance: Scalars['Boolean']['input'];
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease: Scalars['Boolean']['input'];
  /** Up to 64 printable ASCII characters; repeated with the same input it does not roll back again. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `rollbackDisk`. */
export type RollbackDiskPayload = {
  /** The disk: rolled back, or as it is for a dry run. */
  readonly disk: Disk;
  /** The safety snapshot, where one was asked for and the call was no dry run. */
  readonly safetySnapshot?: Maybe<Snapshot>;
  /** What was lost, or for a dry run would be: changes that no snapshot holds. Nothing with a safety snapshot. */
  readonly loss: RollbackLoss;
  /** For a dry run: why the call would be refused. Empty where it would succeed. */
  readonly refusals: ReadonlyArray<OperationError>;
  /** The background work that frees what the disk alone used; null for a dry run. */
  readonly job?: Maybe<Job>;
};

/** Changes of a disk that no snapshot holds. */
export type RollbackLoss = {
  /** Changes after this instant are lost: the latest snapshot or rollback, else the disk's creation. */
  readonly since: Scalars['DateTime']['output'];
  /** Size of the changed ranges. */
  readonly changedBytes: Scalars['SafeInt']['output'];
  /** Whether `changedBytes` is all. False: there is more, the counting was cut short. */
  readonly complete: Scalars['Boolean']['output'];
};

/** Input of `reinitializeDisk`. */
export type ReinitializeDiskInput = {
  /** Which disk. */
  readonly diskId: Scalars['ID']['input'];
  /**
   * Whether a STOPPED instance that it is attached to is started afterwards: SnapshotCreating while a snapshot of any of that instance's disks is
   * in progress, as for `startInstance`. InvalidParameter where it would start several that have more than 65 disks together.
   */
  readonly startInstance: Scalars['Boolean']['input'];
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `reinitializeDisk`. */
export type ReinitializeDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
  /** The background work that frees what the disk alone used. */
  readonly job: Job;
};

/** What a scrub looks at. With neither of `targetId`, `chainId` and `keyId`: the whole region. */
export type StartScrubInput = {
  /** Left out: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** All contents of this disk, snapshot or image. */
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
  /** All contents of the disk with this id and of its snapshots; also after the disk was released. */
  readonly chainId?: InputMaybe<Scalars['ID']['input']>;
  /** Everything that is stored under this key; `plain` for everything that is not encrypted. */
  readonly keyId?: InputMaybe<Scalars['String']['input']>;
  /** Of the blocks, read about so many, chosen anew each time: more than 0, up to 100. Block maps are read whole, and counts are counted whole. */
  readonly samplePercent: Scalars['Float']['input'];
  /** Whether to set wrong counts, missing rows and wrong lengths in the catalogue right. Needs ADMIN. */
  readonly repair: Scalars['Boolean']['input'];
  /** See `Mutation`. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of `startScrub`. */
export type StartScrubPayload = {
  /** The scrub that was begun. */
  readonly scrub: Scrub;
};

/** Which scrub to end. */
export type CancelScrubInput = {
  /** Id of the scrub. */
  readonly scrubId: Scalars['ID']['input'];
};

/** The answer of `cancelScrub`. */
export type CancelScrubPayload = {
  /** The scrub as it is now. */
  readonly scrub: Scrub;
};

/** How far a scrub is. */
export type ScrubStatus =
  /** Under way. */
  | 'RUNNING'
  /** At its end. What it found stands in its fields: that there is damage does not make it fail. */
  | 'SUCCEEDED'
  /** Ended by `cancelScrub`. */
  | 'CANCELLED';

/** What a scrub is at. */
export type ScrubPhase =
  /** Reading contents back. */
  | 'CONTENTS'
  /** Counting references. */
  | 'COUNTS'
  /** Looking which disks and snapshots need what is damaged. */
  | 'TRACE';

/** A check of what is stored against what should be. */
export type Scrub = {
  /** `sc-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it looks. */
  readonly region: Scalars['String']['output'];
  /** The disk, snapshot or image, where it is for one. */
  readonly targetId?: Maybe<Scalars['ID']['output']>;
  /** The chain, where it is for one. */
  readonly chainId?: Maybe<Scalars['ID']['output']>;
  /** The key, where it is for one; `plain` for what is not encrypted. */
  readonly keyId?: Maybe<Scalars['String']['output']>;
  /** Of the blocks, so many are read. */
  readonly samplePercent: Scalars['Float']['output'];
  /** Whether it mends the catalogue. */
  readonly repair: Scalars['Boolean']['output'];
  /** How far it is. */
  readonly status: ScrubStatus;
  /** What it is at; null at the end. */
  readonly phase?: Maybe<ScrubPhase>;
  /** Disks, snapshots and other versions whose contents were read so far. */
  readonly versionsRead: Scalars['Int']['output'];
  /** Of how many. */
  readonly versions: Scalars['Int']['output'];
  /** Objects read back. */
  readonly objectsRead: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly bytesRead: Scalars['SafeInt']['output'];
  /** Objects found damaged or missing; `damagedObjects` lists what is still so. */
  readonly damaged: Scalars['SafeInt']['output'];
  /** Objects whose references were counted. */
  readonly objectsCounted: Scalars['SafeInt']['output'];
  /** Objects of which the catalogue has a wrong count, no row or a wrong length. */
  readonly wrongCounts: Scalars['SafeInt']['output'];
  /** Of these, the ones that were set right. */
  readonly mended: Scalars['SafeInt']['output'];
  /** Objects of which nothing can be said, as they were being changed all the while. */
  readonly unsettled: Scalars['SafeInt']['output'];
  /** What was found wrong with the catalogue, in words; the first 100. */
  readonly findings: ReadonlyArray<Scalars['String']['output']>;
  /** When it began. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of scrubs. */
export type ScrubConnection = {
  /** The scrubs with their cursors. */
  readonly edges: ReadonlyArray<ScrubEdge>;
  /** The scrubs alone. */
  readonly nodes: ReadonlyArray<Scrub>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One scrub in a page. */
export type ScrubEdge = {
  /** Position of this scrub, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The scrub. */
  readonly node: Scrub;
};

/** An object of the store that is not as its id says. The next upload of the same content heals it. */
export type DamagedObject = {
  /** Its id. */
  readonly objectId: Scalars['ID']['output'];
  /** MISSING, LENGTH, FORM, SEAL or CHECKSUM. */
  readonly reason: Scalars['String']['output'];
  /** Whether it is a page of the block map, so that everything behind it cannot be read. */
  readonly isPage: Scalars['Boolean']['output'];
  /** When it was found. */
  readonly foundAt: Scalars['DateTime']['output'];
  /** When it was found whole again, or nobody needed it any more. */
  readonly healedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Disks, snapshots and images that need it, each with the offset of the first byte that is lost. Until a scrub has traced it: where a reader met it, if one did. */
  readonly places: ReadonlyArray<DamagedPlace>;
  /** Number of these in all; null until traced. */
  readonly placeCount?: Maybe<Scalars['SafeInt']['output']>;
};


/** An object of the store that is not as its id says. The next upload of the same content heals it. */
export type DamagedObjectPlacesArgs = {
  first: Scalars['Int']['input'];
};

/** Where a damaged object is needed. */
export type DamagedPlace = {
  /** Id of the disk, snapshot, image or draft. */
  readonly id: Scalars['ID']['output'];
  /** In bytes from the beginning of the device. */
  readonly offsetBytes: Scalars['SafeInt']['output'];
};

/** A page of damaged objects. */
export type DamagedObjectConnection = {
  /** The objects with their cursors. */
  readonly edges: ReadonlyArray<DamagedObjectEdge>;
  /** The objects alone. */
  readonly nodes: ReadonlyArray<DamagedObject>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One damaged object in a page. */
export type DamagedObjectEdge = {
  /** Position of this object, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The object. */
  readonly node: DamagedObject;
};

/** The state of one disk at one instant. */
export type Snapshot = Node & {
  /** `s-…` */
  readonly id: Scalars['ID']['output'];
  /** Where it lies. */
  readonly region: Scalars['String']['output'];
  /** For people; not unique. */
  readonly name: Scalars['String']['output'];
  /** For people. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Made by hand or by a policy. */
  readonly kind: SnapshotKind;
  /** The disk it was made of. */
  readonly sourceDisk: SnapshotSource;
  /** Whether it can be used. */
  readonly status: SnapshotStatus;
  /** 0–100. */
  readonly progressPercent: Scalars['Int']['output'];
  /** Whether its contents are all that a writer of the disk had acknowledged by then. COMMITTED while it is PROGRESSING. */
  readonly consistency: SnapshotConsistency;
  /** The instant whose state it is; while it is PROGRESSING, the instant at which it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** How long it is kept; null for ever, that is until it is deleted. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
  /**
   * When its retention ends; null while it is PROGRESSING. Of an automatic one that was in use when its disk was released with
   * `deleteAutoSnapshots`: when that was.
   */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The policy that made it; null for one by hand. Kept when the policy is deleted. */
  readonly policyId?: Maybe<Scalars['ID']['output']>;
  /** Whether its retention has ended and it is kept only because a disk or an image made from it exists. It goes once there is none. */
  readonly keptInUse: Scalars['Boolean']['output'];
  /** What was made from it and still exists. */
  readonly usage: SnapshotUsage;
  /** Number of existing disks made from it. */
  readonly diskCount: Scalars['Int']['output'];
  /** Labels, by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** Whether an earlier snapshot of the same disk is under it. */
  readonly type: SnapshotType;
  /** What its contents take. Null for moments after a deletion next to it, until measured anew. */
  readonly sizes?: Maybe<ContentSizes>;
  /** Merkle root of its contents, which proves them; `empty` where every block is a hole, and while it is PROGRESSING. */
  readonly root: Scalars['String']['output'];
  /** Ranges that could not be read when the contents were imported, and are zeros since then; later writes may have filled them. Null where all was read. */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Whether its contents are encrypted. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted snapshot. */
  readonly encryption?: Maybe<Encryption>;
};

/** The disk of a snapshot, as it was at that instant. */
export type SnapshotSource = {
  /** The disk's id, which is also the id of the chain. */
  readonly id: Scalars['ID']['output'];
  /** What the disk was for. */
  readonly kind: DiskKind;
  /** Its size at that instant. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Whether it is encrypted. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The disk as it is now; null once it is released. */
  readonly disk?: Maybe<Disk>;
};

/** Who made a snapshot. */
export type SnapshotKind =
  /** By hand. */
  | 'MANUAL'
  /** By a policy. */
  | 'AUTO';

/** Whether a snapshot can be used. */
export type SnapshotStatus =
  /** Being made. */
  | 'PROGRESSING'
  /** Complete: can be read, cloned and rolled back to. */
  | 'ACCOMPLISHED'
  /** Could not be made. */
  | 'FAILED';

/** What a snapshot's contents are. */
export type SnapshotConsistency =
  /** What was committed to the disk at its instant. All there is, where nobody held the disk open for writing. */
  | 'COMMITTED'
  /** What was committed once the writer that held the disk open had flushed at the snapshot's request. */
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

/** Whether a snapshot stands on an earlier one of the same disk. */
export type SnapshotType =
  /** It refers to every non-zero block by itself, less what it shares with the snapshot that the disk was made from. */
  | 'FULL'
  /** It stores only what changed since the one before. */
  | 'INCREMENTAL';

/** A page of snapshots. */
export type SnapshotConnection = {
  /** The snapshots with their cursors. */
  readonly edges: ReadonlyArray<SnapshotEdge>;
  /** The snapshots alone. */
  readonly nodes: ReadonlyArray<Snapshot>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** One snapshot in a page. */
export type SnapshotEdge = {
  /** Position of this snapshot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The snapshot. */
  readonly node: Snapshot;
};

/** Which snapshots. All that is given must match. */
export type SnapshotFilter = {
  /** The name is exactly this, case included, in any Unicode form. Answered from an index by name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this (case matters). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this, in any case. */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** One of these states. */
  readonly status?: InputMaybe<ReadonlyArray<SnapshotStatus>>;
  /** Of this kind. */
  readonly kind?: InputMaybe<SnapshotKind>;
  /** Made of this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
  /** One of these usages. */
  readonly usage?: InputMaybe<ReadonlyArray<SnapshotUsage>>;
  /** Encrypted or not. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Carries a match for each of these. At most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** Made at this instant or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of snapshots. */
export type SnapshotOrder = {
  /** By what. */
  readonly field: SnapshotOrderField;
  /** Which way. */
  readonly direction: SortDirection;
};

/** What snapshots can be ordered by. */
export type SnapshotOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME';

/** Input of `changedBlocks`. */
export type ChangedBlocksInput = {
  /** The earlier state; left out: zeros. */
  readonly fromSnapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** The later state, of the same chain. */
  readonly toSnapshotId: Scalars['ID']['input'];
  /** Where to begin, rounded down to a block. */
  readonly startOffsetBytes: Scalars['SafeInt']['input'];
  /** Ranges to return, 1–1024. */
  readonly limit: Scalars['Int']['input'];
};

/** A page of changed ranges. */
export type ChangedBlocks = {
  /** Size of the device: the larger of the two. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** In ascending order. They begin and end at blocks of 512 KiB, or at the end of the device. */
  readonly ranges: ReadonlyArray<ByteRange>;
  /** Where to go on; null at the end. */
  readonly nextOffsetBytes?: Maybe<Scalars['SafeInt']['output']>;
};

/** A range of a device. */
export type ByteRange = {
  /** Where it begins. */
  readonly offsetBytes: Scalars['SafeInt']['output'];
  /** How long it is. */
  readonly lengthBytes: Scalars['SafeInt']['output'];
};

/** Input of `deleteSnapshotsPreview`. */
export type DeleteSnapshotsPreviewInput = {
  /** At most 100. */
  readonly snapshotIds: ReadonlyArray<Scalars['ID']['input']>;
  /** As for `deleteSnapshots`. */
  readonly force: Scalars['Boolean']['input'];
};

/** What a deletion would do. */
export type DeleteSnapshotsPreview = {
  /** Objects that nothing else uses and that would be freed: blocks and the pages that list them. */
  readonly objects: Scalars['SafeInt']['output'];
  /** What those objects take in the store. */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /** False while earlier changes are still being worked off: more may then become free than is said here. */
  readonly settled: Scalars['Boolean']['output'];
  /** Which would be deleted and which refused, in the order of the input. */
  readonly results: ReadonlyArray<DeleteSnapshotsPreviewResult>;
};

/** What would become of one snapshot. */
export type DeleteSnapshotsPreviewResult = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['output'];
  /** Why it would be refused; null where it would be deleted. */
  readonly error?: Maybe<OperationError>;
};

/** Input of `createSnapshot`. */
export type CreateSnapshotInput = {
  /** Of which disk. */
  readonly diskId: Scalars['ID']['input'];
  /** 2–128 characters, first a letter of any script, not beginning with http://, https:// or auto. Left out: the id. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters, not beginning with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Days to keep it, 1–65536. Left out: until it is deleted. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** At most 50, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same snapshot. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createSnapshot`. */
export type CreateSnapshotPayload = {
  /** The snapshot. */
  readonly snapshot: Snapshot;
};

/** Input of `updateSnapshot`. */
export type UpdateSnapshotInput = {
  /** Which snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateSnapshotInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A new description; null takes it away. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** All tags it shall have from now on. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** Answer of `updateSnapshot`. */
export type UpdateSnapshotPayload = {
  /** The snapshot, changed. */
  readonly snapshot: Snapshot;
};

/** Input of `deleteSnapshots`. */
export type DeleteSnapshotsInput = {
  /** 1–100, each once. */
  readonly snapshotIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Also those from which a disk was made. The disk works on, but can no longer be reinitialised. */
  readonly force: Scalars['Boolean']['input'];
};

/** Answer of `deleteSnapshots`. */
export type DeleteSnapshotsPayload = {
  /** In the order of the input. */
  readonly results: ReadonlyArray<DeleteSnapshotResult>;
};

/** What became of one snapshot. */
export type DeleteSnapshotResult = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['output'];
  /** Whether it is deleted. */
  readonly deleted: Scalars['Boolean']['output'];
  /** Why not. */
  readonly error?: Maybe<OperationError>;
  /** The background work that frees what it alone used; null for one that was cancelled. */
  readonly job?: Maybe<Job>;
};
