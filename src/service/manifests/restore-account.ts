import { noteChange } from '../../engine/books/entries.ts';
import { isVisible } from '../../engine/books/nodes.ts';
import { registerDomain } from '../../engine/books/object-rows.ts';
import { manifestEntity, type NodeRow } from '../../engine/books/rows.ts';
import type { EngineDeps } from '../../engine/deps.ts';
import { collapseHidden, type OpenWork, restoreNode } from '../../engine/tree/restore.ts';
import { patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { type AccountRow, accountEntity, snapshotServiceEntity } from '../model/accounts/rows.ts';
import { chainEntity } from '../model/chains/rows.ts';
import type { AboutAccount, AboutNode } from '../model/manifests/about.ts';
import { quotaEntity, quotaUseEntity } from '../model/quotas/rows.ts';
import { tagObjectivesEntity } from '../model/watch/rows.ts';
import { watchNew } from '../model/watch/writes.ts';
import { restoredPolicies } from '../policies/restore.ts';
import { type Known, knownOf } from './known.ts';
import { outnumber } from './outnumber.ts';
import { inOrder, type NodeManifest, rowOf } from './plan.ts';
import type { AccountManifests, Loss } from './read.ts';
import type { RebuildDeps } from './rebuild.ts';
import { rowsFor } from './rows.ts';
import { statementRows } from './statements.ts';

export interface RestoredAccount {
  readonly finished: boolean;
  readonly restored: number;
  readonly alreadyThere: number;
  readonly disks: readonly { readonly diskId: string; readonly asOf: string }[];
  readonly losses: readonly Loss[];
}

interface Work extends AccountManifests {
  readonly region: string;
  readonly open: OpenWork;
  readonly until: number;
}

/** The account itself, with its settings. Rows that are there stay as they are. */
export async function restoreAccountRows(
  deps: RebuildDeps,
  { accountId, manifests, numbers }: AccountManifests,
): Promise<void> {
  const { catalogue, clock } = deps.engine;
  const manifest = manifests.find(({ id }) => id === accountId);
  const about = manifest?.about as AboutAccount | undefined;
  const unnamed: AccountRow = { id: accountId, name: accountId, createdAt: isoTime(clock.now()) };
  const isKnown = (await catalogue.get(accountEntity, { id: accountId })) !== undefined;
  const rows: Write[] = [
    ...(about?.services ?? []).map((row) => put(snapshotServiceEntity, row)),
    ...(about?.quotas ?? []).map((row) => put(quotaEntity, row)),
    ...(about?.objectives ?? []).map((row) => put(tagObjectivesEntity, row)),
    ...(await restoredPolicies(catalogue, about?.policies ?? [], clock.now())),
    ...(manifest === undefined ? [] : [put(manifestEntity, { accountId, nodeId: accountId, number: manifest.number })]),
    put(accountEntity, about?.account ?? unnamed),
    ...statementRows(manifests, numbers),
  ];
  for (const write of rows) await catalogue.transact([write]); // refused where there is one
  // Where the newest is damaged, the account may be what an earlier run made without it: then it is
  // not to be written over.
  const isReadable = manifest !== undefined && manifest.number === numbers.get(accountId);
  if (isKnown && isReadable) await outnumber(deps.engine, [accountSubject(deps.regions, accountId)], numbers);
}

export async function restoreAccount(deps: RebuildDeps, work: Work): Promise<RestoredAccount> {
  const known = await knownOf(deps.engine.catalogue, work);
  await outnumber(deps.engine, [...known.nodes.values()], work.numbers);
  const isGone = (id: string) => !known.nodes.has(id) && work.open.saves.has(id);
  const manifests = inOrder(work.manifests.filter(({ id }) => !isGone(id))).filter(
    ({ regionId }) => regionId === work.region,
  );
  const nodes = new Map<string, NodeRow>();
  const losses: Loss[] = [];
  const disks: { diskId: string; asOf: string }[] = [];
  const sum = { restored: 0, alreadyThere: 0 };
  const heads = new Set(manifests.filter(({ node }) => node.kind === 'HEAD' && isVisible(node)).map(({ id }) => id));
  for (const manifest of manifests) {
    const { row, outcome } = await restoreOne(deps, work, { manifest, known, nodes, heads });
    if (outcome === 'later') return { ...sum, disks, losses, finished: false };
    if (typeof outcome === 'object') {
      losses.push({ what: manifest.id, why: outcome.lost });
      heads.delete(manifest.id);
      await markReleased(deps, manifest);
      continue;
    }
    nodes.set(row.id, row);
    if (outcome === 'restored') sum.restored++;
    else sum.alreadyThere++;
    if (row.kind === 'HEAD' && isVisible(row)) disks.push({ diskId: row.id, asOf: isoTime(manifest.writtenAt) });
  }
  await registerDomains(deps.engine, nodes.values());
  await collapseHidden(deps.engine, nodes.values());
  // The next change counts the disks again, with those that have come back.
  await deps.engine.catalogue.transact([
    remove(quotaUseEntity, { accountId: work.accountId, region: work.region, kind: 'DISKS' }),
  ]);
  return { ...sum, disks, losses, finished: true };
}

/**
 * In the first of their counters, by which a catalogue that has disks is told; a restored node is
 * counted in any.
 */
async function registerDomains({ catalogue }: EngineDeps, nodes: Iterable<NodeRow>): Promise<void> {
  const domains = new Map([...nodes].map((node) => [node.domainId, node]));
  for (const domain of domains.values()) await registerDomain(catalogue, domain);
}

interface One {
  readonly manifest: NodeManifest;
  readonly known: Known;
  readonly nodes: ReadonlyMap<string, NodeRow>;
  readonly heads: ReadonlySet<string>;
}

async function restoreOne(deps: RebuildDeps, { open, until, numbers }: Work, { manifest, known, nodes, heads }: One) {
  const there = known.nodes.get(manifest.id);
  if (there !== undefined) return { row: there, outcome: 'there' as const };
  const { row, moved } = rowOf(manifest, nodes);
  const about = (manifest.about ?? {}) as AboutNode;
  const isNamed =
    about.disk !== undefined || about.snapshot !== undefined || about.image !== undefined || about.trash !== undefined;
  if (!row.hidden && !isNamed) return { row, outcome: { lost: 'its manifest does not say what it is' } };
  const rows = await rowsFor(deps.engine.catalogue, about, { diskIsThere: (id) => heads.has(id), uses: known.uses });
  if (typeof rows === 'string') return { row, outcome: { lost: rows } };
  const note = moved ? noteChange(deps.engine, row) : { set: {}, writes: [] };
  const highest = numbers.get(row.id) ?? manifest.number;
  const number = put(manifestEntity, { accountId: row.accountId, nodeId: row.id, number: highest });
  const watched =
    about.disk === undefined ? [] : watchNew({ clock: deps.engine.clock, random: deps.random }, about.disk);
  const also = [...rows, ...note.writes, number, ...watched];
  const noted = { ...row, ...note.set };
  return { row: noted, outcome: await restoreNode(deps.engine, noted, { also, open: open.restores, until }) };
}

/** The chain of a disk that is lost lives on as one of a released disk. */
async function markReleased(deps: RebuildDeps, { node: { kind, accountId, id } }: NodeManifest): Promise<void> {
  if (kind !== 'HEAD') return;
  const write = patch(chainEntity, { accountId, id }, { set: { diskReleased: true } });
  await deps.engine.catalogue.transact([write]); // refused where none of its snapshots is left
}
