import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { AuditOutcome } from '../../src/generated/schema.ts';
import { sdl } from '../../src/generated/sdl.ts';
import { itemOf } from '../../src/platform/catalogue/fields.ts';
import { type Catalogue, patch, put } from '../../src/platform/catalogue/port.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { createIds } from '../../src/platform/ids.ts';
import type { Act } from '../../src/service/act.ts';
import { ownDeletion } from '../../src/service/audit/own-deletion.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { recordsOf } from '../../src/service/audit/records.ts';
import { idsIn, MOST_SUBJECTS } from '../../src/service/audit/subjects.ts';
import { createAuditTrail } from '../../src/service/audit/trail.ts';
import { accountEntity } from '../../src/service/model/accounts/rows.ts';
import { type AuditRow, auditEntity, auditHourEntity } from '../../src/service/model/audit/rows.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';

const PLACES: readonly RecordPlace[] = ['BEFORE', 'WITHIN'];
const ACT: Act = { accountId: 'team', actorKind: 'KEY', actor: 'a'.repeat(16), action: 'change', subjects: [] };
const CHANGED = 'changed';
const change = () => put(accountEntity, { id: CHANGED, name: 'x', createdAt: 'x' }, 'any');

interface Call {
  readonly name: 'transact' | 'tryWrite';
  readonly writes: readonly string[];
}

/** The trail over a catalogue of which every call can be struck. */
function trailOver(place: RecordPlace, strike: (at: number, run: () => Promise<unknown>) => Promise<unknown>) {
  const memory = createMemoryCatalogue();
  const calls: Call[] = [];
  const struck: Catalogue = {
    ...memory,
    get: (...args) => strike(calls.length, () => memory.get(...args)) as never,
    transact: (writes) => {
      calls.push({ name: 'transact', writes: writes.map(({ entity }) => entity.name) });
      return strike(calls.length - 1, () => memory.transact(writes)) as never;
    },
    tryWrite: (write) => {
      calls.push({ name: 'tryWrite', writes: [write.entity.name] });
      return strike(calls.length - 1, () => memory.tryWrite(write)) as never;
    },
  };
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at };
  const lines: string[] = [];
  const log = { error: (message: string) => lines.push(message) };
  const trail = createAuditTrail({ catalogue: struck, clock, ids: createIds(clock), log, place });
  const records = (): AuditRow[] => memory.rows(auditEntity).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { trail, memory, calls, clock, lines, records };
}

const whole = (_: number, run: () => Promise<unknown>) => run();
const outcomes = (rows: readonly AuditRow[]) => rows.map(({ outcome, code }) => `${outcome} ${code ?? ''}`.trim());

