import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteEarlierFiles } from '../../../src/local/folder/earlier-files.ts';
import { type Finding, worstOf } from '../../../src/local/keep/doctor/finding.ts';
import { folderFindings } from '../../../src/local/keep/doctor/folder-findings.ts';
import { insideFindings, noteFindings } from '../../../src/local/keep/doctor/inside-findings.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { eventually, startVarve } from '../running.ts';
import { ended, started, tryVarve, varve } from './installation.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const HOUR_MS = 3_600_000;
const WELL = {
  readOnly: null,
  clock: { kind: 'trusted', by: 'system' },
  work: { entries: 0, oldestAt: null },
  isRebuilding: false,
  damagedObjects: 0,
  scrubbedAt: '2026-11-29T12:00:00Z',
} as const;
const levelOf = (findings: readonly Finding[], topic: string) =>
  findings.find((finding) => finding.topic === topic)?.level;

describe('a finding follows from what is there', () => {
  it('all is ok where all is well', () => {
    const at = '2026-11-30T11:00:00Z';
    const notes = { check: { at }, backup: { at, to: '/b' }, copy: { at, id: 'x' } };
    expect(worstOf([...insideFindings(WELL, NOW), ...noteFindings(notes, '/d', NOW)])).toBe('ok');
  });

  it.each([
    ['clock', 'problem', { clock: { kind: 'ahead', byMs: 90_000, since: 0 } }],
    ['clock', 'warning', { clock: { kind: 'trusted', by: 'boot' } }],
    ['work', 'warning', { work: { entries: 3, oldestAt: NOW - 2 * HOUR_MS } }],
    ['work', 'ok', { work: { entries: 3, oldestAt: NOW - 1000 } }],
    ['rebuild', 'warning', { isRebuilding: true }],
    ['damage', 'problem', { damagedObjects: 2 }],
    ['scrub', 'warning', { scrubbedAt: null }],
    ['scrub', 'warning', { scrubbedAt: '2026-01-01T00:00:00Z' }],
  ] as const)('%s is %s', (topic, level, change) => {
    expect(levelOf(insideFindings({ ...WELL, ...change }, NOW), topic)).toBe(level);
  });

  it.each([
    ['backup', 'warning', {}],
    ['backup', 'warning', { backup: { at: '2026-11-01T00:00:00Z', to: '/b' } }],
    ['copy', 'warning', {}],
    ['check', 'problem', { check: { at: '2026-11-30T00:00:00Z', damage: 'row 5 missing' } }],
    ['check', 'warning', { check: { at: '2026-11-20T00:00:00Z' } }],
  ] as const)('%s is %s by the notes', (topic, level, notes) => {
    expect(levelOf(noteFindings(notes, '/d', NOW), topic)).toBe(level);
  });

  it('a backup is not missed if the objects are in a bucket', () => {
    expect(levelOf(noteFindings({}, '/d', NOW, true), 'backup')).toBe('ok');
  });
});

describe('what an earlier version left', () => {
  it.each([
    [undefined, 'ok'],
    ['2026-11-30T00:00:00Z', 'warning'],
  ] as const)('read back at %s is %s', (verifiedAt, level) => {
    const data = mkdtempSync(join(tmpdir(), 'varve-doctor-'));
    mkdirSync(join(data, 'earlier'));
    noteEarlierFiles({
      path: join(data, 'earlier'),
      takenOverAt: '2026-11-29T00:00:00Z',
      ...(verifiedAt && { verifiedAt }),
    });
    expect(levelOf(folderFindings(data), 'earlier')).toBe(level);
    rmSync(data, { recursive: true });
  });
});

describe('varve doctor', () => {
  let folder: string;
  beforeAll(async () => {
    await cliBuilt();
    folder = mkdtempSync(join(tmpdir(), 'varve-doctor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const findings = async (data: string) => {
    const { stdout, code } = await tryVarve(data, ['doctor']);
    const told = JSON.parse(stdout) as { readonly findings: readonly Finding[]; readonly worst: string };
    return { ...told, code };
  };

  it('looks while the server runs and while it is stopped, and its exit code says the worst', async () => {
    const data = join(folder, 'data');
    {
      await using running = await started(data);
      await varve(data, 'server', 'backup', join(folder, 'backup'));
      await eventually(async () => levelOf((await findings(data)).findings, 'check') === 'ok');
      const told = await findings(data);
      const broken = told.findings.filter(({ level }) => level === 'problem');
      expect(broken).toEqual([]);
      expect(told.code).toBe(4); // nothing was scrubbed yet
      expect(told.findings.find(({ topic }) => topic === 'server')?.found).toContain('runs and answers');
      expect(levelOf(told.findings, 'backup')).toBe('ok');
      await ended(running);
    }
    chmodSync(join(data, 'admin.key'), 0o644);
    rmSync(join(data, 'keys.json'));
    writeFileSync(join(data, 'catalogue.db'), '');
    const told = await findings(data);
    expect(told).toMatchObject({ code: 5, worst: 'problem' });
    expect(levelOf(told.findings, 'modes')).toBe('warning');
    expect(levelOf(told.findings, 'leftovers')).toBe('warning');
    expect(levelOf(told.findings, 'keys')).toBe('problem');
    expect(told.findings.find(({ topic }) => topic === 'server')?.found).toBe('No server runs.');
    expect((await findings(join(folder, 'nothing'))).code).toBe(5);
  });

  it('finds a server that listens at a socket', async () => {
    const data = join(folder, 'with-socket');
    await using running = startVarve(['--data', data, '--socket']);
    await running.ready();
    const told = await findings(data);
    expect(told.findings.find(({ topic }) => topic === 'server')?.found).toContain('runs and answers');
  });
});
