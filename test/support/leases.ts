import { sweepLeases } from '../../src/service/leases/sweep.ts';
import type { ApiError, TestAccount, TestApi, Told } from './api.ts';
import { blockOf, COMMIT, encodeBlock, upload } from './blocks.ts';

export const LEASE_FIELDS = 'diskId holder fence acquiredAt renewedAt expiresAt renewAfterMs instanceId flushRequest';
export const ACQUIRE = `mutation ($input: AcquireLeaseInput!) {
  acquireLease(input: $input) { lease { ${LEASE_FIELDS} } disk { id status version instances { id name kind } } }
}`;
export const RENEW = `mutation ($input: RenewLeaseInput!) { renewLease(input: $input) { lease { ${LEASE_FIELDS} } } }`;
export const RELEASE_LEASE = `mutation ($input: ReleaseLeaseInput!) {
  releaseLease(input: $input) { disk { id status lease { fence } instances { id } } }
}`;
export const OPEN_DRAFT =
  'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id baseVersion } } }';
export const COMMIT_DRAFT = `mutation ($input: CommitDraftInput!) {
  commitDraft(input: $input) { disk { id version } }
}`;
const LEASED = `query ($id: ID!) { disk(id: $id) { id status version lease { ${LEASE_FIELDS} } instances { id name kind } } }`;

export const TTL_MS = 30_000;
export const MINUTE_MS = 60_000;

export async function acquire(account: TestAccount, diskId: string, input: object = {}): Promise<Told> {
  return (await account.call(ACQUIRE, { input: { diskId, holder: 'host-a', ...input } })).acquireLease;
}

export async function renew(account: TestAccount, diskId: string, fence: number, flushed?: number): Promise<Told> {
  return (await account.call(RENEW, { input: { diskId, fence, flushed } })).renewLease.lease;
}

export async function releaseLease(account: TestAccount, diskId: string, fence: number): Promise<Told> {
  return (await account.call(RELEASE_LEASE, { input: { diskId, fence } })).releaseLease.disk;
}

export async function leased(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(LEASED, { id })).disk;
}

/** Code and extras of the refusal that a call must meet. */
export async function refused(account: TestAccount, query: string, input: object): Promise<ApiError['extensions']> {
  return (await account.refusal(query, { input })).extensions;
}

/** Uploads a block and names it in a commit. */
export async function commitInput(
  account: TestAccount,
  target: string,
  { text, version, fence, index = 0 }: { text: string; version: number; fence?: number; index?: number },
): Promise<object> {
  const block = encodeBlock(blockOf(text));
  await upload(account, target, [block]);
  return { target, expectedVersion: version, writes: [{ index, id: block.id }], fence };
}

export async function commit(
  account: TestAccount,
  target: string,
  change: Parameters<typeof commitInput>[2],
): Promise<number> {
  const input = await commitInput(account, target, change);
  return (await account.call(COMMIT, { input })).commitBlocks.version;
}

export const sweep = ({ service }: Pick<TestApi, 'service'>) => sweepLeases(service, Number.POSITIVE_INFINITY);
