import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { getNode } from '../../src/engine/books/nodes.ts';
import { entryEntity, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import type { CommitResult } from '../../src/engine/contract.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { domainEntity } from '../../src/service/model/disks/rows.ts';
import { applyNaively } from './block-contents.ts';
import { type EngineHarness, placesOf } from './engine-harness.ts';
import { made, pick, refusedWith } from './history-checks.ts';
import { abandonCopy, beginCopy, copyOn, finishCopy } from './history-copies.ts';
import { DOMAINS, type Draft, type Fixed, type Head, type Model, versionsOf } from './history-model.ts';
import { harm, scrub } from './history-scrub.ts';
import type { Step } from './history-steps.ts';
import { purge, trashDisk, trashFixed, untrash } from './history-trash.ts';

const regionId = 'r';

/** Carries a step out on the real engine and on the model. */
export async function play(harness: EngineHarness, model: Model, step: Step): Promise<void> {
  const name = (prefix: string) => `${prefix}-${String(++model.made).padStart(3, '0')}`;
  switch (step.do) {
    case 'commit':
    case 'commitToDraft':
      return commit(harness, pick<Head>(step.do === 'commit' ? model.heads : model.drafts, step.on), step);
    case 'snapshot':
      return snapshot(harness, model, pick(model.heads, step.on), name('s'));
    case 'remove':
      return removeSome(harness, model, step.on, 1);
    case 'removeMany':
      return removeSome(harness, model, step.on, step.many);
    case 'rollback':
      return rollback(harness, model, step);
    case 'create':
      return create(harness, model, name('d'), DOMAINS[step.domain % DOMAINS.length] ?? DOMAINS[0]);
    case 'clone':
      return clone(harness, model, pick(model.fixed, step.on), name('d'));
    case 'image':
      return image(harness, model, pick(model.fixed, step.on), name('m'));
    case 'release':
      return release(harness, model.heads, step.on);
    case 'discardDraft':
      return release(harness, model.drafts, step.on);
    case 'trash':
      return trashFixed(harness, model, pick(model.fixed, step.on));
    case 'trashDisk':
      return trashDisk(harness, model, pick(model.heads, step.on));
    case 'untrash':
      return untrash(harness, model, pick(model.trash, step.on));
    case 'purge':
      return purge(harness, model, pick(model.trash, step.on));
    case 'beginCopy':
      return beginCopy(harness, model, step, name);
    case 'copyOn':
      return void (await copyOn(harness, pick(model.copies, step.on)));
    case 'finishCopy':
      return finishCopy(harness, model, pick(model.copies, step.on));
    case 'abandonCopy':
      return abandonCopy(harness, model, pick(model.copies, step.on));
    case 'hold':
    case 'unhold':
      return changeWriter(harness, pick(model.heads, step.on), step.do);
    case 'openDraft':
      return openDraft(harness, model, pick(model.heads, step.on), name('dr'));
    case 'adoptDraft':
      return adoptDraft(harness, model, pick(model.drafts, step.on));
    case 'upload':
      return harness.storeBlocks(
        DOMAINS[step.domain % DOMAINS.length]?.domainId ?? '',
        step.writes.map(({ id }) => id),
      );
    case 'work':
      return work(harness);
    case 'settle':
      return harness.settle();
    case 'janitor':
      harness.clock.at += step.minutes * 60_000;
      return void (await harness.worker.sweep(Number.POSITIVE_INFINITY));
    case 'reclaim':
      return reclaimPass(harness, step.minutes);
    case 'scrub':
      return scrub(harness, model, step.repair);
    case 'harm':
      return harm(harness, model, step);
  }
}

async function commit(
  harness: EngineHarness,
  picked: [string, Head] | undefined,
  change: Pick<Step & { do: 'commit' }, 'writes' | 'trims'>,
): Promise<void> {
  if (picked === undefined) return;
  const [headId, head] = picked;
  const { accountId, domainId, version: expectedVersion } = head;
  const input = { accountId, headId, expectedVersion, writes: change.writes, trims: change.trims, ...fenceOf(head) };
  const ids = change.writes.map(({ id }) => id);
  await refusesOthers(head, (fence) => harness.tree.commit({ ...input, fence }));
  let result: CommitResult | undefined;
  for (let tries = 0; result === undefined; tries++) {
    // Just being reclaimed: the client comes again later.
    if (tries > 3) throw new Error('tombstoned for ever');
    if (tries > 0) await reclaimPass(harness, 3);
    await upload(harness, domainId, ids);
    result = await harness.tree.commit(input).catch(tombstoned);
  }
  await refusedWith(
    'VersionConflict',
    harness.tree.commit({ ...input, expectedVersion: result.version + 7, writes: [], trims: [{ start: 0, count: 9 }] }),
  );
  head.contents = applyNaively(head.contents, change);
  head.version = result.version;
}

const fenceOf = ({ held, fence }: Head) => (held ? { fence } : {});

/** Nobody but its writer changes a head that has one, and nobody who is none any more. */
async function refusesOthers(
  { held, fence = 0 }: Head,
  change: (fence: number | undefined) => Promise<unknown>,
): Promise<void> {
  if (held) await refusedWith('DiskLocked', change(undefined));
  for (const other of [held ? fence - 1 : fence, fence + 1]) {
    if (held !== undefined) await refusedWith('LeaseLost', change(other));
  }
}

async function changeWriter(
  { tree }: EngineHarness,
  picked: [string, Head] | undefined,
  how: 'hold' | 'unhold',
): Promise<void> {
  if (picked === undefined) return;
  const [headId, head] = picked;
  const key = { accountId: head.accountId, headId };
  const { writerFence = 0 } = made(how === 'hold' ? await tree.hold(key, () => []) : await tree.unhold(key, []));
  if (writerFence <= (head.fence ?? 0)) throw new Error(`fence ${writerFence} after ${head.fence}`);
  head.fence = writerFence;
  head.held = how === 'hold';
}

/** As `prepareUpload` has it: only what has no row, or is known to be damaged, is uploaded. */
async function upload(harness: EngineHarness, domainId: string, ids: readonly ObjectId[]): Promise<void> {
  const rows = await harness.catalogue.getMany(
    objectEntity,
    ids.map((id) => ({ domainId, id })),
  );
  await harness.storeBlocks(
    domainId,
    ids.filter((_, at) => rows[at] === undefined || rows[at]?.damagedAt !== undefined),
  );
}

function tombstoned(error: unknown): undefined {
  if (error instanceof VarveError && error.code === 'ObjectTombstoned') return undefined;
  throw error;
}

async function snapshot(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Head] | undefined,
  snapshotId: string,
): Promise<void> {
  if (picked === undefined) return;
  const [headId, { accountId, domainId, contents }] = picked;
  made(await tree.snapshot({ accountId, headId, snapshotId }, () => []));
  model.fixed.set(snapshotId, { accountId, domainId, contents, disk: headId });
}

