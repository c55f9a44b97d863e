import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { sweepAudit } from '../../src/service/audit/copy-hours.ts';
import { readPart, type StoredRecord } from '../../src/service/audit/stored.ts';
import { type AuditRow, auditEntity, auditForgetAt } from '../../src/service/model/audit/rows.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { createDisk } from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const AUDIT = `query ($from: DateTime, $to: DateTime, $action: String, $subject: ID, $actor: String,
    $outcome: AuditOutcome, $first: Int! = 50, $after: String) {
  audit(from: $from, to: $to, action: $action, subject: $subject, actor: $actor, outcome: $outcome,
    first: $first, after: $after) {
    nodes { id at actorKind actor action outcome code reason subjects address userAgent requestId }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function allOf(who: TestAccount, variables: object): Promise<Told[]> {
  const nodes: Told[] = [];
  for (let after: string | null = null, pages = 0; ; pages++) {
    if (pages > 500) throw new Error('the list never ends');
    const { audit }: Told = await who.call(AUDIT, { ...variables, after });
    nodes.push(...audit.nodes);
    if (!audit.pageInfo.hasNextPage) return nodes;
    after = audit.pageInfo.endCursor;
  }
}

describe('the list', () => {
  test('8.6: tells who did what, from where, on what, and how it came out', async () => {
    const disk = await createDisk(account);
    const [made] = (await account.call(AUDIT, { action: 'createDisk', first: 1 })).audit.nodes;
    expect(made).toMatchObject({
      actorKind: 'KEY',
      actor: account.key.split('_')[1],
      action: 'createDisk',
      outcome: 'ALLOWED',
      code: null,
      reason: null,
      subjects: expect.arrayContaining([disk.id]),
      requestId: expect.any(String),
    });
  });

  test('8.6: is for administrators', async () => {
    const key = await account.createKey('OPERATOR');
    expect((await account.refusal(AUDIT, {}, key)).extensions).toMatchObject({ code: 'Forbidden', needed: 'ADMIN' });
  });

  test('8.6: refuses what is no filter, with the name of the field', async () => {
    const fields = async (variables: object) => (await account.refusal(AUDIT, variables)).extensions;
    const at = '2026-01-01T00:00:00.000Z';
    expect(await fields({ from: at, to: at })).toMatchObject({ code: 'InvalidParameter', field: 'to' });
    expect(await fields({ action: '' })).toMatchObject({ code: 'InvalidParameter', field: 'action' });
    expect(await fields({ subject: 'x'.repeat(65) })).toMatchObject({ code: 'InvalidParameter', field: 'subject' });
    expect(await fields({ actor: '\u0000' })).toMatchObject({ code: 'InvalidParameter', field: 'actor' });
    expect(await fields({ first: 1001 })).toMatchObject({ code: 'InvalidParameter', field: 'first' });
    expect(await fields({ after: 'x' })).toMatchObject({ code: 'InvalidParameter', field: 'after' });
  });

  test('8.6: of one account shows nothing of another, whatever place it is asked to go on from', async () => {
    const other = await api.createAccount();
    const disk = await createDisk(other);
    const theirs = (await other.call(AUDIT, {})).audit;
    const ours = new Set((await allOf(account, { after: theirs.pageInfo.endCursor })).map(({ id }) => id));
    for (const { id } of theirs.nodes) expect(ours).not.toContain(id);
    expect(await allOf(account, { subject: disk.id })).toEqual([]);
    expect(await allOf(account, { actor: other.key.split('_')[1] })).toEqual([]);
    expect((await account.call(AUDIT, { after: theirs.pageInfo.endCursor })).audit.nodes).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ id: theirs.nodes[0].id })]),
    );
  });
});

describe('a filter that matches little', () => {
  test('8.6: looks at a bounded number of records a page, and says that it goes on', async () => {
    const many = await api.createAccount({ open: false });
    const at = Date.UTC(2026, 0, 1);
    const rows = Array.from(
      { length: 2500 },
      (_, number): AuditRow => ({
        accountId: many.id,
        at: isoTime(at + number),
        id: `au-${String(number).padStart(20, '0')}.00`,
        actorKind: 'KEY',
        actor: '0'.repeat(16),
        action: number === 0 ? 'createPolicy' : 'createDisk',
        outcome: 'ALLOWED',
        subjects: [],
        forgetAt: auditForgetAt(at),
      }),
    );
    for (let from = 0; from < rows.length; from += 100)
      await api.catalogue.transact(rows.slice(from, from + 100).map((row) => put(auditEntity, row)));

    const { nodes, pageInfo } = (await many.call(AUDIT, { action: 'createPolicy' })).audit;
    expect([nodes, pageInfo.hasNextPage]).toEqual([[], true]);
    const next = (await many.call(AUDIT, { action: 'createPolicy', after: pageInfo.endCursor })).audit;
    expect([next.nodes.length, next.pageInfo.hasNextPage]).toEqual([1, false]);
  });
});

