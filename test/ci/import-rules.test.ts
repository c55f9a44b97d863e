import { expect, test } from 'vitest';
import { cycles, type Import, violations } from '../../.ci/import-rules.ts';

const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly });

test.each([
  ['src/platform/objects/s3.ts', 'src/engine/blocks/block.ts'],
  ['src/engine/books/nodes.ts', 'src/service/model/disks/rows.ts'],
  ['src/engine/books/nodes.ts', 'node:fs/promises'],
  ['src/engine/books/plans.ts', 'node:timers/promises'],
  ['src/engine/books/plans.ts', 'graphql'],
  ['src/engine/books/plans.ts', '@apollo/server'],
  ['src/engine/books/plans.ts', 'src/platform/objects/port.ts'],
  ['src/service/disks/create.ts', 'src/client/upload/uploader.ts'],
  ['src/service/disks/create.ts', '@aws-sdk/client-s3'],
  ['src/service/snapshots/create.ts', '@aws-sdk/lib-dynamodb'],
  ['src/service/model/jobs/rows.ts', 'node:net'],
  ['src/generated/resolvers.ts', 'src/engine/books/nodes.ts'],
  ['src/service/api/server.ts', 'src/cli/main.ts'],
  ['src/client/upload/uploader.ts', 'src/service/disks/create.ts'],
  ['src/client/upload/uploader.ts', 'src/engine/commit/commit.ts'],
  ['src/cli/main.ts', 'src/service/accounts/api-keys.ts'],
  ['src/local/server/server.ts', 'src/cli/main.ts'],
  ['src/nbd/server.ts', 'src/client/client.ts'],
  ['src/nbd/server.ts', 'src/engine/blocks/block.ts'],
  ['src/nbd/execute.ts', 'src/platform/objects/port.ts'],
  ['src/nbd/session.ts', 'src/nbd/server.ts'],
  ['src/nbd/session.ts', 'node:tls'],
  ['src/nbd/handshake.ts', 'node:fs/promises'],
  ['src/service/disks/create.ts', 'src/nbd/device.ts'],
  ['functions/graphql.ts', 'src/nbd/server.ts'],
  ['src/engine/books/nodes.ts', 'test/support/engines.ts'],
  ['functions/graphql.ts', 'bench/run.ts'],
  ['src/service/api/server.ts', 'functions/graphql.ts'],
])('%s must not import %s', (from, to) => {
  expect(violations([edge(from, to)])).toHaveLength(1);
  expect(violations([edge(from, to, true)])).toHaveLength(1);
});

test.each([
  ['src/platform/objects/s3.ts', '@aws-sdk/client-s3'],
  ['src/platform/objects/s3.ts', 'node:http'],
  ['src/engine/books/nodes.ts', 'src/platform/errors.ts'],
  ['src/engine/blocks/object-form.ts', 'node:crypto'],
  ['src/engine/books/plans.ts', 'src/engine/blocks/block.ts'],
  ['src/service/disks/create.ts', 'src/service/model/snapshots/rows.ts'],
  ['src/service/disks/create.ts', 'src/engine/contract.ts'],
  ['src/service/api/server.ts', 'src/service/disks/create.ts'],
  ['src/composition.ts', '@aws-sdk/client-s3'],
  ['src/client/upload/uploader.ts', 'src/engine/blocks/object-form.ts'],
  ['src/client/device.ts', 'node:fs'],
  ['src/nbd/server.ts', 'node:net'],
  ['src/nbd/tls.ts', 'node:tls'],
  ['src/nbd/session.ts', 'src/platform/log.ts'],
  ['src/cli/main.ts', 'src/nbd/server.ts'],
  ['functions/graphql.ts', 'src/composition.ts'],
  ['test/engine/nodes.test.ts', 'src/engine/books/nodes.ts'],
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
