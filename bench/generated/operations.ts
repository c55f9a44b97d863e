/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Input of `openSnapshotService`. */
export type OpenSnapshotServiceInput = {
  /** Left out: the first region. */
  readonly region?: string | null | undefined;
  /** The terms that the caller accepts: must be `SnapshotService.currentTerms`. */
  readonly acceptedTerms: string;
};

/** A label to set. An object carries at most 50. */
export type TagInput = {
  /** 1–128 characters. */
  readonly key: string;
  /** Up to 256 characters. */
  readonly value?: string;
};

/** Input of `prepareUpload`. */
export type PrepareUploadInput = {
  /** Disk or draft that the blocks are for; it decides the encryption domain. */
  readonly target: string;
  /** 1–1024. */
  readonly objects: ReadonlyArray<PrepareObjectInput>;
};

/** An object that a client is about to name in a commit. */
export type PrepareObjectInput = {
  /** Object id: 64 lower-case hex digits. */
  readonly id: string;
  /** Length and SHA-256 (hex) of the stored form. Without it a missing object is answered with MISSING and no URL. */
  readonly stored?: StoredFormInput | null | undefined;
};

/** The form in which an object is stored. */
export type StoredFormInput = {
  /** Length of the stored form. */
  readonly sizeBytes: number;
  /** SHA-256 of the stored form: 64 lower-case hex digits. */
  readonly sha256: string;
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

/** Input of `commitBlocks`. */
export type CommitBlocksInput = {
  /** Disk or draft. */
  readonly target: string;
  /** The version the change is based on. */
  readonly expectedVersion: number;
  /** At most 1024; each index once. */
  readonly writes?: ReadonlyArray<BlockWriteInput>;
  /** Ranges that become holes; applied before `writes`. At most 1024. */
  readonly trims?: ReadonlyArray<BlockRangeInput>;
  /** Of the writer lease under which the disk is written to. For a draft it is not looked at: `commitDraft` asks for it. */
  readonly fence?: number | null | undefined;
};

/** One block's new contents. */
export type BlockWriteInput = {
  /** Which block: offset / 512 KiB, inside the disk. */
  readonly index: number;
  /** The object that holds it. */
  readonly id: string;
};

/** A range of blocks of 512 KiB, inside the disk. */
export type BlockRangeInput = {
  /** First block. */
  readonly start: number;
  /** How many, at least 1. */
  readonly count: number;
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

/** How a disk is paid. */
export type ChargeType =
  /** By use, afterwards. */
  | 'POSTPAID'
  /** In advance, until `expiresAt`. */
  | 'PREPAID';

/** Input of `createDisk`. */
export type CreateDiskInput = {
  /** Left out: the first region. A disk made from a snapshot lies in the snapshot's region. */
  readonly region?: string | null | undefined;
  /** 2–128 characters, first a letter of any script, not beginning with http:// or https://. Left out: the id. */
  readonly name?: string | null | undefined;
  /** Left out: that of the snapshot's disk, else DATA. */
  readonly kind?: DiskKind | null | undefined;
  /** Sort of storage. */
  readonly category?: DiskCategory;
  /** 1 byte to 64 TiB. Needed for an empty disk; else at least the snapshot's, which is also what is meant where left out. */
  readonly sizeBytes?: number | null | undefined;
  /** Make it from this snapshot. */
  readonly snapshotId?: string | null | undefined;
  /** Make it from this image, the account's own or one shared with it. */
  readonly imageId?: string | null | undefined;
  /** Whether its contents are encrypted. Left out: as the snapshot it is made from, and encrypted where a key is named. */
  readonly encrypted?: boolean | null | undefined;
  /** Name of the master key. Left out, for an encrypted disk: the snapshot's, else the installation's default key. */
  readonly encryptionKeyId?: string | null | undefined;
  /** How it is paid. */
  readonly chargeType?: ChargeType;
  /** For PREPAID, and only then: until when it is paid, in the future. */
  readonly expiresAt?: string | null | undefined;
  /** The automatic snapshot policy that it comes under. Not for LOCAL disks. */
  readonly policyId?: string | null | undefined;
  /** Whether its automatic snapshots go when it is released. */
  readonly deleteAutoSnapshots?: boolean;
  /** Whether it is released together with the instance it is attached to. */
  readonly deleteWithInstance?: boolean;
  /** At most 50, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same disk. */
  readonly clientToken?: string | null | undefined;
};

/** Input of `releaseDisk`. */
export type ReleaseDiskInput = {
  /** Which disk. */
  readonly diskId: string;
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease?: boolean;
};

/** How far a job is. */
export type JobStatus =
  /** Recorded; it may have begun. */
  | 'PENDING'
  /** Done. */
  | 'SUCCEEDED';

/** Input of `rollbackDisk`. */
export type RollbackDiskInput = {
  /** Which disk. */
  readonly diskId: string;
  /** Where to: a snapshot of this very disk. */
  readonly snapshotId: string;
  /** Change nothing; say what would be lost and why the call would be refused. */
  readonly dryRun?: boolean;
  /** Take a snapshot of the present state first. */
  readonly safetySnapshot?: boolean;
  /** Name of the safety snapshot, by the rule of snapshot names. Left out: its id. */
  readonly safetySnapshotName?: string | null | undefined;
  /** Refuse with VersionConflict if the disk is at another version. */
  readonly expectedVersion?: number | null | undefined;
  /**
   * Whether a STOPPED instance that it is attached to is started afterwards: SnapshotCreating while a snapshot of any of that instance's disks is
   * in progress, as for `startInstance`. InvalidParameter where it would start several that have more than 65 disks together.
   */
  readonly startInstance?: boolean;
  /** Also where somebody holds the disk open for writing: its lease is broken. */
  readonly breakLease?: boolean;
  /** Up to 64 printable ASCII characters; repeated with the same input it does not roll back again. */
  readonly clientToken?: string | null | undefined;
};

/** Whether a snapshot can be used. */
export type SnapshotStatus =
  /** Being made. */
  | 'PROGRESSING'
  /** Complete: can be read, cloned and rolled back to. */
  | 'ACCOMPLISHED'
  /** Could not be made. */
  | 'FAILED';

/** Whether a snapshot stands on an earlier one of the same disk. */
export type SnapshotType =
  /** It refers to every non-zero block by itself, less what it shares with the snapshot that the disk was made from. */
  | 'FULL'
  /** It stores only what changed since the one before. */
  | 'INCREMENTAL';

/** Input of `createSnapshot`. */
export type CreateSnapshotInput = {
  /** Of which disk. */
  readonly diskId: string;
  /** 2–128 characters, first a letter of any script, not beginning with http://, https:// or auto. Left out: the id. */
  readonly name?: string | null | undefined;
  /** 2–256 characters, not beginning with http:// or https://. */
  readonly description?: string | null | undefined;
  /** Days to keep it, 1–65536. Left out: until it is deleted. */
  readonly retentionDays?: number | null | undefined;
  /** At most 50, each key once. */
  readonly tags?: ReadonlyArray<TagInput>;
  /** Up to 64 printable ASCII characters; repeated with the same input it answers with the same snapshot. */
  readonly clientToken?: string | null | undefined;
};

/** Input of `deleteSnapshots`. */
export type DeleteSnapshotsInput = {
  /** 1–100, each once. */
  readonly snapshotIds: ReadonlyArray<string>;
  /** Also those from which a disk was made. The disk works on, but can no longer be reinitialised. */
  readonly force?: boolean;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly account: { readonly id: string } } };

export type SnapshotTermsQueryVariables = Exact<{ [key: string]: never; }>;


export type SnapshotTermsQuery = { readonly snapshotService: { readonly currentTerms: string } };

export type OpenSnapshotsMutationVariables = Exact<{
  input: OpenSnapshotServiceInput;
}>;


export type OpenSnapshotsMutation = { readonly openSnapshotService: { readonly snapshotService: { readonly opened: boolean } } };

export type CreateDiskMutationVariables = Exact<{
  input: CreateDiskInput;
}>;


export type CreateDiskMutation = { readonly createDisk: { readonly disk: { readonly id: string, readonly version: number } } };

export type DiskQueryVariables = Exact<{
  id: string;
}>;


export type DiskQuery = { readonly disk: { readonly id: string, readonly version: number } | null };

export type ReleaseDiskMutationVariables = Exact<{
  input: ReleaseDiskInput;
}>;


export type ReleaseDiskMutation = { readonly releaseDisk: { readonly job: { readonly id: string } } };

export type RollbackDiskMutationVariables = Exact<{
  input: RollbackDiskInput;
}>;


export type RollbackDiskMutation = { readonly rollbackDisk: { readonly job: { readonly id: string } | null } };

export type CreateSnapshotMutationVariables = Exact<{
  input: CreateSnapshotInput;
}>;


export type CreateSnapshotMutation = { readonly createSnapshot: { readonly snapshot: { readonly id: string } } };

export type DeleteSnapshotsMutationVariables = Exact<{
  input: DeleteSnapshotsInput;
}>;


export type DeleteSnapshotsMutation = { readonly deleteSnapshots: { readonly results: ReadonlyArray<{ readonly deleted: boolean, readonly error: { readonly message: string } | null, readonly job: { readonly id: string } | null }> } };

export type ListSnapshotsQueryVariables = Exact<{
  first: number;
}>;


export type ListSnapshotsQuery = { readonly snapshots: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: SnapshotStatus, readonly createdAt: string, readonly type: SnapshotType }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PrepareUploadMutationVariables = Exact<{
  input: PrepareUploadInput;
}>;


export type PrepareUploadMutation = { readonly prepareUpload: { readonly objects: ReadonlyArray<{ readonly state: UploadState, readonly url: string | null, readonly headers: ReadonlyArray<{ readonly name: string, readonly value: string }> | null }> } };

export type CommitBlocksMutationVariables = Exact<{
  input: CommitBlocksInput;
}>;


export type CommitBlocksMutation = { readonly commitBlocks: { readonly version: number } };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: { readonly status: JobStatus } | null };