describe('the copies in the bucket', () => {
  test('8.6: have what the list has, once the hour is over, and nothing replaces them', async () => {
    const own = await api.createAccount();
    await createDisk(own);
    const { audit }: Told = await own.call(AUDIT, {});
    api.clock.advance(3 * 3_600_000);
    await sweepAudit(api.service, Number.POSITIVE_INFINITY);

    const { keys } = await api.objects.list(`audit/${own.id}/`, { limit: 10 });
    const stored: StoredRecord[] = [];
    for (const { key } of keys) stored.push(...(await readPart(key, (await api.objects.get(key)) ?? Buffer.alloc(0))));
    expect(stored.map(({ id }) => id)).toEqual(audit.nodes.map(({ id }: Told) => id).toReversed());
    expect(stored.at(-1)).toMatchObject({ format: 1, accountId: own.id, action: 'createDisk', outcome: 'ALLOWED' });
    const [first] = keys;
    expect(await api.objects.putNew(first?.key ?? '', Buffer.from('forged'))).toBe(false);
    expect((await api.objects.head(first?.key ?? ''))?.sizeBytes).toBe(first?.sizeBytes);
  });
});

describe('8.6: filters and pages select what a filter over all of them would', () => {
  const MINUTE_MS = 60_000;
  const START = Date.UTC(2026, 0, 1);
  const ACTIONS = ['createDisk', 'deleteSnapshots'];
  const SUBJECTS = ['d-00000000000000000000', 's-00000000000000000000'];
  const ACTORS = ['0'.repeat(16), 'service'];
  const rowOf = (accountId: string, at: number): AuditRow => ({
    accountId,
    at: isoTime(START + Math.floor(at / 3) * MINUTE_MS),
    id: `au-${String(at).padStart(20, '0')}.00`,
    actorKind: at % 5 === 0 ? 'SERVICE' : 'KEY',
    actor: ACTORS[at % 5 === 0 ? 1 : 0] ?? '',
    action: ACTIONS[at % 2] ?? '',
    outcome: at % 3 === 0 ? 'REFUSED' : 'ALLOWED',
    subjects: SUBJECTS.slice(0, at % 4 === 0 ? 2 : 1),
    forgetAt: auditForgetAt(START),
  });

  test('8.6: in the order of time, the newest first', async () => {
    const fresh = await api.createAccount({ open: false });
    const rows = Array.from({ length: 60 }, (_, at) => rowOf(fresh.id, at));
    await api.catalogue.transact(rows.map((row) => put(auditEntity, row)));
    const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
    const instant = fc.option(
      fc.integer({ min: -1, max: 21 }).map((minute) => isoTime(START + minute * MINUTE_MS)),
      { nil: null },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          from: instant,
          to: instant,
          action: maybe(ACTIONS),
          subject: maybe([...SUBJECTS, randomUUID()]),
          actor: maybe(ACTORS),
          outcome: maybe(['ALLOWED', 'REFUSED', 'FAILED']),
          first: fc.integer({ min: 1, max: 70 }),
        }),
        async (wanted) => {
          fc.pre(wanted.from === null || wanted.to === null || wanted.from < wanted.to);
          const { from, to, action, subject, actor, outcome } = wanted;
          const expected = rows
            .toReversed()
            .filter(
              (row) =>
                (from === null || row.at >= from) &&
                (to === null || row.at < to) &&
                (action === null || row.action === action) &&
                (subject === null || row.subjects.includes(subject)) &&
                (actor === null || row.actor === actor) &&
                (outcome === null || row.outcome === outcome),
            );
          expect((await allOf(fresh, wanted)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        },
      ),
      { ...FUZZ_SEED, numRuns: 60 },
    );
  });
});
