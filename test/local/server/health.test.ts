import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { healthRoute, readyRoute, startingRoute } from '../../../src/local/server/health.ts';
import { startHttpServer } from '../../../src/local/server/http-server.ts';
import { monitoredServer } from '../../support/monitored-server.ts';
import { SILENT_LOG } from '../../support/silent-log.ts';

/** Longer than an answer is kept. */
const LATER_MS = 1_100;

describe('health without a credential', () => {
  test('the process answers, and is ready', async () => {
    await using varve = await monitoredServer();
    expect(await varve.ask('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
    expect(await varve.ask('/readyz')).toMatchObject({ status: 200, body: '{"ready":true,"reasons":[]}\n' });
    expect(await varve.ask('/readyz', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await varve.ask('/readyz', { method: 'POST' })).toMatchObject({ status: 405 });
    expect(await varve.ask('/readyz/more')).toMatchObject({ status: 404 });
  });

  test('a page of another origin learns nothing', async () => {
    await using varve = await monitoredServer();
    for (const path of ['/healthz', '/readyz'])
      expect(await varve.ask(path, { headers: { origin: 'http://evil.example' } })).toMatchObject({ status: 403 });
  });

  test('without room it lives and is not ready, and says no more than why', async () => {
    await using varve = await monitoredServer(Number.MAX_SAFE_INTEGER);
    expect(await varve.ask('/healthz')).toMatchObject({ status: 200 });
    expect(await varve.ask('/readyz')).toMatchObject({ status: 503, body: '{"ready":false,"reasons":["SPACE"]}\n' });
  });

  test('objects that are gone are noticed, and that they are back', async () => {
    await using varve = await monitoredServer();
    const [objects, away] = [join(varve.folder, 'objects'), join(varve.folder, 'removed-objects')];
    renameSync(objects, away);
    expect(await varve.ask('/readyz')).toMatchObject({ status: 503, body: '{"ready":false,"reasons":["OBJECTS"]}\n' });
    renameSync(away, objects);
    await sleep(LATER_MS);
    expect(await varve.ask('/readyz')).toMatchObject({ status: 200 });
  });

  test('while it starts it lives and is not ready', async () => {
    const server = await startHttpServer({ kind: 'loopback', port: 0 }, SILENT_LOG, {
      healthz: healthRoute,
      readyz: startingRoute,
    });
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    const ready = await fetch(`${server.origin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, reasons: ['STARTING'] }]);
    expect((await fetch(`${server.origin}/graphql`)).status).toBe(503);
    await server.stop(0);
  });
});

describe('a question of readiness', () => {
  test('is asked once, however many ask at the same time', async () => {
    let looks = 0;
    const CATALOGUE = async () => {
      looks++;
      await sleep(20);
      return true;
    };
    const server = await startHttpServer({ kind: 'loopback', port: 0 }, SILENT_LOG);
    server.serve({ readyz: readyRoute({ CATALOGUE }) });
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${server.origin}/readyz`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(looks).toBe(1);
    await server.stop(0);
  });

  test('that throws, or is never answered, is a reason', async () => {
    const server = await startHttpServer({ kind: 'loopback', port: 0 }, SILENT_LOG);
    const OBJECTS = () => {
      throw new Error('a path that nobody is to see');
    };
    server.serve({ readyz: readyRoute({ CATALOGUE: () => new Promise(() => undefined), OBJECTS, SPACE: () => true }) });
    const answer = await fetch(`${server.origin}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, { ready: false, reasons: ['CATALOGUE', 'OBJECTS'] }]);
    await server.stop(0);
  });
});
