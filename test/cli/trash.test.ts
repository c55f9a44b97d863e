import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  expect(await cli.json('trash', 'set', '24')).toEqual({ hours: 24 });
  await cli.json('disk', 'create', 'web', '--size', '1M');
});
afterAll(() => cli.close());

async function text(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cli.run(args);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe('10.1: varve trash', () => {
  it('brings back what each deletion says, with the very command that it says', async () => {
    const { id } = await cli.json('snapshot', 'create', 'web', '--name', 'monday');
    const deleted = await text('snapshot', 'delete', 'monday');
    const [, command = ''] = /varve (trash restore \S+)/.exec(deleted) ?? [];
    expect(deleted).toContain(`Deleted ${id}.`);
    expect(await text(...command.split(' '))).toContain(`Brought back ${id}.`);
    expect((await cli.json('snapshot', 'show', 'monday')).id).toBe(id);
  });

  it('does so for disks and images too, and finds them by name', async () => {
    await cli.json('disk', 'create', 'leaving', '--size', '1M');
    await cli.json('snapshot', 'create', 'leaving', '--name', 'base');
    await cli.json('image', 'create', 'base', 'golden');
    expect(await text('image', 'delete', 'golden')).toContain('varve trash restore m-');
    expect(await text('disk', 'delete', 'leaving')).toContain('varve trash restore d-');
    const { hours, items, more } = await cli.json('trash', 'list');
    expect({ hours, more }).toEqual({ hours: 24, more: false });
    expect(items.map(({ kind, name }: Record<string, string>) => [kind, name])).toEqual([
      ['DISK', 'leaving'],
      ['IMAGE', 'golden'],
    ]);
    expect(await text('trash', 'list', '--kind', 'DISK')).toContain('leaving');
    const { results } = await cli.json('trash', 'restore', 'leaving', 'golden');
    expect(results).toMatchObject([
      { restored: true, changes: [] },
      { restored: true, changes: [] },
    ]);
    expect(await text('trash', 'list')).toContain('Nothing. What is deleted can be brought back for 24 hours.');
    expect((await cli.json('disk', 'show', 'leaving')).status).toBe('AVAILABLE');
  });

  it('purges for good, says what does not exist, and does the others all the same', async () => {
    await cli.json('snapshot', 'create', 'web', '--name', 'gone');
    await cli.json('snapshot', 'delete', 'gone');
    const { code, stdout } = await cli.run(['trash', 'purge', 'nobody', 'gone', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).results).toMatchObject([
      { purged: false, error: { code: 'NotFound' } },
      { purged: true, error: null },
    ]);
    expect((await cli.run(['trash', 'restore', 'gone'])).code).toBe(3);
  });

  it('has names that several have refused, with an id to give', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 2; at++) ids.push((await cli.json('snapshot', 'create', 'web', '--name', 'twin')).id);
    await cli.json('snapshot', 'delete', ...ids);
    const { code, stdout } = await cli.run(['trash', 'restore', 'twin', '--json']);
    expect([code, JSON.parse(stdout).results[0].error.code]).toEqual([2, 'AmbiguousName']);
    expect((await cli.json('trash', 'restore', ...ids)).results).toHaveLength(2);
  });

  it('says in the preview until when, and with 0 hours that nothing comes back', async () => {
    await cli.json('snapshot', 'create', 'web', '--name', 'seen');
    expect(await text('snapshot', 'delete', 'seen', '--preview')).toMatch(
      /\. Until \d{4}-\d\d-\d\d \d\d:\d\d UTC \(in [^)]+\) it can be brought back\.$/m,
    );
    await cli.json('trash', 'set', '0');
    expect(await text('snapshot', 'delete', 'seen')).not.toContain('varve trash restore');
    expect(await text('trash', 'list', '--kind', 'IMAGE')).toContain('What is deleted is gone at once');
    expect((await cli.run(['trash', 'set', 'never'])).code).toBe(2);
    expect((await cli.run(['trash', 'set', '8761'])).code).toBe(2);
    await cli.json('trash', 'set', '24');
  });
});

describe('10.2: varve snapshot', () => {
  it('pin keeps it from being deleted, and unpin lets it go', async () => {
    await cli.json('snapshot', 'create', 'web', '--name', 'precious', '--retention', '5');
    expect(await text('snapshot', 'pin', 'precious')).toContain('never, as it is pinned since');
    const refused = await cli.run(['snapshot', 'delete', 'precious', '--force', '--json']);
    expect([refused.code, JSON.parse(refused.stdout).results[0].error.code]).toEqual([4, 'SnapshotPinned']);
    expect(await cli.json('snapshot', 'unpin', 'precious')).toMatchObject({ pinnedAt: null, retentionDays: 5 });
    expect(await text('snapshot', 'delete', 'precious')).toContain('Deleted');
  });

  it('retain changes how long it is kept', async () => {
    await cli.json('snapshot', 'create', 'web', '--name', 'long', '--retention', '5');
    expect(await cli.json('snapshot', 'retain', 'long', '365')).toMatchObject({ retentionDays: 365 });
    expect(await cli.json('snapshot', 'retain', 'long', 'forever')).toMatchObject({ expiresAt: null });
    for (const days of ['0', '99999', 'soon']) {
      expect((await cli.run(['snapshot', 'retain', 'long', days])).code).toBe(2);
    }
  });
});
