import { dirname, join } from 'node:path';
import type { ProgramResult, Run } from '../process/program.ts';

export interface CliResult extends ProgramResult {
  /** What the command printed under --json. */
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * The command line as its users have it: a process of its own for each command, timed from start to
 * exit.
 */
export interface Cli {
  /** The API key of a new account. */
  createAccount(name: string): Promise<string>;
  importImage(path: string, name: string): Promise<CliResult & { readonly diskId: string }>;
  syncDisk(diskId: string, path: string): Promise<CliResult>;
  /** `more` are options. */
  exportDisk(diskId: string, path: string, ...more: readonly string[]): Promise<CliResult>;
  /** Reads everything back. Fails if anything is damaged. */
  scrub(): Promise<CliResult>;
}

export interface CliOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly run: Run;
  readonly environment: Readonly<Record<string, string>>;
}

const LIMIT_S = 600;

export function createCli({ root, dataDir, run, environment }: CliOptions): Cli {
  const launcher = join(root, 'src/cli/varve.mjs');
  // By its first line, as a shell would, on the Node that runs this.
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...environment };
  const call = async (...words: readonly string[]): Promise<CliResult> => {
    const args = [...words, '--data', dataDir, '--json', '--quiet'];
    const result = await run({ command: launcher, args, env, limitS: LIMIT_S });
    return { ...result, json: JSON.parse(result.stdout) as CliResult['json'] };
  };
  return {
    createAccount: async (name) => String((await call('account', 'create', name)).json.apiKey),
    importImage: async (path, name) => {
      const result = await call('disk', 'import', path, '--name', name);
      return { ...result, diskId: String(result.json.diskId) };
    },
    syncDisk: (diskId, path) => call('disk', 'sync', diskId, path),
    exportDisk: (diskId, path, ...more) => call('disk', 'export', diskId, path, ...more),
    scrub: () => call('scrub'),
  };
}