/** An operation as the text that is sent, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
}


export const ViewerDocument: Operation<ViewerQueryVariables, ViewerQuery> = { text: "query Viewer{viewer{account{id}}}" };
export const SnapshotTermsDocument: Operation<SnapshotTermsQueryVariables, SnapshotTermsQuery> = { text: "query SnapshotTerms{snapshotService{currentTerms}}" };
export const OpenSnapshotsDocument: Operation<OpenSnapshotsMutationVariables, OpenSnapshotsMutation> = { text: "mutation OpenSnapshots($input:OpenSnapshotServiceInput!){openSnapshotService(input:$input){snapshotService{opened}}}" };
export const CreateDiskDocument: Operation<CreateDiskMutationVariables, CreateDiskMutation> = { text: "mutation CreateDisk($input:CreateDiskInput!){createDisk(input:$input){disk{id version}}}" };
export const DiskDocument: Operation<DiskQueryVariables, DiskQuery> = { text: "query Disk($id:ID!){disk(id:$id){id version}}" };
export const ReleaseDiskDocument: Operation<ReleaseDiskMutationVariables, ReleaseDiskMutation> = { text: "mutation ReleaseDisk($input:ReleaseDiskInput!){releaseDisk(input:$input){job{id}}}" };
export const RollbackDiskDocument: Operation<RollbackDiskMutationVariables, RollbackDiskMutation> = { text: "mutation RollbackDisk($input:RollbackDiskInput!){rollbackDisk(input:$input){job{id}}}" };
export const CreateSnapshotDocument: Operation<CreateSnapshotMutationVariables, CreateSnapshotMutation> = { text: "mutation CreateSnapshot($input:CreateSnapshotInput!){createSnapshot(input:$input){snapshot{id}}}" };
export const DeleteSnapshotsDocument: Operation<DeleteSnapshotsMutationVariables, DeleteSnapshotsMutation> = { text: "mutation DeleteSnapshots($input:DeleteSnapshotsInput!){deleteSnapshots(input:$input){results{deleted error{message}job{id}}}}" };
export const ListSnapshotsDocument: Operation<ListSnapshotsQueryVariables, ListSnapshotsQuery> = { text: "query ListSnapshots($first:Int!){snapshots(first:$first){nodes{id name status createdAt type}pageInfo{hasNextPage endCursor}}}" };
export const PrepareUploadDocument: Operation<PrepareUploadMutationVariables, PrepareUploadMutation> = { text: "mutation PrepareUpload($input:PrepareUploadInput!){prepareUpload(input:$input){objects{state url headers{name value}}}}" };
export const CommitBlocksDocument: Operation<CommitBlocksMutationVariables, CommitBlocksMutation> = { text: "mutation CommitBlocks($input:CommitBlocksInput!){commitBlocks(input:$input){version}}" };
export const JobDocument: Operation<JobQueryVariables, JobQuery> = { text: "query Job($id:ID!){job(id:$id){status}}" };
