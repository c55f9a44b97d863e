import { expect, test } from 'vitest';
import { cycles, type Import, violations } from '../../.ci/import-rules.ts';

const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly });

test.each([
  ['src/platform/objects/s3.ts', 'src/engine/block.ts'],
  ['src/engine/nodes.ts', 'src/disks/rows.ts'],
  ['src/engine/nodes.ts', 'node:fs/promises'],
  ['src/engine/plans.ts', 'node:timers/promises'],
  ['src/engine/plans.ts', 'graphql'],
  ['src/engine/plans.ts', '@apollo/server'],
  ['src/engine/plans.ts', 'src/platform/objects/port.ts'],
  ['src/disks/create.ts', 'src/api/server.ts'],
  ['src/disks/create.ts', 'src/client/upload/uploader.ts'],
  ['src/disks/create.ts', '@aws-sdk/client-s3'],
  ['src/snapshots/create.ts', 'electrodb'],
  ['src/jobs/rows.ts', 'node:net'],
  ['src/generated/resolvers.ts', 'src/engine/nodes.ts'],
  ['src/api/server.ts', 'src/cli/main.ts'],
  ['src/client/upload/uploader.ts', 'src/disks/create.ts'],
  ['src/client/upload/uploader.ts', 'src/engine/commit.ts'],
  ['src/cli/main.ts', 'src/accounts/api-keys.ts'],
  ['src/local/stack.ts', 'src/engine/nodes.ts'],
  ['src/nbd/server.ts', 'src/client/client.ts'],
  ['src/nbd/server.ts', 'src/engine/block.ts'],
  ['src/nbd/execute.ts', 'src/platform/objects/port.ts'],
  ['src/nbd/session.ts', 'src/nbd/server.ts'],
  ['src/nbd/session.ts', 'node:tls'],
  ['src/nbd/handshake.ts', 'node:fs/promises'],
  ['src/disks/create.ts', 'src/nbd/device.ts'],
  ['functions/graphql.ts', 'src/nbd/server.ts'],
  ['src/engine/nodes.ts', 'test/support/engines.ts'],
  ['functions/graphql.ts', 'bench/run.ts'],
  ['src/api/server.ts', 'functions/graphql.ts'],
])('%s must not import %s', (from, to) => {
  expect(violations([edge(from, to)])).toHaveLength(1);
  expect(violations([edge(from, to, true)])).toHaveLength(1);
});

test.each([
  ['src/platform/objects/s3.ts', '@aws-sdk/client-s3'],
  ['src/platform/objects/s3.ts', 'node:http'],
  ['src/engine/nodes.ts', 'src/platform/errors.ts'],
  ['src/engine/object-form.ts', 'node:crypto'],
  ['src/engine/plans.ts', 'src/engine/block.ts'],
  ['src/disks/create.ts', 'src/snapshots/rows.ts'],
  ['src/disks/create.ts', 'src/engine/contract.ts'],
  ['src/api/server.ts', 'src/disks/create.ts'],
  ['src/composition.ts', '@aws-sdk/client-s3'],
  ['src/client/upload/uploader.ts', 'src/engine/object-form.ts'],
  ['src/client/device.ts', 'node:fs'],
  ['src/nbd/server.ts', 'node:net'],
  ['src/nbd/tls.ts', 'node:tls'],
  ['src/nbd/session.ts', 'src/platform/log.ts'],
  ['src/cli/main.ts', 'src/nbd/server.ts'],
  ['functions/graphql.ts', 'src/composition.ts'],
  ['test/engine/nodes.test.ts', 'src/engine/nodes.ts'],
  ['test/composition/worker.test.ts', 'functions/worker.ts'],
])('%s may import %s', (from, to) => {
  expect(violations([edge(from, to)])).toEqual([]);
});

test('cycles are found once each, whatever leads into them', () => {
  const imports = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('x', 'c'), edge('c', 'd'), edge('d', 'd')];
  expect(cycles(imports)).toEqual([['b', 'c'], ['d']]);
});

test('a diamond is no cycle, and neither is one of types alone', () => {
  expect(cycles([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')])).toEqual([]);
  expect(cycles([edge('a', 'b'), edge('b', 'a', true)])).toEqual([]);
});