async function removeSome({ tree }: EngineHarness, model: Model, on: number, many: number): Promise<void> {
  for (let at = 0; at < many; at++) {
    const picked = pick(model.fixed, on + at * 3);
    if (picked === undefined) return;
    const [nodeId, { accountId }] = picked;
    made(await tree.remove({ accountId, nodeId }, []));
    await refusedWith('NotFound', tree.remove({ accountId, nodeId }, []));
    model.fixed.delete(nodeId);
  }
}

async function rollback({ tree }: EngineHarness, model: Model, { on, to }: { on: number; to: number }): Promise<void> {
  const picked = pick(model.heads, on);
  const target = pick(new Map([...model.fixed].filter(([, { disk }]) => disk === picked?.[0])), to);
  if (picked === undefined || target === undefined) return;
  const [headId, head] = picked;
  const { accountId } = head;
  await refusedWith(
    'VersionConflict',
    tree.rollback({ accountId, headId, toId: target[0], expectedVersion: head.version + 1 }, []),
  );
  const { version, writerFence } = made(await tree.rollback({ accountId, headId, toId: target[0] }, []));
  head.version = version;
  if (head.fence !== undefined && writerFence === head.fence) throw new Error('a rollback leaves the writer its fence');
  if (head.fence !== undefined) Object.assign(head, { fence: writerFence, held: false });
  head.contents = target[1].contents;
}

async function create(
  { tree, catalogue }: EngineHarness,
  model: Model,
  nodeId: string,
  { accountId, domainId }: { accountId: string; domainId: string },
): Promise<void> {
  // Encrypted, so that a scrub goes by the form of blocks.
  const domain = { id: domainId, accountId, region: regionId, keyId: 'k', createdAt: '' };
  await catalogue.transact([put(domainEntity, domain, 'any')]);
  made(await tree.createHead({ accountId, nodeId, domainId, regionId, chainId: nodeId }, []));
  model.heads.set(nodeId, { accountId, domainId, contents: new Map(), version: 0 });
}

