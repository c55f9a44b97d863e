import { sweepWatch } from '../../src/service/watch/sweep.ts';
import type { TestAccount, TestApi, Told } from './api.ts';

export const PROTECTION = `protection {
  status objectiveHours source tag { key value } newestUsableAt breachAt inBreachSince reason
}`;
export const SET_OBJECTIVE = `mutation ($input: SetRecoveryPointObjectiveInput!) {
  setRecoveryPointObjective(input: $input) { disk { id ${PROTECTION} } tagObjective { key value hours } }
}`;
const DISK = `query ($id: ID!) { disk(id: $id) { ${PROTECTION} } }`;
const BREACHES = `query ($reason: BreachReason, $first: Int!, $after: String) {
  breaches(reason: $reason, first: $first, after: $after) {
    nodes { id ${PROTECTION} } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}`;
const TAG_OBJECTIVES = `query ($first: Int!, $after: String) {
  tagObjectives(first: $first, after: $after) {
    nodes { key value hours } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}`;

export async function setObjective(account: TestAccount, input: object): Promise<Told> {
  return (await account.call(SET_OBJECTIVE, { input })).setRecoveryPointObjective;
}

export async function protectionOf(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(DISK, { id })).disk.protection;
}

export async function breachesOf(account: TestAccount, variables: object = {}): Promise<Told> {
  return (await account.call(BREACHES, { first: 50, ...variables })).breaches;
}

export async function tagObjectivesOf(account: TestAccount, variables: object = {}): Promise<Told> {
  return (await account.call(TAG_OBJECTIVES, { first: 50, ...variables })).tagObjectives;
}

/** A round of the janitor. */
export async function watchRound(api: Pick<TestApi, 'service'>): Promise<void> {
  await sweepWatch(api.service, Number.POSITIVE_INFINITY);
}
