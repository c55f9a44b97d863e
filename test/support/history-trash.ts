import type { EngineHarness } from './engine-harness.ts';
import { made, refusedWith } from './history-checks.ts';
import type { Fixed, Head, Model, Trashed } from './history-model.ts';

/** A snapshot or image goes into the recycle bin: nobody sees it, and nothing is made from it. */
export async function trashFixed(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Fixed] | undefined,
): Promise<void> {
  if (picked === undefined) return;
  const [nodeId, version] = picked;
  const { accountId, domainId } = version;
  const node = { accountId, nodeId };
  await refusedWith('NotFound', tree.untrash(node, []));
  await refusedWith('NotFound', tree.purge(node, []));
  made(await tree.trash(node, []));
  await refusedWith('NotFound', tree.trash(node, []));
  await refusedWith('NotFound', tree.remove(node, []));
  const clone = { accountId, nodeId: 'nobody', domainId, regionId: 'r', chainId: 'nobody', fromId: nodeId };
  await refusedWith('NotFound', tree.createHead(clone, []));
  model.fixed.delete(nodeId);
  model.trash.set(nodeId, { was: 'fixed', ...version });
}

/** The same of a disk: nobody writes to it, and who did is its writer no longer. */
export async function trashDisk(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Head] | undefined,
): Promise<void> {
  if (picked === undefined) return;
  const [headId, head] = picked;
  const { accountId, version: expectedVersion, fence } = head;
  const { writerFence } = made(await tree.trash({ accountId, nodeId: headId }, []));
  const trims = [{ start: 0, count: 1 }];
  await refusedWith('NotFound', tree.commit({ accountId, headId, expectedVersion, writes: [], trims, fence }));
  await refusedWith(
    'NotFound',
    tree.snapshot({ accountId, headId, snapshotId: 'nobody' }, () => []),
  );
  await refusedWith(
    'NotFound',
    tree.hold({ accountId, headId }, () => []),
  );
  await refusedWith('NotFound', tree.release({ accountId, nodeId: headId }, []));
  model.heads.delete(headId);
  const left = fence === undefined ? {} : { fence: writerFence, held: false };
  model.trash.set(headId, { was: 'head', ...head, ...left });
}

export async function untrash(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Trashed] | undefined,
): Promise<void> {
  if (picked === undefined) return;
  const [nodeId, { was: _, ...version }] = picked;
  const node = { accountId: version.accountId, nodeId };
  made(await tree.untrash(node, []));
  await refusedWith('NotFound', tree.untrash(node, []));
  model.trash.delete(nodeId);
  if ('version' in version) model.heads.set(nodeId, version);
  else model.fixed.set(nodeId, version);
}

export async function purge(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Trashed] | undefined,
): Promise<void> {
  if (picked === undefined) return;
  const node = { accountId: picked[1].accountId, nodeId: picked[0] };
  made(await tree.purge(node, []));
  await refusedWith('NotFound', tree.purge(node, []));
  await refusedWith('NotFound', tree.untrash(node, []));
  model.trash.delete(picked[0]);
}
