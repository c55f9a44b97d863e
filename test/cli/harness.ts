import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { execute } from '../../src/cli/execute.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { createTestApi, type TestAccount, type TestApi, type TestApiOptions } from '../support/api.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** The CLI as its users have it, against the API over real engines, with a folder of its own. */
export interface CliHarness {
  readonly api: TestApi;
  readonly account: TestAccount;
  readonly folder: string;
  /** By which the CLI finds its way. */
  readonly environment: Readonly<Record<string, string>>;
  path(name: string): string;
  start(args: readonly string[], options?: StartOptions): Started;
  /**
   * In this process, which saves the start of another. Where standard input, another folder or a
   * process of its own belong to it, as `start`.
   */
  run(args: readonly string[], options?: StartOptions): Promise<Outcome>;
  /** Runs with `--json`, demands success, and gives the result. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes depends on the command; tests look into it place by place
  json(...args: string[]): Promise<any>;
  close(): Promise<void>;
}

export interface StartOptions {
  /** Standard input; `open` leaves it to the test, and without it there is none. */
  readonly input?: Buffer | 'open';
  /** Left out: the harness's own folder. */
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function createCliHarness(options: TestApiOptions = {}): Promise<CliHarness> {
  await cliBuilt();
  const api = await createTestApi(options);
  const account = await api.createAccount();
  const server = await api.startHttp();
  const folder = await mkdtemp(join(tmpdir(), 'varve-cli-'));
  const environment = {
    VARVE_ENDPOINT: server.url,
    VARVE_API_KEY: account.key,
    VARVE_KEY_FILE: api.keyFile,
    XDG_CONFIG_HOME: folder,
  };

  const start = (args: readonly string[], options: StartOptions = {}): Started => {
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      cwd: options.cwd ?? folder,
      env: { ...process.env, NODE_OPTIONS: '--throw-deprecation', ...environment, ...options.environment },
    });
    // A CLI that ends early does not read to the end.
    child.stdin.on('error', () => {});
    if (options.input !== 'open') Readable.from(options.input ? [options.input] : []).pipe(child.stdin);
    const outcome = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
      ([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr }),
    );
    return { process: child, outcome };
  };
  // Paths are meant from there. This process runs one test file at a time.
  process.chdir(folder);
  const run = (args: readonly string[], options: StartOptions = {}): Promise<Outcome> =>
    needsProcess(args, options)
      ? start(args, options).outcome
      : executed(args, { ...process.env, ...environment, ...options.environment });

  return {
    api,
    account,
    folder,
    environment,
    path: (name) => join(folder, name),
    start,
    run,
    json: async (...args) => {
      const { code, stdout, stderr } = await run([...args, '--json']);
      if (code !== 0) throw new Error(`varve ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    close: async () => {
      process.chdir(tmpdir());
      await server.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Commands that start others, or stay. */
const APART: ReadonlySet<string> = new Set(['attach', 'mount', 'detach', 'attachment', 'server', 'tour', 'rebuild']);

function needsProcess(args: readonly string[], { input, cwd }: StartOptions): boolean {
  if (input !== undefined || cwd !== undefined) return true;
  // What goes to or comes from the process's own descriptors.
  return args.some((word) => word === '-' || word.startsWith('/dev/') || APART.has(word));
}

async function executed(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const told = Promise.all([text(stdout), text(stderr)]);
  const { signal } = new AbortController();
  const surroundings = { environment, cwd: process.cwd(), signal, onHangup: () => undefined };
  const code = await execute(words, { stdout, stderr, ...surroundings });
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { code, signal: null, stdout: out, stderr: err };
}

/**
 * A sparse image with a few bytes in each of `blocks` blocks: every one different, and quickly made
 * and stored. Of an image that is there and has more blocks, the rest stays.
 */
export async function writeManyBlocks(path: string, blocks: number, of = path): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  await file.truncate(Math.max(blocks * BLOCK_BYTES, (await file.stat()).size));
  for (let index = 0; index < blocks; index++) {
    await file.write(Buffer.from(`block ${index} of ${of}`), 0, undefined, index * BLOCK_BYTES);
  }
  await file.close();
}

/** Images may be large: a piece of each at a time. */
export async function sameContents(one: string, other: string): Promise<boolean> {
  await using a = await open(one);
  await using b = await open(other);
  const pieces = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)] as const;
  for (let at = 0; ; at += PIECE_BYTES) {
    const read = await Promise.all([a, b].map((file, place) => readPiece(file, pieces[place as 0 | 1], at)));
    const [left, right] = read as [Buffer, Buffer];
    if (!left.equals(right)) return false;
    if (left.length < PIECE_BYTES) return true;
  }
}

const PIECE_BYTES = 4 * 1024 * 1024;

async function readPiece(file: FileHandle, into: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  for (let more = 1; more > 0 && filled < into.length; filled += more) {
    more = (await file.read(into, filled, into.length - filled, position + filled)).bytesRead;
  }
  return into.subarray(0, filled);
}

/** Waits until `condition` gives something, and gives that. */
export async function until<T>(condition: () => Promise<T | undefined | false>, what: string): Promise<T> {
  const end = Date.now() + 90_000;
  while (Date.now() < end) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${what} did not happen`);
}
