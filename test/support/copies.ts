import { runCopy } from '../../src/service/copies/run.ts';
import type { Service } from '../../src/service/service.ts';
import { OPEN_SERVICE, OTHER_REGION, type TestAccount, type TestApi, type Told } from './api.ts';
import { SNAPSHOT_FIELDS } from './operations.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const COPY_FIELDS = `${SNAPSHOT_FIELDS} copy {
  sourceSnapshotId sourceDiskId sourceRegion totalBytes doneBytes movedBlocks movedBytes problem { code message since }
}`;
export const COPY_SNAPSHOT = `mutation ($input: CopySnapshotInput!) {
  copySnapshot(input: $input) { snapshot { ${COPY_FIELDS} } }
}`;
const GET_COPY = `query ($id: ID!) { snapshot(id: $id) { ${COPY_FIELDS} } }`;
export const CANCEL_COPY = `mutation ($input: CancelCopyInput!) {
  cancelCopy(input: $input) { snapshotId cancelled }
}`;

/** Snapshots are switched on in the other region too. */
export async function openOther(account: TestAccount): Promise<void> {
  await account.call(OPEN_SERVICE, { terms: '2026-01', region: OTHER_REGION });
}

/** Begins a copy to the other region; no worker is at it yet. */
export async function copySnapshot(account: TestAccount, snapshotId: string, input: object = {}): Promise<Told> {
  const wanted = { snapshotId, toRegion: OTHER_REGION, ...input };
  return (await account.call(COPY_SNAPSHOT, { input: wanted })).copySnapshot.snapshot;
}

export async function getCopy(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(GET_COPY, { id })).snapshot;
}

export async function cancelCopy(account: TestAccount, snapshotId: string): Promise<boolean> {
  return (await account.call(CANCEL_COPY, { input: { snapshotId } })).cancelCopy.cancelled;
}

/** As a worker does that is woken for it. */
export function workOn(
  { service }: Pick<TestApi, 'service'>,
  account: TestAccount,
  id: string,
  { on = service, until = FOREVER }: { readonly on?: Service; readonly until?: number } = {},
) {
  return runCopy(on, { accountId: account.id, id }, until);
}
