import type { TestAccount, Told } from './api.ts';

export const POLICY_FIELDS = `id region name hours weekdays timeZone retentionDays copyTargets { region retentionDays } status tags { key value } createdAt nextRunAt diskCount
  disks { nodes { id } }`;
export const CREATE_POLICY = `mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { ${POLICY_FIELDS} } } }`;
export const UPDATE_POLICY = `mutation ($input: UpdatePolicyInput!) { updatePolicy(input: $input) { policy { ${POLICY_FIELDS} } } }`;
export const DELETE_POLICY = 'mutation ($input: DeletePolicyInput!) { deletePolicy(input: $input) { policyId } }';
export const APPLY_POLICY = `mutation ($input: ApplyPolicyInput!) {
  applyPolicy(input: $input) { policy { id } results { diskId applied replacedPolicyId diskStatus error { code message } } }
}`;
export const CANCEL_POLICY = `mutation ($input: CancelPolicyInput!) {
  cancelPolicy(input: $input) { results { diskId cancelled policyId error { code } } }
}`;
export const POLICY = `query ($id: ID!) { policy(id: $id) { ${POLICY_FIELDS} } }`;
const POLICY_OF = 'query ($id: ID!) { disk(id: $id) { policy { id name } } }';

/** At midnight UTC, unless told otherwise. */
export async function createPolicy(account: TestAccount, input: object = {}): Promise<Told> {
  return (await account.call(CREATE_POLICY, { input: { hours: [0], ...input } })).createPolicy.policy;
}

export async function updatePolicy(account: TestAccount, policyId: string, input: object): Promise<Told> {
  return (await account.call(UPDATE_POLICY, { input: { policyId, ...input } })).updatePolicy.policy;
}

export async function getPolicy(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(POLICY, { id })).policy;
}

export async function applyPolicy(account: TestAccount, policyId: string, ...diskIds: string[]): Promise<Told[]> {
  return (await account.call(APPLY_POLICY, { input: { policyId, diskIds } })).applyPolicy.results;
}

export async function cancelPolicy(account: TestAccount, ...diskIds: string[]): Promise<Told[]> {
  return (await account.call(CANCEL_POLICY, { input: { diskIds } })).cancelPolicy.results;
}

export async function deletePolicy(account: TestAccount, policyId: string): Promise<void> {
  await account.call(DELETE_POLICY, { input: { policyId } });
}

/** Id of the policy that a disk is under, or undefined. */
export async function policyOf(account: TestAccount, id: string): Promise<string | undefined> {
  return (await account.call(POLICY_OF, { id })).disk.policy?.id;
}
