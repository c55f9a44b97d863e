export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * An integer that JavaScript represents exactly (−2^53+1 … 2^53−1): bytes, block indices,
   * versions.
   */
  SafeInt: { input: number; output: number; }
  /**
   * An instant as ISO 8601 text. Answers are always in UTC with milliseconds, like
   * `2026-01-31T23:59:59.000Z`.
   */
  DateTime: { input: string; output: string; }
};

/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type Query = {
  /** The caller that the credential of the request identifies. */
  readonly viewer: Viewer;
  /** The regions of this installation, the default region first. */
  readonly regions: ReadonlyArray<Region>;
  /** The state of the snapshot service in a region. */
  readonly snapshotService: SnapshotService;
  /**
   * The account's API keys, newest first. A credential that is limited to regions sees only keys
   * that are limited to some of them. Needs ADMIN.
   */
  readonly apiKeys: ApiKeyConnection;
  /**
   * How often to take snapshots for which purpose, and how long to keep them. The tag `purpose` of
   * a disk or a snapshot says what it is for.
   */
  readonly purposes: ReadonlyArray<PurposeAdvice>;
  /**
   * What the snapshots of a disk will cost, measured by how much of it changes, and what sparser
   * ones would save. LOCAL disks have none, and are refused with UnsupportedDiskCategory. Errors:
   * InvalidParameter, NotFound.
   */
  readonly diskAdvice: DiskAdvice;
  /** The same for each disk of a region that can have a policy, the newest first. */
  readonly advice: DiskAdviceConnection;
  /**
   * Disks that are under no policy, the newest first, each with what its release would free. LOCAL
   * disks can have none, and are left out.
   */
  readonly unprotectedDisks: UnprotectedDiskConnection;
  /**
   * Snapshots that nobody needs any more, the oldest first, each with what its deletion would free.
   * They are older than the advice for their purpose, have no retention of their own, and nothing
   * was made of them. The newest snapshot of a disk that is there is never one. A page may be
   * short.
   */
  readonly forgottenSnapshots: ForgottenSnapshotConnection;
  /**
   * What was done to the account and by whom, newest first: every mutation that was allowed,
   * refused or failed, what the operator did, and what the service deleted by itself. Records are
   * kept for 400 days and never change. A page of a filtered list looks at 2,000 records at most,
   * so it can have fewer than asked for, and none, while `hasNextPage` is true. A credential that
   * is limited to regions sees only what it did itself. Needs ADMIN. Errors: InvalidParameter.
   */
  readonly audit: AuditConnection;
  /** The object with this id; null if the account has none. */
  readonly node?: Maybe<Node>;
  /**
   * The objects with these ids, in the same order. An entry is null if the account has no such
   * object.
   */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** The size of all disks, snapshots and images of the account in a region, now. */
  readonly capacity: Capacity;
  /**
   * The capacity over time: one sample for each hour, kept for 400 days. Hours in which nothing ran
   * are missing.
   */
  readonly capacityHistory: CapacitySampleConnection;
  /** The chain of a disk. It outlives the disk as long as a snapshot is left. Errors: NotFound. */
  readonly chain?: Maybe<Chain>;
  /** The chains of a region, the newest disk first. */
  readonly chains: ChainConnection;
  /** The blocks of a disk, snapshot or draft that are not holes, from a given block index. */
  readonly blockMap: BlockMap;
  /** The leaf pages of a disk, snapshot or draft. Equal ids mean that 1024 blocks are equal. */
  readonly pageMap: PageMap;
  /** The open drafts of a disk, newest first. */
  readonly drafts: DraftConnection;
  /** One disk. Errors: NotFound. */
  readonly disk?: Maybe<Disk>;
  /** The disks of a region. docs/api.md says which filter goes with which order. */
  readonly disks: DiskConnection;
  /**
   * The account's events of the last 90 days, in an order that never changes: whoever has seen one
   * has seen all before it. To follow, ask again with `after` set to the last `endCursor` that was
   * not null. A credential that is limited to regions sees only events of these. Errors:
   * InvalidParameter (a type that there is not).
   */
  readonly events: EventConnection;
  /** One export of an image. Errors: NotFound. */
  readonly imageExport?: Maybe<ImageExport>;
  /** The exports of a region, newest first. They are listed for 90 days after their end. */
  readonly imageExports: ImageExportConnection;
  /** One image: the account's own, or one shared with it. Errors: NotFound. */
  readonly image?: Maybe<Image>;
  /** The images of the account in a region. */
  readonly images: ImageConnection;
  /** The images of a region that other accounts share with this account, the latest share first. */
  readonly sharedImages: SharedImageConnection;
  /** One import of an image. Errors: NotFound. */
  readonly imageImport?: Maybe<ImageImport>;
  /** The imports of a region, newest first. They are listed for 90 days after their end. */
  readonly imageImports: ImageImportConnection;
  /** One instance. Errors: NotFound. */
  readonly instance?: Maybe<Instance>;
  /** The instances of a region. */
  readonly instances: InstanceConnection;
  /** One background job. Errors: NotFound. */
  readonly job?: Maybe<Job>;
  /** The background jobs of a region, newest first. Finished jobs are kept for 30 days. */
  readonly jobs: JobConnection;
  /**
   * What a GiB-month costs in a region, by currency and by the instant from which it holds. The
   * operator of the installation sets prices; see docs/money.md.
   */
  readonly prices: PriceConnection;
  /**
   * The capacity that the account has paid for in advance, in the order in which it ends, and so is
   * used up.
   */
  readonly packages: CapacityPackageConnection;
  /**
   * What a month costs. A month that is not closed is reckoned now, up to the last hour that is
   * over. Errors: InvalidParameter (such as a currency, which must be named if there are prices in
   * several).
   */
  readonly statement: Statement;
  /** The closed statements of the account, the latest first. */
  readonly statements: StatementConnection;
  /**
   * What the account has paid, less what it was charged. Null if the operator keeps no balance of
   * it, and for a credential that is limited to regions.
   */
  readonly balance?: Maybe<Balance>;
  /**
   * The changes of the balance, the latest first; none for a credential that is limited to
   * regions.
   */
  readonly movements: MovementConnection;
  /**
   * What a region costs in a month, chain by chain or tag value by tag value. The lines add up to
   * the region, in byte-hours and in money.
   */
  readonly statementLines: StatementLineConnection;
  /**
   * A region at a glance, at a cost that does not follow from how much there is. The first call for
   * a region has everything counted. From then on the counts change with what they count, and
   * everything is counted again each day. A region with more than 200 disks is counted within a
   * minute; until then the call is refused with `Throttled`.
   */
  readonly overview: Overview;
  /** One automatic snapshot policy. Errors: NotFound. */
  readonly policy?: Maybe<Policy>;
  /** The automatic snapshot policies of a region. */
  readonly policies: PolicyConnection;
  /**
   * When a policy like this would run, and what the snapshots of disks under it would take in the
   * end. Nothing is created. Errors: InvalidParameter.
   */
  readonly policyPreview: PolicyPreview;
  /**
   * What `rollbackDisk` would do, as its dry run says it, and what would be freed. Changes nothing.
   * Errors: InvalidParameter, NotFound.
   */
  readonly rollbackPreview: RollbackPreview;
  /** What `reinitializeDisk` would do. Changes nothing. Errors: NotFound. */
  readonly reinitializePreview: ReinitializePreview;
  /** What `releaseDisk` would do. Changes nothing. Errors: NotFound. */
  readonly releasePreview: ReleasePreview;
  /** What `deleteImage` would do. Changes nothing. Errors: NotFound. */
  readonly deleteImagePreview: DeleteImagePreview;
  /** The quotas of a region, and how much of them is used. */
  readonly quotas: ReadonlyArray<Quota>;
  /**
   * What waits to be freed in a region, and what was freed: blocks that no disk, snapshot or image
   * refers to any more. They are removed in the background after the grace time.
   */
  readonly reclaim: Reclaim;
  /** One scrub. Errors: NotFound. */
  readonly scrub?: Maybe<Scrub>;
  /** The scrubs of a region, newest first. */
  readonly scrubs: ScrubConnection;
  /** Damaged or missing objects of a region, as scrubs and readers found them. */
  readonly damagedObjects: DamagedObjectConnection;
  /** One snapshot. Errors: NotFound. */
  readonly snapshot?: Maybe<Snapshot>;
  /** The snapshots of a region. docs/api.md says which filter goes with which order. */
  readonly snapshots: SnapshotConnection;
  /**
   * The difference between two snapshots of one chain, or between a snapshot and zeros. Its cost
   * follows the size of the difference, not of the disk. Errors: NotFound, InvalidSnapshotDisk (not
   * of one chain), ObjectDamaged.
   */
  readonly changedBlocks: ChangedBlocks;
  /**
   * What deleting these snapshots together would free, exactly, and which of them would be refused.
   * Changes nothing. Those that would be refused are left out of the figures. Errors:
   * InvalidParameter, PreviewTooLarge; results carry what `deleteSnapshots` would.
   */
  readonly deleteSnapshotsPreview: DeleteSnapshotsPreview;
  /**
   * What was deleted and can be brought back, in a region: of one kind, what was deleted last
   * first.
   */
  readonly trash: TrashConnection;
  /** One thing that was deleted and can be brought back. Errors: NotFound. */
  readonly trashItem?: Maybe<TrashItem>;
  /**
   * The disks of a region that are in breach of their recovery point objective, in the order of
   * their ids. A disk is listed within a minute of the breach. `Disk.protection` says at once.
   */
  readonly breaches: DiskConnection;
  /** The recovery point objectives that tags have in a region, the oldest first. */
  readonly tagObjectives: TagObjectiveConnection;
  /** One webhook. Needs ADMIN. Errors: NotFound. */
  readonly webhook?: Maybe<Webhook>;
  /**
   * The account's webhooks, the oldest first. A credential that is limited to regions sees none.
   * Needs ADMIN.
   */
  readonly webhooks: WebhookConnection;
  /**
   * What a webhook is to be sent, in the order of the next try, or was sent in the last 14 days,
   * the newest event first. Needs ADMIN. Errors: NotFound.
   */
  readonly webhookDeliveries: WebhookDeliveryConnection;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QuerySnapshotServiceArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryApiKeysArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDiskAdviceArgs = {
  diskId: Scalars['ID']['input'];
  pricePerGibMonth?: InputMaybe<Scalars['SafeInt']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryAdviceArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  pricePerGibMonth?: InputMaybe<Scalars['SafeInt']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryUnprotectedDisksArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  pricePerGibMonth?: InputMaybe<Scalars['SafeInt']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryForgottenSnapshotsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  pricePerGibMonth?: InputMaybe<Scalars['SafeInt']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryAuditArgs = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  action?: InputMaybe<Scalars['String']['input']>;
  subject?: InputMaybe<Scalars['ID']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
  outcome?: InputMaybe<AuditOutcome>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryCapacityArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryCapacityHistoryArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryChainArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryChainsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryBlockMapArgs = {
  input: BlockMapInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPageMapArgs = {
  input: PageMapInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDraftsArgs = {
  diskId: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDiskArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDisksArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DiskFilter>;
  orderBy: DiskOrder;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryEventsArgs = {
  types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  subject?: InputMaybe<Scalars['ID']['input']>;
  direction: SortDirection;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImageExportArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImageExportsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImageExportFilter>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImageArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImagesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImageFilter>;
  orderBy: ImageOrder;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QuerySharedImagesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImageImportArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryImageImportsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImageImportFilter>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryInstanceArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryInstancesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InstanceFilter>;
  orderBy: InstanceOrder;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryJobsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<JobFilter>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPricesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPackagesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryStatementArgs = {
  month: Scalars['String']['input'];
  currency?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryStatementsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryMovementsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryStatementLinesArgs = {
  month: Scalars['String']['input'];
  region?: InputMaybe<Scalars['String']['input']>;
  tagKey?: InputMaybe<Scalars['String']['input']>;
  currency?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryOverviewArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPolicyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPoliciesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PolicyFilter>;
  orderBy: PolicyOrder;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryPolicyPreviewArgs = {
  input: PolicyPreviewInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryRollbackPreviewArgs = {
  input: RollbackPreviewInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryReinitializePreviewArgs = {
  input: ReinitializePreviewInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryReleasePreviewArgs = {
  input: ReleasePreviewInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDeleteImagePreviewArgs = {
  imageId: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryQuotasArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  diskId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryReclaimArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryScrubArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryScrubsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDamagedObjectsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  healed: Scalars['Boolean']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QuerySnapshotArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QuerySnapshotsArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SnapshotFilter>;
  orderBy: SnapshotOrder;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryChangedBlocksArgs = {
  input: ChangedBlocksInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryDeleteSnapshotsPreviewArgs = {
  input: DeleteSnapshotsPreviewInput;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryTrashArgs = {
  kind: TrashKind;
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryTrashItemArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryBreachesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  reason?: InputMaybe<BreachReason>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryTagObjectivesArgs = {
  region?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryWebhookArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryWebhooksArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. Every object belongs to the account of the credential. Objects of other accounts do not
 * exist here. Where a `region` argument is left out, the first region of the installation is used.
 */
export type QueryWebhookDeliveriesArgs = {
  webhookId: Scalars['ID']['input'];
  pending: Scalars['Boolean']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type Mutation = {
  /**
   * Switches snapshots on for a region by accepting the terms. A second call changes nothing. Needs
   * ADMIN.
   */
  readonly openSnapshotService?: Maybe<OpenSnapshotServicePayload>;
  /**
   * Creates an API key. The secret is in this answer and is never shown again. Needs ADMIN. Errors:
   * InvalidParameter (such as a region that the credential does not work in), Forbidden (a role
   * that allows more than its own), QuotaExceeded.
   */
  readonly createApiKey?: Maybe<CreateApiKeyPayload>;
  /**
   * Revokes an API key at once. Revoking it again succeeds. A credential that is limited to regions
   * revokes only keys that are limited to some of them. Needs ADMIN. Errors: NotFound.
   */
  readonly revokeApiKey?: Maybe<RevokeApiKeyPayload>;
  /**
   * Attaches a disk to an instance of the same region. A SHARED disk can be attached to up to 16
   * instances, any other disk to one. Attaching it again to the same instance changes nothing.
   * Errors: InvalidParameter (such as an instance's system disk), NotFound, IncorrectDiskStatus,
   * IncorrectInstanceStatus, UnsupportedInstanceKind.
   */
  readonly attachDisk?: Maybe<AttachDiskPayload>;
  /**
   * Detaches a data disk. Errors: InvalidParameter (a system disk), NotFound, IncorrectDiskStatus
   * (not attached there), IncorrectInstanceStatus, DiskLocked (it is held open for writing there).
   */
  readonly detachDisk?: Maybe<DetachDiskPayload>;
  /**
   * Copies a snapshot to another region. The answer is a PROGRESSING snapshot there, which becomes
   * ACCOMPLISHED once every block is there. Only blocks that are missing there are sent, from store
   * to store; a later copy of the same disk sends what has changed since the one before. The source
   * is held until then, also if it is deleted, and the copy is independent of it afterwards. Disks
   * and images can be made from it; the disk of the source cannot be rolled back to it. A copy of
   * an encrypted snapshot has the same key. A store in trouble delays the copy; `copy.problem` says
   * so. Errors: InvalidParameter (also for the snapshot's own region), NotFound, SnapshotNotReady,
   * SnapshotServiceNotOpened (in the target region), AccountInArrears, QuotaExceeded,
   * KeyUnavailable (the key cannot be used in the target region).
   */
  readonly copySnapshot?: Maybe<CopySnapshotPayload>;
  /**
   * Ends a copy that is under way; nothing of it stays. One that has ended stays as it ended.
   * Errors: NotFound.
   */
  readonly cancelCopy?: Maybe<CancelCopyPayload>;
  /**
   * Reports blocks whose contents do not match their ids. The service checks them itself. It asks
   * for a damaged block again at the next upload of the same content, which heals it everywhere. Of
   * an encrypted block the service can check only the form, so it believes an OPERATOR.
   */
  readonly reportDamage?: Maybe<ReportDamagePayload>;
  /**
   * Reports for up to 1024 objects whether the store has them, and signs an upload for those that
   * it lacks.
   */
  readonly prepareUpload?: Maybe<PrepareUploadPayload>;
  /**
   * Applies writes and trims to a disk or a draft, as a whole or not at all. Errors:
   * VersionConflict, ObjectMissing, ObjectTombstoned, LeaseLost (`fence` is not that of the present
   * writer), DiskLocked (no `fence`, while somebody holds the disk open for writing).
   */
  readonly commitBlocks?: Maybe<CommitBlocksPayload>;
  /**
   * Opens a draft: a private working copy of a disk, for a change too large for one commit. Nobody
   * sees it before `commitDraft`. Errors: VersionConflict, LeaseLost, DiskLocked.
   */
  readonly openDraft?: Maybe<OpenDraftPayload>;
  /**
   * Gives the disk the contents of the draft, in one step. Errors: VersionConflict (the disk has
   * changed since the draft was opened), LeaseLost, DiskLocked.
   */
  readonly commitDraft?: Maybe<CommitDraftPayload>;
  /** Discards a draft. Discarding it again succeeds. */
  readonly discardDraft?: Maybe<DiscardDraftPayload>;
  /**
   * Creates a disk, empty or from a snapshot or an image, in the same short time for any size. A
   * disk from an encrypted snapshot is encrypted with the same key. From a plain snapshot with
   * `encrypted: true` or a key, the result is a re-encryption copy, which the client carries out
   * (see `Disk.reencryption`). Errors: InvalidParameter, NotFound, SnapshotNotReady,
   * EncryptionMismatch, KeyUnavailable, UnsupportedDiskCategory, QuotaExceeded.
   */
  readonly createDisk?: Maybe<CreateDiskPayload>;
  /**
   * Changes the name, tags or release behaviour of a disk. A field that is left out does not
   * change. Errors: InvalidParameter, NotFound.
   */
  readonly updateDisk?: Maybe<UpdateDiskPayload>;
  /**
   * Makes a disk larger. The new part reads as zeros. The present size is accepted and changes
   * nothing, so a call whose answer was lost can be repeated. Errors: InvalidParameter (smaller),
   * NotFound, IncorrectDiskStatus.
   */
  readonly resizeDisk?: Maybe<ResizeDiskPayload>;
  /**
   * Releases a disk; `restoreTrash` brings it back for a time. Manual snapshots stay. Automatic
   * ones are deleted if `deleteAutoSnapshots` is set; one from which a disk or image was made, once
   * there is none left. Errors: NotFound, IncorrectDiskStatus, SnapshotCreating, DiskLocked.
   */
  readonly releaseDisk?: Maybe<ReleaseDiskPayload>;
  /**
   * Writes an image as a file, in the background. Without `bucket` the file lies with the region's
   * own objects for 7 days, and `downloadUrl` gives it away. Otherwise it lies in a bucket that the
   * operator has opened to the account, until somebody deletes it there. A store in trouble delays
   * the export; `problem` says so. If the image is deleted meanwhile, the export fails. Errors:
   * InvalidParameter, NotFound, EncryptedImageNotExportable, QuotaExceeded (10 at once).
   */
  readonly exportImage?: Maybe<ExportImagePayload>;
  /**
   * Ends an export that is under way; nothing of its file stays. One that has ended stays as it
   * ended. Errors: NotFound.
   */
  readonly cancelImageExport?: Maybe<CancelImageExportPayload>;
  /**
   * Creates an image of a snapshot, at once for any size. Errors: InvalidParameter, NotFound,
   * SnapshotNotReady.
   */
  readonly createImage?: Maybe<CreateImagePayload>;
  /**
   * Changes the name, description or tags of an image. A field that is left out does not change.
   * Errors: InvalidParameter, NotFound.
   */
  readonly updateImage?: Maybe<UpdateImagePayload>;
  /**
   * Deletes an image and takes back all its shares. It can be brought back (`restoreTrash`) with
   * them for the time that the account sets. Disks made from it keep working, but can no longer be
   * reinitialised. Copies of it that are not complete in other accounts fail. Errors: NotFound.
   */
  readonly deleteImage?: Maybe<DeleteImagePayload>;
  /**
   * Shares an image with other accounts, which can then read it and make disks from it. An account
   * that does not exist is refused with its field. After 20 of these in a day (UTC), further
   * accounts are refused until the next day. Errors: InvalidParameter, NotFound,
   * EncryptedImageNotShareable.
   */
  readonly shareImage?: Maybe<ShareImagePayload>;
  /**
   * Takes shares back. Disks that were made from the image do not change. Errors: InvalidParameter,
   * NotFound.
   */
  readonly unshareImage?: Maybe<UnshareImagePayload>;
  /**
   * Makes an image from a file of a bucket, in the background. At the end there are a snapshot of
   * the contents and the image of that: an image appears only when it is whole. The contents are
   * plain, as the service has no key. If the file is replaced or deleted meanwhile, the import
   * fails. A store in trouble delays it; `problem` says so. Errors: InvalidParameter,
   * SnapshotServiceNotOpened, AccountInArrears, QuotaExceeded (10 at once).
   */
  readonly importImage?: Maybe<ImportImagePayload>;
  /**
   * Ends an import that is under way; nothing of its contents stays. One that has ended stays as it
   * ended. Errors: NotFound.
   */
  readonly cancelImageImport?: Maybe<CancelImageImportPayload>;
  /**
   * Creates an instance with its disks, as a whole or not at all. A disk that needs a copy is
   * refused with InvalidParameter, see `InstanceDiskInput`. In errors, fields of disks have names
   * like `systemDisk.sizeBytes` and `dataDisks.0.sizeBytes`. Errors: InvalidParameter, NotFound,
   * SnapshotNotReady, EncryptionMismatch, KeyUnavailable, UnsupportedDiskCategory, QuotaExceeded.
   */
  readonly createInstance?: Maybe<CreateInstancePayload>;
  /**
   * Changes the name, tags or protection of an instance. A field that is left out does not change.
   * Errors: InvalidParameter, NotFound, UnsupportedInstanceKind.
   */
  readonly updateInstance?: Maybe<UpdateInstancePayload>;
  /**
   * Starts a STOPPED instance. Errors: NotFound, UnsupportedInstanceKind, IncorrectInstanceStatus,
   * SnapshotCreating.
   */
  readonly startInstance?: Maybe<StartInstancePayload>;
  /**
   * Stops a RUNNING instance. Errors: NotFound, UnsupportedInstanceKind, IncorrectInstanceStatus,
   * SnapshotCreating.
   */
  readonly stopInstance?: Maybe<StopInstancePayload>;
  /**
   * Releases a STOPPED instance permanently, with its system disk and the data disks that are
   * marked `deleteWithInstance`. Its other disks are detached. Errors: NotFound,
   * UnsupportedInstanceKind, IncorrectInstanceStatus, SnapshotCreating, DeletionProtected,
   * DiskLocked (one of its disks is held open for writing).
   */
  readonly releaseInstance?: Maybe<ReleaseInstancePayload>;
  /**
   * Gives a STOPPED instance a new system disk with a new id, and releases the old one. Snapshots
   * of the old disk can never roll back the new one, but still make disks and images. Errors as for
   * `createInstance`; also UnsupportedInstanceKind, IncorrectInstanceStatus, SnapshotCreating,
   * DiskLocked (the old disk is held open for writing).
   */
  readonly replaceSystemDisk?: Maybe<ReplaceSystemDiskPayload>;
  /**
   * Opens a disk for writing, for one writer only. An AVAILABLE disk is also attached to the
   * instance of the host, which is created if there is none. An IN_USE disk is written under its
   * instance. Errors: InvalidParameter, NotFound, IncorrectDiskStatus, IncorrectInstanceStatus,
   * DiskLocked (`holder`, `fence` and `expiresAt` of the living lease).
   */
  readonly acquireLease?: Maybe<AcquireLeasePayload>;
  /**
   * Keeps a lease alive. This also revives an expired lease, as long as nobody took its place. Call
   * it every `renewAfterMs`. The answer says whether a flush is requested. Errors: InvalidParameter
   * (`flushed` above `flushRequest`), NotFound, LeaseLost.
   */
  readonly renewLease?: Maybe<RenewLeasePayload>;
  /**
   * Gives a lease back, and undoes what `acquireLease` did. Releasing it again succeeds and changes
   * nothing. Errors: NotFound.
   */
  readonly releaseLease?: Maybe<ReleaseLeasePayload>;
  /**
   * Pins a snapshot: it never expires, never gives way to another, and cannot be deleted until it
   * is unpinned. Pinning it again changes nothing. Errors: NotFound, SnapshotNotReady.
   */
  readonly pinSnapshot?: Maybe<PinSnapshotPayload>;
  /**
   * Unpins a snapshot. Its retention holds again. If that has ended, or ends within 24 hours, it
   * ends 24 hours from now. Unpinning it again changes nothing. Errors: NotFound.
   */
  readonly unpinSnapshot?: Maybe<UnpinSnapshotPayload>;
  /**
   * Changes how long a snapshot is kept, from when it was made. A shorter retention needs ADMIN. Of
   * a pinned snapshot it holds as soon as it is unpinned. Errors: InvalidParameter (such as one
   * that would have ended already), NotFound, SnapshotNotReady, Forbidden.
   */
  readonly setSnapshotRetention?: Maybe<SetSnapshotRetentionPayload>;
  /**
   * Creates a policy. It takes a snapshot of each of its disks at the given hours of the given
   * weekdays. Errors: InvalidParameter, SnapshotServiceNotOpened (also in a region of
   * `copyTargets`), QuotaExceeded.
   */
  readonly createPolicy?: Maybe<CreatePolicyPayload>;
  /**
   * Changes a policy from its next slot on. A field that is left out does not change. Existing
   * snapshots keep their own retention. Errors: InvalidParameter, NotFound,
   * SnapshotServiceNotOpened (in a region of `copyTargets`).
   */
  readonly updatePolicy?: Maybe<UpdatePolicyPayload>;
  /**
   * Deletes a policy and cancels it for all its disks. Its snapshots and their copies stay until
   * their retention ends. Copies that have not begun are not made. Errors: NotFound.
   */
  readonly deletePolicy?: Maybe<DeletePolicyPayload>;
  /**
   * Puts disks under a policy, each with its own result. A disk has one policy, so another one is
   * replaced. Errors: InvalidParameter, NotFound (the policy). Results carry NotFound,
   * UnsupportedDiskCategory (LOCAL), InvalidParameter (another region).
   */
  readonly applyPolicy?: Maybe<ApplyPolicyPayload>;
  /**
   * Takes disks out of their policies, each with its own result. Errors: InvalidParameter. Results
   * carry NotFound.
   */
  readonly cancelPolicy?: Maybe<CancelPolicyPayload>;
  /**
   * Sets a quota of the account in a region. The default is the limit of the product, which is also
   * the maximum. Needs ADMIN. Errors: InvalidParameter, Forbidden (`API_KEYS` belongs to the whole
   * account, so a credential that is limited to regions cannot set it).
   */
  readonly setQuota?: Maybe<SetQuotaPayload>;
  /**
   * Ends a re-encryption copy: the disk becomes AVAILABLE. Errors: NotFound, IncorrectDiskStatus
   * (the disk is not being copied, or the copy is not complete: see `copiedBytes` and
   * `totalBytes`).
   */
  readonly completeReencryption?: Maybe<CompleteReencryptionPayload>;
  /**
   * Returns the whole disk to one of its snapshots, in the same short time for any size. Later
   * snapshots stay usable, and the disk keeps its size. Errors: NotFound, InvalidSnapshotDisk,
   * SnapshotNotReady, SnapshotCreating, IncorrectDiskStatus, IncorrectInstanceStatus (attached, and
   * not STOPPED), DiskLocked (somebody holds it open for writing); for the safety snapshot also
   * those of `createSnapshot`.
   */
  readonly rollbackDisk?: Maybe<RollbackDiskPayload>;
  /**
   * Returns a disk to the contents of its origin, or to zeros if it has none. A disk that was made
   * by a re-encryption copy is copied again. Errors: NotFound, IncorrectDiskStatus,
   * IncorrectInstanceStatus (attached, and not STOPPED), OriginSnapshotDeleted, SnapshotCreating,
   * DiskLocked (somebody holds it open for writing).
   */
  readonly reinitializeDisk?: Maybe<ReinitializeDiskPayload>;
  /**
   * Starts a scrub. It reads contents back from the store and checks each object against its id.
   * Then it counts the references of each domain again, and compares them and a listing of the
   * store with the catalogue. It runs in the background, beside all other work. Errors:
   * InvalidParameter, NotFound, IdempotentParameterMismatch, QuotaExceeded.
   */
  readonly startScrub?: Maybe<StartScrubPayload>;
  /** Ends a RUNNING scrub. Its findings stay. Errors: NotFound. */
  readonly cancelScrub?: Maybe<CancelScrubPayload>;
  /**
   * Creates a link that opens the console once, within a minute, signed in by the key of this call.
   * A second use is refused and recorded, and ends the session that the first one opened. Console
   * sessions cannot call this. Errors: InvalidParameter, Throttled (30 of one key, then one in ten
   * seconds).
   */
  readonly createConsoleLink?: Maybe<CreateConsoleLinkPayload>;
  /**
   * Takes a snapshot of what is committed to the disk at this instant, in the same short time for
   * any size. If somebody holds the disk open for writing, that writer is asked to flush first. The
   * answer is then a PROGRESSING snapshot. It becomes ACCOMPLISHED when the writer has answered, or
   * after 15 seconds without an answer; `consistency` says which. Errors: InvalidParameter,
   * NotFound, SnapshotServiceNotOpened, AccountInArrears, UnsupportedDiskCategory,
   * IncorrectDiskStatus, IncorrectInstanceStatus, SnapshotCreating, QuotaExceeded.
   */
  readonly createSnapshot?: Maybe<CreateSnapshotPayload>;
  /**
   * Changes the name, description or tags of a snapshot. A field that is left out does not change.
   * Errors: InvalidParameter, NotFound.
   */
  readonly updateSnapshot?: Maybe<UpdateSnapshotPayload>;
  /**
   * Deletes snapshots, each with its own result: a refused one does not stop the others. They can
   * be brought back (`restoreTrash`) for the time that the account sets. After it, what no other
   * snapshot or disk uses is freed in the background. Deleting a PROGRESSING snapshot cancels it.
   * Results carry NotFound, SnapshotPinned, SnapshotUsedByDisk (without `force`),
   * SnapshotUsedByImage.
   */
  readonly deleteSnapshots?: Maybe<DeleteSnapshotsPayload>;
  /**
   * Sets how long snapshots, disks and images that are deleted from now on can be brought back.
   * What was deleted before keeps its time. Needs ADMIN. Errors: InvalidParameter, Forbidden (a
   * credential that is limited to regions).
   */
  readonly setTrashRetention?: Maybe<SetTrashRetentionPayload>;
  /**
   * Brings back what was deleted, as it was, each with its own result. A disk comes back with the
   * automatic snapshots that went with it, and attached to nothing. Results carry NotFound,
   * QuotaExceeded. Errors: InvalidParameter.
   */
  readonly restoreTrash?: Maybe<RestoreTrashPayload>;
  /**
   * Ends the time in which these can be brought back, each with its own result. Their blocks are
   * freed after the grace time of reclaim. There is no way back. Needs ADMIN. Results carry
   * NotFound. Errors: InvalidParameter.
   */
  readonly purgeTrash?: Maybe<PurgeTrashPayload>;
  /**
   * Sets the recovery point objective of a disk, or of all disks of a region that have a tag. The
   * strictest of a disk's own objective and those of its tags holds. Where none is set, it follows
   * from the schedule of the disk's policy: the longest time between two runs, and 2 hours. Again
   * is harmless. Errors: InvalidParameter (100 tags of a region can have one), NotFound,
   * UnsupportedDiskCategory.
   */
  readonly setRecoveryPointObjective?: Maybe<SetRecoveryPointObjectivePayload>;
  /**
   * Has an account's events sent to a receiver from now on, at least once each, signed as Standard
   * Webhooks 1.0.0 has it. The secret is in this answer and is never shown again. Needs ADMIN.
   * Errors: InvalidParameter (such as an address that the operator has not opened), Forbidden (a
   * credential that is limited to regions), QuotaExceeded (10).
   */
  readonly createWebhook?: Maybe<CreateWebhookPayload>;
  /**
   * Changes a webhook. What is left out stays. Switching it off drops what it was still to be sent.
   * Needs ADMIN. Errors: InvalidParameter, NotFound.
   */
  readonly updateWebhook?: Maybe<UpdateWebhookPayload>;
  /** Removes a webhook with all that it was still to be sent. Needs ADMIN. Errors: NotFound. */
  readonly deleteWebhook?: Maybe<DeleteWebhookPayload>;
  /**
   * Gives a webhook another secret. The old one signs as well until the overlap ends. The new one
   * is in this answer and is never shown again. Needs ADMIN. Errors: InvalidParameter, NotFound.
   */
  readonly rotateWebhookSecret?: Maybe<RotateWebhookSecretPayload>;
  /**
   * Sends one receiver an event of the type `webhook.test`. `webhookDeliveries` says how it went.
   * Needs ADMIN. Errors: InvalidParameter (one that is switched off), NotFound.
   */
  readonly testWebhook?: Maybe<TestWebhookPayload>;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationOpenSnapshotServiceArgs = {
  input: OpenSnapshotServiceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationAttachDiskArgs = {
  input: AttachDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDetachDiskArgs = {
  input: DetachDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCopySnapshotArgs = {
  input: CopySnapshotInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCancelCopyArgs = {
  input: CancelCopyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReportDamageArgs = {
  input: ReportDamageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationPrepareUploadArgs = {
  input: PrepareUploadInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCommitBlocksArgs = {
  input: CommitBlocksInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationOpenDraftArgs = {
  input: OpenDraftInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCommitDraftArgs = {
  input: CommitDraftInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDiscardDraftArgs = {
  input: DiscardDraftInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateDiskArgs = {
  input: CreateDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdateDiskArgs = {
  input: UpdateDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationResizeDiskArgs = {
  input: ResizeDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReleaseDiskArgs = {
  input: ReleaseDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationExportImageArgs = {
  input: ExportImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCancelImageExportArgs = {
  input: CancelImageExportInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateImageArgs = {
  input: CreateImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdateImageArgs = {
  input: UpdateImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDeleteImageArgs = {
  input: DeleteImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationShareImageArgs = {
  input: ShareImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUnshareImageArgs = {
  input: UnshareImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationImportImageArgs = {
  input: ImportImageInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCancelImageImportArgs = {
  input: CancelImageImportInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateInstanceArgs = {
  input: CreateInstanceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdateInstanceArgs = {
  input: UpdateInstanceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationStartInstanceArgs = {
  input: StartInstanceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationStopInstanceArgs = {
  input: StopInstanceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReleaseInstanceArgs = {
  input: ReleaseInstanceInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReplaceSystemDiskArgs = {
  input: ReplaceSystemDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationAcquireLeaseArgs = {
  input: AcquireLeaseInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationRenewLeaseArgs = {
  input: RenewLeaseInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReleaseLeaseArgs = {
  input: ReleaseLeaseInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationPinSnapshotArgs = {
  input: PinSnapshotInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUnpinSnapshotArgs = {
  input: UnpinSnapshotInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationSetSnapshotRetentionArgs = {
  input: SetSnapshotRetentionInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreatePolicyArgs = {
  input: CreatePolicyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdatePolicyArgs = {
  input: UpdatePolicyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDeletePolicyArgs = {
  input: DeletePolicyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationApplyPolicyArgs = {
  input: ApplyPolicyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCancelPolicyArgs = {
  input: CancelPolicyInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationSetQuotaArgs = {
  input: SetQuotaInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCompleteReencryptionArgs = {
  input: CompleteReencryptionInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationRollbackDiskArgs = {
  input: RollbackDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationReinitializeDiskArgs = {
  input: ReinitializeDiskInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationStartScrubArgs = {
  input: StartScrubInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCancelScrubArgs = {
  input: CancelScrubInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateConsoleLinkArgs = {
  input: CreateConsoleLinkInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateSnapshotArgs = {
  input: CreateSnapshotInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdateSnapshotArgs = {
  input: UpdateSnapshotInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDeleteSnapshotsArgs = {
  input: DeleteSnapshotsInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationSetTrashRetentionArgs = {
  input: SetTrashRetentionInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationRestoreTrashArgs = {
  input: RestoreTrashInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationPurgeTrashArgs = {
  input: PurgeTrashInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationSetRecoveryPointObjectiveArgs = {
  input: SetRecoveryPointObjectiveInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationCreateWebhookArgs = {
  input: CreateWebhookInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationUpdateWebhookArgs = {
  input: UpdateWebhookInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationDeleteWebhookArgs = {
  input: DeleteWebhookInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


/**
 * Changes. A refused change has no effect; `errors[].extensions.code` says why it was refused. In a
 * request with several changes each stands alone: a refused one is null, and the others are
 * answered. Calls that create something take a `clientToken`. A repeated call with the same token
 * and the same input returns the same object and does nothing twice. With another input it fails
 * with `IdempotentParameterMismatch`.
 */
export type MutationTestWebhookArgs = {
  input: TestWebhookInput;
};

/** The caller. */
export type Viewer = {
  /** The account of everything that the caller reads and changes. */
  readonly account: Account;
  /** The role of the credential. */
  readonly role: Role;
  /** The API key of the request. */
  readonly apiKey: ApiKey;
  /**
   * Why nothing can be changed at present, in one sentence that says what the operator has to run.
   * Null while all is well.
   */
  readonly readOnly?: Maybe<Scalars['String']['output']>;
  /**
   * Since when nothing is deleted because of time, as the clock is ahead of what explains it. By
   * that clock. Null while such deletions go on.
   */
  readonly deletionsHeldSince?: Maybe<Scalars['DateTime']['output']>;
};

/** An owner of disks and snapshots. */
export type Account = {
  /** Unique within the installation. */
  readonly id: Scalars['ID']['output'];
  /** A name for people. */
  readonly name: Scalars['String']['output'];
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Whether the account has paid. */
  readonly status: AccountStatus;
  /** When the arrears began; null for a NORMAL account. */
  readonly arrearsSince?: Maybe<Scalars['DateTime']['output']>;
  /** 24 hours after the arrears began. From then on no snapshots are created. */
  readonly serviceStopsAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * 15 days after the arrears began. From then on snapshots are deleted, except those from which a
   * disk or an image was made.
   */
  readonly snapshotsDeletedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * How many hours a snapshot, disk or image that is deleted now can be brought back. 0 means that
   * it is gone at once.
   */
  readonly trashHours: Scalars['Int']['output'];
};

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

/** A place where data is stored. */
export type Region = {
  /** The name that `region` arguments take. */
  readonly name: Scalars['String']['output'];
  /** Whether this is the default region. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** The snapshot service in this region. */
  readonly snapshotService: SnapshotService;
};

/** The state of the snapshot service in one region of the account. */
export type SnapshotService = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Whether snapshots can be created. */
  readonly opened: Scalars['Boolean']['output'];
  /** When the service was switched on. */
  readonly openedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The version of the terms that were accepted. */
  readonly acceptedTerms?: Maybe<Scalars['String']['output']>;
  /**
   * The text of these terms. Null if none were accepted, or terms that this installation never
   * had.
   */
  readonly acceptedTermsText?: Maybe<Scalars['String']['output']>;
  /** The version of the current terms, to be passed to `openSnapshotService`. */
  readonly currentTerms: Scalars['String']['output'];
  /** The text of the current terms, to be shown before they are accepted. */
  readonly currentTermsText: Scalars['String']['output'];
};

/** Input of `openSnapshotService`. */
export type OpenSnapshotServiceInput = {
  /** The region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** The terms that the caller accepts: the value of `SnapshotService.currentTerms`. */
  readonly acceptedTerms: Scalars['String']['input'];
};

/** Answer of `openSnapshotService`. */
export type OpenSnapshotServicePayload = {
  /** The service, now open. */
  readonly snapshotService: SnapshotService;
};

/** A credential for programs, sent as `Authorization: Bearer vk_…`. */
export type ApiKey = {
  /** The middle part of the key's text. */
  readonly id: Scalars['ID']['output'];
  /** A name for people. */
  readonly name: Scalars['String']['output'];
  /** The role of the key. */
  readonly role: Role;
  /**
   * The regions in which the key works; null means all. Objects of other regions do not exist for
   * this key.
   */
  readonly regions?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /**
   * Who made it: the id of an API key, or `operator`. Null for a key that an earlier version made,
   * of which that is unknown.
   */
  readonly createdBy?: Maybe<Scalars['String']['output']>;
  /** When the key expires; null means never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the key was revoked. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  /** The keys with their cursors. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The keys alone. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** The position of this page in the list. */
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
  /** 2–128 characters. The first is a letter. */
  readonly name: Scalars['String']['input'];
  /** The role of the key. No key can create one that allows more than itself. */
  readonly role: Role;
  /** The regions in which the key works. Default: the regions of the calling key. */
  readonly regions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When the key expires, in the future. Default: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Up to 64 printable ASCII characters. Only the first answer has the secret. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createApiKey`. */
export type CreateApiKeyPayload = {
  /** The key. */
  readonly apiKey: ApiKey;
  /** The full text of the key, `vk_<id>_<secret>`; null if the `clientToken` was used before. */
  readonly secret?: Maybe<Scalars['String']['output']>;
};

/** Input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** The key to revoke. */
  readonly apiKeyId: Scalars['ID']['input'];
};

/** Answer of `revokeApiKey`. */
export type RevokeApiKeyPayload = {
  /** The key, revoked. */
  readonly apiKey: ApiKey;
};

/** A block device whose contents are stored as deduplicated blocks in object storage. */
export type Disk = Node & {
  /**
   * Which mutations of it the state and the role of the caller permit now, with no more input than
   * is needed. A lease is not broken and no instance is started. It rests on the same checks as
   * the mutations.
   */
  readonly actions: ReadonlyArray<AllowedAction>;
  /** `d-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** A name for people; it need not be unique. */
  readonly name: Scalars['String']['output'];
  /** The purpose of the disk. */
  readonly kind: DiskKind;
  /** The kind of storage that it stands for. */
  readonly category: DiskCategory;
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Its current state. */
  readonly status: DiskStatus;
  /** How it is paid for. */
  readonly chargeType: ChargeType;
  /** For PREPAID: it is paid until this instant. After it, the disk is EXPIRED. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the contents are encrypted. This never changes. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted disk. */
  readonly encryption?: Maybe<Encryption>;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['output'];
  /** Whether it is released together with the instance that it is attached to. */
  readonly deleteWithInstance: Scalars['Boolean']['output'];
  /** The origin of its contents. */
  readonly origin: DiskOrigin;
  /** The instances that it is attached to. Only a SHARED disk can have several. */
  readonly instances: ReadonlyArray<Instance>;
  /** Tags, sorted by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Increases with each commit. The next commit passes it as `expectedVersion`. */
  readonly version: Scalars['SafeInt']['output'];
  /** Merkle root of the committed contents; `empty` if every block is a hole. */
  readonly root: Scalars['String']['output'];
  /**
   * The size of its contents, compared with its latest snapshot. Null for a moment after a change,
   * until it is measured.
   */
  readonly sizes?: Maybe<ContentSizes>;
  /** Progress of a re-encryption copy; null once it is complete. */
  readonly reencryption?: Maybe<Reencryption>;
  /**
   * Ranges that could not be read when the contents were imported. They are zeros since then,
   * unless later writes filled them. Null if everything was read.
   */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Its snapshots and their capacity; null for a LOCAL disk. */
  readonly chain?: Maybe<Chain>;
  /**
   * The lease under which it is open for writing. Null if nobody holds it open, or the holder was
   * not heard from in time.
   */
  readonly lease?: Maybe<WriterLease>;
  /** The automatic snapshot policy that it is under; null if there is none. */
  readonly policy?: Maybe<Policy>;
  /**
   * What policies did with the disk, the latest slot first. Slots that were missed while the timer
   * was down have no run. The next run counts them (`missedSlots`), and `Policy.slots` lists them.
   * Kept for 90 days.
   */
  readonly policyRuns: PolicyRunConnection;
  /** How well snapshots protect it; null for a LOCAL disk. */
  readonly protection?: Maybe<DiskProtection>;
};


/** A block device whose contents are stored as deduplicated blocks in object storage. */
export type DiskPolicyRunsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ReadonlyArray<PolicyRunStatus>>;
};

/** The state of one disk at one instant. */
export type Snapshot = Node & {
  /**
   * Which mutations of it the state and the role of the caller permit now, with no more input than
   * is needed: `deleteSnapshots` without `force`. It rests on the same checks as the mutations.
   */
  readonly actions: ReadonlyArray<AllowedAction>;
  /** What it is a copy of, and how far that is; null for a snapshot that is no copy. */
  readonly copy?: Maybe<SnapshotCopy>;
  /** Since when it is pinned; null if it is not. A pinned snapshot has no `expiresAt`. */
  readonly pinnedAt?: Maybe<Scalars['DateTime']['output']>;
  /** `s-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** A name for people; it need not be unique. */
  readonly name: Scalars['String']['output'];
  /** Free text for people. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Whether it was made by hand or by a policy. */
  readonly kind: SnapshotKind;
  /** The disk that it was taken of. */
  readonly sourceDisk: SnapshotSource;
  /** Whether it can be used. */
  readonly status: SnapshotStatus;
  /** 0–100. */
  readonly progressPercent: Scalars['Int']['output'];
  /**
   * Whether it holds everything that a writer of the disk had acknowledged by then. COMMITTED while
   * it is PROGRESSING.
   */
  readonly consistency: SnapshotConsistency;
  /** The instant whose state it holds. While it is PROGRESSING: the instant of the request. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Days for which it is kept; null means until it is deleted. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
  /**
   * When its retention ends; null while it is PROGRESSING. For an automatic snapshot that was in
   * use when its disk was released with `deleteAutoSnapshots`: the time of that release.
   */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The policy that made it; null for a manual one. Kept after the policy is deleted. */
  readonly policyId?: Maybe<Scalars['ID']['output']>;
  /**
   * Whether its retention has ended and it is kept only because a disk or an image made from it
   * exists. It is deleted once there is none left.
   */
  readonly keptInUse: Scalars['Boolean']['output'];
  /** What was made from it and still exists. */
  readonly usage: SnapshotUsage;
  /** Number of existing disks made from it. */
  readonly diskCount: Scalars['Int']['output'];
  /** Tags, sorted by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** Whether it is based on an earlier snapshot of the same disk. */
  readonly type: SnapshotType;
  /**
   * The size of its contents. Null for a moment after a deletion next to it, until it is measured
   * again.
   */
  readonly sizes?: Maybe<ContentSizes>;
  /**
   * Merkle root of the contents, which proves them; `empty` if every block is a hole, and while it
   * is PROGRESSING.
   */
  readonly root: Scalars['String']['output'];
  /**
   * Ranges that could not be read when the contents were imported. They are zeros since then,
   * unless later writes filled them. Null if everything was read.
   */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Whether its contents are encrypted. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted snapshot. */
  readonly encryption?: Maybe<Encryption>;
};

/** Whether a mutation of an object would be refused. */
export type AllowedAction = {
  /** The name of the mutation. */
  readonly name: Scalars['String']['output'];
  /** Whether it would go through. It can still be refused for the rest of its input. */
  readonly allowed: Scalars['Boolean']['output'];
  /** Why not: a code of the error registry. Null if it is allowed. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** Why not, as a message for people. Null if it is allowed. */
  readonly message?: Maybe<Scalars['String']['output']>;
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

/** What is advised for a purpose. */
export type PurposeAdvice = {
  /** The purpose. */
  readonly purpose: AdvicePurpose;
  /** The value of the tag `purpose` that stands for it. */
  readonly tag: Scalars['String']['output'];
  /** A snapshot each so many days; null means by hand, before the change. */
  readonly everyDays?: Maybe<Scalars['Int']['output']>;
  /** Days for which a snapshot is worth keeping. */
  readonly keepDays: Scalars['Int']['output'];
};

/** What the snapshots of a disk cost, and could cost. */
export type DiskAdvice = {
  /** The disk. */
  readonly disk: Disk;
  /** What it is for, and what is advised for that. */
  readonly purpose: PurposeAdvice;
  /** Its newest snapshot, in full, as stored; null if there is none, or it is being measured. */
  readonly totalStoredBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** All its snapshots, as stored; null while one is being measured. */
  readonly storedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** What changed between its snapshots, by their distance, the shortest first. */
  readonly changes: ReadonlyArray<MeasuredChange>;
  /** The policy as it is, sparser ones, and the advice for the purpose. */
  readonly options: ReadonlyArray<PolicyForecast>;
};

/** How much of a disk changes within a time. */
export type MeasuredChange = {
  /** Hours between the two snapshots of a pair. */
  readonly ageHours: Scalars['Int']['output'];
  /** How many pairs were compared. */
  readonly pairs: Scalars['Int']['output'];
  /** Blocks that differ, on average, before compression. */
  readonly changedBytes: Scalars['SafeInt']['output'];
  /** The same as stored, by the average of the blocks that changed. */
  readonly changedStoredBytes: Scalars['SafeInt']['output'];
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

/** What a policy would cost. Hours, weekdays and retention are as `updatePolicy` takes them. */
export type PolicyForecast = {
  /** Which policy. */
  readonly option: ForecastOption;
  /** Hours of the day, 0–23. */
  readonly hours: ReadonlyArray<Scalars['Int']['output']>;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['output']>;
  /** Days for which its snapshots are kept; null means without limit. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
  /** The most that is lost: the hours between two runs. */
  readonly worstLossHours: Scalars['Int']['output'];
  /**
   * How many snapshots there are at most, one retention after the policy began. Null if it keeps
   * all of them, or if too little is known.
   */
  readonly snapshotCount?: Maybe<Scalars['Int']['output']>;
  /**
   * What they take then, as stored, if the disk goes on to change as it did. Null if the policy
   * keeps all of them, or if too little is known: two snapshots at least.
   */
  readonly storedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** What is added in a day as long as none ends; null if too little is known. */
  readonly addedBytesPerDay?: Maybe<Scalars['SafeInt']['output']>;
  /** `storedBytes` for a month; null without a price. */
  readonly cost?: Maybe<Scalars['SafeInt']['output']>;
  /**
   * How much less than the present policy; negative if it is more. Null if one of the two is not
   * known.
   */
  readonly savedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The same as `cost`. */
  readonly savedCost?: Maybe<Scalars['SafeInt']['output']>;
  /**
   * Whether each interval between its snapshots was measured. False: what changes within some of
   * them is concluded from shorter or longer ones.
   */
  readonly measured: Scalars['Boolean']['output'];
};

/** A page of advice. */
export type DiskAdviceConnection = {
  /** The advice with its cursors. */
  readonly edges: ReadonlyArray<DiskAdviceEdge>;
  /** The advice alone. */
  readonly nodes: ReadonlyArray<DiskAdvice>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** The advice for one disk in a page. */
export type DiskAdviceEdge = {
  /** Position of this disk, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The advice. */
  readonly node: DiskAdvice;
};

/** A disk without a policy. */
export type UnprotectedDisk = {
  /** The disk. */
  readonly disk: Disk;
  /** What it is for, and what is advised for that. */
  readonly purpose: PurposeAdvice;
  /** Its newest snapshot; null if it has none. */
  readonly newestSnapshot?: Maybe<Snapshot>;
  /**
   * Stored bytes that the release of the disk alone would free; its snapshots stay. Null if more
   * blocks than a preview visits would have to be looked at.
   */
  readonly freedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The same for a month; null without a price. */
  readonly freedCost?: Maybe<Scalars['SafeInt']['output']>;
};

/** A page of disks without a policy. */
export type UnprotectedDiskConnection = {
  /** The disks with their cursors. */
  readonly edges: ReadonlyArray<UnprotectedDiskEdge>;
  /** The disks alone. */
  readonly nodes: ReadonlyArray<UnprotectedDisk>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One disk in a page. */
export type UnprotectedDiskEdge = {
  /** Position of this disk, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The disk. */
  readonly node: UnprotectedDisk;
};

/** A snapshot that nobody needs any more. */
export type ForgottenSnapshot = {
  /** The snapshot. */
  readonly snapshot: Snapshot;
  /** What it is for, and what is advised for that. */
  readonly purpose: PurposeAdvice;
  /** Its age in days. */
  readonly ageDays: Scalars['Int']['output'];
  /**
   * Stored bytes that its deletion alone would free. Null if more blocks than a preview visits
   * would have to be looked at.
   */
  readonly freedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The same for a month; null without a price. */
  readonly freedCost?: Maybe<Scalars['SafeInt']['output']>;
};

/** A page of forgotten snapshots. */
export type ForgottenSnapshotConnection = {
  /** The snapshots with their cursors. */
  readonly edges: ReadonlyArray<ForgottenSnapshotEdge>;
  /** The snapshots alone. */
  readonly nodes: ReadonlyArray<ForgottenSnapshot>;
  /**
   * What deleting all of this page together would free: also what only they share with each other.
   * Null if more blocks than a preview visits would have to be looked at.
   */
  readonly freedTogetherBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The same for a month; null without a price. */
  readonly freedTogetherCost?: Maybe<Scalars['SafeInt']['output']>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One snapshot in a page. */
export type ForgottenSnapshotEdge = {
  /** Position of this snapshot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The snapshot. */
  readonly node: ForgottenSnapshot;
};

/** Input of `attachDisk`. */
export type AttachDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `attachDisk`. */
export type AttachDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** Input of `detachDisk`. */
export type DetachDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The instance. It can be left out if the disk is attached to only one. */
  readonly instanceId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `detachDisk`. */
export type DetachDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
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

/** One record of the audit. */
export type AuditRecord = {
  /** Unique: the id of the act, a dot, and the number of the record among those of the act. */
  readonly id: Scalars['ID']['output'];
  /** When it was written. */
  readonly at: Scalars['DateTime']['output'];
  /** Who did it. */
  readonly actorKind: AuditActorKind;
  /** The id of the API key, `operator` or `service`. */
  readonly actor: Scalars['String']['output'];
  /**
   * The console session by which the API key acted: `console.signIn` has the same id among its
   * subjects. Null where the key itself was sent.
   */
  readonly session?: Maybe<Scalars['ID']['output']>;
  /** The name of the mutation, or what the operator or the service did. */
  readonly action: Scalars['String']['output'];
  /** How it came out. */
  readonly outcome: AuditOutcome;
  /** The error code of what was refused or failed. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** Why the service deleted something by itself. */
  readonly reason?: Maybe<DeletionReason>;
  /**
   * Ids that the call named, and ids of what it made. Where there are more than 16, further records
   * of the act have the others.
   */
  readonly subjects: ReadonlyArray<Scalars['ID']['output']>;
  /** The address that the request came from, as the gateway or the socket says it. */
  readonly address?: Maybe<Scalars['String']['output']>;
  /** The beginning of the client's own name for itself. */
  readonly userAgent?: Maybe<Scalars['String']['output']>;
  /** The id of the request, which finds it in the logs. */
  readonly requestId?: Maybe<Scalars['String']['output']>;
};

/** A page of the audit. */
export type AuditConnection = {
  /** The records with their cursors. */
  readonly edges: ReadonlyArray<AuditEdge>;
  /** The records alone. */
  readonly nodes: ReadonlyArray<AuditRecord>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One record in a page. */
export type AuditEdge = {
  /** Position of this record, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The record. */
  readonly node: AuditRecord;
};

/** An object with its own id. */
export type Node = {
  /** Unique within the installation; never reused. */
  readonly id: Scalars['ID']['output'];
};

/** The position of a page in its list. */
export type PageInfo = {
  /**
   * Whether more may follow. A filtered page looks at a bounded number of objects, so it can be
   * short or even empty although more follow.
   */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Pass this as `after` to get the next page; null if the list is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** The direction in which a list is sorted. */
export type SortDirection =
  /** The smallest, the earliest or the alphabetically first comes first. */
  | 'ASC'
  /** The largest, the latest or the alphabetically last comes first. */
  | 'DESC';

/** A label that the user chooses. */
export type Tag = {
  /** Unique within an object. */
  readonly key: Scalars['String']['output'];
  /** May be empty. */
  readonly value: Scalars['String']['output'];
};

/** A label to set. An object has at most 50. */
export type TagInput = {
  /** 1–128 characters. */
  readonly key: Scalars['String']['input'];
  /** Up to 256 characters. */
  readonly value: Scalars['String']['input'];
};

/** Matches objects that carry a tag. */
export type TagFilter = {
  /** The key of the tag. */
  readonly key: Scalars['String']['input'];
  /** The values that match, at most 50. Default: any value. */
  readonly values?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/**
 * The size of the contents of a disk or a snapshot, without holes. Blocks are 512 KiB. Their stored
 * form may be compressed.
 */
export type ContentSizes = {
  /** Blocks that differ from the previous version, before compression. */
  readonly ownBytes: Scalars['SafeInt']['output'];
  /** The same as stored. An object counts at each position where it occurs. */
  readonly ownStoredBytes: Scalars['SafeInt']['output'];
  /** All blocks, before compression. */
  readonly totalBytes: Scalars['SafeInt']['output'];
  /** The same as stored. An object counts at each position where it occurs. */
  readonly totalStoredBytes: Scalars['SafeInt']['output'];
  /**
   * All blocks except the own ones, before compression: the part shared with the previous
   * version.
   */
  readonly sharedBytes: Scalars['SafeInt']['output'];
};

/** The key under which the contents are encrypted. Only the client encrypts and decrypts. */
export type Encryption = {
  /** Name of the master key. */
  readonly keyId: Scalars['String']['output'];
  /** The data key in base64, wrapped under the master key. Needs OPERATOR. */
  readonly wrappedKey?: Maybe<Scalars['String']['output']>;
};

/** Why one item of a batch was refused. */
export type OperationError = {
  /** A code of the error registry, as in `errors[].extensions.code`. */
  readonly code: Scalars['String']['output'];
  /** A message for people. */
  readonly message: Scalars['String']['output'];
};

/** The size of contents. Holes take nothing. Blocks are 512 KiB. */
export type Capacity = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** When this was measured. */
  readonly at: Scalars['DateTime']['output'];
  /**
   * The own blocks of all versions, before compression: the blocks that differ from the previous
   * version.
   */
  readonly logicalBytes: Scalars['SafeInt']['output'];
  /** The same after deduplication: each different block once, before compression. */
  readonly deduplicatedBytes: Scalars['SafeInt']['output'];
  /** The stored size of that: compressed, including the pages of the block maps. */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /** Further stored bytes that nothing refers to any more, and that wait to be freed. */
  readonly waitingBytes: Scalars['SafeInt']['output'];
};

/** A page of samples, the earliest first. */
export type CapacitySampleConnection = {
  /** The samples with their cursors. */
  readonly edges: ReadonlyArray<CapacitySampleEdge>;
  /** The samples alone. */
  readonly nodes: ReadonlyArray<Capacity>;
  /** The position of this page in the list. */
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
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** The disk; null after its release. */
  readonly disk?: Maybe<Disk>;
  /** The snapshots, oldest first. */
  readonly nodes: ChainNodeConnection;
  /**
   * The size of the snapshots: the sum of their own blocks. Null for a moment after a deletion,
   * until it is measured again.
   */
  readonly capacity?: Maybe<ChainCapacity>;
  /** Number of snapshots. */
  readonly snapshotCount: Scalars['Int']['output'];
  /** Quota of manual snapshots. */
  readonly manualQuota: Quota;
  /** Quota of automatic snapshots. */
  readonly autoQuota: Quota;
  /**
   * When all contents of the chain were last read back and checked, by a scrub or in the
   * background. Null before the first time.
   */
  readonly lastVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Damaged objects that disks or snapshots of this chain need, at most 1000. Empty if all is
   * well.
   */
  readonly damagedObjects: ReadonlyArray<DamagedObject>;
  /** What of the chain was deleted and can be brought back. It is in none of the other figures. */
  readonly trash: ChainTrash;
};


/** All snapshots of one disk. */
export type ChainNodesArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** The size of the snapshots of a chain. */
export type ChainCapacity = {
  /** Their own blocks, before compression. */
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
  /** The position of this page in the list. */
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
  /**
   * The snapshot that it is derived from, in this chain or in the one that the disk was made from.
   * Null for the first one.
   */
  readonly parentId?: Maybe<Scalars['ID']['output']>;
  /**
   * The size of its contents, compared with the parent. Null for a moment after a deletion, until
   * it is measured again.
   */
  readonly sizes?: Maybe<ContentSizes>;
};

/** A page of chains. */
export type ChainConnection = {
  /** The chains with their cursors. */
  readonly edges: ReadonlyArray<ChainEdge>;
  /** The chains alone. */
  readonly nodes: ReadonlyArray<Chain>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One chain in a page. */
export type ChainEdge = {
  /** Position of this chain, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The chain. */
  readonly node: Chain;
};

/** The copy of a snapshot of another region. */
export type SnapshotCopy = {
  /** The snapshot that was copied, which may be gone. */
  readonly sourceSnapshotId: Scalars['ID']['output'];
  /** The disk of that snapshot, which may be gone. */
  readonly sourceDiskId: Scalars['ID']['output'];
  /** The region of that snapshot. */
  readonly sourceRegion: Scalars['String']['output'];
  /**
   * The part of the disk that differs from what the region had. Null before it is counted, and like
   * `doneBytes`.
   */
  readonly totalBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** How much of it is there. Null later than 90 days after the end. */
  readonly doneBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** Blocks that were sent for it: those that the region did not have. Null like `doneBytes`. */
  readonly movedBlocks?: Maybe<Scalars['SafeInt']['output']>;
  /** Their stored size. Null like `doneBytes`. */
  readonly movedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** Why it does not go on just now, or failed; null otherwise. */
  readonly problem?: Maybe<CopyProblem>;
};

/** Why a copy waits, or has failed. */
export type CopyProblem = {
  /** One of the codes of errors. */
  readonly code: Scalars['String']['output'];
  /** The reason. */
  readonly message: Scalars['String']['output'];
  /** Since when. */
  readonly since: Scalars['DateTime']['output'];
};

/** Input of `copySnapshot`. */
export type CopySnapshotInput = {
  /** The snapshot. It must be ACCOMPLISHED. */
  readonly snapshotId: Scalars['ID']['input'];
  /** The region in which the copy is to be, another than the snapshot's. */
  readonly toRegion: Scalars['String']['input'];
  /**
   * 2–128 characters, as for `createSnapshot`. Default: the snapshot's name, or for an automatic
   * one the id of the copy.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters. Default: the snapshot's. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Days for which the copy is kept once it is there, 1–65536. Default: until it is deleted. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** At most 50 tags, each key once. Default: the snapshot's. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * snapshot.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `copySnapshot`. */
export type CopySnapshotPayload = {
  /** The copy. */
  readonly snapshot: Snapshot;
};

/** Input of `cancelCopy`. */
export type CancelCopyInput = {
  /** The copy. */
  readonly snapshotId: Scalars['ID']['input'];
};

/** Result of `cancelCopy`. */
export type CancelCopyPayload = {
  /** The copy. */
  readonly snapshotId: Scalars['ID']['output'];
  /** False: it had ended before. */
  readonly cancelled: Scalars['Boolean']['output'];
};

/** Blocks that were read and do not match their ids. */
export type ReportDamageInput = {
  /** The disk, snapshot, image or draft that was read. */
  readonly source: Scalars['ID']['input'];
  /** 1–64 blocks. */
  readonly blocks: ReadonlyArray<MetBlockInput>;
};

/** A block that does not match its id. */
export type MetBlockInput = {
  /** Block index: offset / 512 KiB. */
  readonly index: Scalars['SafeInt']['input'];
  /** Id of the object that holds the block. */
  readonly id: Scalars['ID']['input'];
};

/** Answer of `reportDamage`. */
export type ReportDamagePayload = {
  /** The findings of the service, in the order of the input. */
  readonly blocks: ReadonlyArray<MetBlock>;
};

/** The finding of the service about a reported block. */
export type MetBlock = {
  /** Id of the object that holds the block. */
  readonly id: Scalars['ID']['output'];
  /** The finding. */
  readonly state: MetBlockState;
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
  readonly target: Scalars['ID']['input'];
  /** 1–1024 objects. */
  readonly objects: ReadonlyArray<PrepareObjectInput>;
};

/** An object that a client is about to name in a commit. */
export type PrepareObjectInput = {
  /** Object id: 64 lower-case hex digits. */
  readonly id: Scalars['ID']['input'];
  /** The stored form. Without it, the answer for a missing object is MISSING and has no URL. */
  readonly stored?: InputMaybe<StoredFormInput>;
  /**
   * The store refused the PUT (status 412, or 404), as it has other bytes under this id than the
   * service knew of. The service then looks at them. PRESENT: they are the block. UPLOAD: they are
   * not, and the new URL replaces exactly these bytes. At most 128 objects of a call.
   */
  readonly found: Scalars['Boolean']['input'];
};

/** The stored form of an object. */
export type StoredFormInput = {
  /** Length of the stored form. */
  readonly sizeBytes: Scalars['Int']['input'];
  /** SHA-256 of the stored form: 64 lower-case hex digits. */
  readonly sha256: Scalars['String']['input'];
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

/** Answer of `prepareUpload`. */
export type PrepareUploadPayload = {
  /** In the order of the input. */
  readonly objects: ReadonlyArray<PreparedObject>;
};

/** What a client has to do with one object. */
export type PreparedObject = {
  /** What to do. */
  readonly state: UploadState;
  /** For UPLOAD: the URL to PUT the stored form to, valid for minutes. */
  readonly url?: Maybe<Scalars['String']['output']>;
  /** For UPLOAD: the headers of the PUT. */
  readonly headers?: Maybe<ReadonlyArray<HttpHeader>>;
  /** For WAIT: the time to wait, in milliseconds. */
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
  /** The disk or draft. */
  readonly target: Scalars['ID']['input'];
  /** The version that the change is based on. */
  readonly expectedVersion: Scalars['SafeInt']['input'];
  /** At most 1024 blocks, each index once. */
  readonly writes: ReadonlyArray<BlockWriteInput>;
  /** Ranges that become holes, at most 1024. They are applied before `writes`. */
  readonly trims: ReadonlyArray<BlockRangeInput>;
  /**
   * The fence of the writer lease under which the disk is written. It is ignored for a draft:
   * `commitDraft` checks it.
   */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** The new contents of one block. */
export type BlockWriteInput = {
  /** Block index: offset / 512 KiB, inside the disk. */
  readonly index: Scalars['SafeInt']['input'];
  /** Id of the object that holds the block. */
  readonly id: Scalars['ID']['input'];
};

/** A range of 512 KiB blocks inside the disk. */
export type BlockRangeInput = {
  /** The first block. */
  readonly start: Scalars['SafeInt']['input'];
  /** Number of blocks, at least 1. */
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
  /** The version of the disk that the change is based on. */
  readonly expectedVersion: Scalars['SafeInt']['input'];
  /** The fence of the writer lease under which the disk is written. */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
  /**
   * True for a draft that only keeps the present contents readable. Then it does not matter who
   * holds the disk open.
   */
  readonly forReading: Scalars['Boolean']['input'];
  /** Up to 256 characters. The client finds its draft again by this label after a crash. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * draft.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `openDraft`. */
export type OpenDraftPayload = {
  /** The draft, with the contents of the disk. */
  readonly draft: Draft;
};

/** Input of `commitDraft`. */
export type CommitDraftInput = {
  /** The draft. */
  readonly draftId: Scalars['ID']['input'];
  /** The fence of the writer lease under which the disk is written. */
  readonly fence?: InputMaybe<Scalars['SafeInt']['input']>;
  /**
   * The ranges of the source that could not be read. They replace the ranges that are known of the
   * disk. Default: those stay.
   */
  readonly unreadable?: InputMaybe<UnreadableInput>;
};

/** Answer of `commitDraft`. */
export type CommitDraftPayload = {
  /** The disk with its new contents. */
  readonly disk: Disk;
};

/** Input of `discardDraft`. */
export type DiscardDraftInput = {
  /** The draft. */
  readonly draftId: Scalars['ID']['input'];
};

/** Answer of `discardDraft`. */
export type DiscardDraftPayload = {
  /** Id of the discarded draft. */
  readonly draftId: Scalars['ID']['output'];
};

/** A private working copy of a disk. It expires if nobody commits to it before `expiresAt`. */
export type Draft = {
  /** `dr-…` */
  readonly id: Scalars['ID']['output'];
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Increases with each commit to the draft. */
  readonly version: Scalars['SafeInt']['output'];
  /** The version of the disk when the draft was opened. */
  readonly baseVersion: Scalars['SafeInt']['output'];
  /** Merkle root of the contents; `empty` if every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The label that was given to `openDraft`. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** When it was opened. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it expires. Each commit to it can extend this. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** A page of drafts. */
export type DraftConnection = {
  /** The drafts with their cursors. */
  readonly edges: ReadonlyArray<DraftEdge>;
  /** The drafts alone. */
  readonly nodes: ReadonlyArray<Draft>;
  /** The position of this page in the list. */
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
  /** The disk, snapshot or draft. */
  readonly source: Scalars['ID']['input'];
  /** The first block to look at. */
  readonly startIndex: Scalars['SafeInt']['input'];
  /**
   * Where to stop, exclusive. An end saves reading ahead in sparse contents. Default: the end of
   * the disk.
   */
  readonly endIndex?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Number of present blocks to return, at most 1024. */
  readonly limit: Scalars['Int']['input'];
  /** For a disk or draft: refuses with VersionConflict if it is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
  /** False leaves out the signed URLs. */
  readonly urls: Scalars['Boolean']['input'];
  /**
   * Reads the block map from the store again, not from a cache of the service. Used to verify
   * it.
   */
  readonly fresh: Scalars['Boolean']['input'];
};

/** A part of the contents of a disk, snapshot or draft. A block that is not listed is a hole. */
export type BlockMap = {
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Merkle root of the contents that were read; `empty` if every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The version that was read. */
  readonly version: Scalars['SafeInt']['output'];
  /** In ascending order. */
  readonly blocks: ReadonlyArray<MappedBlock>;
  /** Where to continue; null at the end of the disk or of the requested range. */
  readonly nextIndex?: Maybe<Scalars['SafeInt']['output']>;
};

/** The place of one block. */
export type MappedBlock = {
  /** Block index: offset / 512 KiB. */
  readonly index: Scalars['SafeInt']['output'];
  /** Id of the object that holds the block. Check what you read against it. */
  readonly id: Scalars['ID']['output'];
  /** URL for a GET, valid for minutes. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** Input of `pageMap`. */
export type PageMapInput = {
  /** The disk, snapshot or draft. */
  readonly source: Scalars['ID']['input'];
  /** Number of the leaf page: block index / 1024. */
  readonly startIndex: Scalars['SafeInt']['input'];
  /** Where to stop, exclusive. Default: the end of the disk. */
  readonly endIndex?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Number of pages to return, at most 1024. */
  readonly limit: Scalars['Int']['input'];
  /** For a disk or draft: refuses with VersionConflict if it is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** The leaf pages of a disk, snapshot or draft. A page that is not listed has only holes. */
export type PageMap = {
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Merkle root of the contents that were read; `empty` if every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The version that was read. */
  readonly version: Scalars['SafeInt']['output'];
  /** In ascending order. */
  readonly pages: ReadonlyArray<MappedPage>;
  /** Where to continue; null at the end of the disk or of the requested range. */
  readonly nextIndex?: Maybe<Scalars['SafeInt']['output']>;
};

/** One leaf page. */
export type MappedPage = {
  /** Number of the page: block index / 1024. */
  readonly index: Scalars['SafeInt']['output'];
  /** Id of the page. */
  readonly id: Scalars['ID']['output'];
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

/** The origin of the contents of a disk. */
export type DiskOrigin = {
  /** The kind of origin. */
  readonly kind: DiskOriginKind;
  /** For SNAPSHOT: id of the snapshot, kept after its deletion. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** For SNAPSHOT: the snapshot; null after its deletion. */
  readonly snapshot?: Maybe<Snapshot>;
  /** For IMAGE: id of the image, kept after its deletion. */
  readonly imageId?: Maybe<Scalars['ID']['output']>;
};

/** The kind of a disk's origin. */
export type DiskOriginKind =
  /** None: the disk began as zeros. */
  | 'NONE'
  /** A snapshot. */
  | 'SNAPSHOT'
  /** An image. */
  | 'IMAGE';

/** A page of disks. */
export type DiskConnection = {
  /** The disks with their cursors. */
  readonly edges: ReadonlyArray<DiskEdge>;
  /** The disks alone. */
  readonly nodes: ReadonlyArray<Disk>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One disk in a page. */
export type DiskEdge = {
  /** Position of this disk, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The disk. */
  readonly node: Disk;
};

/** Selects disks. All given conditions must hold. */
export type DiskFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<DiskStatus>>;
  /** It is of this kind. */
  readonly kind?: InputMaybe<DiskKind>;
  /** It is of one of these categories. */
  readonly category?: InputMaybe<ReadonlyArray<DiskCategory>>;
  /** Whether it is encrypted. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** It was made from this snapshot. */
  readonly originSnapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** It is attached to this instance. */
  readonly instanceId?: InputMaybe<Scalars['ID']['input']>;
  /** It is under this automatic snapshot policy. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it is under no policy, and could be: LOCAL disks cannot. */
  readonly withoutPolicy?: InputMaybe<Scalars['Boolean']['input']>;
  /** It has a match for each of these, at most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** It was created at or after this instant. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** It was created before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of disks. */
export type DiskOrder = {
  /** The field to sort by. */
  readonly field: DiskOrderField;
  /** The direction. */
  readonly direction: SortDirection;
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
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Default: the kind of the snapshot's disk, otherwise DATA. */
  readonly kind?: InputMaybe<DiskKind>;
  /** The kind of storage. */
  readonly category: DiskCategory;
  /**
   * 1 byte to 64 TiB. Needed for an empty disk, else at least the snapshot's, which is the
   * default.
   */
  readonly sizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  /** The snapshot to make it from. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** The image to make it from: the account's own, or one shared with it. */
  readonly imageId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the contents are encrypted. Default: as in the snapshot; true if a key is named. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Name of the master key. Default for an encrypted disk: the key of the snapshot, otherwise the
   * default key of the installation.
   */
  readonly encryptionKeyId?: InputMaybe<Scalars['String']['input']>;
  /** How it is paid for. */
  readonly chargeType: ChargeType;
  /** Needed for PREPAID, and allowed only there: it is paid until this instant, in the future. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The automatic snapshot policy to put it under. Not for LOCAL disks. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['input'];
  /** Whether it is released together with the instance that it is attached to. */
  readonly deleteWithInstance: Scalars['Boolean']['input'];
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * disk.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createDisk`. */
export type CreateDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** Input of `updateDisk`. */
export type UpdateDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateDiskInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it is released together with the instance that it is attached to. */
  readonly deleteWithInstance?: InputMaybe<Scalars['Boolean']['input']>;
  /** For PREPAID: it is paid until this instant, later than before and in the future. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Answer of `updateDisk`. */
export type UpdateDiskPayload = {
  /** The disk, changed. */
  readonly disk: Disk;
};

/** Input of `resizeDisk`. */
export type ResizeDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** At least the present size, at most 64 TiB. */
  readonly sizeBytes: Scalars['SafeInt']['input'];
};

/** Answer of `resizeDisk`. */
export type ResizeDiskPayload = {
  /** The disk, with the new size. */
  readonly disk: Disk;
};

/** Input of `releaseDisk`. */
export type ReleaseDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** If true, a lease of somebody who holds the disk open for writing is broken, not respected. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `releaseDisk`. */
export type ReleaseDiskPayload = {
  /** Id of the released disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Automatic snapshots that were deleted with it. */
  readonly deletedSnapshotIds: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The background job that frees what only the disk used; done at once if it can be brought
   * back.
   */
  readonly job: Job;
  /** Until when it can be brought back, with these snapshots; null if it is gone for good. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * Something that has happened. `schema/events/` has a JSON schema for each type. Types and fields
 * may be added, so take no notice of what you do not know.
 */
export type Event = {
  /** `ev-…`. Webhooks send it as `webhook-id`. */
  readonly id: Scalars['ID']['output'];
  /** What has happened, such as `snapshot.accomplished`. */
  readonly type: Scalars['String']['output'];
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Where; null for what is of no region. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** What it is about. */
  readonly subject: EventSubject;
  /** More about it, by its type: a JSON object of texts, numbers, booleans and nulls. */
  readonly data: Scalars['String']['output'];
};

/** What an event is about. */
export type EventSubject = {
  /** What it is, such as `snapshot`. */
  readonly kind: Scalars['String']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
};

/** A page of events. */
export type EventConnection = {
  /** The events with their cursors. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** The events alone. */
  readonly nodes: ReadonlyArray<Event>;
  /**
   * The position of this page in the list. A page can be empty and have a next one: the filter has
   * looked at many events that do not match.
   */
  readonly pageInfo: PageInfo;
};

/** One event in a page. */
export type EventEdge = {
  /** Position of this event, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** An image that is written as a file. */
export type ImageExport = {
  /** `x-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** The image, which may be gone. */
  readonly imageId: Scalars['ID']['output'];
  /** The format of the file. */
  readonly format: ImageFileFormat;
  /** How far it has come. */
  readonly status: ImageExportStatus;
  /** The bucket that was named; null for the region's own. */
  readonly bucket?: Maybe<Scalars['String']['output']>;
  /** The name of the file in its bucket. */
  readonly key: Scalars['String']['output'];
  /** Length of the file. Null before it is known. */
  readonly totalBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** How much of it is there. */
  readonly doneBytes: Scalars['SafeInt']['output'];
  /** Why it does not go on just now, or failed; null otherwise. */
  readonly problem?: Maybe<ExportProblem>;
  /** When the call was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the file is deleted; null before the end, and for files in other buckets. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * A URL that lets its holder read the file, until it ends or the file does. Null unless the file
   * is there.
   */
  readonly downloadUrl?: Maybe<Scalars['String']['output']>;
};


/** An image that is written as a file. */
export type ImageExportDownloadUrlArgs = {
  ttlSeconds: Scalars['Int']['input'];
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

/** Why an export waits, or has failed. */
export type ExportProblem = {
  /** One of the codes of errors. */
  readonly code: Scalars['String']['output'];
  /** The reason. */
  readonly message: Scalars['String']['output'];
  /** Since when. */
  readonly since: Scalars['DateTime']['output'];
};

/** A page of exports. */
export type ImageExportConnection = {
  /** The exports with their cursors. */
  readonly edges: ReadonlyArray<ImageExportEdge>;
  /** The exports alone. */
  readonly nodes: ReadonlyArray<ImageExport>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One export in a page. */
export type ImageExportEdge = {
  /** Position of this export, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The export. */
  readonly node: ImageExport;
};

/** Selects exports. All given conditions must hold. */
export type ImageExportFilter = {
  /** It is of this image. */
  readonly imageId?: InputMaybe<Scalars['ID']['input']>;
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<ImageExportStatus>>;
};

/** Input of `exportImage`. */
export type ExportImageInput = {
  /** The image, one of the account's own. */
  readonly imageId: Scalars['ID']['input'];
  /** The format of the file. */
  readonly format: ImageFileFormat;
  /** A bucket that the operator has opened to the account. Default: the region's own. */
  readonly bucket?: InputMaybe<Scalars['String']['input']>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * export.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `exportImage`. */
export type ExportImagePayload = {
  /** The export. */
  readonly export: ImageExport;
};

/** Input of `cancelImageExport`. */
export type CancelImageExportInput = {
  /** The export. */
  readonly exportId: Scalars['ID']['input'];
};

/** Result of `cancelImageExport`. */
export type CancelImageExportPayload = {
  /** The export. */
  readonly exportId: Scalars['ID']['output'];
  /** False: it had ended before. */
  readonly cancelled: Scalars['Boolean']['output'];
};

/** Contents from which disks and instances are made. */
export type Image = Node & {
  /** `m-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** A name for people; it need not be unique. */
  readonly name: Scalars['String']['output'];
  /** Free text for people. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The account that it belongs to. */
  readonly ownerAccountId: Scalars['ID']['output'];
  /** Whether the caller's account owns it. */
  readonly owned: Scalars['Boolean']['output'];
  /** The snapshot that it was made from; null for images of other accounts. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** The purpose of the disk that the snapshot was taken of. */
  readonly diskKind: DiskKind;
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /**
   * Ranges that could not be read when the contents were imported. They are zeros since then,
   * unless later writes filled them. Null if everything was read.
   */
  readonly unreadable?: Maybe<UnreadableRanges>;
  /** Whether the contents are encrypted. An encrypted image cannot be shared. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The key, for an encrypted image. */
  readonly encryption?: Maybe<Encryption>;
  /** Merkle root of the contents, which proves them; `empty` if every block is a hole. */
  readonly root: Scalars['String']['output'];
  /** The accounts that it is shared with; empty for images of other accounts. */
  readonly sharedWith: ReadonlyArray<Scalars['ID']['output']>;
  /** Tags, sorted by key; empty for images of other accounts. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A page of images. */
export type ImageConnection = {
  /** The images with their cursors. */
  readonly edges: ReadonlyArray<ImageEdge>;
  /** The images alone. */
  readonly nodes: ReadonlyArray<Image>;
  /** The position of this page in the list. */
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
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** Selects images. All given conditions must hold. */
export type ImageFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** It was made from this snapshot. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it is shared with any account. */
  readonly shared?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it is encrypted. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** It has a match for each of these, at most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** It was created at or after this instant. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** It was created before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of images. */
export type ImageOrder = {
  /** The field to sort by. */
  readonly field: ImageOrderField;
  /** The direction. */
  readonly direction: SortDirection;
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
  readonly snapshotId: Scalars['ID']['input'];
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * image.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createImage`. */
export type CreateImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** Input of `updateImage`. */
export type UpdateImageInput = {
  /** The image. */
  readonly imageId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateImageInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A new description; null removes it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Answer of `updateImage`. */
export type UpdateImagePayload = {
  /** The image, changed. */
  readonly image: Image;
};

/** Input of `deleteImage`. */
export type DeleteImageInput = {
  /** The image. */
  readonly imageId: Scalars['ID']['input'];
};

/** Answer of `deleteImage`. */
export type DeleteImagePayload = {
  /** Id of the deleted image. */
  readonly imageId: Scalars['ID']['output'];
  /** Until when it can be brought back; null if it is gone for good. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** Input of `shareImage`. */
export type ShareImageInput = {
  /** The image. */
  readonly imageId: Scalars['ID']['input'];
  /** Further accounts to share it with. An image can be shared with 64. */
  readonly accountIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `shareImage`. */
export type ShareImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** Input of `unshareImage`. */
export type UnshareImageInput = {
  /** The image. */
  readonly imageId: Scalars['ID']['input'];
  /** The accounts to take it back from. */
  readonly accountIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `unshareImage`. */
export type UnshareImagePayload = {
  /** The image. */
  readonly image: Image;
};

/** An image that is made from a file of a bucket. */
export type ImageImport = {
  /** `im-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** How far it has come. */
  readonly status: ImageImportStatus;
  /** The bucket that was named; null for the region's own. */
  readonly bucket?: Maybe<Scalars['String']['output']>;
  /** The key of the file in its bucket. */
  readonly key: Scalars['String']['output'];
  /** The format of the file. Null before it is known. */
  readonly format?: Maybe<ImageSourceFormat>;
  /** The name that the image is to have; null if it is to be its id. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Length of the file. Null before it is known. */
  readonly fileBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** Size of the disk in the file. Null before it is known. */
  readonly totalBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** How much of the disk has been gone through. */
  readonly doneBytes: Scalars['SafeInt']['output'];
  /** The image. Null before it is there. */
  readonly imageId?: Maybe<Scalars['ID']['output']>;
  /** The snapshot that the image is made of. Null before it is there. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** Why it does not go on just now, or failed; null otherwise. */
  readonly problem?: Maybe<ImportProblem>;
  /** When the call was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
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

/** Why an import waits, or has failed. */
export type ImportProblem = {
  /** One of the codes of errors. */
  readonly code: Scalars['String']['output'];
  /** The reason. */
  readonly message: Scalars['String']['output'];
  /** Since when. */
  readonly since: Scalars['DateTime']['output'];
};

/** A page of imports. */
export type ImageImportConnection = {
  /** The imports with their cursors. */
  readonly edges: ReadonlyArray<ImageImportEdge>;
  /** The imports alone. */
  readonly nodes: ReadonlyArray<ImageImport>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One import in a page. */
export type ImageImportEdge = {
  /** Position of this import, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The import. */
  readonly node: ImageImport;
};

/** Selects imports. All given conditions must hold. */
export type ImageImportFilter = {
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<ImageImportStatus>>;
};

/** A file in a bucket. */
export type ImageSourceInput = {
  /** A bucket that the operator has opened to the account. Default: the region's own. */
  readonly bucket?: InputMaybe<Scalars['String']['input']>;
  /**
   * The key of the file. It begins with `imports/<account>/` or `exports/<account>/`, unless the
   * operator has opened other keys of the bucket.
   */
  readonly key: Scalars['String']['input'];
};

/** Input of `importImage`. */
export type ImportImageInput = {
  /** The region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** The file. */
  readonly from: ImageSourceInput;
  /**
   * The format of the file. Default: what its contents and the ending of its key say, if they
   * agree.
   */
  readonly format?: InputMaybe<ImageSourceFormat>;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The purpose of the disks that are to be made of it. */
  readonly diskKind: DiskKind;
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * import.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `importImage`. */
export type ImportImagePayload = {
  /** The import. */
  readonly import: ImageImport;
};

/** Input of `cancelImageImport`. */
export type CancelImageImportInput = {
  /** The import. */
  readonly importId: Scalars['ID']['input'];
};

/** Result of `cancelImageImport`. */
export type CancelImageImportPayload = {
  /** The import. */
  readonly importId: Scalars['ID']['output'];
  /** False: it had ended before. */
  readonly cancelled: Scalars['Boolean']['output'];
};

/** A machine that uses disks. */
export type Instance = Node & {
  /** `i-…` */
  readonly id: Scalars['ID']['output'];
  /** The region of the instance and of its disks. */
  readonly region: Scalars['String']['output'];
  /** A name for people; it need not be unique. For a HOST: the name of the host. */
  readonly name: Scalars['String']['output'];
  /** The kind of instance. */
  readonly kind: InstanceKind;
  /** Its current state. A HOST is always RUNNING. */
  readonly status: InstanceStatus;
  /**
   * The disk that it starts from. Null for a HOST, and for a moment while the instance is
   * created.
   */
  readonly systemDisk?: Maybe<Disk>;
  /** Its other disks, in the order in which they were attached. */
  readonly dataDisks: ReadonlyArray<Disk>;
  /** Whether its release is refused. */
  readonly deletionProtection: Scalars['Boolean']['output'];
  /** Tags, sorted by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
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

/** A page of instances. */
export type InstanceConnection = {
  /** The instances with their cursors. */
  readonly edges: ReadonlyArray<InstanceEdge>;
  /** The instances alone. */
  readonly nodes: ReadonlyArray<Instance>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One instance in a page. */
export type InstanceEdge = {
  /** Position of this instance, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The instance. */
  readonly node: Instance;
};

/** Selects instances. All given conditions must hold. */
export type InstanceFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<InstanceStatus>>;
  /** It is of this kind. */
  readonly kind?: InputMaybe<InstanceKind>;
  /** It has this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
  /** It has a match for each of these, at most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** It was created at or after this instant. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** It was created before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of instances. */
export type InstanceOrder = {
  /** The field to sort by. */
  readonly field: InstanceOrderField;
  /** The direction. */
  readonly direction: SortDirection;
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
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** CLOUD, SHARED or LOCAL. A system disk cannot be SHARED. */
  readonly category: DiskCategory;
  /** Needed for an empty disk. Otherwise at least the size of the origin. */
  readonly sizeBytes?: InputMaybe<Scalars['SafeInt']['input']>;
  /** The snapshot to make it from. */
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** The image to make it from. An image of another account needs a copy. */
  readonly imageId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the contents are encrypted. From a plain snapshot or image that needs a copy. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name of the master key. */
  readonly encryptionKeyId?: InputMaybe<Scalars['String']['input']>;
  /** The automatic snapshot policy to put it under. Not for LOCAL disks. */
  readonly policyId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether its automatic snapshots are deleted when it is released. */
  readonly deleteAutoSnapshots: Scalars['Boolean']['input'];
  /** Whether it is released with the instance. A system disk always is. */
  readonly deleteWithInstance: Scalars['Boolean']['input'];
};

/** Input of `createInstance`. */
export type CreateInstanceInput = {
  /** The region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The disk it starts from. */
  readonly systemDisk: InstanceDiskInput;
  /** At most 16. More can be attached later. */
  readonly dataDisks: ReadonlyArray<InstanceDiskInput>;
  /** Whether the new instance is RUNNING or STOPPED. */
  readonly start: Scalars['Boolean']['input'];
  /** Whether its release is refused. `updateInstance` can change this later. */
  readonly deletionProtection: Scalars['Boolean']['input'];
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * instance.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createInstance`. */
export type CreateInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `updateInstance`. */
export type UpdateInstanceInput = {
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateInstanceInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Whether its release is refused. */
  readonly deletionProtection?: InputMaybe<Scalars['Boolean']['input']>;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Answer of `updateInstance`. */
export type UpdateInstancePayload = {
  /** The instance, changed. */
  readonly instance: Instance;
};

/** Input of `startInstance`. */
export type StartInstanceInput = {
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `startInstance`. */
export type StartInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `stopInstance`. */
export type StopInstanceInput = {
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `stopInstance`. */
export type StopInstancePayload = {
  /** The instance. */
  readonly instance: Instance;
};

/** Input of `releaseInstance`. */
export type ReleaseInstanceInput = {
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
};

/** Answer of `releaseInstance`. */
export type ReleaseInstancePayload = {
  /** Id of the released instance. */
  readonly instanceId: Scalars['ID']['output'];
  /** The disks that were released with it. */
  readonly releasedDiskIds: ReadonlyArray<Scalars['ID']['output']>;
  /** The disks that stay, now detached. */
  readonly detachedDiskIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** Input of `replaceSystemDisk`. */
export type ReplaceSystemDiskInput = {
  /** The instance. */
  readonly instanceId: Scalars['ID']['input'];
  /** The new disk. */
  readonly systemDisk: InstanceDiskInput;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input does nothing
   * twice.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `replaceSystemDisk`. */
export type ReplaceSystemDiskPayload = {
  /** The instance with its new system disk. */
  readonly instance: Instance;
  /** The released disk. */
  readonly releasedDiskId: Scalars['ID']['output'];
};

/** Work that continues after a call was answered. */
export type Job = Node & {
  /** `j-…` */
  readonly id: Scalars['ID']['output'];
  /** The region of the work. */
  readonly region: Scalars['String']['output'];
  /** The kind of work. */
  readonly kind: JobKind;
  /** How far it has come. */
  readonly status: JobStatus;
  /** The disk that it belongs to, which may be gone. */
  readonly diskId: Scalars['ID']['output'];
  /** The snapshot that it belongs to, which may be gone. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** When the call was made. */
  readonly createdAt: Scalars['DateTime']['output'];
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

/** A page of jobs. */
export type JobConnection = {
  /** The jobs with their cursors. */
  readonly edges: ReadonlyArray<JobEdge>;
  /** The jobs alone. */
  readonly nodes: ReadonlyArray<Job>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One job in a page. */
export type JobEdge = {
  /** Position of this job, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The job. */
  readonly node: Job;
};

/** Selects jobs. All given conditions must hold. */
export type JobFilter = {
  /** It is of one of these kinds. */
  readonly kind?: InputMaybe<ReadonlyArray<JobKind>>;
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<JobStatus>>;
  /** It belongs to this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
};

/** The right of one holder to write to a disk. */
export type WriterLease = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** The name of the holder, such as a host name. */
  readonly holder: Scalars['String']['output'];
  /**
   * The fencing number that each commit carries. It is higher than that of any earlier lease of the
   * disk.
   */
  readonly fence: Scalars['SafeInt']['output'];
  /** When it was taken. */
  readonly acquiredAt: Scalars['DateTime']['output'];
  /** When the holder was last heard from. */
  readonly renewedAt: Scalars['DateTime']['output'];
  /**
   * Until this instant nobody can take the lease without stealing it, even if it is not
   * renewed.
   */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** How long to wait before the next `renewLease`. */
  readonly renewAfterMs: Scalars['Int']['output'];
  /** The instance under which the disk is written. */
  readonly instanceId?: Maybe<Scalars['ID']['output']>;
  /**
   * Increases each time somebody wants the writer to flush. The holder then commits what it has and
   * answers with `flushed`.
   */
  readonly flushRequest: Scalars['SafeInt']['output'];
};

/** Input of `acquireLease`. */
export type AcquireLeaseInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /**
   * The name of the holder: 1–128 printable characters, such as a host name. Equal names are one
   * host, not one writer.
   */
  readonly holder: Scalars['String']['input'];
  /** Takes the lease even if somebody else holds it. That holder is fenced off. */
  readonly steal: Scalars['Boolean']['input'];
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * lease.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `acquireLease`. */
export type AcquireLeasePayload = {
  /** The lease. */
  readonly lease: WriterLease;
  /** The disk, now IN_USE. */
  readonly disk: Disk;
};

/** Input of `renewLease`. */
export type RenewLeaseInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The fence of the lease. */
  readonly fence: Scalars['SafeInt']['input'];
  /**
   * The last `flushRequest` that the holder has answered: everything written before it is
   * committed.
   */
  readonly flushed?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** Answer of `renewLease`. */
export type RenewLeasePayload = {
  /** The lease, extended. */
  readonly lease: WriterLease;
};

/** Input of `releaseLease`. */
export type ReleaseLeaseInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The fence of the lease. */
  readonly fence: Scalars['SafeInt']['input'];
};

/** Answer of `releaseLease`. */
export type ReleaseLeasePayload = {
  /** The disk. */
  readonly disk: Disk;
};

/** What a GiB-month costs from an instant on. */
export type Price = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** ISO 4217, such as `EUR`. */
  readonly currency: Scalars['String']['output'];
  /** The first hour for which it holds. */
  readonly from: Scalars['DateTime']['output'];
  /**
   * The price of one GiB for all hours of a month, in millionths of the currency's smallest unit: a
   * whole number as text.
   */
  readonly perGibMonth: Scalars['String']['output'];
  /** When it was set. */
  readonly setAt: Scalars['DateTime']['output'];
};

/** A page of prices, by currency, the earliest first. */
export type PriceConnection = {
  /** The prices with their cursors. */
  readonly edges: ReadonlyArray<PriceEdge>;
  /** The prices alone. */
  readonly nodes: ReadonlyArray<Price>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One price in a page. */
export type PriceEdge = {
  /** Position of this price, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The price. */
  readonly node: Price;
};

/** Capacity that was paid for in advance. In each hour it is used up before anything is charged. */
export type CapacityPackage = {
  /** Unique within the installation. */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** How many GiB of it are covered in each hour. */
  readonly gib: Scalars['SafeInt']['output'];
  /** The first hour for which it holds. */
  readonly from: Scalars['DateTime']['output'];
  /** The first hour for which it holds no more. */
  readonly until: Scalars['DateTime']['output'];
  /** What the operator wrote beside it. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** When it was added. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** A page of packages, the one that ends first comes first. */
export type CapacityPackageConnection = {
  /** The packages with their cursors. */
  readonly edges: ReadonlyArray<CapacityPackageEdge>;
  /** The packages alone. */
  readonly nodes: ReadonlyArray<CapacityPackage>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One package in a page. */
export type CapacityPackageEdge = {
  /** Position of this package, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The package. */
  readonly node: CapacityPackage;
};

/**
 * A month of the account. Money is in millionths of the currency's smallest unit, and byte-hours
 * are bytes times hours: whole numbers as text, as they can be larger than JavaScript represents
 * exactly. A credential that is limited to regions sees only these, and their total.
 */
export type Statement = {
  /** The month in UTC, such as `2027-01`. */
  readonly month: Scalars['String']['output'];
  /** ISO 4217, such as `EUR`; `XXX`, no currency, if no price was ever set. */
  readonly currency: Scalars['String']['output'];
  /** Whether it never changes any more. */
  readonly closed: Scalars['Boolean']['output'];
  /** When it was closed. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The hours of the month: a GiB-month is one GiB for so many hours. */
  readonly hoursInMonth: Scalars['Int']['output'];
  /** The regions and corrections together. */
  readonly total: Scalars['String']['output'];
  /** Region by region. */
  readonly regions: ReadonlyArray<RegionStatement>;
  /** What months that were closed before cost more or less by what was set since. */
  readonly corrections: ReadonlyArray<StatementCorrection>;
};

/** What one region costs in a month. */
export type RegionStatement = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Hours that count: from the first sample that there ever was. */
  readonly hours: Scalars['Int']['output'];
  /** Those of them that were not sampled: each took the sample before it. */
  readonly missingHours: Scalars['Int']['output'];
  /** All stored bytes, hour by hour. */
  readonly byteHours: Scalars['String']['output'];
  /** What packages covered of it. */
  readonly packages: ReadonlyArray<PackageUse>;
  /** What was charged at which price. */
  readonly prices: ReadonlyArray<PriceUse>;
  /**
   * What was beyond all packages in hours without a price. A month that has such cannot be
   * closed.
   */
  readonly unpricedByteHours: Scalars['String']['output'];
  /** What it costs. */
  readonly amount: Scalars['String']['output'];
};

/** How much of a package was used in a month. */
export type PackageUse = {
  /** The package. */
  readonly id: Scalars['ID']['output'];
  /** How many GiB of it are covered in each hour. */
  readonly gib: Scalars['SafeInt']['output'];
  /** The first hour for which it holds. */
  readonly from: Scalars['DateTime']['output'];
  /** The first hour for which it holds no more. */
  readonly until: Scalars['DateTime']['output'];
  /** What it covered. */
  readonly byteHours: Scalars['String']['output'];
};

/** What was charged at one price in a month. */
export type PriceUse = {
  /** The first hour for which the price holds. */
  readonly from: Scalars['DateTime']['output'];
  /** The price of one GiB for all hours of the month. */
  readonly perGibMonth: Scalars['String']['output'];
  /** What was charged at it. */
  readonly byteHours: Scalars['String']['output'];
};

/** What a month that was closed before costs more or less. */
export type StatementCorrection = {
  /** That month. */
  readonly ofMonth: Scalars['String']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** What is added to what was said before; negative if it is less. */
  readonly amount: Scalars['String']['output'];
};

/** A page of statements. */
export type StatementConnection = {
  /** The statements with their cursors. */
  readonly edges: ReadonlyArray<StatementEdge>;
  /** The statements alone. */
  readonly nodes: ReadonlyArray<Statement>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One statement in a page. */
export type StatementEdge = {
  /** Position of this statement, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The statement. */
  readonly node: Statement;
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

/** One line of a statement. */
export type StatementLine = {
  /** What it is of. */
  readonly kind: StatementLineKind;
  /** The chain, which has the id of its disk, or the image. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** The value of the tag. */
  readonly tagValue?: Maybe<Scalars['String']['output']>;
  /** Its part of the region's byte-hours. */
  readonly byteHours: Scalars['String']['output'];
  /** Its part of the region's amount. */
  readonly amount: Scalars['String']['output'];
};

/** A page of lines. */
export type StatementLineConnection = {
  /** The lines with their cursors. */
  readonly edges: ReadonlyArray<StatementLineEdge>;
  /** The lines alone. */
  readonly nodes: ReadonlyArray<StatementLine>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One line in a page. */
export type StatementLineEdge = {
  /** Position of this line, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The line. */
  readonly node: StatementLine;
};

/**
 * What an account has paid, less what it was charged. Money is in millionths of the currency's
 * smallest unit: whole numbers as text.
 */
export type Balance = {
  /** ISO 4217, such as `EUR`. */
  readonly currency: Scalars['String']['output'];
  /** Negative if the account owes. */
  readonly balance: Scalars['String']['output'];
  /**
   * How far below zero it may be: an account that owes more is in arrears. Null if arrears do not
   * follow the balance.
   */
  readonly threshold?: Maybe<Scalars['String']['output']>;
};

/** What changed a balance. */
export type MovementKind =
  /** The account paid. */
  | 'CREDIT'
  /** The operator charged it. */
  | 'DEBIT'
  /** A month was closed. */
  | 'STATEMENT';

/** One change of a balance. */
export type Movement = {
  /** Its number, from 1. */
  readonly number: Scalars['SafeInt']['output'];
  /** When it was. */
  readonly at: Scalars['DateTime']['output'];
  /** What it was. */
  readonly kind: MovementKind;
  /** What was added to the balance; negative if it was taken off. */
  readonly amount: Scalars['String']['output'];
  /** The balance after it. */
  readonly balance: Scalars['String']['output'];
  /** What the operator wrote beside it. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** The month that was closed. */
  readonly month?: Maybe<Scalars['String']['output']>;
};

/** A page of movements, the latest first. */
export type MovementConnection = {
  /** The movements with their cursors. */
  readonly edges: ReadonlyArray<MovementEdge>;
  /** The movements alone. */
  readonly nodes: ReadonlyArray<Movement>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One movement in a page. */
export type MovementEdge = {
  /** Position of this movement, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The movement. */
  readonly node: Movement;
};

/** A region at a glance. */
export type Overview = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** The disks, by how well they are protected. */
  readonly disks: DiskOverview;
  /** The snapshots, by their kind and state. */
  readonly snapshots: SnapshotOverview;
  /** What became of the runs of all policies in the last 24 hours. */
  readonly runs: RunOverview;
  /** What nothing refers to any more, and that waits to be freed. */
  readonly waiting: WaitingOverview;
  /** Stored objects that are known to be damaged. */
  readonly damagedObjects: Scalars['SafeInt']['output'];
  /** When everything was last counted from the beginning. */
  readonly countedAt: Scalars['DateTime']['output'];
  /** How much the counts were wrong by then, in sum. It is 0 if all is well. */
  readonly drift: Scalars['SafeInt']['output'];
};

/**
 * Disks by what the janitor last found of them, which is at most a minute ago for one in
 * breach.
 */
export type DiskOverview = {
  /** All disks. */
  readonly total: Scalars['SafeInt']['output'];
  /** Disks that have a snapshot as new as their objective wants. */
  readonly protected: Scalars['SafeInt']['output'];
  /** Disks in breach of their objective; see `breaches`. */
  readonly inBreach: Scalars['SafeInt']['output'];
  /** Disks without a policy and without an objective. */
  readonly unprotected: Scalars['SafeInt']['output'];
  /** Disks that somebody said are not to be watched. */
  readonly exempt: Scalars['SafeInt']['output'];
  /** LOCAL disks, which have no snapshots. */
  readonly local: Scalars['SafeInt']['output'];
};

/** Snapshots by kind and state. Those in progress and failed ones are among the others. */
export type SnapshotOverview = {
  /** Snapshots that a person made, or copied. */
  readonly manual: Scalars['SafeInt']['output'];
  /** Snapshots that policies made. */
  readonly automatic: Scalars['SafeInt']['output'];
  /** Snapshots in progress. No more than 1000 are counted. */
  readonly inProgress: Scalars['SafeInt']['output'];
  /** Failed ones. No more than 1000 are counted. */
  readonly failed: Scalars['SafeInt']['output'];
};

/** Runs by their result: one for each disk and slot. */
export type RunOverview = {
  /** Slots from then on are counted: of the last 24 full hours and the present one. */
  readonly since: Scalars['DateTime']['output'];
  /** Runs that made a snapshot. */
  readonly done: Scalars['SafeInt']['output'];
  /** Runs that were skipped. */
  readonly skipped: Scalars['SafeInt']['output'];
  /** Runs that failed. */
  readonly failed: Scalars['SafeInt']['output'];
  /** Slots that were missed, as the timer was down. */
  readonly missedSlots: Scalars['SafeInt']['output'];
};

/** What waits to be freed; `reclaim` says more. */
export type WaitingOverview = {
  /** The number of objects. */
  readonly objects: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly bytes: Scalars['SafeInt']['output'];
};

/** Input of `pinSnapshot`. */
export type PinSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
};

/** Answer of `pinSnapshot`. */
export type PinSnapshotPayload = {
  /** The snapshot, pinned. */
  readonly snapshot: Snapshot;
};

/** Input of `unpinSnapshot`. */
export type UnpinSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
};

/** Answer of `unpinSnapshot`. */
export type UnpinSnapshotPayload = {
  /** The snapshot, as it is then. */
  readonly snapshot: Snapshot;
};

/** Input of `setSnapshotRetention`. */
export type SetSnapshotRetentionInput = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
  /** Days for which it is kept, 1–65536. Left out or null: until it is deleted. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
};

/** Answer of `setSnapshotRetention`. */
export type SetSnapshotRetentionPayload = {
  /** The snapshot, changed. */
  readonly snapshot: Snapshot;
};

/** Takes snapshots of its disks at given hours of given weekdays. */
export type Policy = Node & {
  /** `sp-…` */
  readonly id: Scalars['ID']['output'];
  /** The region of the policy and of its disks. */
  readonly region: Scalars['String']['output'];
  /** A name for people; it need not be unique. */
  readonly name: Scalars['String']['output'];
  /** Hours of the day, 0–23, in ascending order. */
  readonly hours: ReadonlyArray<Scalars['Int']['output']>;
  /** 1 = Monday … 7 = Sunday, in ascending order. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['output']>;
  /** The IANA time zone of the hours and weekdays, as the IANA database spells it. */
  readonly timeZone: Scalars['String']['output'];
  /** Days for which its snapshots are kept; null means without limit. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
  /** Where its snapshots are copied to, each with a retention of its own; at most three. */
  readonly copyTargets: ReadonlyArray<PolicyCopyTarget>;
  /** Whether it is active. */
  readonly status: PolicyStatus;
  /** Tags, sorted by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Its next slot; null while it is PAUSED. */
  readonly nextRunAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of disks under it. */
  readonly diskCount: Scalars['Int']['output'];
  /** The disks under it, by id. */
  readonly disks: DiskConnection;
  /**
   * The disks that it could be applied to: CLOUD or SHARED, of its region, and not under it yet.
   * The latest comes first.
   */
  readonly coverableDisks: DiskConnection;
  /**
   * What it did with its disks, the latest slot first. Missed slots are among `slots`. Kept for 90
   * days.
   */
  readonly runs: PolicyRunConnection;
  /** The instants at which it was due, the latest first. Kept for 90 days. */
  readonly slots: PolicySlotConnection;
  /**
   * Its next slots, the earliest first; none while it is PAUSED. The first one is `nextRunAt`,
   * which has passed already if the timer is late.
   */
  readonly nextRuns: ReadonlyArray<PlannedRun>;
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


/** Takes snapshots of its disks at given hours of given weekdays. */
export type PolicyNextRunsArgs = {
  first: Scalars['Int']['input'];
};

/** A region that a policy's snapshots are copied to. */
export type PolicyCopyTarget = {
  /** The region, another than the policy's. */
  readonly region: Scalars['String']['output'];
  /** Days for which a copy is kept once it is there; null means without limit. */
  readonly retentionDays?: Maybe<Scalars['Int']['output']>;
};

/** A region that a policy's snapshots are to be copied to. */
export type PolicyCopyTargetInput = {
  /** A region, another than the policy's. */
  readonly region: Scalars['String']['input'];
  /** Days for which a copy is kept once it is there, 1–65536; null means without limit. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
};

/** Whether a policy is active. */
export type PolicyStatus =
  /** It takes snapshots when it is due. */
  | 'ACTIVE'
  /** It takes none until it is ACTIVE again. */
  | 'PAUSED';

/** A page of policies. */
export type PolicyConnection = {
  /** The policies with their cursors. */
  readonly edges: ReadonlyArray<PolicyEdge>;
  /** The policies alone. */
  readonly nodes: ReadonlyArray<Policy>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One policy in a page. */
export type PolicyEdge = {
  /** Position of this policy, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The policy. */
  readonly node: Policy;
};

/** Selects policies. All given conditions must hold. */
export type PolicyFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** It is in this state. */
  readonly status?: InputMaybe<PolicyStatus>;
  /** It has a match for each of these, at most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** It was created at or after this instant. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** It was created before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of policies. */
export type PolicyOrder = {
  /** The field to sort by. */
  readonly field: PolicyOrderField;
  /** The direction. */
  readonly direction: SortDirection;
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
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http:// or
   * https://. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Hours of the day, 0–23: at least one, each once. */
  readonly hours: ReadonlyArray<Scalars['Int']['input']>;
  /** 1 = Monday … 7 = Sunday: at least one, each once. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['input']>;
  /** Days for which its snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Other regions that its snapshots are copied to: at most three, each once. Snapshots have to be
   * switched on there. Default: none.
   */
  readonly copyTargets?: InputMaybe<ReadonlyArray<PolicyCopyTargetInput>>;
  /** An IANA time zone, such as Europe/Berlin. Default: that of the region. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * policy.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createPolicy`. */
export type CreatePolicyPayload = {
  /** The policy. */
  readonly policy: Policy;
};

/** Input of `updatePolicy`. */
export type UpdatePolicyInput = {
  /** The policy. */
  readonly policyId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreatePolicyInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The complete new list of hours. */
  readonly hours?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** The complete new list of weekdays. */
  readonly weekdays?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** Days for which new snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /**
   * The complete new list of regions that its snapshots are copied to, by the rule of
   * `CreatePolicyInput.copyTargets`. Copies that are under way go on. Those of a region that is not
   * named any more are not begun.
   */
  readonly copyTargets?: InputMaybe<ReadonlyArray<PolicyCopyTargetInput>>;
  /** A new IANA time zone. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /**
   * PAUSED: from the next slot on it takes no snapshots, and does not retry what it skipped, until
   * it is ACTIVE again. Slots during the pause are not made up for.
   */
  readonly status?: InputMaybe<PolicyStatus>;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Answer of `updatePolicy`. */
export type UpdatePolicyPayload = {
  /** The policy, changed. */
  readonly policy: Policy;
};

/** Input of `deletePolicy`. */
export type DeletePolicyInput = {
  /** The policy. */
  readonly policyId: Scalars['ID']['input'];
};

/** Answer of `deletePolicy`. */
export type DeletePolicyPayload = {
  /** Id of the deleted policy. If it had many disks, they are taken out of it in the background. */
  readonly policyId: Scalars['ID']['output'];
};

/** Input of `applyPolicy`. */
export type ApplyPolicyInput = {
  /** The policy. */
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

/** The result for one disk. */
export type ApplyPolicyResult = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Whether it is under the policy now. */
  readonly applied: Scalars['Boolean']['output'];
  /** The previous policy, if it was another one. */
  readonly replacedPolicyId?: Maybe<Scalars['ID']['output']>;
  /**
   * The state of a disk that it was applied to. Unless that is IN_USE, the policy makes no
   * snapshots of it: each run is recorded as skipped. Null if it was refused.
   */
  readonly diskStatus?: Maybe<DiskStatus>;
  /** Why it was refused; null if it was not. */
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

/** The result for one disk. */
export type CancelPolicyResult = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** Whether it is under no policy now. */
  readonly cancelled: Scalars['Boolean']['output'];
  /** The policy that it was under. */
  readonly policyId?: Maybe<Scalars['ID']['output']>;
  /** Why it was refused; null if it was not. */
  readonly error?: Maybe<OperationError>;
};

/** An instant at which a policy is due. */
export type PlannedRun = {
  /** The instant. */
  readonly at: Scalars['DateTime']['output'];
  /**
   * What the clocks of the policy's time zone are ahead of UTC then. Where it is another one than
   * that of the run before, the clocks change in between.
   */
  readonly utcOffsetMinutes: Scalars['Int']['output'];
  /**
   * Whether a clock change skips the hour that it was planned for. It runs at the next existing
   * instant.
   */
  readonly moved: Scalars['Boolean']['output'];
};

/** Input of `policyPreview`. What it shares with `CreatePolicyInput` has the same rules. */
export type PolicyPreviewInput = {
  /** The region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** Hours of the day, 0–23: at least one, each once. */
  readonly hours: ReadonlyArray<Scalars['Int']['input']>;
  /** 1 = Monday … 7 = Sunday: at least one, each once. */
  readonly weekdays: ReadonlyArray<Scalars['Int']['input']>;
  /** Days for which its snapshots are kept, 1–65536; null means without limit. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** An IANA time zone, such as Europe/Berlin. Default: that of the region. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** What a policy would do. */
export type PolicyPreview = {
  /** The region that disks of it are in. */
  readonly region: Scalars['String']['output'];
  /** The time zone of the hours and weekdays, as the IANA database spells it. */
  readonly timeZone: Scalars['String']['output'];
  /** The next runs, the earliest first. */
  readonly nextRuns: ReadonlyArray<PlannedRun>;
  /** Runs in a week without clock changes. */
  readonly runsPerWeek: Scalars['Int']['output'];
  /** The most that is lost: the hours between two runs. */
  readonly worstLossHours: Scalars['Int']['output'];
  /**
   * What the snapshots of disks would take under it, in the order of the ids. Sums over more disks
   * are sums over several calls. Errors: InvalidParameter (also for a disk of another region),
   * NotFound, UnsupportedDiskCategory (LOCAL).
   */
  readonly disks: ReadonlyArray<DiskForecast>;
};


/** What a policy would do. */
export type PolicyPreviewNextRunsArgs = {
  first: Scalars['Int']['input'];
};


/** What a policy would do. */
export type PolicyPreviewDisksArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
  pricePerGibMonth?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** What the snapshots of a disk would take under a policy. */
export type DiskForecast = {
  /** The disk. */
  readonly disk: Disk;
  /**
   * How many snapshots there are at most, one retention after the policy began. Null if it keeps
   * all of them, or if too little is known.
   */
  readonly snapshotCount?: Maybe<Scalars['Int']['output']>;
  /**
   * What they take then, as stored, if the disk goes on to change as it did. Null if the policy
   * keeps all of them, or if too little is known: two snapshots at least.
   */
  readonly storedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** What is added in a day as long as none ends; null if too little is known. */
  readonly addedBytesPerDay?: Maybe<Scalars['SafeInt']['output']>;
  /** `storedBytes` for a month; null without a price. */
  readonly cost?: Maybe<Scalars['SafeInt']['output']>;
  /**
   * How much less than under the policy that the disk has now; negative if it is more. Null if it
   * has none, or if one of the two is not known.
   */
  readonly savedBytes?: Maybe<Scalars['SafeInt']['output']>;
  /** The same as `cost`. */
  readonly savedCost?: Maybe<Scalars['SafeInt']['output']>;
  /**
   * Whether each interval between its snapshots was measured. False: what changes within some of
   * them is concluded from shorter or longer ones.
   */
  readonly measured: Scalars['Boolean']['output'];
};

/** The result for one disk at one instant at which its policy was due. */
export type PolicyRun = {
  /** The disk. */
  readonly diskId: Scalars['ID']['output'];
  /** The policy. */
  readonly policyId: Scalars['ID']['output'];
  /** When the policy was due. */
  readonly slotAt: Scalars['DateTime']['output'];
  /** The result. */
  readonly status: PolicyRunStatus;
  /** For SKIPPED and FAILED: a code of the error registry. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** For SKIPPED and FAILED: a message for people. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** For DONE: the snapshot, kept after its deletion. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /**
   * For DONE: the oldest automatic snapshot, which was deleted for the new one because the quota
   * was used up.
   */
  readonly replacedSnapshotId?: Maybe<Scalars['ID']['output']>;
  /** Whether it will be tried again, until an hour after the slot was opened. */
  readonly triedAgain: Scalars['Boolean']['output'];
  /**
   * Number of slots right before it that were missed while the timer was down. `Policy.slots` lists
   * them as MISSED.
   */
  readonly missedSlots: Scalars['Int']['output'];
  /** For DONE: what has become of its copies to other regions, in the order of `copyTargets`. */
  readonly copies: ReadonlyArray<PolicyRunCopy>;
  /** When this was recorded. */
  readonly at: Scalars['DateTime']['output'];
};

/** The copy of a policy's snapshot to one region. */
export type PolicyRunCopy = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Whether it is there. */
  readonly status: PolicyCopyStatus;
  /** The copy, from its beginning on. Kept after its deletion. */
  readonly snapshotId?: Maybe<Scalars['ID']['output']>;
  /** The oldest automatic copy there, which was deleted for it because the quota was used up. */
  readonly replacedSnapshotId?: Maybe<Scalars['ID']['output']>;
  /** Why it has not begun, does not go on just now, or came to nothing; null otherwise. */
  readonly problem?: Maybe<CopyProblem>;
  /** When it ended; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
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

/** A page of runs. */
export type PolicyRunConnection = {
  /** The runs with their cursors. */
  readonly edges: ReadonlyArray<PolicyRunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<PolicyRun>;
  /** The position of this page in the list. */
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
  /** Number of disks of which a snapshot was taken. */
  readonly doneCount: Scalars['Int']['output'];
  /** Number of disks that were skipped. */
  readonly skippedCount: Scalars['Int']['output'];
  /** Number of disks of which no snapshot could be taken. */
  readonly failedCount: Scalars['Int']['output'];
  /** Number of slots right before it that were missed. */
  readonly missedSlots: Scalars['Int']['output'];
  /** When the timer opened it. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When it was finished. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

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

/** A page of slots. */
export type PolicySlotConnection = {
  /** The slots with their cursors. */
  readonly edges: ReadonlyArray<PolicySlotEdge>;
  /** The slots alone. */
  readonly nodes: ReadonlyArray<PolicySlot>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One slot in a page. */
export type PolicySlotEdge = {
  /** Position of this slot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The slot. */
  readonly node: PolicySlot;
};

/** The effect of a deletion. */
export type DeleteSnapshotsPreview = {
  /**
   * Stored bytes of further blocks that these snapshots hold by themselves, and that stay as others
   * use the same blocks.
   */
  readonly keptBytes: Scalars['SafeInt']['output'];
  /**
   * Objects that nothing else uses and that would be freed: blocks, and the pages that list
   * them.
   */
  readonly objects: Scalars['SafeInt']['output'];
  /** The stored size of those objects. */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /**
   * False while earlier changes are still in progress. More may then become free than is reported
   * here.
   */
  readonly settled: Scalars['Boolean']['output'];
  /** Which would be deleted and which would be refused, in the order of the input. */
  readonly results: ReadonlyArray<DeleteSnapshotsPreviewResult>;
  /** Until when they could be brought back; null if they would be gone at once. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
  /** From when these bytes are freed, if nobody brings the snapshots back. */
  readonly freeFrom: Scalars['DateTime']['output'];
};

/** The effect on one snapshot. */
export type DeleteSnapshotsPreviewResult = {
  /**
   * Its part of `storedBytes`. What several of them share counts at one of them, so the parts add
   * up. 0 if it would be refused.
   */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['output'];
  /** Why it would be refused; null if it would be deleted. */
  readonly error?: Maybe<OperationError>;
};

/** What a deletion or a change of contents would free. */
export type FreedBytes = {
  /** Objects that nothing else uses: blocks, and the pages that list them. */
  readonly objects: Scalars['SafeInt']['output'];
  /** The stored size of those objects. */
  readonly storedBytes: Scalars['SafeInt']['output'];
  /** Stored bytes of further blocks that it lets go of, and that stay as others use them. */
  readonly keptBytes: Scalars['SafeInt']['output'];
  /**
   * False while earlier changes are still in progress. More may then become free than is reported
   * here.
   */
  readonly settled: Scalars['Boolean']['output'];
};

/** Input of `rollbackPreview`. The fields are those of `RollbackDiskInput`. */
export type RollbackPreviewInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The target: a snapshot of this disk. */
  readonly snapshotId: Scalars['ID']['input'];
  /** Whether a snapshot of the present state would be taken first. */
  readonly safetySnapshot: Scalars['Boolean']['input'];
  /** Refuses with VersionConflict if the disk is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Whether to start a STOPPED instance that it is attached to. */
  readonly startInstance: Scalars['Boolean']['input'];
  /** Whether the lease of somebody who holds the disk open for writing would be broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** The effect of a rollback. */
export type RollbackPreview = {
  /** The disk, unchanged. */
  readonly disk: Disk;
  /** What would be lost: changes that no snapshot holds. Nothing with a safety snapshot. */
  readonly loss: RollbackLoss;
  /** Why it would be refused. Empty if it would succeed. */
  readonly refusals: ReadonlyArray<OperationError>;
  /**
   * What would be freed, once the reclaim grace has passed. Null if more blocks than a preview
   * visits would have to be looked at.
   */
  readonly freed?: Maybe<FreedBytes>;
};

/** Input of `reinitializePreview`. The fields are those of `ReinitializeDiskInput`. */
export type ReinitializePreviewInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** Whether to start a STOPPED instance that it is attached to. */
  readonly startInstance: Scalars['Boolean']['input'];
  /** Whether the lease of somebody who holds the disk open for writing would be broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** The effect of a reinitialisation. */
export type ReinitializePreview = {
  /** The disk, unchanged. It would return to its `origin`. */
  readonly disk: Disk;
  /** What would be lost: changes that no snapshot holds. */
  readonly loss: RollbackLoss;
  /** Why it would be refused; null if it would succeed. */
  readonly error?: Maybe<OperationError>;
  /**
   * What would be freed, once the reclaim grace has passed. Null if more blocks than a preview
   * visits would have to be looked at.
   */
  readonly freed?: Maybe<FreedBytes>;
};

/** Input of `releasePreview`. The fields are those of `ReleaseDiskInput`. */
export type ReleasePreviewInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** Whether the lease of somebody who holds the disk open for writing would be broken. */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** The effect of a release. */
export type ReleasePreview = {
  /** The disk, unchanged. */
  readonly disk: Disk;
  /** Why it would be refused; null if it would succeed. */
  readonly error?: Maybe<OperationError>;
  /** Automatic snapshots that would be deleted with it, oldest first. */
  readonly deletedSnapshotIds: ReadonlyArray<Scalars['ID']['output']>;
  /** Number of its snapshots that would stay. */
  readonly keptSnapshotCount: Scalars['Int']['output'];
  /**
   * What would be freed with it and these snapshots, unfinished uploads aside. Null if more blocks
   * than a preview visits would have to be looked at.
   */
  readonly freed?: Maybe<FreedBytes>;
  /** Until when it could be brought back; null if it would be gone at once. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
  /** From when these bytes are freed, if nobody brings it back. */
  readonly freeFrom: Scalars['DateTime']['output'];
};

/** The effect of the deletion of an image. */
export type DeleteImagePreview = {
  /** The image, unchanged. */
  readonly image: Image;
  /** Number of other accounts that would lose it. */
  readonly shareCount: Scalars['Int']['output'];
  /** What would be freed. Null if more blocks than a preview visits would have to be looked at. */
  readonly freed?: Maybe<FreedBytes>;
  /** Until when it could be brought back; null if it would be gone at once. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
  /** From when these bytes are freed, if nobody brings it back. */
  readonly freeFrom: Scalars['DateTime']['output'];
};

/** A limit on the number of objects. */
export type Quota = {
  /** What it limits. */
  readonly kind: QuotaKind;
  /** The region that it holds in. */
  readonly region: Scalars['String']['output'];
  /** The maximum number. */
  readonly limit: Scalars['Int']['output'];
  /**
   * The number in use. Null for a per-disk quota if no disk is named, and for a quota of the whole
   * account if the credential is limited to regions.
   */
  readonly used?: Maybe<Scalars['Int']['output']>;
  /** The number that is left. Null as for `used`. */
  readonly free?: Maybe<Scalars['Int']['output']>;
};

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
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** The quota. */
  readonly kind: QuotaKind;
  /** From 0 to the default. A limit below the number in use deletes nothing. */
  readonly limit: Scalars['Int']['input'];
};

/** Answer of `setQuota`. */
export type SetQuotaPayload = {
  /** The quota as it is now. */
  readonly quota: Quota;
};

/** A range of a device. */
export type ByteRange = {
  /** Where it begins. */
  readonly offsetBytes: Scalars['SafeInt']['output'];
  /** Its length. */
  readonly lengthBytes: Scalars['SafeInt']['output'];
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

/**
 * Ranges of a source that could not be read, and are zeros in the contents. Empty if everything was
 * read.
 */
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

/** The progress of reclaim for everything of the account in one region. */
export type Reclaim = {
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Objects that nothing refers to any more, and that still exist. */
  readonly waitingObjects: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly waitingBytes: Scalars['SafeInt']['output'];
  /** The earliest time at which the first of these may be removed; null while nothing waits. */
  readonly nextAt?: Maybe<Scalars['DateTime']['output']>;
  /** The earliest time at which all of these may be removed; null while nothing waits. */
  readonly allAt?: Maybe<Scalars['DateTime']['output']>;
  /** How long an object stays without references. */
  readonly graceHours: Scalars['Float']['output'];
  /** Whether earlier deletions are still in progress, so that more may come to wait. */
  readonly underWay: Scalars['Boolean']['output'];
  /** Objects freed since the beginning. */
  readonly freedObjects: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly freedBytes: Scalars['SafeInt']['output'];
};

/**
 * A copy into another encryption domain. A disk needs one that is made from a plain snapshot or
 * image under a key, or from the image of another account. Functions never see plain bytes of
 * encrypted disks, so the client copies. It opens a draft of the disk, reads the source, writes
 * every block under the disk's key into the draft, commits it and calls `completeReencryption`.
 * Until then the disk is CREATING.
 */
export type Reencryption = {
  /** Id of the plain snapshot or of the image to copy from. */
  readonly sourceSnapshotId: Scalars['ID']['output'];
  /** Bytes committed so far, in the disk or in its newest open draft, before compression. */
  readonly copiedBytes: Scalars['SafeInt']['output'];
  /** Bytes to copy, without holes, before compression. */
  readonly totalBytes: Scalars['SafeInt']['output'];
  /** 0–100. */
  readonly progressPercent: Scalars['Int']['output'];
};

/** Input of `completeReencryption`. */
export type CompleteReencryptionInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
};

/** Answer of `completeReencryption`. */
export type CompleteReencryptionPayload = {
  /** The disk, now AVAILABLE. */
  readonly disk: Disk;
};

/** Input of `rollbackDisk`. */
export type RollbackDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /** The target: a snapshot of this disk. */
  readonly snapshotId: Scalars['ID']['input'];
  /** Changes nothing. The answer says what would be lost, and why the call would be refused. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Takes a snapshot of the present state first. */
  readonly safetySnapshot: Scalars['Boolean']['input'];
  /** Name of the safety snapshot, by the rule of snapshot names. Default: its id. */
  readonly safetySnapshotName?: InputMaybe<Scalars['String']['input']>;
  /** Refuses with VersionConflict if the disk is at another version. */
  readonly expectedVersion?: InputMaybe<Scalars['SafeInt']['input']>;
  /**
   * Whether to start a STOPPED instance that it is attached to. Fails with SnapshotCreating while a
   * snapshot of any disk of that instance is in progress, as for `startInstance`. Fails with
   * InvalidParameter if several instances with more than 65 disks together would be started.
   */
  readonly startInstance: Scalars['Boolean']['input'];
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease: Scalars['Boolean']['input'];
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input does not roll back
   * again.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `rollbackDisk`. */
export type RollbackDiskPayload = {
  /** The disk: rolled back, or unchanged for a dry run. */
  readonly disk: Disk;
  /** The safety snapshot, if one was requested and the call was not a dry run. */
  readonly safetySnapshot?: Maybe<Snapshot>;
  /**
   * What was lost, or for a dry run would be: changes that no snapshot holds. Nothing is lost with
   * a safety snapshot.
   */
  readonly loss: RollbackLoss;
  /** For a dry run: why the call would be refused. Empty if it would succeed. */
  readonly refusals: ReadonlyArray<OperationError>;
  /** The background job that frees what only the disk used; null for a dry run. */
  readonly job?: Maybe<Job>;
};

/** Changes of a disk that no snapshot holds. */
export type RollbackLoss = {
  /**
   * Changes after this instant are lost. It is the latest snapshot or rollback, otherwise the
   * creation of the disk.
   */
  readonly since: Scalars['DateTime']['output'];
  /** Size of the changed ranges. */
  readonly changedBytes: Scalars['SafeInt']['output'];
  /**
   * Whether `changedBytes` is complete. False means that the counting was cut short, and that there
   * is more.
   */
  readonly complete: Scalars['Boolean']['output'];
};

/** Input of `reinitializeDisk`. */
export type ReinitializeDiskInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /**
   * Whether to start a STOPPED instance that it is attached to. Fails with SnapshotCreating while a
   * snapshot of any disk of that instance is in progress, as for `startInstance`. Fails with
   * InvalidParameter if several instances with more than 65 disks together would be started.
   */
  readonly startInstance: Scalars['Boolean']['input'];
  /**
   * If true, the call also succeeds while somebody holds the disk open for writing, and breaks that
   * lease.
   */
  readonly breakLease: Scalars['Boolean']['input'];
};

/** Answer of `reinitializeDisk`. */
export type ReinitializeDiskPayload = {
  /** The disk. */
  readonly disk: Disk;
  /** The background job that frees what only the disk used. */
  readonly job: Job;
};

/** What a scrub checks. Without `targetId`, `chainId` and `keyId` it is the whole region. */
export type StartScrubInput = {
  /** The region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** All contents of this disk, snapshot or image. */
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * All contents of the disk with this id and of its snapshots, also after the release of the
   * disk.
   */
  readonly chainId?: InputMaybe<Scalars['ID']['input']>;
  /** Everything that is stored under this key. `plain` means everything that is not encrypted. */
  readonly keyId?: InputMaybe<Scalars['String']['input']>;
  /**
   * About how many percent of the blocks to read, above 0 and up to 100. Each scrub chooses others.
   * Block maps are read whole, and all references are counted.
   */
  readonly samplePercent: Scalars['Float']['input'];
  /**
   * Whether to correct wrong counts, missing rows and wrong lengths in the catalogue. Needs
   * ADMIN.
   */
  readonly repair: Scalars['Boolean']['input'];
  /** See `Mutation`. */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `startScrub`. */
export type StartScrubPayload = {
  /** The new scrub. */
  readonly scrub: Scrub;
};

/** The scrub to end. */
export type CancelScrubInput = {
  /** Id of the scrub. */
  readonly scrubId: Scalars['ID']['input'];
};

/** Answer of `cancelScrub`. */
export type CancelScrubPayload = {
  /** The scrub as it is now. */
  readonly scrub: Scrub;
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

/** A check of the store and the catalogue against what they should hold. */
export type Scrub = {
  /** `sc-…` */
  readonly id: Scalars['ID']['output'];
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** The disk, snapshot or image, if it checks only one. */
  readonly targetId?: Maybe<Scalars['ID']['output']>;
  /** The chain, if it checks only one. */
  readonly chainId?: Maybe<Scalars['ID']['output']>;
  /** The key, if it checks only one; `plain` for everything that is not encrypted. */
  readonly keyId?: Maybe<Scalars['String']['output']>;
  /** About how many percent of the blocks it reads. */
  readonly samplePercent: Scalars['Float']['output'];
  /** Whether it corrects the catalogue. */
  readonly repair: Scalars['Boolean']['output'];
  /** How far it has come. */
  readonly status: ScrubStatus;
  /** What it is doing; null at the end. */
  readonly phase?: Maybe<ScrubPhase>;
  /** Disks, snapshots and other versions whose contents were read so far. */
  readonly versionsRead: Scalars['Int']['output'];
  /** How many of these there are. */
  readonly versions: Scalars['Int']['output'];
  /** Objects read back. */
  readonly objectsRead: Scalars['SafeInt']['output'];
  /** Their stored bytes. */
  readonly bytesRead: Scalars['SafeInt']['output'];
  /** Objects found damaged or missing. `damagedObjects` lists those that still are. */
  readonly damaged: Scalars['SafeInt']['output'];
  /** Objects whose references were counted. */
  readonly objectsCounted: Scalars['SafeInt']['output'];
  /** Objects with a wrong count, no row or a wrong length in the catalogue. */
  readonly wrongCounts: Scalars['SafeInt']['output'];
  /** Those of them that were corrected. */
  readonly mended: Scalars['SafeInt']['output'];
  /** Objects about which nothing can be said, because they changed all the time. */
  readonly unsettled: Scalars['SafeInt']['output'];
  /** The faults of the catalogue in words, the first 100. */
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
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One scrub in a page. */
export type ScrubEdge = {
  /** Position of this scrub, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The scrub. */
  readonly node: Scrub;
};

/** A stored object that does not match its id. The next upload of the same content heals it. */
export type DamagedObject = {
  /** Id of the object. */
  readonly objectId: Scalars['ID']['output'];
  /** MISSING, LENGTH, FORM, SEAL or CHECKSUM. */
  readonly reason: Scalars['String']['output'];
  /** Whether it is a page of the block map. Then nothing below it can be read. */
  readonly isPage: Scalars['Boolean']['output'];
  /** When it was found. */
  readonly foundAt: Scalars['DateTime']['output'];
  /** When it was found whole again, or when nothing needed it any more. */
  readonly healedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Disks, snapshots and images that need it, each with the offset of the first lost byte. Before a
   * scrub has traced it: the place where a reader met it, if one did.
   */
  readonly places: ReadonlyArray<DamagedPlace>;
  /** How many places there are in all; null before it was traced. */
  readonly placeCount?: Maybe<Scalars['SafeInt']['output']>;
};


/** A stored object that does not match its id. The next upload of the same content heals it. */
export type DamagedObjectPlacesArgs = {
  first: Scalars['Int']['input'];
};

/** A place where a damaged object is needed. */
export type DamagedPlace = {
  /** Id of the disk, snapshot, image or draft. */
  readonly id: Scalars['ID']['output'];
  /** Offset in bytes from the beginning of the device. */
  readonly offsetBytes: Scalars['SafeInt']['output'];
};

/** A page of damaged objects. */
export type DamagedObjectConnection = {
  /** The objects with their cursors. */
  readonly edges: ReadonlyArray<DamagedObjectEdge>;
  /** The objects alone. */
  readonly nodes: ReadonlyArray<DamagedObject>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One damaged object in a page. */
export type DamagedObjectEdge = {
  /** Position of this object, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The object. */
  readonly node: DamagedObject;
};

/** Input of `createConsoleLink`. */
export type CreateConsoleLinkInput = {
  /** How many seconds the link is good, 1–60. */
  readonly seconds: Scalars['Int']['input'];
};

/** Answer of `createConsoleLink`. */
export type CreateConsoleLinkPayload = {
  /** Belongs behind `#link=` in the URL of the console. It is not shown again. */
  readonly secret: Scalars['String']['output'];
  /** When the link ends, used or not. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** Selects snapshots. All given conditions must hold. */
export type SnapshotFilter = {
  /** The name is exactly this text, in any Unicode form. An index by name answers it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The name begins with this text (case-sensitive). */
  readonly namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** The name contains this text (case-insensitive). */
  readonly nameContains?: InputMaybe<Scalars['String']['input']>;
  /** It is in one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<SnapshotStatus>>;
  /** It is of this kind. */
  readonly kind?: InputMaybe<SnapshotKind>;
  /** It was taken of this disk. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
  /** It was taken of a disk that is attached to this instance now. Only in the order CREATED_AT. */
  readonly instanceId?: InputMaybe<Scalars['ID']['input']>;
  /** It has one of these usages. */
  readonly usage?: InputMaybe<ReadonlyArray<SnapshotUsage>>;
  /** Whether it is encrypted. */
  readonly encrypted?: InputMaybe<Scalars['Boolean']['input']>;
  /** It has a match for each of these, at most 10. */
  readonly tags?: InputMaybe<ReadonlyArray<TagFilter>>;
  /** It was created at or after this instant. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** It was created before this instant. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its retention ends at or after this instant. Best in the order EXPIRES_AT. */
  readonly expiresFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its retention ends before this instant. Best in the order EXPIRES_AT. */
  readonly expiresBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Order of a list of snapshots. */
export type SnapshotOrder = {
  /** The field to sort by. */
  readonly field: SnapshotOrderField;
  /** The direction. */
  readonly direction: SortDirection;
};

/** Fields to sort snapshots by. */
export type SnapshotOrderField =
  /** Creation time. */
  | 'CREATED_AT'
  /** Name, by code point. */
  | 'NAME'
  /** When its retention ends. Only those that have a retention. */
  | 'EXPIRES_AT';

/** The disk of a snapshot, as it was at that instant. */
export type SnapshotSource = {
  /** The disk's id, which is also the id of the chain. */
  readonly id: Scalars['ID']['output'];
  /** The purpose of the disk. */
  readonly kind: DiskKind;
  /** Its size at that instant. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Whether it is encrypted. */
  readonly encrypted: Scalars['Boolean']['output'];
  /** The disk as it is now; null after its release. */
  readonly disk?: Maybe<Disk>;
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

/** A page of snapshots. */
export type SnapshotConnection = {
  /** The snapshots with their cursors. */
  readonly edges: ReadonlyArray<SnapshotEdge>;
  /** The snapshots alone. */
  readonly nodes: ReadonlyArray<Snapshot>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One snapshot in a page. */
export type SnapshotEdge = {
  /** Position of this snapshot, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The snapshot. */
  readonly node: Snapshot;
};

/** Input of `changedBlocks`. */
export type ChangedBlocksInput = {
  /** The earlier state. Default: zeros. */
  readonly fromSnapshotId?: InputMaybe<Scalars['ID']['input']>;
  /** The later state, in the same chain. */
  readonly toSnapshotId: Scalars['ID']['input'];
  /** Where to begin, rounded down to a block. */
  readonly startOffsetBytes: Scalars['SafeInt']['input'];
  /** Number of ranges to return, 1–1024. */
  readonly limit: Scalars['Int']['input'];
};

/** A page of changed ranges. */
export type ChangedBlocks = {
  /** Size of the device: the larger of the two. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /**
   * In ascending order. They begin and end at multiples of 512 KiB, or at the end of the
   * device.
   */
  readonly ranges: ReadonlyArray<ByteRange>;
  /** Where to continue; null at the end. */
  readonly nextOffsetBytes?: Maybe<Scalars['SafeInt']['output']>;
};

/** Input of `deleteSnapshotsPreview`. */
export type DeleteSnapshotsPreviewInput = {
  /** At most 512 snapshots: as many as a chain may have. */
  readonly snapshotIds: ReadonlyArray<Scalars['ID']['input']>;
  /** As for `deleteSnapshots`. */
  readonly force: Scalars['Boolean']['input'];
};

/** Input of `createSnapshot`. */
export type CreateSnapshotInput = {
  /** The disk. */
  readonly diskId: Scalars['ID']['input'];
  /**
   * 2–128 characters. The first is a letter of any script. It does not begin with http://, https://
   * or auto. Default: the id.
   */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Days for which it is kept, 1–65536. Default: until it is deleted. */
  readonly retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** At most 50 tags, each key once. */
  readonly tags: ReadonlyArray<TagInput>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * snapshot.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createSnapshot`. */
export type CreateSnapshotPayload = {
  /** The snapshot. */
  readonly snapshot: Snapshot;
};

/** Input of `updateSnapshot`. */
export type UpdateSnapshotInput = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['input'];
  /** A new name, by the rule of `CreateSnapshotInput.name`. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** A new description; null removes it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The complete new list of tags. Not together with `addTags` and `removeTags`. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** At most 50 tags to add. A key that is there gets the new value. All other tags stay. */
  readonly addTags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Keys of tags to remove, at most 50. A key that is not there changes nothing. */
  readonly removeTags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
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
  /**
   * Includes snapshots from which a disk was made. The disk keeps working, but can no longer be
   * reinitialised.
   */
  readonly force: Scalars['Boolean']['input'];
};

/** Answer of `deleteSnapshots`. */
export type DeleteSnapshotsPayload = {
  /** In the order of the input. */
  readonly results: ReadonlyArray<DeleteSnapshotResult>;
};

/** The result for one snapshot. */
export type DeleteSnapshotResult = {
  /** The snapshot. */
  readonly snapshotId: Scalars['ID']['output'];
  /** Whether it is deleted. */
  readonly deleted: Scalars['Boolean']['output'];
  /** Why it was refused; null if it was not. */
  readonly error?: Maybe<OperationError>;
  /**
   * The background job that frees what only this snapshot used. Null for one that was cancelled,
   * and for one that can still be brought back.
   */
  readonly job?: Maybe<Job>;
  /** Until when it can be brought back; null if it is gone for good. */
  readonly restorableUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** What of a chain lies in the recycle bin. */
export type ChainTrash = {
  /** Number of snapshots and disks. */
  readonly count: Scalars['Int']['output'];
  /**
   * The size of the snapshots among them: the sum of their own blocks. Null for a moment after a
   * change, until it is measured again.
   */
  readonly capacity?: Maybe<ChainCapacity>;
};

/** What can be deleted and brought back. */
export type TrashKind =
  /** A snapshot. */
  | 'SNAPSHOT'
  /** A disk. */
  | 'DISK'
  /** An image. */
  | 'IMAGE';

/** Something that was deleted and can be brought back. */
export type TrashItem = {
  /** The id that it had, and will have again. */
  readonly id: Scalars['ID']['output'];
  /** Its kind. */
  readonly kind: TrashKind;
  /** The region. */
  readonly region: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The disk that it was taken of, or that it is. Null for an image. */
  readonly diskId?: Maybe<Scalars['ID']['output']>;
  /** When it was deleted. */
  readonly deletedAt: Scalars['DateTime']['output'];
  /** Until when it can be brought back at least. Soon after, it is purged. */
  readonly restorableUntil: Scalars['DateTime']['output'];
  /** From when its blocks are freed, if nothing else uses them and it is not brought back. */
  readonly freeFrom: Scalars['DateTime']['output'];
  /** Of an automatic snapshot: the disk that it was deleted with, and comes back with. */
  readonly withDiskId?: Maybe<Scalars['ID']['output']>;
  /** Of a disk: how many automatic snapshots went with it. */
  readonly snapshotCount: Scalars['Int']['output'];
  /** Size of the device. */
  readonly sizeBytes: Scalars['SafeInt']['output'];
  /** Tags, sorted by key. */
  readonly tags: ReadonlyArray<Tag>;
  /** The size of its contents. Null for a moment after a change, until it is measured. */
  readonly sizes?: Maybe<ContentSizes>;
};

/** A page of what was deleted. */
export type TrashConnection = {
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<TrashEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<TrashItem>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One item in a page. */
export type TrashEdge = {
  /** Position of this item, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: TrashItem;
};

/** Input of `setTrashRetention`. */
export type SetTrashRetentionInput = {
  /** 0–8760 hours. With 0, what is deleted is gone at once. */
  readonly hours: Scalars['Int']['input'];
};

/** Answer of `setTrashRetention`. */
export type SetTrashRetentionPayload = {
  /** The account, changed. */
  readonly account: Account;
};

/** Input of `restoreTrash`. */
export type RestoreTrashInput = {
  /** Snapshots, disks and images: 1–20, each once. */
  readonly ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `restoreTrash`. */
export type RestoreTrashPayload = {
  /** In the order of the input. */
  readonly results: ReadonlyArray<RestoreTrashResult>;
};

/** The result for one of them. */
export type RestoreTrashResult = {
  /** The snapshot, disk or image. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is back. */
  readonly restored: Scalars['Boolean']['output'];
  /** Why it was refused; null if it was not. */
  readonly error?: Maybe<OperationError>;
  /** What is not as it was. */
  readonly changes: ReadonlyArray<TrashChange>;
  /** Of a disk: the automatic snapshots that came back with it. */
  readonly snapshotIds: ReadonlyArray<Scalars['ID']['output']>;
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
  readonly ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** Answer of `purgeTrash`. */
export type PurgeTrashPayload = {
  /** In the order of the input. */
  readonly results: ReadonlyArray<PurgeTrashResult>;
};

/** The result for one of them. */
export type PurgeTrashResult = {
  /** The snapshot, disk or image. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is purged. */
  readonly purged: Scalars['Boolean']['output'];
  /** Why it was refused; null if it was not. */
  readonly error?: Maybe<OperationError>;
  /** The background job that frees what only this used; null for an image. */
  readonly job?: Maybe<Job>;
};

/** How a disk stands to its recovery point objective at this moment. */
export type DiskProtection = {
  /** The state as one word. */
  readonly status: ProtectionStatus;
  /** How old the newest usable snapshot may be; null if there is no objective. */
  readonly objectiveHours?: Maybe<Scalars['Int']['output']>;
  /** What the objective comes from; null if there is none. */
  readonly source?: Maybe<ObjectiveSource>;
  /** For TAG: the tag that has it. */
  readonly tag?: Maybe<Tag>;
  /**
   * When the newest snapshot was made that could be restored: it is ACCOMPLISHED, and no damaged
   * object is known in it. Null if there is none.
   */
  readonly newestUsableAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the disk is in breach if no snapshot comes before; null without an objective. */
  readonly breachAt?: Maybe<Scalars['DateTime']['output']>;
  /** Since when it is in breach; null if it is not. */
  readonly inBreachSince?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is in breach; null if it is not. */
  readonly reason?: Maybe<BreachReason>;
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

/** The recovery point objective of all disks of a region that have a tag. */
export type TagObjective = {
  /** Key of the tag. */
  readonly key: Scalars['String']['output'];
  /** Value of the tag. */
  readonly value: Scalars['String']['output'];
  /** How old the newest usable snapshot of such a disk may be. */
  readonly hours: Scalars['Int']['output'];
};

/** A page of objectives of tags. */
export type TagObjectiveConnection = {
  /** The objectives with their cursors. */
  readonly edges: ReadonlyArray<TagObjectiveEdge>;
  /** The objectives alone. */
  readonly nodes: ReadonlyArray<TagObjective>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One objective in a page. */
export type TagObjectiveEdge = {
  /** Position of this objective, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The objective. */
  readonly node: TagObjective;
};

/** Input of `setRecoveryPointObjective`: a disk or a tag. */
export type SetRecoveryPointObjectiveInput = {
  /** The disk. Not together with `tag`. */
  readonly diskId?: InputMaybe<Scalars['ID']['input']>;
  /** The tag. Not together with `diskId`. */
  readonly tag?: InputMaybe<TagInput>;
  /** For a tag: the region. Default: the first region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /**
   * How old the newest usable snapshot may be, 1–87600. Null takes the objective away: then that of
   * tags or of the policy holds.
   */
  readonly hours?: InputMaybe<Scalars['Int']['input']>;
  /** For a disk, without `hours`: it is not to be watched, whatever its tags and its policy say. */
  readonly exempt: Scalars['Boolean']['input'];
};

/** Answer of `setRecoveryPointObjective`. */
export type SetRecoveryPointObjectivePayload = {
  /** For a disk: the disk. */
  readonly disk?: Maybe<Disk>;
  /** For a tag that has an objective now: that. */
  readonly tagObjective?: Maybe<TagObjective>;
};

/** A receiver of events. */
export type Webhook = {
  /** `wh-…` */
  readonly id: Scalars['ID']['output'];
  /** Where events are sent. */
  readonly url: Scalars['String']['output'];
  /** A text for people; null for none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Only events of these types are sent; null for all. */
  readonly types?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Whether events are sent. */
  readonly enabled: Scalars['Boolean']['output'];
  /** Why the service has switched it off; null otherwise. */
  readonly disabledReason?: Maybe<Scalars['String']['output']>;
  /** Until when the secret before the last one signs as well; null if it does not. */
  readonly oldSecretUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Since when every try has come to nothing; null while it takes what it is sent. */
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** How it is with a delivery. */
export type WebhookDeliveryState =
  /** It is to be sent, for the first time or again. */
  | 'PENDING'
  /** The receiver has taken it. */
  | 'DELIVERED'
  /** The receiver has not taken it for 24 hours. It is not tried any more. */
  | 'GIVEN_UP';

/** An event for a webhook. */
export type WebhookDelivery = {
  /** The event. */
  readonly eventId: Scalars['ID']['output'];
  /** Its type. */
  readonly type: Scalars['String']['output'];
  /** How it is with it. */
  readonly state: WebhookDeliveryState;
  /** How often it was tried. */
  readonly attempts: Scalars['Int']['output'];
  /** When it was tried last; null if it was not yet. */
  readonly lastTriedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The HTTP status of that try; null if there was no answer. */
  readonly lastStatus?: Maybe<Scalars['Int']['output']>;
  /** Why that try came to nothing; null otherwise. */
  readonly lastError?: Maybe<Scalars['String']['output']>;
  /** When the next try is due; null if there is none. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the event got its place. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it was taken or given up; null before. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of webhooks. */
export type WebhookConnection = {
  /** The webhooks with their cursors. */
  readonly edges: ReadonlyArray<WebhookEdge>;
  /** The webhooks alone. */
  readonly nodes: ReadonlyArray<Webhook>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One webhook in a page. */
export type WebhookEdge = {
  /** Position of this webhook, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The webhook. */
  readonly node: Webhook;
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  /** The deliveries with their cursors. */
  readonly edges: ReadonlyArray<WebhookDeliveryEdge>;
  /** The deliveries alone. */
  readonly nodes: ReadonlyArray<WebhookDelivery>;
  /** The position of this page in the list. */
  readonly pageInfo: PageInfo;
};

/** One delivery in a page. */
export type WebhookDeliveryEdge = {
  /** Position of this delivery, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The delivery. */
  readonly node: WebhookDelivery;
};

/** A new receiver. */
export type CreateWebhookInput = {
  /**
   * Where events are sent: `https://`, without user name, password or fragment, up to 2048
   * characters. Redirects are not followed. Addresses that are not on the internet are refused when
   * they are connected to, unless the operator has opened them.
   */
  readonly url: Scalars['String']['input'];
  /** 2–256 characters. It does not begin with http:// or https://. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Only events of these types, 1–32. Default: all, also those of later versions. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /**
   * Up to 64 printable ASCII characters. A repeated call with the same input returns the same
   * webhook, without its secret.
   */
  readonly clientToken?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `createWebhook`. */
export type CreateWebhookPayload = {
  /** The new webhook. */
  readonly webhook: Webhook;
  /**
   * `whsec_…`, which signs what is sent. Null if an earlier call with the same clientToken has
   * shown it.
   */
  readonly secret?: Maybe<Scalars['String']['output']>;
};

/** What changes of a webhook. */
export type UpdateWebhookInput = {
  /** The webhook. */
  readonly webhookId: Scalars['ID']['input'];
  /** Another address, by the rule of `CreateWebhookInput.url`. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
  /** Another description; null removes it. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Other types; null means all. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Whether events are sent. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Answer of `updateWebhook`. */
export type UpdateWebhookPayload = {
  /** The webhook, changed. */
  readonly webhook: Webhook;
};

/** The webhook to remove. */
export type DeleteWebhookInput = {
  /** The webhook. */
  readonly webhookId: Scalars['ID']['input'];
};

/** Answer of `deleteWebhook`. */
export type DeleteWebhookPayload = {
  /** Its id. */
  readonly webhookId: Scalars['ID']['output'];
};

/** The webhook that gets another secret. */
export type RotateWebhookSecretInput = {
  /** The webhook. */
  readonly webhookId: Scalars['ID']['input'];
  /** Hours for which the old secret signs as well, 0–168. */
  readonly overlapHours: Scalars['Int']['input'];
};

/** Answer of `rotateWebhookSecret`. */
export type RotateWebhookSecretPayload = {
  /** The webhook. */
  readonly webhook: Webhook;
  /** The new secret. */
  readonly secret: Scalars['String']['output'];
};

/** The webhook to try. */
export type TestWebhookInput = {
  /** The webhook. */
  readonly webhookId: Scalars['ID']['input'];
};

/** Answer of `testWebhook`. */
export type TestWebhookPayload = {
  /** Id of the event that it is sent. */
  readonly eventId: Scalars['ID']['output'];
};
