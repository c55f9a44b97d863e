import { type ObjectId, objectKey, type Root } from '../../src/engine/blocks/block.ts';
import { MANIFESTS, type Manifest, readManifest, subjectOf } from '../../src/engine/books/manifest.ts';
import { type NodeRow, nodeEntity } from '../../src/engine/books/rows.ts';
import { parentOfHead } from '../../src/service/manifests/plan.ts';
import { type EngineHarness, placesOf } from './engine-harness.ts';

/** The manifest of each node that counts: the one with the highest number. */
export function newestManifests({ objects }: Pick<EngineHarness, 'objects'>): Map<string, Manifest> {
  const newest = new Map<string, Manifest>();
  for (const key of [...objects.stored.keys()].filter((name) => name.startsWith(MANIFESTS)).sort()) {
    const manifest = readManifest(Buffer.from(objects.stored.get(key) ?? ''));
    if (typeof manifest === 'string') throw new Error(`${key} ${manifest}`);
    newest.set(subjectOf(key), manifest);
  }
  return newest;
}

type Told = Pick<NodeRow, 'id' | 'root' | 'version' | 'hidden' | 'parentId' | 'trashed'>;

/** At rest the manifests tell the very tree that the catalogue has. */
export function manifestsBehind(harness: EngineHarness): string[] {
  const tell = ({ id, root, version, parentId, hidden, trashed = false }: Told) =>
    `${id} v${version} ${root.slice(0, 8)} below ${parentId} hidden ${hidden} trashed ${trashed}`;
  const saved = [...newestManifests(harness).values()].flatMap(({ node }) => (node === undefined ? [] : [node]));
  const byId = new Map(saved.map((node) => [node.id, node]));
  const told = saved.map((node) => {
    const { parentId, ...rest } = node;
    const parent = node.kind === 'HEAD' ? parentOfHead(node, byId)?.id : parentId;
    return tell({ ...rest, ...(parent !== undefined && { parentId: parent }) });
  });
  const nodes = harness.catalogue.rows(nodeEntity).filter(({ kind }) => kind !== 'DRAFT');
  const are = new Set(nodes.map(tell));
  return [
    ...[...are].filter((text) => !told.includes(text)).map((text) => `no manifest says: ${text}`),
    ...told.filter((text) => !are.has(text)).map((text) => `a manifest says, but it is not so: ${text}`),
  ];
}

/** At any time: everything that a manifest leads to is in the store. */
export async function manifestsBroken(harness: EngineHarness): Promise<string[]> {
  const broken: string[] = [];
  for (const { node } of newestManifests(harness).values()) {
    if (node === undefined) continue;
    const { id, domainId, root } = node;
    try {
      for (const object of (await placesOf(harness, domainId, root as Root)).values()) {
        if (!harness.objects.stored.has(objectKey(domainId, object as ObjectId)))
          broken.push(`${id}: ${object} is gone`);
      }
    } catch (error) {
      broken.push(`${id}: ${String(error)}`);
    }
  }
  return broken;
}
