import { describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { RECORDS_A_PART, sweepAudit } from '../../src/service/audit/copy-hours.ts';
import { hourPrefix, partKey, readPart, type StoredRecord } from '../../src/service/audit/stored.ts';
import {
  type AuditRow,
  auditEntity,
  auditForgetAt,
  auditHourEntity,
  auditHourOf,
} from '../../src/service/model/audit/rows.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { FAULTS, injectFault } from '../support/fault-injector.ts';
import { memoryService } from '../support/memory-service.ts';

const HOUR_MS = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;
const START = Date.UTC(2026, 0, 1);
const ACCOUNT = 'team';

/** Records of an hour after the start, numbered from `first` on. */
function recordsOf(hour: number, count: number, first = 0, accountId = ACCOUNT): AuditRow[] {
  return Array.from({ length: count }, (_, at) => ({
    accountId,
    at: isoTime(START + hour * HOUR_MS + first + at),
    id: `au-${String(hour * 100_000 + first + at).padStart(20, '0')}.00`,
    actorKind: 'KEY',
    actor: '0'.repeat(16),
    action: 'createDisk',
    outcome: 'ALLOWED',
    subjects: ['d-00000000000000000000'],
    forgetAt: auditForgetAt(START),
  }));
}

async function write({ catalogue }: Pick<EngineDeps, 'catalogue'>, rows: readonly AuditRow[]): Promise<void> {
  for (const row of rows) {
    await catalogue.tryWrite(put(auditHourEntity, auditHourOf(row), 'any'));
    await catalogue.tryWrite(put(auditEntity, row));
  }
}

async function sceneWith(rows: readonly AuditRow[]): Promise<EngineHarness> {
  const harness = createEngineHarness();
  await write(harness.deps, rows);
  return harness;
}

const sweep = (deps: EngineDeps, until = FOREVER) => sweepAudit(memoryService(deps), until);

/** What lies in the bucket of an account, in the order of the keys. */
async function copied({ objects }: EngineHarness, accountId = ACCOUNT): Promise<StoredRecord[]> {
  const keys = [...objects.stored.keys()].filter((key) => key.startsWith(`audit/${accountId}/`)).sort();
  const parts = await Promise.all(keys.map((key) => readPart(key, objects.stored.get(key) ?? Buffer.alloc(0))));
  return parts.flat();
}

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
const hoursLeft = ({ catalogue }: EngineHarness) => catalogue.rows(auditHourEntity).length;

describe('8.6: the hourly copies', () => {
  test('8.6: have every record of each hour that is over, and say all of it', async () => {
    const rows = [...recordsOf(0, 3), ...recordsOf(2, 2), ...recordsOf(0, 2, 0, 'other')];
    const harness = await sceneWith(rows);
    harness.clock.at = START + 5 * HOUR_MS;

    expect(await sweep(harness.deps)).toEqual({ auditHours: 3, auditRecords: 7 });

    const [first = rows[0]] = await copied(harness);
    const { forgetAt: _, ...said } = rows[0] as AuditRow;
    expect(first).toEqual({ format: 1, ...said });
    expect(ids(await copied(harness))).toEqual(ids(rows.filter(({ accountId }) => accountId === ACCOUNT)));
    expect(ids(await copied(harness, 'other'))).toHaveLength(2);
    expect([...harness.objects.stored.keys()].sort()).toEqual([
      'audit/other/2026-01-01T00/000001.jsonl.gz',
      'audit/team/2026-01-01T00/000001.jsonl.gz',
      'audit/team/2026-01-01T02/000001.jsonl.gz',
    ]);
    expect(hoursLeft(harness)).toBe(0);
    expect(await sweep(harness.deps)).toEqual({ auditHours: 0, auditRecords: 0 });
  });

  test('8.6: begin when nobody can write to the hour any more', async () => {
    const harness = await sceneWith(recordsOf(0, 1));
    harness.clock.at = START + 2 * HOUR_MS - 1;
    expect(await sweep(harness.deps)).toMatchObject({ auditHours: 0 });
    harness.clock.at += 1;
    expect(await sweep(harness.deps)).toMatchObject({ auditHours: 1 });
  });

  test('8.6: wait while nothing explains the clock', async () => {
    const harness = await sceneWith(recordsOf(0, 1));
    harness.clock.at = START + 24 * HOUR_MS;
    const trust = { ...harness.deps.trust, mayDeleteByTime: () => false };
    expect(await sweep({ ...harness.deps, trust })).toMatchObject({ auditHours: 0 });
    expect(hoursLeft(harness)).toBe(1);
  });

  test('8.6: of an hour with many records lie in several parts, and go on where time was up', async () => {
    const rows = recordsOf(0, 2 * RECORDS_A_PART + 10);
    const harness = await sceneWith(rows);
    harness.clock.at = START + 3 * HOUR_MS;
    let reads = 0;
    const clock = { now: () => harness.clock.at + (reads++ > RECORDS_A_PART + 100 ? 1 : 0) };
    await sweep({ ...harness.deps, clock }, harness.clock.at + 1);
    expect(hoursLeft(harness)).toBe(1);

    await sweep(harness.deps);

    expect(ids(await copied(harness))).toEqual(ids(rows));
    const parts = [...harness.objects.stored.keys()].sort();
    expect(parts).toEqual([1, 2, 3].map((part) => partKey(ACCOUNT, isoTime(START), part)));
  });

  test('8.6: of a record that came late all the same are put beside the others, which stay as they are', async () => {
    const harness = await sceneWith(recordsOf(0, 2));
    harness.clock.at = START + 3 * HOUR_MS;
    await sweep(harness.deps);
    const before = new Map(harness.objects.stored);

    await write(harness.deps, recordsOf(0, 1, 2));
    await sweep(harness.deps);

    expect(ids(await copied(harness))).toEqual(ids(recordsOf(0, 3)));
    for (const [key, bytes] of before) expect(harness.objects.stored.get(key)).toEqual(bytes);
  });

  test('8.6: that are damaged are kept as they are, and what was in them is put again', async () => {
    const harness = await sceneWith(recordsOf(0, 2));
    harness.clock.at = START + 3 * HOUR_MS;
    const key = partKey(ACCOUNT, isoTime(START), 1);
    await harness.objects.put(key, Buffer.from('nonsense'));
    await sweep(harness.deps);
    expect(harness.objects.stored.get(key)?.toString()).toBe('nonsense');
    const second = partKey(ACCOUNT, isoTime(START), 2);
    expect(ids(await readPart(second, harness.objects.stored.get(second) ?? Buffer.alloc(0)))).toHaveLength(2);
  });

  test('8.6: of two janitors at the same time have each record once', async () => {
    const rows = recordsOf(0, RECORDS_A_PART + 5);
    const harness = await sceneWith(rows);
    harness.clock.at = START + 3 * HOUR_MS;
    await Promise.all([sweep(harness.deps), sweep(harness.deps), sweep(harness.deps)]);
    expect(ids(await copied(harness))).toEqual(ids(rows));
    expect(hoursLeft(harness)).toBe(0);
  });
});

test('8.6: whatever happens to any one call of the copying, each record is there once in the end', async () => {
  const rows = [...recordsOf(0, 3), ...recordsOf(1, 2)];
  const whole = await sceneWith(rows);
  whole.clock.at = START + 9 * HOUR_MS;
  const { deps, calls } = injectFault(whole.deps);
  await sweep(deps);
  for (const [at, call] of calls.entries()) {
    for (const fault of FAULTS) {
      const harness = await sceneWith(rows);
      harness.clock.at = START + 9 * HOUR_MS;
      const injected = injectFault(harness.deps, {
        at,
        fault,
        meanwhile: async () => void (await sweep(harness.deps)),
      });
      await injected.run((faulty) => sweep(faulty));
      await sweep(harness.deps);
      await sweep(harness.deps);
      const place = `${fault} at ${call} (${at})`;
      expect(injected.reached(), place).toBe(true);
      expect(ids(await copied(harness)), place).toEqual(ids(rows));
      expect(hoursLeft(harness), place).toBe(0);
    }
  }
});

test('8.6: the copies lie where neither reclaim nor manifests look', () => {
  expect(hourPrefix('team', isoTime(START))).toBe('audit/team/2026-01-01T00/');
});
