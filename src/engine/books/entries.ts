import { absent, type Condition, equal, put, type Write } from '../../platform/catalogue/port.ts';
import { EMPTY, type Root } from '../blocks/block.ts';
import type { Cursor } from '../blocks/walk.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import type { Roots } from './plans.ts';
import { NO_TALLY, type Tally } from './refs.ts';
import { type EntryRow, entryEntity, LEDGER_SHARDS, type NodeRow } from './rows.ts';

export interface EntryInput extends Domain {
  readonly accountId: string;
  readonly kind: EntryRow['kind'];
  readonly phase: EntryRow['phase'];
  readonly nodeId: string;
  readonly roots?: Roots;
  readonly thenCollapse?: string | undefined;
  readonly jobId?: string | undefined;
  readonly sum?: { readonly blocks: number; readonly bytes: number } | undefined;
}

const CHANGES_REFERENCES: ReadonlySet<EntryRow['kind']> = new Set(['SWITCH', 'REMOVAL', 'COLLAPSE']);

/** A new ledger entry; see {@link EntryRow}. */
export function newEntry(deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>, input: EntryInput): EntryRow {
  const now = deps.clock.now();
  return {
    shard: Math.floor(deps.random() * LEDGER_SHARDS),
    id: deps.ids.next('e'),
    accountId: input.accountId,
    domainId: input.domainId,
    regionId: input.regionId,
    kind: input.kind,
    phase: input.phase,
    nodeId: input.nodeId,
    out: input.roots?.out ?? EMPTY,
    in: input.roots?.in ?? EMPTY,
    base: input.roots?.base ?? EMPTY,
    ...NO_TALLY,
    droppedBlocks: 0,
    droppedBytes: 0,
    ...(input.sum && { sumBlocks: input.sum.blocks, sumBytes: input.sum.bytes }),
    ...(input.thenCollapse !== undefined && { thenCollapse: input.thenCollapse }),
    ...(CHANGES_REFERENCES.has(input.kind) && { changesOf: input.accountId }),
    ...(input.jobId !== undefined && { jobId: input.jobId }),
    createdAt: now,
    touchedAt: now,
  };
}

export const putEntry = (entry: EntryRow): Write => put(entryEntity, entry);

export const entryKey = ({ shard, id }: EntryRow): { shard: number; id: string } => ({ shard, id });

export function rootsOf(entry: EntryRow): Roots {
  return { out: entry.out as Root, in: entry.in as Root, base: entry.base as Root };
}

export function tallyOf(entry: EntryRow): Tally {
  const { objects, storedBytes, deadObjects, deadBytes, pages, blockRefs } = entry;
  return { objects, storedBytes, deadObjects, deadBytes, pages, blockRefs };
}

export function progressOf(entry: EntryRow): Cursor | undefined {
  return entry.atBlock === undefined ? undefined : { lastBlock: entry.atBlock, height: entry.atHeight ?? 0 };
}

/**
 * Holds only for who saw the entry's last step. Two workers at one entry:
 *
 *     A reads (at 90)     B reads (at 90)
 *     A step → 180        B step → refused, as the entry is no longer at 90: nothing is counted twice
 */
export function unmoved(entry: EntryRow): Condition<EntryRow>[] {
  const at: Condition<EntryRow>[] =
    entry.atBlock === undefined
      ? [absent('atBlock')]
      : [equal('atBlock', entry.atBlock), equal('atHeight', entry.atHeight ?? 0)];
  return [equal('phase', entry.phase), ...at];
}

/**
 * What a change of a node adds to its own writes, so that the node's manifest follows; see
 * manifests.ts.
 */
export interface Note {
  /** Goes into the node's row. */
  readonly set: { readonly saveId?: string };
  readonly writes: readonly Write[];
  readonly entry?: EntryRow;
}

/**
 * Many changes until the next manifest share one entry: so a disk that is written to all day leaves
 * a manifest a minute at most. The node's change must hold only if `saveId` is as it was read
 * ({@link saveAsSeen}).
 */
export function noteChange(deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>, node: NodeRow): Note {
  if (node.kind === 'DRAFT' || node.saveId !== undefined) return { set: {}, writes: [] };
  const entry = saveEntry(deps, node);
  return { set: { saveId: entry.id }, writes: [putEntry(entry)], entry };
}

export const saveAsSeen = ({ saveId }: NodeRow): Condition<NodeRow> =>
  saveId === undefined ? absent('saveId') : equal('saveId', saveId);

/**
 * Has a manifest brought up to date after a change that is in no node's row, or that ends a node.
 */
export function saveEntry(
  deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>,
  { accountId, domainId, regionId, id }: Pick<NodeRow, 'accountId' | 'domainId' | 'regionId' | 'id'>,
): EntryRow {
  return newEntry(deps, { accountId, domainId, regionId, kind: 'SAVE', phase: 'READY', nodeId: id });
}

/**
 * The same of a new node that nothing has a manifest of, and that has no `saveId`: so its first one
 * needs no claim.
 */
export function firstSaveEntry(deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>, node: NodeRow): EntryRow {
  return { ...saveEntry(deps, node), manifest: FIRST_MANIFEST };
}

/** Below every number that is claimed. */
const FIRST_MANIFEST = 0;

/** The entry that has a node's sizes counted again. */
export function measureEntry(deps: Pick<EngineDeps, 'clock' | 'ids' | 'random'>, node: NodeRow): EntryRow {
  const { accountId, domainId, regionId, id } = node;
  return newEntry(deps, { accountId, domainId, regionId, kind: 'MEASURE', phase: 'READY', nodeId: id });
}
