import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operatorRoute } from '../../src/local/server/operator-route.ts';
import { type ClockWatch, watchClock } from '../../src/service/clocks/watch.ts';
import { answerOfClock } from '../../src/service/figures/trust-clock.ts';
import { createDisk, createSnapshot, deleteSnapshots } from '../support/operations.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { setTrashHours } from '../support/trash.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SECRET = 'secret of this run';
const DAY_MS = 24 * 3_600_000;

let cli: CliHarness;
let functions: Server;
let watch: ClockWatch;
let scraped: object = { url: 'http://127.0.0.1:4100/metrics', tokenFile: '/srv/varve/metrics.token' };
beforeAll(async () => {
  cli = await createCliHarness();
  const { service } = cli.api;
  const elapsedMs = () => performance.now();
  watch = watchClock({
    catalogue: service.catalogue,
    clock: service.clock,
    log: SILENT_LOG,
    system: () => ({ uptimeMs: elapsedMs(), isSynchronised: false }),
    storeNow: () => undefined,
    elapsedMs,
  });
  await watch.observe();
  const account = async ({ clock = {} }: { readonly clock?: object }) =>
    answerOfClock({ service, clockWatch: watch, expiredGraceMs: DAY_MS }, clock);
  const route = operatorRoute({ account, metrics: async () => scraped }, SECRET);
  functions = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve));
  const { port } = functions.address() as AddressInfo;
  await mkdir(cli.path('data'));
  const running = { url: cli.environment.VARVE_ENDPOINT, pid: process.pid };
  const said = { ...running, functions: `http://127.0.0.1:${port}/operator/` };
  await writeFile(cli.path('data/endpoint.json'), JSON.stringify(said));
  await writeFile(cli.path('data/operator.key'), SECRET);
});
afterAll(async () => {
  functions.close();
  await cli.close();
});

/** As the operator of this machine, who needs no key. */
const operator = (...args: readonly string[]) =>
  cli.run([...args, '--data', cli.path('data')], { environment: { VARVE_ENDPOINT: '', VARVE_API_KEY: '' } });

describe('10.4: varve server trust-clock', () => {
  it('has nothing to do while the clock is explained', async () => {
    expect(await operator('server', 'trust-clock')).toMatchObject({
      code: 0,
      stdout: 'The clock is explained: nothing is held back.\n',
    });
    expect(await cli.json('status')).toMatchObject({ deletionsHeldSince: null });
  });

  it('shows what is over before it does anything, and status says that deletions are held', async () => {
    await setTrashHours(cli.account, 24);
    const { id: snapshotId } = await createSnapshot(cli.account, (await createDisk(cli.account)).id);
    await deleteSnapshots(cli.account, [snapshotId]);
    cli.api.clock.advance(40 * DAY_MS);
    await watch.observe();
    const { code, stdout, stderr } = await operator('server', 'trust-clock');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('is 3456000 s ahead of what explains it');
    expect(stderr).toMatch(/Snapshots at the end of their retention: +0\n/);
    expect(stderr).toMatch(/In the recycle bin: +1 snapshot, 0 disks, 0 images\n/);
    expect(stderr).toContain('Add --yes');
    const planned = await operator('server', 'trust-clock', '--dry-run');
    expect(planned.stdout).toContain('In the recycle bin: 1 snapshot, 0 disks, 0 images');
    expect((await cli.json('status')).deletionsHeldSince).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect((await cli.run(['status'])).stdout).toContain('nothing is deleted because of time since');
  });

  it('trusts it with --yes', async () => {
    const { code, stdout } = await operator('server', 'trust-clock', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ held: false, released: true, due: { snapshots: 0, more: false } });
    expect(await cli.json('status')).toMatchObject({ deletionsHeldSince: null });
  });
});

describe('varve metrics', () => {
  it('prints what goes into prometheus.yml', async () => {
    const { code, stdout } = await operator('metrics');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'Metrics: http://127.0.0.1:4100/metrics',
        'Token:   /srv/varve/metrics.token',
        '',
        'scrape_configs:',
        '  - job_name: varve',
        '    scheme: http',
        '    authorization:',
        '      credentials_file: "/srv/varve/metrics.token"',
        '    static_configs:',
        '      - targets: ["127.0.0.1:4100"]',
        '',
      ].join('\n'),
    );
  });

  it('says where the token is if no file has it, and that nobody scrapes sockets', async () => {
    scraped = { url: 'http+unix://%2Fsrv%2Fapi.sock/metrics', tokenFile: null };
    const { stdout } = await operator('metrics');
    expect(stdout).toContain('VARVE_METRICS_TOKEN of the server');
    expect(stdout).toContain('Prometheus scrapes no sockets');
    expect(JSON.parse((await operator('metrics', '--json')).stdout)).toEqual(scraped);
  });

  it('takes no answer for one that is none', async () => {
    scraped = {};
    expect(await operator('metrics')).toMatchObject({ code: 1 });
  });
});
