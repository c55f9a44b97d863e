import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_OPERATIONS } from '../../src/client/service/account.ts';
import { API_KEY_OPERATIONS } from '../../src/client/service/api-keys.ts';
import { CAPACITY_OPERATIONS } from '../../src/client/service/capacity.ts';
import { DATAPATH_OPERATIONS } from '../../src/client/service/datapath.ts';
import { DISK_OPERATIONS } from '../../src/client/service/disks.ts';
import { IMAGE_OPERATIONS } from '../../src/client/service/images.ts';
import { INSTANCE_OPERATIONS } from '../../src/client/service/instances.ts';
import { LEASE_OPERATIONS } from '../../src/client/service/leases.ts';
import { POLICY_OPERATIONS } from '../../src/client/service/policies.ts';
import { SCRUB_OPERATIONS } from '../../src/client/service/scrubs.ts';
import { SNAPSHOT_OPERATIONS } from '../../src/client/service/snapshots.ts';
import { UNREADABLE_OPERATIONS } from '../../src/client/service/unreadable.ts';

const folder = join(import.meta.dirname, '../../schema');
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const schema = buildASTSchema(parse(files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')));

describe('operations of the client', () => {
  const operations = [
    ...DATAPATH_OPERATIONS,
    ...DISK_OPERATIONS,
    ...SNAPSHOT_OPERATIONS,
    ...ACCOUNT_OPERATIONS,
    ...INSTANCE_OPERATIONS,
    ...LEASE_OPERATIONS,
    ...IMAGE_OPERATIONS,
    ...POLICY_OPERATIONS,
    ...API_KEY_OPERATIONS,
    ...SCRUB_OPERATIONS,
    ...CAPACITY_OPERATIONS,
    ...UNREADABLE_OPERATIONS,
  ];

  it.each(operations.map(({ text }) => [/\w+ \w+/.exec(text)?.[0], text]))('%s fits the schema', (_, text) => {
    expect(validate(schema, parse(text as string))).toEqual([]);
  });
});