async function clone(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Fixed] | undefined,
  nodeId: string,
): Promise<void> {
  if (picked === undefined) return;
  const [fromId, { accountId, domainId, contents }] = picked;
  made(await tree.createHead({ accountId, nodeId, domainId, regionId, chainId: nodeId, fromId }, []));
  model.heads.set(nodeId, { accountId, domainId, contents, version: 0 });
}

async function image(
  { tree, deps }: EngineHarness,
  model: Model,
  picked: [string, Fixed] | undefined,
  id: string,
): Promise<void> {
  const origin = picked && (await getNode(deps, picked[1].accountId, picked[0]));
  if (picked === undefined || origin === undefined) return;
  const { accountId, domainId, contents } = picked[1];
  const place = { accountId, domainId, regionId, nodeId: id, chainId: id };
  made(await tree.createHead({ ...place, fromId: origin.id, kind: 'IMAGE' }, []));
  model.fixed.set(id, { accountId, domainId, contents, disk: id });
}

async function release(
  { tree }: EngineHarness,
  from: Map<string, Head> | Map<string, Draft>,
  on: number,
): Promise<void> {
  const picked = pick<Head>(from, on);
  if (picked === undefined) return;
  made(await tree.release({ accountId: picked[1].accountId, nodeId: picked[0] }, []));
  from.delete(picked[0]);
}

async function openDraft(
  { tree }: EngineHarness,
  model: Model,
  picked: [string, Head] | undefined,
  draftId: string,
): Promise<void> {
  if (picked === undefined) return;
  const [headId, head] = picked;
  const { accountId, domainId, contents, version } = head;
  const input = { accountId, headId, draftId, expectedVersion: version };
  await refusesOthers(head, (fence) => tree.openDraft({ ...input, fence }, []));
  made(await tree.openDraft({ ...input, ...fenceOf(head) }, []));
  model.drafts.set(draftId, { accountId, domainId, contents, version: 0, disk: headId, baseVersion: version });
}

async function adoptDraft({ tree }: EngineHarness, model: Model, picked: [string, Draft] | undefined): Promise<void> {
  if (picked === undefined) return;
  const [draftId, draft] = picked;
  const head = model.heads.get(draft.disk);
  const input = { accountId: draft.accountId, headId: draft.disk, draftId };
  if (head !== undefined) await refusesOthers(head, (fence) => tree.adoptDraft({ ...input, fence }, []));
  const adopted = tree.adoptDraft({ ...input, ...(head && fenceOf(head)) }, []);
  if (head === undefined) return refusedWith('NotFound', adopted);
  if (head.version !== draft.baseVersion) return refusedWith('VersionConflict', adopted);
  head.version = made(await adopted).version;
  head.contents = draft.contents;
  model.drafts.delete(draftId);
}

/** A worker takes up some entry, and its time is over after a step. */
async function work({ catalogue, worker, clock, random }: EngineHarness): Promise<void> {
  const entries = catalogue.rows(entryEntity);
  const entry = entries[Math.floor(random() * entries.length)];
  if (entry !== undefined) await worker.run(entry.shard, entry.id, clock.now());
}

async function reclaimPass({ clock, deps }: EngineHarness, minutes: number): Promise<void> {
  clock.at += minutes * 60_000;
  await createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(Number.POSITIVE_INFINITY);
}

/** Where contents are not those of the model. */
export async function contentFaults(harness: EngineHarness, model: Model): Promise<string[]> {
  const faults: string[] = [];
  const all = versionsOf(model);
  for (const [id, { accountId, domainId, contents }] of all) {
    const node = await harness.tree.get(accountId, id);
    const places = await placesOf(harness, domainId, (node?.root ?? 'empty') as ObjectId);
    const blocks = [...places].filter(([place]) => place.startsWith('0/'));
    const same = blocks.length === contents.size && blocks.every(([at, b]) => contents.get(Number(at.slice(2))) === b);
    if (node === undefined || node.domainId !== domainId || !same) faults.push(`${id} is not as it should be`);
  }
  const shown = harness.catalogue.rows(nodeEntity).filter(({ hidden }) => !hidden);
  if (shown.length !== all.length) faults.push(`${shown.length} nodes are shown, ${all.length} should be`);
  for (const { id, trashed = false } of shown) {
    if (trashed !== model.trash.has(id)) faults.push(`${id} is ${trashed ? '' : 'not '}in the recycle bin`);
  }
  return faults;
}
