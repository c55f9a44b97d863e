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
  ['never had a snapshot', '@4', [], undefined],
  ['stands where its manifest says', '@4<p', ['p@4'], 'p'],
  ['had its first snapshot since', '@4', ['s@4'], 's'],
  ['had one since, at the same version', '@4<p', ['p@3', 's@4<p'], 's'],
  ['had several since', '@4<p', ['p@3', 't@9<s', 's@4<p', 'u@9<t'], 'u'],
  ['was rolled back after some', '@5<p', ['p@3', 's@4<p', 't@4<s'], 'p'],
  ['was rolled back and had one since', '@5<p', ['p@3', 's@4<p', 't@6<p'], 't'],
  ['had one since whose parent is gone', '@4<p', ['o@2', 's@4<o', 't@5<s'], 't'],
  ['stands below a base that came after a snapshot of the same version', '@4<b', ['s@4', 'b<s'], 'b'],
  ['has a parent that is gone, and none since', '@5<p', ['o@2', 'q@4<o'], 'q'],
  ['is of a time before versions were told', '@4<p', ['p', 's<p'], 'p'],
])('a head that %s', (_, head, snapshots, expected) => {
  const [, version, parentId] = /^@(\d+)(?:<(\w+))?$/.exec(head) ?? [];
  const nodes = new Map(snapshots.map(snapshot).map((each) => [each.id, each]));
  const row = node('d-1', { kind: 'HEAD', version: Number(version), ...(parentId !== undefined && { parentId }) });
  expect(parentOfHead(row, nodes)?.id).toBe(expected);
});

test('snapshots of other chains and domains are none of a head', () => {
  const others = [node('a', { chainId: 'd-2', baseVersion: 9 }), node('b', { domainId: 'other', baseVersion: 9 })];
  const nodes = new Map(others.map((each) => [each.id, each]));
  expect(parentOfHead(node('d-1', { kind: 'HEAD', version: 0 }), nodes)).toBeUndefined();
});
