import { absent, type Condition, equal } from '../../platform/catalogue/port.ts';
import { notFound, VarveError } from '../../platform/errors.ts';
import type { EngineDeps } from '../deps.ts';
import { saveAsSeen } from './entries.ts';
import { type EdgeRow, edgeEntity, type NodeRow, nodeEntity } from './rows.ts';

export const nodeKey = ({ accountId, id }: Pick<NodeRow, 'accountId' | 'id'>) => ({ accountId, id });

export function getNode(
  deps: Pick<EngineDeps, 'catalogue'>,
  accountId: string,
  id: string,
): Promise<NodeRow | undefined> {
  return deps.catalogue.get(nodeEntity, { accountId, id });
}

export async function visibleNode(
  deps: Pick<EngineDeps, 'catalogue'>,
  accountId: string,
  id: string,
  kinds: readonly NodeRow['kind'][],
): Promise<NodeRow> {
  return requireVisible(await getNode(deps, accountId, id), id, kinds);
}

export function requireVisible(node: NodeRow | undefined, id: string, kinds: readonly NodeRow['kind'][]): NodeRow {
  if (node === undefined || !isVisible(node) || !kinds.includes(node.kind)) throw notFound('Node', id);
  return node;
}

/** Neither deleted nor in the recycle bin. */
export const isVisible = ({ hidden, trashed = false }: Pick<NodeRow, 'hidden' | 'trashed'>): boolean =>
  !hidden && !trashed;

/** Holds while a node is visible. */
export const VISIBLE: readonly Condition<NodeRow>[] = [equal('hidden', false), absent('trashed')];

/** Of a node in the recycle bin. Throws `NotFound` for any other. */
export async function trashedNode(
  deps: Pick<EngineDeps, 'catalogue'>,
  accountId: string,
  id: string,
): Promise<NodeRow> {
  const node = await getNode(deps, accountId, id);
  if (node?.trashed !== true) throw notFound('Node', id);
  return node;
}

export const edge = (accountId: string, parentId: string, childId: string): EdgeRow => ({
  accountId,
  parentId,
  childId,
});

/**
 * Stands for the parent of all of an account's drafts: they leave no manifest, and are found by
 * this.
 */
export const DRAFTS = 'drafts';

export async function childrenOfNode(
  deps: Pick<EngineDeps, 'catalogue'>,
  accountId: string,
  parentId: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await deps.catalogue.list(edgeEntity, { partition: { accountId, parentId }, limit });
  return rows.map(({ childId }) => childId);
}

/** Holds only while the node still is as it was read: same contents, same parent, same writer. */
export function unchanged(node: NodeRow): Condition<NodeRow>[] {
  return [
    equal('version', node.version),
    equal('root', node.root),
    node.parentId === undefined ? absent('parentId') : equal('parentId', node.parentId),
    equal('parentRoot', node.parentRoot),
    equal('hidden', node.hidden),
    trashedAsSeen(node),
    saveAsSeen(node),
    writerAsSeen(node),
  ];
}

/** Holds while the node is in the recycle bin, or outside of it, as it was read. */
function trashedAsSeen({ trashed }: NodeRow): Condition<NodeRow> {
  return trashed === undefined ? absent('trashed') : equal('trashed', trashed);
}

/** Holds while the head has the writer that it was read with. */
function writerAsSeen({ writerFence }: NodeRow): Condition<NodeRow> {
  return writerFence === undefined ? absent('writerFence') : equal('writerFence', writerFence);
}

/** Whether the node's sizes are those of its present root and parent. */
export function isMeasured(node: NodeRow): boolean {
  return node.measuredRoot === node.root && node.measuredParentRoot === node.parentRoot;
}

/** Stands in `measuredRoot` of a node whose sizes are not known. */
export const UNMEASURED = 'unknown';

export function versionConflict(node: NodeRow, expected: number): VarveError {
  const message = `${node.id} is at version ${node.version}, not ${expected}`;
  return new VarveError('VersionConflict', message, { currentVersion: node.version });
}

/** A head as other nodes take it over: what is its own alone left out. */
export function asContents(head: NodeRow): Omit<NodeRow, 'saveId' | 'writerFence' | 'held'> {
  const { saveId: _, writerFence: _fence, held: _held, ...contents } = head;
  return contents;
}
