import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askControl, type ControlRequest, serveControl } from '../../../src/cli/attach/control.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-control-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'c.sock');
const ANSWER_MS = 30_000; // of a server that answers at once

it('answers each question by itself', async () => {
  const asked: ControlRequest[] = [];
  const control = await serveControl(path(), async (request) => {
    asked.push(request);
    return { dirtyBytes: asked.length };
  });
  expect(await askControl(path(), { op: 'status' }, ANSWER_MS)).toEqual({ dirtyBytes: 1 });
  expect(await askControl(path(), { op: 'end' }, ANSWER_MS)).toEqual({ dirtyBytes: 2 });
  expect(asked).toEqual([{ op: 'status' }, { op: 'end' }]);
  await control.close();
});

it('knows a process that died from one that lives', async () => {
  expect(await askControl(path(), { op: 'status' }, ANSWER_MS)).toBeUndefined();
  const control = await serveControl(path(), async () => ({}));
  await control.close();
  expect(await askControl(path(), { op: 'status' }, ANSWER_MS)).toBeUndefined();
  await expect(stat(path())).rejects.toThrow('ENOENT');
});

it('takes the place of one that was killed', async () => {
  const killed = await serveControl(path(), async () => ({ who: 'before' }));
  const control = await serveControl(path(), async () => ({ who: 'after' }));
  expect(await askControl(path(), { op: 'status' }, ANSWER_MS)).toEqual({ who: 'after' });
  await control.close();
  await killed.close();
});

it.each([['nonsense\n'], ['{"op":"explode"}\n'], ['x'.repeat(5000)], ['']])('refuses %j and lives on', async (sent) => {
  const control = await serveControl(path(), async () => ({ fine: true }));
  const socket = createConnection(path());
  await once(socket, 'connect');
  socket.end(sent);
  expect(JSON.parse(await text(socket))).toEqual({ error: 'not a request' });
  expect(await askControl(path(), { op: 'status' }, ANSWER_MS)).toEqual({ fine: true });
  await control.close();
});

it('waits no longer than it is told to', async () => {
  const control = await serveControl(path(), () => new Promise(() => undefined));
  await expect(askControl(path(), { op: 'end' }, 50)).rejects.toThrow('no answer within 0.05 s');
  await control.close();
});