describe.each(PLACES)('8.6: records %s', (place) => {
  test('8.6: a change costs one put more, and in its hour one for all changes', async () => {
    const { trail, calls } = trailOver(place, whole);
    const twice = async () => {
      await trail.run(ACT, () => trail.catalogue.transact([change()]));
    };
    await twice();
    await twice();
    expect(calls.map(({ name, writes }) => `${name} ${writes.join(' ')}`)).toEqual(
      place === 'WITHIN'
        ? ['transact account audit hourtocopy', 'transact account audit']
        : ['tryWrite hourtocopy', 'tryWrite audit', 'transact account', 'tryWrite audit', 'transact account'],
    );
  });

  test.each(['before', 'after'] as const)(
    '8.6: killed at any call, %s it, no change is there without a record, which may be there without a change',
    async (when) => {
      const never = () => new Promise<never>(() => undefined);
      let withoutChange = 0;
      for (let at = 0; ; at++) {
        let isKilled = false;
        const { trail, memory, records, calls } = trailOver(place, async (call, run) => {
          if (isKilled) return never();
          if (call !== at) return run();
          isKilled = true;
          if (when === 'after') await run();
          return never();
        });
        const work = trail.run(ACT, async () => {
          await trail.catalogue.transact([change()]);
          await trail.catalogue.transact([change()]);
        });
        const ended = await Promise.race([work.then(() => true), new Promise((end) => setTimeout(end, 5, false))]);
        const hasChanged = memory.rows(accountEntity).length > 0;
        if (hasChanged) expect(outcomes(records())).toEqual(['ALLOWED']);
        else if (records().length > 0) withoutChange++;
        if (records().length > 0) expect(memory.rows(auditHourEntity)).toHaveLength(1);
        if (ended === true) {
          expect(at).toBeGreaterThanOrEqual(calls.length);
          break;
        }
      }
      expect(withoutChange > 0).toBe(place === 'BEFORE');
    },
  );

  test('8.6: a record that cannot be written keeps the change from being made', async () => {
    const trouble = new VarveError('Throttled', 'busy');
    const { trail, memory } = trailOver(place, async (_, run) => {
      if (memory.rows(accountEntity).length >= 0) throw trouble;
      return run();
    });
    await expect(trail.run(ACT, () => trail.catalogue.transact([change()]))).rejects.toBe(trouble);
    expect(memory.rows(accountEntity)).toEqual([]);
  });

  test('8.6: a change that another one overtook, and that is then refused, is told as refused', async () => {
    const { trail, records } = trailOver(place, whole);
    const refused = trail.run(ACT, async () => {
      const none = patch(accountEntity, { id: CHANGED }, { set: { name: 'y' } });
      expect(await trail.catalogue.transact([none])).toMatchObject({ ok: false });
      throw new VarveError('QuotaExceeded', 'no');
    });
    await expect(refused).rejects.toMatchObject({ code: 'QuotaExceeded' });
    const told = ['REFUSED QuotaExceeded'];
    expect(outcomes(records())).toEqual(place === 'WITHIN' ? told : ['ALLOWED', ...told]);
  });

  test('8.6: trouble is told as such, with the record of what was begun before it', async () => {
    const { trail, records } = trailOver(place, whole);
    const failed = trail.run(ACT, async () => {
      await trail.catalogue.transact([change()]);
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(outcomes(records())).toEqual(['ALLOWED', 'FAILED Internal']);
  });

  test('8.6: a record of a refusal that cannot be written is logged, and the refusal is told', async () => {
    const { trail, lines } = trailOver(place, () => Promise.reject(new Error('gone')));
    const refused = trail.run(ACT, async () => {
      throw new VarveError('NotFound', 'no');
    });
    await expect(refused).rejects.toMatchObject({ code: 'NotFound' });
    expect(lines).toEqual(['a part of the audit was not recorded']);
  });

  test('8.6: what the service deletes is told with its reason, and what it keeps is not', async () => {
    const { trail, records } = trailOver(place, whole);
    const act = ownDeletion({ accountId: 'team', action: 'deleteSnapshot', subject: 's-1', reason: 'RETENTION' });
    const kept = trail.run(act, () => Promise.reject(new VarveError('SnapshotUsedByDisk', 'kept')));
    await expect(kept).rejects.toMatchObject({ code: 'SnapshotUsedByDisk' });
    await trail.run(act, async () => undefined);
    expect(records()).toEqual([]);

    await trail.run(act, () => trail.catalogue.transact([change()]));
    expect(records()).toMatchObject([{ actorKind: 'SERVICE', reason: 'RETENTION', subjects: ['s-1'] }]);
  });

  test('8.6: what an act begins in the background is not recorded as a part of it', async () => {
    const { trail, records } = trailOver(place, whole);
    let goOn: () => void = () => undefined;
    let later: Promise<unknown> = Promise.resolve();
    await trail.run(ownDeletion({ accountId: 'team', action: 'a', subject: 's', reason: 'TRASH' }), async () => {
      later = new Promise<void>((resolve) => {
        goOn = resolve;
      }).then(() => trail.catalogue.transact([change()]));
    });
    goOn();
    await later;
    expect(records()).toEqual([]);
  });

  test('8.6: changes outside of any act are as they were', async () => {
    const { trail, records, calls } = trailOver(place, whole);
    await trail.catalogue.transact([change()]);
    expect([records(), calls.length]).toEqual([[], 1]);
  });
});

describe('the size of a record', () => {
  const text = (max: number) => fc.string({ unit: 'binary', maxLength: max });
  const id = fc.stringMatching(/^[a-z]{2}-[0-9a-hjkmnp-tv-z]{20}$/);

  test('8.6: is one write unit at most, whatever the call and the client send', () => {
    fc.assert(
      fc.property(
        fc.record({
          accountId: fc.stringMatching(/^[a-z][a-z0-9-]{62}$/),
          subjects: fc.array(id, { maxLength: 400 }),
          address: text(300),
          userAgent: text(2000),
          requestId: text(300),
        }),
        fc.constantFrom<AuditOutcome>('ALLOWED', 'REFUSED', 'FAILED'),
        ({ accountId, ...act }, outcome) => {
          const longest = { actorKind: 'OPERATOR', actor: 'f'.repeat(16), action: 'completeReencryption' } as const;
          const rows = recordsOf(
            { ...act, ...longest, accountId, reason: 'RETENTION' },
            { outcome, code: 'EncryptedImageNotExportable', subjects: act.subjects },
            { call: `au-${'0'.repeat(20)}`, first: 0, now: Date.UTC(2026, 0, 1) },
          );
          for (const row of rows) expect(bytesOf(itemOf(auditEntity, row))).toBeLessThanOrEqual(1024);
          expect(rows.flatMap(({ subjects }) => subjects)).toEqual(act.subjects.slice(0, MOST_SUBJECTS));
        },
      ),
      { ...FUZZ_SEED, numRuns: 20 },
    );
  });
});

/** As DynamoDB counts them: names and values in UTF-8, 3 bytes for a list and 1 for each member. */
function bytesOf(item: Readonly<Record<string, unknown>>): number {
  const size = (value: unknown): number => {
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.reduce((sum: number, member) => sum + 1 + size(member), 3);
    return 21;
  };
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + size(value), 0);
}

describe('the ids of a call', () => {
  test('8.6: are found at any place, and nothing else is taken for one', () => {
    const disk = 'd-0123456789abcdefghjk';
    const key = '0123456789abcdef';
    const secret = `vk_${key}_${'0'.repeat(64)}`;
    const args = { input: { diskIds: [disk, disk], apiKeyId: key, name: secret, tags: [{ key: 'd-x', value: 'y' }] } };
    expect(idsIn(args)).toEqual([disk, key]);
  });

  test('8.6: are looked for among a bounded number of values', () => {
    const objects = Array.from({ length: 100_000 }, (_, at) => ({ id: String(at) }));
    expect(idsIn({ input: { objects, target: 'd-0123456789abcdefghjk' } })).toEqual([]);
    expect(idsIn({ input: { target: 'd-0123456789abcdefghjk', objects } })).toHaveLength(1);
  });
});

describe('records are append-only', () => {
  const sources = globSync('src/**/*.ts').map((file) => ({ file, text: readFileSync(file, 'utf8') }));

  test('8.6: no mutation is about the audit, and no source changes or removes a record', () => {
    const mutations = Object.keys(buildSchema(sdl).getMutationType()?.getFields() ?? {});
    expect(mutations.filter((name) => /audit/i.test(name))).toEqual([]);
    const changing = sources.filter(({ text }) => /\b(patch|remove|check)\(\s*auditEntity\b/.test(text));
    expect(changing.map(({ file }) => file)).toEqual([]);
    const writing = sources.filter(({ text }) => /\bput\(\s*auditEntity\b/.test(text));
    expect(writing.map(({ file }) => file)).toEqual(['src/service/audit/recorder.ts']);
  });

  test('8.6: a record has no secondary index, each of which would be a write unit more', () => {
    expect(auditEntity.indexes).toEqual({});
  });

  test('8.6: no other row begins as a record does: by that, functions are kept from changing one', () => {
    const names = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bentity\(\{[^}]*?name: '(\w+)'/g)].map(([, name]) => name),
    );
    expect(names).toContain('disk');
    expect(names.filter((name) => name?.startsWith('audit'))).toEqual(['audit']);
  });
});
