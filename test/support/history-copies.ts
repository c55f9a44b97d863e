import type { CopyStep } from '../../src/engine/contract.ts';
import { VarveError } from '../../src/platform/errors.ts';
import type { Contents } from './block-contents.ts';
import { copyOn as oneStep } from './copy-step.ts';
import type { EngineHarness } from './engine-harness.ts';
import { made, pick, refusedWith } from './history-checks.ts';
import { type Copy, DOMAINS, type Model } from './history-model.ts';
import { damagedIds } from './history-scrub.ts';

type Picked = [string, Copy] | undefined;
const regionId = 'r';
const FOREVER = Number.POSITIVE_INFINITY;

/** Of a snapshot into the other domain of its account, from nothing or from a snapshot there. */
export async function beginCopy(
  { tree }: EngineHarness,
  model: Model,
  { on, base }: { readonly on: number; readonly base: number },
  name: (prefix: string) => string,
): Promise<void> {
  const snapshots = new Map([...model.fixed].filter(([id]) => id.startsWith('s-')));
  const picked = pick(snapshots, on);
  if (picked === undefined) return;
  const [fromId, { accountId, contents, domainId: from }] = picked;
  const target = DOMAINS.find((domain) => domain.accountId === accountId && domain.domainId !== from);
  if (target === undefined) return;
  const { domainId } = target;
  const there = new Map([...snapshots].filter(([, version]) => version.domainId === domainId));
  const [baseId, under] = (base % 3 === 0 ? undefined : pick(there, base)) ?? [];
  const [draftId, keepId] = [name('s'), name('keep')];
  const ids = { accountId, fromId, draftId, keepId, baseId };
  made(await tree.beginCopy({ ...ids, domainId, regionId, chainId: draftId }, []));
  const source = { accountId, domainId: from, contents };
  model.copies.set(draftId, { accountId, domainId, contents: under?.contents ?? new Map(), keepId, source });
}

/** One step. The places from the left, as many as a step has, are as in the source then. */
export async function copyOn(harness: EngineHarness, picked: Picked): Promise<CopyStep | undefined> {
  if (picked === undefined) return undefined;
  const [draftId, copy] = picked;
  const ref = { accountId: copy.accountId, draftId, keepId: copy.keepId, until: FOREVER };
  const { copyBlocks } = harness.deps.limits;
  const different = differences(copy.contents, copy.source.contents);
  if ((await harness.tree.copyRest(ref)) !== different.length) throw new Error(`${draftId} has another rest`);
  try {
    const step = await oneStep(harness.tree, ref);
    copy.contents = withPlacesOf(copy.contents, copy.source.contents, different.slice(0, copyBlocks));
    if (step.isWhole !== (different.length === 0)) throw new Error(`${draftId} should differ in ${different.length}`);
    return step;
  } catch (error) {
    // It comes again later; what is damaged in the source is told and not copied.
    const isDamage = error instanceof VarveError && error.code === 'ObjectDamaged' && damagedIds(harness).length > 0;
    if (isDamage || (error instanceof VarveError && error.code === 'ObjectTombstoned')) return undefined;
    throw error;
  }
}

/** To its end, if nothing is in its way. */
export async function finishCopy(harness: EngineHarness, model: Model, picked: Picked): Promise<void> {
  if (picked === undefined) return;
  for (let isWhole = false; !isWhole; ) {
    const step = await copyOn(harness, picked);
    if (step === undefined) return;
    isWhole = step.isWhole;
  }
  const [draftId, { accountId, domainId, contents, keepId }] = picked;
  const ref = { accountId, draftId, keepId };
  const finish = () => harness.tree.finishCopy(ref, () => []);
  made(await finish());
  await refusedWith('NotFound', finish());
  model.copies.delete(draftId);
  model.fixed.set(draftId, { accountId, domainId, contents, disk: draftId });
}

export async function abandonCopy({ tree }: EngineHarness, { copies }: Model, picked: Picked): Promise<void> {
  if (picked === undefined) return;
  const [draftId, { accountId, keepId }] = picked;
  made(await tree.abandonCopy({ accountId, draftId, keepId }, []));
  await refusedWith('NotFound', oneStep(tree, { accountId, draftId, keepId, until: FOREVER }));
  copies.delete(draftId);
}

function differences(is: Contents, shouldBe: Contents): number[] {
  const indices = new Set([...is.keys(), ...shouldBe.keys()]);
  return [...indices].filter((index) => is.get(index) !== shouldBe.get(index)).sort((a, b) => a - b);
}

function withPlacesOf(is: Contents, of: Contents, indices: readonly number[]): Contents {
  const next = new Map(is);
  for (const index of indices) {
    const id = of.get(index);
    if (id === undefined) next.delete(index);
    else next.set(index, id);
  }
  return next;
}
