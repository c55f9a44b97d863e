/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Input of `openSnapshotService`. */
export type OpenSnapshotServiceInput = {
  /** The region. Default: the first region. */
  readonly region?: string | null | undefined;
  /** The terms that the caller accepts: the value of `SnapshotService.currentTerms`. */
  readonly acceptedTerms: string;
};

/** A label to set. An object has at most 50. */
export type TagInput = {
  /** 1–128 characters. */
  readonly key: string;
  /** Up to 256 characters. */
  readonly value?: string;
};

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

/** How a disk is paid for. */
export type ChargeType =
  /** By use, afterwards. */
  | 'POSTPAID'
  /** In advance, until `expiresAt`. */
  | 'PREPAID';

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

/** Input of `releaseDisk`. */
export type ReleaseDiskInput = {
  /** The disk. */
  readonly diskId: string;
  /** If true, a lease of somebody who holds the disk open for writing is broken, not respected. */
  readonly breakLease?: boolean;
};

/** How far a job has come. */
export type JobStatus =
  /** Recorded. It may have begun. */
  | 'PENDING'
  /** Done. */
  | 'SUCCEEDED';

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

/** Whether a snapshot can be used. */
export type SnapshotStatus =
  /** Being created. */
  | 'PROGRESSING'
  /** Complete. It can be read, cloned and rolled back to. */
  | 'ACCOMPLISHED'
  /** It could not be made. */
  | 'FAILED';

/** Whether a snapshot is based on an earlier one of the same disk. */
export type SnapshotType =
  /**
   * It refers to every non-zero block by itself, except those that it shares with the snapshot from
   * which the disk was made.
   */
  | 'FULL'
  /** It stores only what changed since the previous snapshot. */
  | 'INCREMENTAL';

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

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly account: { readonly id: string } } };

export type SnapshotTermsQueryVariables = Exact<{ [key: string]: never; }>;


export type SnapshotTermsQuery = { readonly snapshotService: { readonly currentTerms: string } };

export type OpenSnapshotsMutationVariables = Exact<{
  input: OpenSnapshotServiceInput;
}>;


export type OpenSnapshotsMutation = { readonly openSnapshotService: { readonly snapshotService: { readonly opened: boolean } } | null };

export type CreateDiskMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type CreateDiskMutation = { readonly createDisk: { readonly disk: { readonly id: string, readonly version: number } } | null };

export type DiskQueryVariables = Exact<{
  id: string;
}>;


export type DiskQuery = { readonly disk: { readonly id: string, readonly version: number } | null };

export type ReleaseDiskMutationVariables = Exact<{
  input: ReleaseDiskInput;
}>;


export type ReleaseDiskMutation = { readonly releaseDisk: { readonly job: { readonly id: string } } | null };

export type RollbackDiskMutationVariables = Exact<{
  input: RollbackDiskInput;
}>;


export type RollbackDiskMutation = { readonly rollbackDisk: { readonly job: { readonly id: string } | null } | null };

export type CreateSnapshotMutationVariables = Exact<{
  input: CreateSnapshotInput;
}>;


export type CreateSnapshotMutation = { readonly createSnapshot: { readonly snapshot: { readonly id: string } } | null };

export type DeleteSnapshotsMutationVariables = Exact<{
  input: DeleteSnapshotsInput;
}>;


export type DeleteSnapshotsMutation = { readonly deleteSnapshots: { readonly results: ReadonlyArray<{ readonly deleted: boolean, readonly error: { readonly message: string } | null, readonly job: { readonly id: string } | null }> } | null };

export type ListSnapshotsQueryVariables = Exact<{
  first: number;
}>;


export type ListSnapshotsQuery = { readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: SnapshotStatus, readonly createdAt: string, readonly type: SnapshotType }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PrepareUploadMutationVariables = Exact<{
  input: PrepareUploadInput;
}>;


export type PrepareUploadMutation = { readonly prepareUpload: { readonly objects: ReadonlyArray<{ readonly state: UploadState, readonly url: string | null, readonly headers: ReadonlyArray<{ readonly name: string, readonly value: string }> | null }> } | null };

export type CommitBlocksMutationVariables = Exact<{
  input: CommitBlocksInput;
}>;


export type CommitBlocksMutation = { readonly commitBlocks: { readonly version: number } | null };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: { readonly status: JobStatus } | null };

export type EmptyAtOnceMutationVariables = Exact<{ [key: string]: never; }>;


export type EmptyAtOnceMutation = { readonly setTrashRetention: { readonly account: { readonly trashHours: number } } | null };


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


