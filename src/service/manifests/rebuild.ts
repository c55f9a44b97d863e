import { domainCountEntity } from '../../engine/books/rows.ts';
import type { EngineDeps } from '../../engine/deps.ts';
import { barriers, raiseBarrier, removeBarrier } from '../../engine/ledger/rebuild-barrier.ts';
import { openWork } from '../../engine/tree/restore.ts';
import { isoTime } from '../../platform/clock.ts';
import { ConfigError } from '../../platform/config.ts';
import { OWNER_KEY, type Owner, readOwner, writeOwner } from '../../platform/objects/owner.ts';
import { createAccount, type NewAccount } from '../accounts/create-account.ts';
import { apiKeyEntity } from '../model/accounts/rows.ts';
import { type CatalogueCopy, type TakenFromCopy, takeFromCopy } from './from-copy.ts';
import { hasManifests, type Loss, readManifests } from './read.ts';
import { requireRegion, requireRegions } from './regions.ts';
import { restoreAccount, restoreAccountRows } from './restore-account.ts';
import { registerStoredDomains } from './stored-domains.ts';

export interface RebuildDeps {
  readonly engine: EngineDeps;
  readonly regions: readonly string[];
  readonly random: (bytes: number) => Uint8Array;
  /** The newest copy of the catalogue, for what manifests do not have; asked for at the end. */
  readonly copy?: () => Promise<CatalogueCopy | undefined>;
  /** This installation, which takes the buckets for itself; absent where that was done before. */
  readonly owner?: Omit<Owner, 'since'>;
}

export interface RebuildOptions {
  /** Only this account. */
  readonly account?: string;
  /** Into a catalogue that has disks already; what it has stays as it is. */
  readonly intoNonEmpty?: boolean;
  /** What is lost is given up: reclaim may free what only it referred to. */
  readonly acceptLosses?: boolean;
}

export interface RebuildReport {
  /** False: time was up; call again, it goes on. */
  readonly finished: boolean;
  readonly restored: number;
  /** Of nodes that the catalogue had already, from an earlier run. */
  readonly alreadyThere: number;
  /** Each disk with the instant of the state that it has come back to. */
  readonly disks: readonly { readonly diskId: string; readonly asOf: string }[];
  readonly losses: readonly Loss[];
  /**
   * Whether reclaim is still held back: by losses that nobody has accepted, of this run or of one
   * for other accounts, or by one that is not finished.
   */
  readonly reclaimHeldBack: boolean;
  /** What came from a copy of the catalogue, if there was one. */
  readonly fromCopy?: TakenFromCopy;
  /** An administrator's key for each account that has none. Shown once. */
  readonly apiKeys: readonly { readonly accountId: string; readonly apiKey: string }[];
}

/**
 * Rebuilds the catalogue from the manifests in the buckets. Can be killed anywhere and begun again:
 * nodes that are there are passed over, a node half done is gone on with. Until all is restored (or
 * its loss accepted) an entry at the head of the ledger keeps reclaim from freeing anything.
 */
export async function rebuild(deps: RebuildDeps, options: RebuildOptions, until: number): Promise<RebuildReport> {
  const { catalogue, clock } = deps.engine;
  await begin(deps, options);
  const open = await openWork(deps.engine);
  const sum = { restored: 0, alreadyThere: 0, disks: [] as RebuildReport['disks'][number][], losses: [] as Loss[] };
  const accounts = new Set<string>();
  for (const region of deps.regions) {
    for await (const account of readManifests(deps.engine.objects(region), options.account)) {
      requireRegions(account.manifests, deps.regions);
      sum.losses.push(...account.losses);
      accounts.add(account.accountId);
      await restoreAccountRows(deps, account);
      const done = await restoreAccount(deps, { ...account, region, open, until });
      sum.restored += done.restored;
      sum.alreadyThere += done.alreadyThere;
      sum.disks.push(...done.disks);
      sum.losses.push(...done.losses);
      if (!done.finished) return { ...sum, finished: false, reclaimHeldBack: true, apiKeys: [] };
    }
    if (options.account === undefined) await registerStoredDomains(deps.engine, region);
  }
  // Before the end of the rebuild, so that one that is cut off here is repeated.
  const copy = await deps.copy?.();
  const fromCopy = copy && (await takeFromCopy(deps.engine, copy, options.account));
  if (sum.losses.length > 0 && options.acceptLosses !== true) {
    await raiseBarrier(deps.engine, options.account, 'READY');
  } else {
    await removeBarrier(deps.engine, options.account);
  }
  const reclaimHeldBack = (await barriers(deps.engine)).length > 0;
  const apiKeys: NewAccount[] = [];
  for (const accountId of accounts) {
    const query = { index: 'byAccount' as const, partition: { accountId }, limit: 1 };
    const { rows } = await catalogue.list(apiKeyEntity, query);
    if (rows.length === 0) apiKeys.push(await createAccount({ ...deps, catalogue, clock }, { account: accountId }));
  }
  return { ...sum, finished: true, reclaimHeldBack, apiKeys, ...(fromCopy && { fromCopy }) };
}

async function begin(deps: RebuildDeps, options: RebuildOptions): Promise<void> {
  const { catalogue } = deps.engine;
  await requireManifests(deps, options);
  const isBegun = (await barriers(deps.engine)).length > 0;
  const { rows } = await catalogue.list(domainCountEntity, { index: 'byShard', partition: { shard: 0 }, limit: 1 });
  if (rows.length > 0 && !isBegun && options.intoNonEmpty !== true) {
    const message =
      'The catalogue has disks already. A rebuild is for one that was lost; --into-non-empty (intoNonEmpty) adds what is missing.';
    throw new ConfigError(message);
  }
  for (const region of deps.regions) await requireRegion(deps.engine.objects(region), deps.regions);
  await raiseBarrier(deps.engine, options.account, 'TAKING');
  for (const region of deps.regions) await takeBucket(deps, region);
}

/** One machine that has moved its objects here, and was started again, notices and ends. */
async function takeBucket({ engine, owner }: RebuildDeps, region: string): Promise<void> {
  if (owner === undefined) return;
  const objects = engine.objects(region);
  const bytes = await objects.get(OWNER_KEY);
  if (bytes !== undefined && readOwner(bytes)?.id === owner.id) return;
  await objects.put(OWNER_KEY, writeOwner({ ...owner, since: isoTime(engine.clock.now()) }));
}

/** An empty bucket is the wrong one, or another account was meant. */
async function requireManifests({ engine, regions }: RebuildDeps, { account }: RebuildOptions): Promise<void> {
  for (const region of regions) {
    if (await hasManifests(engine.objects(region), account)) return;
  }
  const whose = account === undefined ? '' : ` of account ${account}`;
  throw new ConfigError(`There is nothing to rebuild from: the bucket has no manifest${whose}.`);
}
