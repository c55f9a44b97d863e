import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLocal } from '../../src/local/local.ts';
import { freePort } from '../../src/local/ports.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';
import { BenchError } from '../bench-error.ts';
import { Ending } from '../ending.ts';
import { startServer } from '../process/server.ts';
import { ROOT } from '../varve/build-cli.ts';

/** A single machine of its own. */
export interface Installation {
  readonly url: string;
  readonly adminKey: string;
  /** The process that executes queries. */
  readonly pid: number;
  /** The API key of a new account. */
  createAccount(name: string): Promise<string>;
  /** The id of the disk. */
  importImage(path: string, name: string): Promise<string>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const LAUNCHER = join(ROOT, 'src/cli/varve.mjs');

async function json(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const options = { env: { ...process.env, ...env } };
  return JSON.parse((await run(LAUNCHER, [...words, '--json', '--quiet'], options)).stdout) as Answer;
}
type Answer = Readonly<Record<string, string>>;

/** The service in one process, on SQLite and a folder. */
export async function startEmbedded(folder: string): Promise<Installation> {
  const data = join(folder, 'data');
  makeFolder(data);
  const ending = new Ending();
  const secret = randomUUID();
  const server = await startServer({
    command: process.execPath,
    args: [join(ROOT, 'bench/heavy/embedded-main.ts'), data, secret],
    ending,
    ready: (stdout) => stdout.includes('\n'),
  });
  const origin = server.stdout.trim();
  const adminKey = readFileSync(join(data, 'admin.key'), 'utf8').trim();
  const env = { VARVE_ENDPOINT: `${origin}/graphql`, VARVE_API_KEY: adminKey };
  return {
    url: env.VARVE_ENDPOINT,
    adminKey,
    pid: server.pid,
    createAccount: async (account) => {
      const answer = await fetch(`${origin}/operator/account/invocations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify({ account }),
      });
      return ((await answer.json()) as Answer).apiKey ?? '';
    },
    importImage: async (path, name) => (await json(['disk', 'import', path, '--name', name], env)).diskId ?? '',
    stop: () => server.stop(),
  };
}

/** The functions of AWS on emulators, as `npm start` runs them. */
export async function startEmulated(folder: string): Promise<Installation> {
  const local = await startLocal({ dataDir: folder, port: await freePort(), root: ROOT, clock: systemClock });
  return {
    url: local.url,
    adminKey: readFileSync(local.folder.adminKey, 'utf8').trim(),
    pid: functionsProcess(),
    createAccount: async (name) => (await json(['account', 'create', name, '--data', folder])).apiKey ?? '',
    importImage: async (path, name) =>
      (await json(['disk', 'import', path, '--name', name, '--data', folder])).diskId ?? '',
    stop: () => local.stop(),
  };
}

/** The process below this one that runs the functions. */
function functionsProcess(): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter((row) => row !== null);
  const below = new Set([process.pid]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const [, pid, parent] of rows) if (below.has(Number(parent))) below.add(Number(pid));
  }
  const found = rows.filter(([, pid, , args]) => below.has(Number(pid)) && /serverless|osls/.test(args ?? ''));
  const last = found.at(-1);
  if (last === undefined) throw new BenchError('No process runs the functions.');
  return Number(last[1]);
}
