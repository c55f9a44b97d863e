import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../../../src/local/server/server.ts';
import { parseUpkeep } from '../../../src/platform/config.ts';
import { makeFolder } from '../../../src/platform/make-folder.ts';
import { filesBelow } from '../../support/files-below.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';

const SECRET = 'the secret of this run';
const BLOCKS = 9;

let folder: string;
let server: LocalServer;
const lines: string[] = [];
const start = () =>
  startServer({
    folder: join(folder, 'data'),
    listening: { kind: 'loopback', port: 0 },
    settings: parseUpkeep({ VARVE_LOG: 'info' }),
    timeZone: 'UTC',
    operatorSecret: SECRET,
    writeLog: (line) => lines.push(line),
  });

beforeAll(async () => {
  await cliBuilt();
  folder = await mkdtemp(join(tmpdir(), 'varve-server-'));
  makeFolder(join(folder, 'data'));
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function varve(...words: string[]): Promise<Record<string, never>> {
  const key = (await readFile(join(folder, 'data/admin.key'), 'utf8')).trim();
  const { stdout } = await promisify(execFile)(process.execPath, [LAUNCHER, ...words, '--json'], {
    cwd: folder,
    env: {
      ...process.env,
      VARVE_ENDPOINT: `${server.origin}/graphql`,
      VARVE_API_KEY: key,
      VARVE_KEY_FILE: join(folder, 'data/keys.json'),
    },
  });
  return JSON.parse(stdout) as Record<string, never>;
}

/** What any program, or a page in a browser, can send. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
  { method = 'POST', body = '' }: { readonly method?: string; readonly body?: string } = {},
): Promise<{ readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      text(answer).then(
        (told) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: told }),
        reject,
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('one process with one port', () => {
  it('takes an image in and gives it back bit for bit, plain and encrypted, also after a new start', async () => {
    const image = Buffer.concat([randomBytes(BLOCKS * 512 * 1024), Buffer.alloc(3 * 512 * 1024)]);
    await writeFile(join(folder, 'image'), image);
    await varve('disk', 'import', 'image', '--name', 'plain');
    await varve('disk', 'import', 'image', '--name', 'sealed', '--encrypted');
    await varve('service', 'open', '--accept-terms');
    await varve('snapshot', 'create', 'plain', '--name', 'first');
    await server.stop();
    server = await start();
    for (const name of ['plain', 'sealed']) {
      await varve('disk', 'export', name, `${name}.out`, '--force');
      expect((await readFile(join(folder, `${name}.out`))).equals(image)).toBe(true);
    }
    await varve('snapshot', 'export', 'first', 'first.out', '--force');
    expect((await readFile(join(folder, 'first.out'))).equals(image)).toBe(true);
    // Everything that a version names has left the folder of what has only come in.
    expect(await readdir(join(folder, 'data/incoming'))).toEqual([]);
  });

  it('finds damage of a file when it is read, and heals it by the next import', async () => {
    const image = randomBytes(2 * 512 * 1024);
    await writeFile(join(folder, 'other'), image);
    await varve('disk', 'import', 'other', '--name', 'hurt');
    const files = filesBelow(join(folder, 'data/objects')).map((path) => ({ path, ...sizeAndTime(path) }));
    const [newest] = files.filter(({ size }) => size >= 512 * 1024).sort((a, b) => b.mtimeMs - a.mtimeMs);
    const file = await open(newest?.path ?? '', 'r+');
    await file.write(Buffer.alloc(64, 0xee), 0, 64, 1000);
    await file.close();
    await expect(varve('disk', 'export', 'hurt', 'hurt.out', '--force')).rejects.toThrow('damaged');
    await varve('disk', 'import', 'other', '--name', 'again');
    await varve('disk', 'export', 'hurt', 'hurt.out', '--force');
    expect((await readFile(join(folder, 'hurt.out'))).equals(image)).toBe(true);
  });

  it('has no error to report of a disk that is released', async () => {
    await writeFile(join(folder, 'small'), randomBytes(512 * 1024));
    await varve('disk', 'import', 'small', '--name', 'small');
    await varve('disk', 'delete', 'small');
    expect(lines.filter((line) => line.includes('"error"'))).toEqual([]);
  });
});

function sizeAndTime(path: string): { readonly size: number; readonly mtimeMs: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, mtimeMs };
}

describe('a caller that is not meant to come in', () => {
  const json = { 'content-type': 'application/json' };
  it.each<[string, string, Record<string, string>]>([
    ['a page of another origin', '/graphql', { ...json, origin: 'http://evil.example' }],
    ['a page without an origin of its own', '/graphql', { ...json, origin: 'null' }],
    ['a name that was pointed here', '/graphql', { ...json, host: 'evil.example' }],
    ['a name with a port', '/graphql', { ...json, host: 'evil.example:1' }],
    ['a page of another site', '/graphql', { ...json, 'sec-fetch-site': 'cross-site' }],
    ['a page on another port of this machine', '/graphql', { ...json, origin: 'http://127.0.0.1:1' }],
    ['a page that calls the operator', '/operator/account/invocations', { origin: 'http://evil.example' }],
    ['a page that wants objects', '/objects/objects/a/b', { origin: 'http://evil.example' }],
    ['a page that looks for the service', '/healthz', { origin: 'http://evil.example' }],
  ])('%s is refused, and cannot read why', async (_, path, headers) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await ask(path, { ...headers, 'access-control-request-method': 'POST' }, { method: 'OPTIONS' });
    expect(preflight.status).toBe(403);
  });

  it('an operator without the secret is refused, and with it is not', async () => {
    const path = '/operator/account/invocations';
    const event = { body: JSON.stringify({ account: 'team-b' }) };
    for (const authorization of [undefined, 'Bearer ', 'Bearer guess', SECRET]) {
      const refused = await ask(path, authorization === undefined ? {} : { authorization }, event);
      expect(refused.status).toBe(401);
      // As the CLI reads it.
      expect(JSON.parse(refused.body)).toEqual({ errorMessage: expect.stringMatching(/^Unauthenticated: /) });
    }
    const length = { 'content-length': `${event.body.length}` };
    const answer = await ask(path, { authorization: `Bearer ${SECRET}`, ...length }, event);
    expect(JSON.parse(answer.body)).toMatchObject({ accountId: 'team-b', apiKey: expect.any(String) });
  });

  it.each(['/', '/2015-03-31/functions/varve-dev-account/invocations', '/constructor', '/objects/../admin.key'])(
    'finds nothing at %s',
    async (path) => {
      expect([403, 404, 405]).toContain((await ask(path)).status);
    },
  );

  it('an answer to half a request comes within the time for it, and the connection ends', async () => {
    const { hostname, port } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\n');
    const began = performance.now();
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
