import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Mutation } from '../mutations/mutation.ts';
import { PATCH_SOURCES } from '../support/launcher.ts';
import type { ServerSays } from './server-main.ts';
import { SHORT_TIMES } from './short-times.ts';

/** Runs a file of this folder with sources of ours changed: times, and maybe a rule. */
export function forkPatched(file: string, args: readonly string[], edits: Mutation['edits'] = []): ChildProcess {
  const all = JSON.stringify([...SHORT_TIMES, ...edits]);
  return fork(join(import.meta.dirname, file), [...args], {
    execArgv: ['--import', PATCH_SOURCES],
    env: { ...process.env, VARVE_TEST_EDITS: all },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

export interface ServerProcess extends ServerSays {
  /** As `kill -9`. */
  kill(): Promise<void>;
}

export interface ServerProcessOptions {
  readonly folder: string;
  readonly port: number;
  readonly reclaimGraceMs: number;
  readonly breaks?: Mutation['edits'] | undefined;
}

export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { folder, port, reclaimGraceMs, breaks } = options;
  const child = forkPatched('server-main.ts', [folder, `${port}`, `${reclaimGraceMs}`], breaks);
  const ended = once(child, 'exit');
  const [says] = await Promise.race([
    once(child, 'message') as Promise<[ServerSays]>,
    ended.then(() => Promise.reject(new Error('the server ended at its start'))),
  ]);
  return {
    ...says,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
