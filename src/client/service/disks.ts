import type { Root } from '../../engine/blocks/block.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Connection, collect } from './pages.ts';
import type { UnreadableSum } from './unreadable.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** `null` for moments after a change, until measured. */
export type ContentSizes = {
  readonly ownBytes: number;
  readonly ownStoredBytes: number;
  readonly totalBytes: number;
  readonly totalStoredBytes: number;
  readonly sharedBytes: number;
} | null;

export interface Disk {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly kind: 'SYSTEM' | 'DATA';
  readonly category: 'CLOUD' | 'SHARED' | 'LOCAL';
  readonly sizeBytes: number;
  readonly status: string;
  readonly chargeType: 'POSTPAID' | 'PREPAID';
  readonly expiresAt: string | null;
  readonly encrypted: boolean;
  readonly encryption: { readonly keyId: string } | null;
  readonly deleteAutoSnapshots: boolean;
  readonly deleteWithInstance: boolean;
  readonly policy: { readonly id: string; readonly name: string } | null;
  readonly origin: { readonly kind: string; readonly snapshotId: string | null; readonly imageId: string | null };
  readonly instances: readonly { readonly id: string; readonly name: string }[];
  readonly tags: readonly Tag[];
  readonly createdAt: string;
  readonly version: number;
  readonly root: Root;
  readonly sizes: ContentSizes;
  readonly reencryption: Reencryption | null;
  /** Who holds it open for writing. */
  readonly lease: DiskLease | null;
  /** What could not be read of the source of its contents. */
  readonly unreadable: UnreadableSum | null;
}

export interface DiskLease {
  readonly holder: string;
  readonly fence: number;
  readonly acquiredAt: string;
  readonly expiresAt: string;
}

export interface Reencryption {
  readonly sourceSnapshotId: string;
  readonly copiedBytes: number;
  readonly totalBytes: number;
  readonly progressPercent: number;
}

export interface CreateDisk {
  readonly region?: string | undefined;
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly snapshotId?: string | undefined;
  readonly imageId?: string | undefined;
  readonly encryptionKeyId?: string | undefined;
  readonly chargeType?: Disk['chargeType'] | undefined;
  readonly expiresAt?: string | undefined;
  readonly deleteAutoSnapshots?: boolean | undefined;
  readonly deleteWithInstance?: boolean | undefined;
  readonly policyId?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly clientToken: string;
}

