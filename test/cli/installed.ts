import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { freePort } from '../../src/local/ports.ts';
import { eventually, killNow } from '../local/running.ts';

/** A machine with a program `varve` on its path, and nothing of this project. */
export interface Installed {
  /** Empty at first: commands run there. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What it says, on both outputs. It must succeed. */
  varve(...words: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** Runs a server in `home` while `use` does. What it said on standard error. */
  withServer(use: () => Promise<void>): Promise<string>;
}

const run = promisify(execFile);

/** `program` is the path of `varve`, `node` that of the Node it may find, if any. */
export function installedAs(
  program: string,
  { home, node }: { readonly home: string; readonly node?: string },
): Installed {
  const path = [dirname(program), ...(node === undefined ? [] : [dirname(node)]), '/usr/bin', '/bin'].join(delimiter);
  const environment = { PATH: path, HOME: home, LANG: 'C.UTF-8' };
  const options = { cwd: home, env: environment };
  return {
    home,
    environment,
    varve: (...words) => run(program, words, options),
    withServer: async (use) => {
      const server = spawn(program, ['server', '--port', `${await freePort()}`], {
        ...options,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = once(server, 'exit');
      const complaints = text(server.stderr);
      let said = '';
      server.stdout.on('data', (chunk) => (said += chunk));
      try {
        await Promise.race([eventually(() => said.includes('Varve is ready')), failing(ended, complaints)]);
        await use();
      } finally {
        killNow(server.pid ?? 0);
        await ended;
      }
      return complaints;
    },
  };
}

async function failing(ended: Promise<unknown>, complaints: Promise<string>): Promise<never> {
  await ended;
  throw new Error(`the server ended: ${await complaints}`);
}

/** As a user has it: nothing of this project is around, and npm says what a script may see. */
export const USERS_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_.*|VITEST.*|NODE_(OPTIONS|ENV|PATH|COMPILE_CACHE))$/.test(name),
    ),
  ),
  npm_config_update_notifier: 'false',
};

export interface NpmRun {
  readonly stdout: string;
  readonly stderr: string;
}

export async function npm(cwd: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<NpmRun> {
  return run('npm', words, { cwd, env: { ...USERS_ENVIRONMENT, ...more }, maxBuffer: 64 * 1024 * 1024 });
}

/** A folder below the one for temporary files, removed by `remove`. */
export function emptyFolder(name: string): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `varve-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A folder with `node` alone in it, so that no other program of that Node's is found. */
export function nodeAlone(folder: string, node: string): string {
  mkdirSync(folder, { recursive: true });
  const link = join(folder, 'node');
  symlinkSync(node, link);
  return link;
}

export const versionOf = (node: string): string => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
