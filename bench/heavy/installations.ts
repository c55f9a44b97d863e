import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import { Ending } from '../ending.ts';
import { createRun } from '../process/program.ts';
import { ROOT } from '../varve/build-cli.ts';
import { type Cli, createCli } from '../varve/cli.ts';
import { startEmulatedCloud } from '../varve/emulated-cloud.ts';
import { startMachine } from '../varve/machine.ts';

/** What heavy queries are asked of. */
export interface HeavyInstallation {
  readonly url: string;
  readonly adminKey: string;
  /** The process that executes queries. */
  readonly pid: number;
  readonly cli: Cli;
  stop(): Promise<void>;
}

/** The service in one process, on SQLite and a folder. */
export async function startEmbedded(folder: string): Promise<HeavyInstallation> {
  const ending = new Ending();
  const machine = await startMachine({ dataDir: join(folder, 'data'), run: createRun(ending.signal), ending });
  const { url, apiKey: adminKey } = machine.endpoint;
  return { url, adminKey, pid: machine.process.pid, cli: machine.cli, stop: machine.stop };
}

/** The functions of AWS on emulators, as `npm run offline` runs them. */
export async function startEmulated(folder: string): Promise<HeavyInstallation> {
  const { url, adminKey, stop } = await startEmulatedCloud(folder);
  const run = createRun(new AbortController().signal);
  const cli = createCli({ root: ROOT, dataDir: folder, run, environment: {} });
  return { url, adminKey, pid: functionsProcess(), cli, stop };
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
