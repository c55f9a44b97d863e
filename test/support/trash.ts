import { sweepTrash } from '../../src/service/trash/sweep.ts';
import type { TestAccount, TestApi, Told } from './api.ts';

export const TRASH_FIELDS =
  'id kind region name diskId deletedAt restorableUntil freeFrom withDiskId snapshotCount sizeBytes tags { key value } sizes { ownBytes }';
export const TRASH = `query ($kind: TrashKind!, $first: Int! = 50, $after: String) {
  trash(kind: $kind, first: $first, after: $after) {
    nodes { ${TRASH_FIELDS} } pageInfo { hasNextPage endCursor }
  }
}`;
export const TRASH_ITEM = `query ($id: ID!) { trashItem(id: $id) { ${TRASH_FIELDS} } }`;
export const RESTORE_TRASH = `mutation ($ids: [ID!]!) {
  restoreTrash(input: { ids: $ids }) { results { id restored error { code message } changes snapshotIds } }
}`;
export const PURGE_TRASH = `mutation ($ids: [ID!]!) {
  purgeTrash(input: { ids: $ids }) { results { id purged error { code } job { kind status } } }
}`;
export const SET_TRASH_RETENTION =
  'mutation ($hours: Int!) { setTrashRetention(input: { hours: $hours }) { account { trashHours } } }';

export async function listTrash(account: TestAccount, kind = 'SNAPSHOT', page: object = {}): Promise<Told> {
  return (await account.call(TRASH, { kind, ...page })).trash;
}

/** Ids of what lies in the recycle bin, of a kind. */
export async function trashIds(account: TestAccount, kind = 'SNAPSHOT'): Promise<readonly string[]> {
  return (await listTrash(account, kind)).nodes.map(({ id }: Told) => id);
}

export async function restore(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(RESTORE_TRASH, { ids: [id] })).restoreTrash.results[0];
}

export async function purge(account: TestAccount, id: string, key?: string): Promise<Told> {
  return (await account.call(PURGE_TRASH, { ids: [id] }, key)).purgeTrash.results[0];
}

export async function setTrashHours(account: TestAccount, hours: number): Promise<number> {
  return (await account.call(SET_TRASH_RETENTION, { hours })).setTrashRetention.account.trashHours;
}

/** The janitor's round over the recycle bin. */
export const emptyWhatIsOver = ({ service }: Pick<TestApi, 'service'>) => sweepTrash(service, Number.POSITIVE_INFINITY);
