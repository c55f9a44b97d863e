import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { put, remove } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { type ApiKeyRow, apiKeyEntity } from '../../src/service/model/accounts/rows.ts';
import { type AuditRow, auditEntity, auditForgetAt } from '../../src/service/model/audit/rows.ts';
import { createDisk } from '../support/operations.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cli: CliHarness;
let diskId: string;
beforeAll(async () => {
  cli = await createCliHarness();
  diskId = (await createDisk(cli.account)).id;
  const at = cli.api.clock.now() - 365 * 24 * 3_600_000;
  const { id: accountId } = cli.account;
  const row: AuditRow = {
    accountId,
    at: isoTime(at),
    id: 'au-00000000000000000000.00',
    actorKind: 'KEY',
    actor: '0123456789abcdef',
    action: 'deleteSnapshots',
    outcome: 'REFUSED',
    code: 'SnapshotUsedByImage',
    subjects: ['s-00000000000000000000', 's-00000000000000000001'],
    address: '192.0.2.7',
    userAgent: '=cmd("x")',
    requestId: '-1+2',
    forgetAt: auditForgetAt(at),
  };
  await cli.api.catalogue.transact([put(auditEntity, row)]);
});
afterAll(() => cli.close());

const said = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await cli.run(args);
  expect(code, stderr).toBe(0);
  return stdout;
};

describe('varve audit list', () => {
  it('8.6: shows who did what on what, the latest first', async () => {
    const { records, more } = JSON.parse(await said('audit', 'list', '--subject', diskId, '--json'));
    expect(records).toMatchObject([{ action: 'createDisk', outcome: 'ALLOWED', actorKind: 'KEY' }]);
    expect(more).toBe(false);
    const old = ['audit', 'list', '--outcome', 'REFUSED', '--actor', '0123456789abcdef'];
    expect(await said(...old)).toContain('192.0.2.7  deleteSnapshots  REFUSED  SnapshotUsedByImage');
    expect(await said(...old, '--from', isoTime(cli.api.clock.now() - 3_600_000))).toContain('No records.');
  });

  it('8.6: says which option is wrong', async () => {
    const wrong = await cli.run(['audit', 'list', '--from', '2026-02-01', '--to', '2026-01-01']);
    expect(wrong.stderr).toContain('--from must be before --to.');
    expect((await cli.run(['audit', 'list', '--from', 'yesterday'])).stderr).toContain('--from must be a date');
  });
});

describe('varve audit export', () => {
  it('8.6: prints a record a line', async () => {
    const lines = (await said('audit', 'export'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ action }) => action)).toEqual(expect.arrayContaining(['createDisk', 'deleteSnapshots']));
    expect(await said('audit', 'export', '--json')).toBe(await said('audit', 'export', '--format', 'jsonl'));
  });

  it('8.6: prints CSV in which no text is a formula', async () => {
    const [head, ...rows] = (await said('audit', 'export', '--format', 'csv', '--outcome', 'REFUSED'))
      .trim()
      .split('\n');
    expect(head).toBe('id,at,actorKind,actor,action,outcome,code,reason,subjects,address,userAgent,requestId');
    expect(rows).toHaveLength(1);
    const [row = ''] = rows;
    expect(row).toContain(`,s-00000000000000000000 s-00000000000000000001,192.0.2.7,"'=cmd(""x"")",'-1+2`);
  });
});

describe('varve key list', () => {
  it('8.6: shows which key made a key; of one that an earlier version made, that it is unknown', async () => {
    const own = cli.account.key.split('_')[1];
    const { apiKey } = JSON.parse(await said('key', 'create', 'Script', '--json'));
    expect(apiKey.createdBy).toBe(own);
    const { apiKeys } = JSON.parse(await said('key', 'list', '--json'));
    expect(apiKeys.find(({ id }: { id: string }) => id === apiKey.id)).toMatchObject({ createdBy: own });

    const earlier: ApiKeyRow = {
      id: 'fedcba9876543210',
      accountId: cli.account.id,
      name: 'Earlier',
      role: 'VIEWER',
      secretHash: '00',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    await cli.api.catalogue.transact([put(apiKeyEntity, earlier)]);
    expect(await said('key', 'list')).toMatch(/fedcba9876543210 .*unknown/);
    await cli.api.catalogue.transact([remove(apiKeyEntity, { id: earlier.id })]);
  });
});
