import { expect, test } from 'vitest';
import type { SavedNode } from '../../src/engine/books/manifest.ts';
import { parentOfHead } from '../../src/service/manifests/plan.ts';

const node = (id: string, more: Partial<SavedNode>): SavedNode => ({
  accountId: 'acc',
  id,
  kind: 'SNAPSHOT',
  domainId: 'dom',
  regionId: 'r',
  chainId: 'd-1',
  root: 'empty',
  version: 0,
  parentRoot: 'empty',
  hidden: false,
  measuredRoot: 'empty',
  measuredParentRoot: 'empty',
  ownBlocks: 0,
  ownBytes: 0,
  totalBlocks: 0,
  totalBytes: 0,
  ...more,
});
/** `a@3`: taken at version 3; `a@3<b`: below b. */
function snapshot(text: string): SavedNode {
  const [, id = '', version, parentId] = /^(\w+)(?:@(\d+))?(?:<(\w+))?$/.exec(text) ?? [];
  return node(id, {
    ...(version !== undefined && { baseVersion: Number(version) }),
    ...(parentId !== undefined && { parentId }),
  });
}

test.each([
  { name: 'never had a snapshot', head: '@4', snapshots: [] },
  { name: 'stands where its manifest says', head: '@4<p', snapshots: ['p@4'], parent: 'p' },
  { name: 'had its first snapshot since', head: '@4', snapshots: ['s@4'], parent: 's' },
  { name: 'had one since, at the same version', head: '@4<p', snapshots: ['p@3', 's@4<p'], parent: 's' },
  { name: 'had several since', head: '@4<p', snapshots: ['p@3', 't@9<s', 's@4<p', 'u@9<t'], parent: 'u' },
  { name: 'was rolled back after some', head: '@5<p', snapshots: ['p@3', 's@4<p', 't@4<s'], parent: 'p' },
  { name: 'was rolled back and had one since', head: '@5<p', snapshots: ['p@3', 's@4<p', 't@6<p'], parent: 't' },
  { name: 'had one since whose parent is gone', head: '@4<p', snapshots: ['o@2', 's@4<o', 't@5<s'], parent: 't' },
  {
    name: 'stands below a base that came after a snapshot of the same version',
    head: '@4<b',
    snapshots: ['s@4', 'b<s'],
    parent: 'b',
  },
  { name: 'has a parent that is gone, and none since', head: '@5<p', snapshots: ['o@2', 'q@4<o'], parent: 'q' },
  { name: 'is of a time before versions were told', head: '@4<p', snapshots: ['p', 's<p'], parent: 'p' },
])('a head that $name', ({ head, snapshots, parent }) => {
  const [, version, parentId] = /^@(\d+)(?:<(\w+))?$/.exec(head) ?? [];
  const nodes = new Map(snapshots.map(snapshot).map((each) => [each.id, each]));
  const row = node('d-1', { kind: 'HEAD', version: Number(version), ...(parentId !== undefined && { parentId }) });
  expect(parentOfHead(row, nodes)?.id).toBe(parent);
});

test('snapshots of other chains and domains are none of a head', () => {
  const others = [node('a', { chainId: 'd-2', baseVersion: 9 }), node('b', { domainId: 'other', baseVersion: 9 })];
  const nodes = new Map(others.map((each) => [each.id, each]));
  expect(parentOfHead(node('d-1', { kind: 'HEAD', version: 0 }), nodes)).toBeUndefined();
});
