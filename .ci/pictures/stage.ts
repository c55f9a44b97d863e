import { execFile, spawn } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/local/ports.ts';
import { ROWS } from './scenes.ts';

const ROOT = join(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'src/cli/varve.mjs');
const CLOCK = join(ROOT, '.ci/picture-clock.ts');
/** When the server of the pictures starts, and when they are taken. */
const BEGAN_MS = Date.parse('2026-03-02T06:00:00Z');
const TAKEN_LATER_MS = 3 * 3_600_000;
/** A command that has shown something and says no more waits for an answer. */
const QUIET_MS = 1500;
const MOST_MS = 60_000;
const BLOCK_BYTES = 512 * 1024;
/** From one block with data to the next. */
const GAP_BYTES = 16 * BLOCK_BYTES;
const DISK_BYTES = 2 * 1024 ** 3;

/** A server in a temporary folder, and terminals in which commands run against it. */
export interface Stage {
  /** Texts that differ from run to run, with what the pictures have instead. */
  readonly texts: Readonly<Record<string, string>>;
  /** Before the pictures: it must succeed. */
  run(line: string): Promise<void>;
  /** Everything that the terminal gets. */
  show(line: string, terminal: { readonly columns: number; readonly answer?: string | undefined }): Promise<string>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'varve-pictures-'));
  const [home, programs] = [join(folder, 'home'), join(folder, 'programs')];
  for (const path of [home, programs]) mkdirSync(path);
  writeFileSync(join(programs, 'varve'), `#!/bin/sh\nexec '${process.execPath}' '${LAUNCHER}' "$@"\n`);
  chmodSync(join(programs, 'varve'), 0o755);
  const aheadMs = BEGAN_MS - Date.now();
  const environment = (laterMs: number) => ({
    PATH: `${programs}:${process.env.PATH}`,
    HOME: home,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    TZ: 'UTC',
    NODE_OPTIONS: `--import=${CLOCK} --disable-warning=ExperimentalWarning`,
    PICTURE_AHEAD_MS: String(aheadMs + laterMs),
  });
  const port = await freePort();
  const server = spawn('varve', ['server', '--port', `${port}`], {
    cwd: home,
    env: environment(0),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'close');
  const ready = new Promise<void>((resolve) =>
    server.stdout.on('data', (part) => String(part).includes('is ready') && resolve()),
  );
  const early = new Error('the server of the pictures ended');
  await Promise.race([ready, ended.then(() => Promise.reject(early))]);
  return {
    texts: { [home]: '/home/ada', [`:${port}/`]: ':4100/' },
    run: async (line) => {
      const words = line.split(' ').map((word) => (word.startsWith('IMAGE:') ? imageOf(word, home) : word));
      await promisify(execFile)('varve', words, { cwd: home, env: environment(0) });
    },
    show: (line, terminal) => shownBy(line, { ...terminal, cwd: home, env: environment(TAKEN_LATER_MS) }),
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const VARIED_BLOCKS = 3;

/** The file of `IMAGE:9:2`, sparse, and the same each time. */
function imageOf(word: string, folder: string): string {
  const [, blocks = 0, variant = 1] = word.split(':').map(Number);
  const path = join(folder, `image-${blocks}-${variant}`);
  const file = openSync(path, 'w');
  for (let at = 0; at < blocks; at++) {
    const seed = at < blocks - VARIED_BLOCKS ? at : 1000 * variant + at;
    const nonce = Buffer.alloc(16);
    nonce.writeUInt32BE(seed);
    const bytes = createCipheriv('aes-256-ctr', Buffer.alloc(32, 1), nonce).update(Buffer.alloc(BLOCK_BYTES));
    writeSync(file, bytes, 0, BLOCK_BYTES, at * GAP_BYTES);
  }
  ftruncateSync(file, DISK_BYTES);
  closeSync(file);
  return path;
}

interface Showing {
  readonly columns: number;
  readonly answer?: string | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a line in a terminal of its own, which `script` of util-linux makes. */
async function shownBy(line: string, { columns, answer, cwd, env }: Showing): Promise<string> {
  const command = `stty cols ${columns} rows ${ROWS} && exec ${line}`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: MOST_MS,
  });
  const ended = once(terminal, 'close');
  let shown = '';
  let typing: NodeJS.Timeout | undefined;
  terminal.stdout.setEncoding('utf8').on('data', (part: string) => {
    shown += part;
    clearTimeout(typing);
    const asks = answer !== undefined && !shown.endsWith('\n');
    if (asks) typing = setTimeout(() => terminal.stdin.write(`${answer}\r`), QUIET_MS);
  });
  await ended;
  clearTimeout(typing);
  return shown;
}
