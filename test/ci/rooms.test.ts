import { expect, test } from 'vitest';
import type { Import } from '../../.ci/import-rules.ts';
import { longestChain, ROOMS, roomOf, upward } from '../../.ci/rooms.ts';

const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly });

test.each([
  ['src/engine/blocks/block.ts', 'src/engine/tree/version-tree.ts'],
  ['src/service/disks/create.ts', 'src/service/api/server.ts'],
  ['src/service/snapshots/create.ts', 'src/service/leases/end.ts'],
  ['src/service/model/disks/rows.ts', 'src/service/disks/create.ts'],
  ['src/platform/errors.ts', 'src/platform/objects/s3.ts'],
])('%s lies below %s', (lower, upper) => {
  for (const typeOnly of [false, true]) {
    expect(upward([edge(lower, upper, typeOnly)])).toHaveLength(1);
    expect(upward([edge(upper, lower, typeOnly)])).toEqual([]);
  }
});

test('files of one room, tests and packages point nowhere', () => {
  const imports = [
    edge('src/nbd/server.ts', 'src/nbd/tls.ts'),
    edge('test/nbd/server.test.ts', 'src/nbd/server.ts'),
    edge('src/nbd/server.ts', 'node:net'),
  ];
  expect(upward(imports)).toEqual([]);
});

test('a path belongs to the room with the longest beginning that fits', () => {
  expect(ROOMS[roomOf('src/client/flow/slots.ts') ?? -1]).toBe('src/client/flow/');
  expect(ROOMS[roomOf('src/client/errors.ts') ?? -1]).toBe('src/client/');
  expect(roomOf('src/attic/box.ts')).toBeUndefined();
});

test('the longest chain leaves out types and takes the longer way', () => {
  const imports = [edge('a', 'd'), edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('d', 'e', true)];
  expect(longestChain(imports)).toEqual(['a', 'b', 'c', 'd']);
  expect(longestChain([])).toEqual([]);
});