export const ViewerDocument: Operation<ViewerQueryVariables, ViewerQuery> = { text: "query Viewer{viewer{account{id}}}", shape: { viewer: { account: { id: 'string' } } } };
export const SnapshotTermsDocument: Operation<SnapshotTermsQueryVariables, SnapshotTermsQuery> = { text: "query SnapshotTerms{snapshotService{currentTerms}}", shape: { snapshotService: { currentTerms: 'string' } } };
export const OpenSnapshotsDocument: Operation<OpenSnapshotsMutationVariables, Answered<OpenSnapshotsMutation>> = { text: "mutation OpenSnapshots($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{opened}}}", shape: { openSnapshotService: { snapshotService: { opened: 'boolean' } } } };
export const CreateDiskDocument: Operation<CreateDiskMutationVariables, Answered<CreateDiskMutation>> = { text: "mutation CreateDisk($input:CreateDiskInput!){createDisk(input:$input){disk{id version}}}", shape: { createDisk: { disk: { id: 'string', version: 'number' } } } };
export const DiskDocument: Operation<DiskQueryVariables, DiskQuery> = { text: "query Disk($id:ID!){disk(id:$id){id version}}", shape: { disk: ['nullable', { id: 'string', version: 'number' }] } };
export const ReleaseDiskDocument: Operation<ReleaseDiskMutationVariables, Answered<ReleaseDiskMutation>> = { text: "mutation ReleaseDisk($input:ReleaseDiskInput!){releaseDisk(input:$input){job{id}}}", shape: { releaseDisk: { job: { id: 'string' } } } };
export const RollbackDiskDocument: Operation<RollbackDiskMutationVariables, Answered<RollbackDiskMutation>> = { text: "mutation RollbackDisk($input:RollbackDiskInput!){rollbackDisk(input:$input){job{id}}}", shape: { rollbackDisk: { job: ['nullable', { id: 'string' }] } } };
export const CreateSnapshotDocument: Operation<CreateSnapshotMutationVariables, Answered<CreateSnapshotMutation>> = { text: "mutation CreateSnapshot($input:CreateSnapshotInput!){createSnapshot(input:$input){snapshot{id}}}", shape: { createSnapshot: { snapshot: { id: 'string' } } } };
export const DeleteSnapshotsDocument: Operation<DeleteSnapshotsMutationVariables, Answered<DeleteSnapshotsMutation>> = { text: "mutation DeleteSnapshots($input:DeleteSnapshotsInput!){deleteSnapshots(input:$input){results{deleted error{message}job{id}}}}", shape: { deleteSnapshots: { results: ['list', { deleted: 'boolean', error: ['nullable', { message: 'string' }], job: ['nullable', { id: 'string' }] }] } } };
export const ListSnapshotsDocument: Operation<ListSnapshotsQueryVariables, ListSnapshotsQuery> = { text: "query ListSnapshots($first:Int!){snapshots(first:$first){nodes{id name status createdAt type}pageInfo{hasNextPage endCursor}}}", shape: { snapshots: { nodes: ['list', { id: 'string', name: 'string', status: 'string', createdAt: 'string', type: 'string' }], pageInfo: { hasNextPage: 'boolean', endCursor: ['nullable', 'string'] } } } };
export const PrepareUploadDocument: Operation<PrepareUploadMutationVariables, Answered<PrepareUploadMutation>> = { text: "mutation PrepareUpload($input:PrepareUploadInput!){prepareUpload(input:$input){objects{state url headers{name value}}}}", shape: { prepareUpload: { objects: ['list', { state: 'string', url: ['nullable', 'string'], headers: ['nullable', ['list', { name: 'string', value: 'string' }]] }] } } };
export const CommitBlocksDocument: Operation<CommitBlocksMutationVariables, Answered<CommitBlocksMutation>> = { text: "mutation CommitBlocks($input:CommitBlocksInput!){commitBlocks(input:$input){version}}", shape: { commitBlocks: { version: 'number' } } };
export const JobDocument: Operation<JobQueryVariables, JobQuery> = { text: "query Job($id:ID!){job(id:$id){status}}", shape: { job: ['nullable', { status: 'string' }] } };
export const EmptyAtOnceDocument: Operation<EmptyAtOnceMutationVariables, Answered<EmptyAtOnceMutation>> = { text: "mutation EmptyAtOnce{setTrashRetention(input:{hours:0}){account{trashHours}}}", shape: { setTrashRetention: { account: { trashHours: 'number' } } } };
