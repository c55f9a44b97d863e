import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/local/ports.ts';
import { BenchError } from '../bench-error.ts';
import { Ending } from '../ending.ts';
import { startServer } from '../process/server.ts';
import { ROOT } from '../varve/build-cli.ts';
import { startEmulatedCloud } from '../varve/emulated-cloud.ts';

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

async function json(words: readonly string[]): Promise<Answer> {
  return JSON.parse((await run(LAUNCHER, [...words, '--json', '--quiet'])).stdout) as Answer;
}
type Answer = Readonly<Record<string, string>>;

/** The service in one process, on SQLite and a folder. */
export async function startEmbedded(folder: string): Promise<Installation> {
  const data = join(folder, 'data');
  const server = await startServer({
    command: process.execPath,
    args: [LAUNCHER, 'server', '--json', '--data', data, '--port', `${await freePort()}`],
    ending: new Ending(),
    ready: (stdout) => stdout.includes('\n'),
  });
  return { ...installation(data), pid: server.pid, stop: () => server.stop() };
}

/** The functions of AWS on emulators, as `npm run offline` runs them. */
export async function startEmulated(folder: string): Promise<Installation> {
  const cloud = await startEmulatedCloud(folder);
  return { ...installation(folder), pid: functionsProcess(), stop: () => cloud.stop() };
}

function installation(data: string): Omit<Installation, 'pid' | 'stop'> {
  return {
    url: (JSON.parse(readFileSync(join(data, 'endpoint.json'), 'utf8')) as Answer).url ?? '',
    adminKey: readFileSync(join(data, 'admin.key'), 'utf8').trim(),
    createAccount: async (name) => (await json(['account', 'create', name, '--data', data])).apiKey ?? '',
    importImage: async (path, name) =>
      (await json(['disk', 'import', path, '--name', name, '--data', data])).diskId ?? '',
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
