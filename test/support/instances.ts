import { patch } from '../../src/platform/catalogue/port.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import type { TestAccount, TestApi, Told } from './api.ts';
import { GIB } from './operations.ts';

export const INSTANCE_FIELDS = `id region name status systemDisk { id name kind status instances { id } origin { kind imageId snapshotId } }
  dataDisks { id status kind deleteWithInstance } deletionProtection tags { key value } createdAt`;
export const CREATE_INSTANCE = `mutation ($input: CreateInstanceInput!) {
  createInstance(input: $input) { instance { ${INSTANCE_FIELDS} } }
}`;
export const INSTANCE = `query ($id: ID!) { instance(id: $id) { ${INSTANCE_FIELDS} } }`;
export const RELEASE_INSTANCE = `mutation ($input: ReleaseInstanceInput!) {
  releaseInstance(input: $input) { instanceId releasedDiskIds detachedDiskIds }
}`;
export const REPLACE_SYSTEM_DISK = `mutation ($input: ReplaceSystemDiskInput!) {
  replaceSystemDisk(input: $input) { instance { ${INSTANCE_FIELDS} } releasedDiskId }
}`;
const diskMutation = (name: string, type: string, more = '') =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { disk { id status root version instances { id } } ${more} } }`;
export const ATTACH = diskMutation('attachDisk', 'AttachDiskInput');
export const DETACH = diskMutation('detachDisk', 'DetachDiskInput');
export const REINITIALIZE = diskMutation('reinitializeDisk', 'ReinitializeDiskInput', 'job { kind }');
export const START = 'mutation ($id: ID!) { startInstance(input: { instanceId: $id }) { instance { id status } } }';
export const STOP = 'mutation ($id: ID!) { stopInstance(input: { instanceId: $id }) { instance { id status } } }';
export const CREATE_IMAGE = `mutation ($input: CreateImageInput!) {
  createImage(input: $input) { image { id region name description ownerAccountId owned snapshotId diskKind sizeBytes
    encrypted root sharedWith tags { key value } createdAt } }
}`;

export async function createInstance(account: TestAccount, input: object = {}): Promise<Told> {
  const wanted = { systemDisk: { sizeBytes: GIB }, ...input };
  return (await account.call(CREATE_INSTANCE, { input: wanted })).createInstance.instance;
}

export async function getInstance(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(INSTANCE, { id })).instance;
}

export async function attach(account: TestAccount, diskId: string, instanceId: string): Promise<Told> {
  return (await account.call(ATTACH, { input: { diskId, instanceId } })).attachDisk.disk;
}

export async function detach(account: TestAccount, diskId: string, instanceId?: string): Promise<Told> {
  return (await account.call(DETACH, { input: { diskId, instanceId } })).detachDisk.disk;
}

export async function stop(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(STOP, { id })).stopInstance.instance;
}

export async function createImage(account: TestAccount, snapshotId: string, input: object = {}): Promise<Told> {
  return (await account.call(CREATE_IMAGE, { input: { snapshotId, ...input } })).createImage.image;
}

/** What a snapshot that takes its time leaves while it is made, and takes away at its end. */
export async function inProgress(api: TestApi, account: TestAccount, diskId: string, work: () => Promise<unknown>) {
  const key = { accountId: account.id, id: diskId };
  await api.catalogue.transact([patch(chainEntity, key, { set: { inProgressId: 's-underway' } })]);
  await work();
  await api.catalogue.transact([patch(chainEntity, key, { remove: ['inProgressId'] })]);
}
