import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GUARDED, portabilityFaults } from '../../.ci/portable.ts';

test.each([
  ["readFile('/proc/self/mountinfo')", '/proc'],
  ['const device = `/dev/nbd0`;', '/dev'],
  ['open("/tmp")', '/tmp'],
  ['const uid = process.getuid();', 'process.getuid('],
  ["x();\nif (process.geteuid() === 0) y('/proc/z');", '/proc'],
])('%j is not everywhere', (source, what) => {
  expect(portabilityFaults(source)).toMatchObject([{ what }]);
});

test.each([
  'process.geteuid?.() === 0',
  'process.geteuid === undefined',
  '// reads /proc and "/proc/x"',
  " * '/proc/self/fd'",
  "line: 'varve disk import /dev/vdb'",
  "url.pathname = '/graphql';",
  "'/devices'",
])('%j is', (source) => {
  expect(portabilityFaults(source)).toEqual([]);
});

test('files that are guarded exist', () => {
  expect(Object.keys(GUARDED).filter((file) => !existsSync(file))).toEqual([]);
});
