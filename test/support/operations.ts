import type { TestAccount, Told } from './api.ts';

/** The operations of the API that most tests need, with all fields that they look at. */
export const DISK_FIELDS = `
  id region name kind category sizeBytes status chargeType expiresAt encrypted encryption { keyId wrappedKey }
  deleteAutoSnapshots deleteWithInstance origin { kind snapshotId snapshot { id } } tags { key value } createdAt version root
  sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
  reencryption { sourceSnapshotId copiedBytes totalBytes progressPercent } chain { id }
`;
export const SNAPSHOT_FIELDS = `
  id region name description kind sourceDisk { id kind sizeBytes encrypted disk { id } } status progressPercent createdAt
  retentionDays expiresAt usage diskCount tags { key value } type root encrypted encryption { keyId wrappedKey }
  sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
`;

export const CREATE_DISK = `mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { ${DISK_FIELDS} } } }`;
export const UPDATE_DISK = `mutation ($input: UpdateDiskInput!) { updateDisk(input: $input) { disk { ${DISK_FIELDS} } } }`;
export const RESIZE_DISK = `mutation ($input: ResizeDiskInput!) { resizeDisk(input: $input) { disk { ${DISK_FIELDS} } } }`;
export const RELEASE_DISK = `mutation ($input: ReleaseDiskInput!) {
  releaseDisk(input: $input) { diskId deletedSnapshotIds job { id kind status diskId } }
}`;
export const ROLLBACK_DISK = `mutation ($input: RollbackDiskInput!) {
  rollbackDisk(input: $input) {
    disk { ${DISK_FIELDS} } safetySnapshot { id name kind } loss { since changedBytes complete } refusals { code message }
    job { id kind status diskId snapshotId }
  }
}`;
export const CREATE_SNAPSHOT = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) { snapshot { ${SNAPSHOT_FIELDS} } }
}`;
export const UPDATE_SNAPSHOT = `mutation ($input: UpdateSnapshotInput!) {
  updateSnapshot(input: $input) { snapshot { ${SNAPSHOT_FIELDS} } }
}`;
export const DELETE_SNAPSHOTS = `mutation ($input: DeleteSnapshotsInput!) {
  deleteSnapshots(input: $input) { results { snapshotId deleted error { code message } job { id kind status snapshotId } } }
}`;
export const PREVIEW = `query ($input: DeleteSnapshotsPreviewInput!) {
  deleteSnapshotsPreview(input: $input) { objects storedBytes settled results { snapshotId error { code } } }
}`;
export const SET_QUOTA = 'mutation ($input: SetQuotaInput!) { setQuota(input: $input) { quota { kind limit used } } }';
export const CREATE_KEY =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } secret } }';
export const DISK = `query ($id: ID!) { disk(id: $id) { ${DISK_FIELDS} } }`;
export const SNAPSHOT = `query ($id: ID!) { snapshot(id: $id) { ${SNAPSHOT_FIELDS} } }`;
export const CHAIN = `query ($id: ID!) {
  chain(id: $id) {
    id region disk { id } snapshotCount capacity { logicalBytes storedBytes }
    manualQuota { limit used free } autoQuota { limit used free }
    nodes {
      totalCount
      nodes { parentId snapshot { id name type } sizes { ownBytes sharedBytes totalBytes } }
    }
  }
}`;

export const GIB = 1024 ** 3;

/** A disk of 1 GiB, unless told otherwise. */
export async function createDisk(account: TestAccount, input: object = {}): Promise<Told> {
  return (await account.call(CREATE_DISK, { input: { sizeBytes: GIB, ...input } })).createDisk.disk;
}

export async function createSnapshot(account: TestAccount, diskId: string, input: object = {}): Promise<Told> {
  return (await account.call(CREATE_SNAPSHOT, { input: { diskId, ...input } })).createSnapshot.snapshot;
}

export async function getDisk(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(DISK, { id })).disk;
}

export async function getSnapshot(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(SNAPSHOT, { id })).snapshot;
}

export async function getChain(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(CHAIN, { id })).chain;
}

export async function deleteSnapshots(
  account: TestAccount,
  snapshotIds: readonly string[],
  force = false,
): Promise<Told[]> {
  return (await account.call(DELETE_SNAPSHOTS, { input: { snapshotIds, force } })).deleteSnapshots.results;
}

export async function releaseDisk(account: TestAccount, diskId: string): Promise<Told> {
  return (await account.call(RELEASE_DISK, { input: { diskId } })).releaseDisk;
}

export async function rollbackDisk(
  account: TestAccount,
  diskId: string,
  snapshotId: string,
  input: object = {},
): Promise<Told> {
  return (await account.call(ROLLBACK_DISK, { input: { diskId, snapshotId, ...input } })).rollbackDisk;
}

export function setQuota(account: TestAccount, kind: string, limit: number): Promise<Told> {
  return account.call(SET_QUOTA, { input: { kind, limit } });
}

/** Whether the account has an object of this id, of any kind. */
export async function isThere(account: TestAccount, id: string): Promise<boolean> {
  return (await account.call('query ($id: ID!) { node(id: $id) { id } }', { id })).node !== null;
}
