import { patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { notFound } from '../../platform/errors.ts';
import { noteChange } from '../books/entries.ts';
import { DRAFTS, edge, getNode, nodeKey, unchanged, versionConflict } from '../books/nodes.ts';
import { registerDomain } from '../books/object-rows.ts';
import { edgeEntity, type NodeRow, nodeEntity } from '../books/rows.ts';
import { type Decision, transactDecision } from '../commit/tree-transaction.ts';
import type { BeginImport, FinishImport, TreeImports } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import { listed } from './tree-drafts.ts';
import { childOf, measureLater, NOTHING, newNode } from './tree-heads.ts';
import { type WithEntries, withEntries } from './with-entries.ts';

/**
 * An import grows as a draft of nothing, commit by commit, as a copy does. It leaves no manifest
 * until it is whole. Then the draft becomes a snapshot where it stands: references count by root
 * and parent, so none moves. The image is its child with the same contents, and has none of its
 * own.
 */
export function treeImports(deps: EngineDeps): TreeImports {
  return {
    beginImport: async (input, also) => {
      await registerDomain(deps.catalogue, input);
      return transactDecision(deps.catalogue, async () => decideBegin(input, also));
    },
    finishImport: (input, also) => withEntries(deps, () => decideFinish(deps, input, also)),
  };
}

function decideBegin({ draftId, ...place }: BeginImport, also: readonly Write[]): Decision<NodeRow> {
  const draft: NodeRow = { ...place, id: draftId, kind: 'DRAFT', version: 0, hidden: false, ...NOTHING };
  return { writes: listed(draft), also, value: draft };
}

async function decideFinish(
  deps: EngineDeps,
  { accountId, draftId, imageId, version }: FinishImport,
  also: readonly Write[],
): Promise<WithEntries<NodeRow>> {
  const draft = await getNode(deps, accountId, draftId);
  if (draft?.kind !== 'DRAFT') throw notFound('Import', draftId);
  if (draft.version !== version) throw versionConflict(draft, version);
  const snapshot: NodeRow = { ...draft, kind: 'SNAPSHOT' };
  const note = noteChange(deps, snapshot);
  const { domainId, regionId } = draft;
  const fresh = { accountId, id: imageId, kind: 'IMAGE', domainId, regionId, chainId: imageId, hidden: false } as const;
  const image: NodeRow = { ...fresh, ...childOf(snapshot) };
  const set = { kind: snapshot.kind, ...note.set };
  const writes = [
    patch(nodeEntity, nodeKey(draft), { set, when: unchanged(draft) }),
    remove(edgeEntity, edge(accountId, DRAFTS, draftId)),
    ...note.writes,
    ...newNode(deps, image),
    put(edgeEntity, edge(accountId, draftId, imageId)),
    ...measureLater(deps, image),
  ];
  return { writes, also, value: image, entries: note.entry === undefined ? [] : [note.entry] };
}
