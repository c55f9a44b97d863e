import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MonitoredServer, monitoredServer } from '../../support/monitored-server.ts';
import { describeWith, runProgram, tell } from '../../support/programs.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DOCS = join(ROOT, 'docs/monitoring');

describeWith(['promtool'], "Prometheus' own tool", () => {
  const folder = mkdtempSync(join(tmpdir(), 'varve-promtool-'));
  let varve: MonitoredServer;
  beforeAll(async () => {
    varve = await monitoredServer();
  });
  afterAll(async () => {
    await varve[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test('has nothing to say against the names and texts of the figures', async () => {
    await varve.graphql({ query: '{ disks { nodes { id } } }' });
    const shown = expect.poll(async () => (await varve.scrape()).body, { timeout: 60_000 });
    await shown.toContain('varve_disks{');
    await shown.toContain('varve_round_duration_seconds_bucket');
    const file = join(folder, 'metrics.txt');
    writeFileSync(file, (await varve.scrape()).body);
    const script = 'exec promtool check metrics <"$1"';
    expect(await runProgram('sh', '-c', script, 'sh', file)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('takes the rules for alerts', async () => {
    expect(await tell('promtool', 'check', 'rules', join(DOCS, 'alerts.yml'))).toContain('SUCCESS');
  });

  test('finds that each alert fires when it should, and not before', async () => {
    expect(await tell('promtool', 'test', 'rules', join(DOCS, 'alerts.test.yml'))).toContain('SUCCESS');
  });
});