export interface UpdateDisk {
  readonly diskId: string;
  readonly name?: string | undefined;
  readonly deleteAutoSnapshots?: boolean | undefined;
  readonly deleteWithInstance?: boolean | undefined;
  readonly expiresAt?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface DiskFilter {
  readonly namePrefix?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly originSnapshotId?: string | undefined;
  readonly tags?: readonly { readonly key: string; readonly values?: readonly string[] }[] | undefined;
}

export interface ListRequest<Filter> {
  readonly region?: string | undefined;
  readonly filter?: Filter | undefined;
  /** The most to return. */
  readonly limit: number;
}

export interface RollbackDisk {
  readonly diskId: string;
  readonly snapshotId: string;
  readonly dryRun: boolean;
  readonly safetySnapshot: boolean;
  readonly safetySnapshotName?: string | undefined;
  readonly startInstance?: boolean | undefined;
  readonly breakLease?: boolean | undefined;
  readonly clientToken: string;
}

interface Attachment {
  readonly diskId: string;
  readonly instanceId: string;
}

interface Detachment extends Attachment {
  readonly breakLease?: boolean | undefined;
}

interface ReinitializeDisk {
  readonly diskId: string;
  readonly startInstance: boolean;
  readonly breakLease?: boolean | undefined;
}

interface ReleaseDisk {
  readonly diskId: string;
  readonly breakLease?: boolean | undefined;
}

export interface RolledBack {
  readonly disk: Disk;
  readonly safetySnapshot: { readonly id: string; readonly name: string } | null;
  readonly loss: { readonly since: string; readonly changedBytes: number; readonly complete: boolean };
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
}

const DISK = `fragment DiskFields on Disk {
  id region name kind category sizeBytes status chargeType expiresAt encrypted encryption { keyId } deleteAutoSnapshots
  deleteWithInstance policy { id name } origin { kind snapshotId imageId } instances { id name } tags { key value } createdAt version root
  sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
  reencryption { sourceSnapshotId copiedBytes totalBytes progressPercent } lease { holder fence acquiredAt expiresAt }
  unreadable { count bytes }
}`;

const GET: Operation<{ id: string }, { disk: Disk | null }> = {
  text: `query Disk($id: ID!) { disk(id: $id) { ...DiskFields } }\n${DISK}`,
  repeatable: true,
};
const LIST: Operation<
  { region?: string | undefined; first: number; after: string | null; filter?: DiskFilter | undefined },
  { disks: Connection<Disk> }
> = {
  text: `query Disks($region: String, $first: Int!, $after: String, $filter: DiskFilter) {
  disks(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ...DiskFields } pageInfo { hasNextPage endCursor }
  }
}\n${DISK}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreateDisk }, { createDisk: { disk: Disk } }> = {
  text: `mutation CreateDisk($input: CreateDiskInput!) { createDisk(input: $input) { disk { ...DiskFields } } }\n${DISK}`,
  repeatable: true,
};
const UPDATE: Operation<{ input: UpdateDisk }, { updateDisk: { disk: Disk } }> = {
  text: `mutation UpdateDisk($input: UpdateDiskInput!) { updateDisk(input: $input) { disk { ...DiskFields } } }\n${DISK}`,
  repeatable: true,
};
const RESIZE: Operation<{ input: { diskId: string; sizeBytes: number } }, { resizeDisk: { disk: Disk } }> = {
  text: `mutation ResizeDisk($input: ResizeDiskInput!) { resizeDisk(input: $input) { disk { ...DiskFields } } }\n${DISK}`,
  repeatable: true,
};
const ROLL_BACK: Operation<{ input: RollbackDisk }, { rollbackDisk: RolledBack }> = {
  text: `mutation RollbackDisk($input: RollbackDiskInput!) {
  rollbackDisk(input: $input) {
    disk { ...DiskFields } safetySnapshot { id name } loss { since changedBytes complete } refusals { code message }
  }
}\n${DISK}`,
  repeatable: true,
};
const COMPLETE_REENCRYPTION: Operation<{ input: { diskId: string } }, { completeReencryption: { disk: Disk } }> = {
  text: `mutation CompleteReencryption($input: CompleteReencryptionInput!) {
  completeReencryption(input: $input) { disk { ...DiskFields } }
}\n${DISK}`,
  repeatable: false,
};
const RELEASE: Operation<
  { input: ReleaseDisk },
  { releaseDisk: { diskId: string; deletedSnapshotIds: string[]; job: { id: string } } }
> = {
  text: `mutation ReleaseDisk($input: ReleaseDiskInput!) {
  releaseDisk(input: $input) { diskId deletedSnapshotIds job { id } }
}`,
  repeatable: false,
};

const ATTACH: Operation<{ input: Attachment }, { attachDisk: { disk: Disk } }> = {
  text: `mutation AttachDisk($input: AttachDiskInput!) { attachDisk(input: $input) { disk { ...DiskFields } } }\n${DISK}`,
  repeatable: true,
};
const DETACH: Operation<{ input: Detachment }, { detachDisk: { disk: Disk } }> = {
  text: `mutation DetachDisk($input: DetachDiskInput!) { detachDisk(input: $input) { disk { ...DiskFields } } }\n${DISK}`,
  repeatable: false,
};
const REINITIALIZE: Operation<{ input: ReinitializeDisk }, { reinitializeDisk: { disk: Disk } }> = {
  text: `mutation ReinitializeDisk($input: ReinitializeDiskInput!) {
  reinitializeDisk(input: $input) { disk { ...DiskFields } }
}\n${DISK}`,
  repeatable: false,
};

export const DISK_OPERATIONS = [
  GET,
  LIST,
  CREATE,
  UPDATE,
  RESIZE,
  ROLL_BACK,
  COMPLETE_REENCRYPTION,
  RELEASE,
  ATTACH,
  DETACH,
  REINITIALIZE,
] as const;

export type Disks = ReturnType<typeof createDisks>;

export function createDisks(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Disk | null> => (await graphql.call(GET, { id }, signal)).disk,
    list: ({ region, filter, limit }: ListRequest<DiskFilter>) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST, { region, first, after, filter }, signal)).disks,
      ),
    create: async (input: CreateDisk): Promise<Disk> => (await graphql.call(CREATE, { input }, signal)).createDisk.disk,
    update: async (input: UpdateDisk): Promise<Disk> => (await graphql.call(UPDATE, { input }, signal)).updateDisk.disk,
    resize: async (diskId: string, sizeBytes: number): Promise<Disk> =>
      (await graphql.call(RESIZE, { input: { diskId, sizeBytes } }, signal)).resizeDisk.disk,
    rollBack: async (input: RollbackDisk): Promise<RolledBack> =>
      (await graphql.call(ROLL_BACK, { input }, signal)).rollbackDisk,
    completeReencryption: async (diskId: string): Promise<Disk> =>
      (await graphql.call(COMPLETE_REENCRYPTION, { input: { diskId } }, signal)).completeReencryption.disk,
    attach: async (input: Attachment): Promise<Disk> => (await graphql.call(ATTACH, { input }, signal)).attachDisk.disk,
    detach: async (input: Detachment): Promise<Disk> => (await graphql.call(DETACH, { input }, signal)).detachDisk.disk,
    reinitialize: async (input: ReinitializeDisk): Promise<Disk> =>
      (await graphql.call(REINITIALIZE, { input }, signal)).reinitializeDisk.disk,
    release: async (input: ReleaseDisk) => (await graphql.call(RELEASE, { input }, signal)).releaseDisk,
  };
}
