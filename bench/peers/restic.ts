import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../../src/local/emulator/child.ts';
import { acceptsConnections, freePort, LOOPBACK } from '../../src/local/ports.ts';
import { nodeChild } from '../../src/offline/node-child.ts';
import type { Ending } from '../ending.ts';
import { findProgram } from '../process/find-program.ts';
import type { ProgramResult, Run } from '../process/program.ts';
import { ROOT } from '../varve/build-cli.ts';
import type { LocalPeer } from './local-peer.ts';

/** A restic repository in an object store of its own, empty at first. */
export interface Restic {
  readonly objectsDir: string;
  backup(image: string): Promise<ProgramResult>;
  /** The latest backup, to a new file. */
  restore(folder: string): Promise<ProgramResult & { readonly path: string }>;
  /** Ends and removes it. */
  stop(): Promise<void>;
}

const BUCKET = 'restic';
const IMAGE = 'disk.img';
const LIMIT_S = 900;
const GRACE_MS = 3000;
const STORE = fileURLToPath(new URL('restic-store-main.ts', import.meta.url));

export async function startRestic(options: { folder: string; run: Run; ending: Ending }): Promise<Restic> {
  const { run, ending } = options;
  const folder = join(options.folder, 'restic');
  const objectsDir = join(folder, 'objects');
  mkdirSync(objectsDir, { recursive: true });
  const port = await freePort();
  const spec = {
    name: 'restic-store',
    cwd: ROOT,
    logs: folder,
    args: [STORE, `${port}`, objectsDir, BUCKET],
    environment: {},
  };
  const store = startChild(nodeChild(spec));
  const stop = ending.before(async () => {
    await store.stop(GRACE_MS);
    await rm(folder, { recursive: true, force: true });
  });
  await store.readyWhen(() => acceptsConnections(port));
  const env = {
    RESTIC_PASSWORD: 'bench',
    RESTIC_REPOSITORY: `s3:http://${LOOPBACK}:${port}/${BUCKET}`,
    RESTIC_CACHE_DIR: join(folder, 'cache'),
    AWS_ACCESS_KEY_ID: 'S3RVER', // the key pair that every s3rver knows
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  };
  const restic = resticIn(run, env);
  await restic(['init']);
  return {
    objectsDir,
    backup: (image) => restic(['backup', '--stdin', '--stdin-filename', IMAGE], image),
    restore: async (target) => ({
      ...(await restic(['restore', 'latest', '--target', target])),
      path: join(target, IMAGE),
    }),
    stop,
  };
}

/** restic on a repository in a folder. Images come by a pipe, as with borg. */
export async function startLocalRestic(folder: string, run: Run): Promise<LocalPeer | undefined> {
  if (findProgram('restic') === undefined) return undefined;
  const repository = join(folder, 'repository');
  const env = { RESTIC_PASSWORD: 'bench', RESTIC_REPOSITORY: repository, RESTIC_CACHE_DIR: join(folder, 'cache') };
  mkdirSync(folder, { recursive: true });
  const restic = resticIn(run, env);
  await restic(['init']);
  return {
    name: 'restic',
    repository,
    backup: (image, name) => restic(['backup', '--stdin', '--stdin-filename', IMAGE, '--tag', name], image),
    restore: async (name, target) => ({
      ...(await restic(['restore', 'latest', '--tag', name, '--target', target])),
      path: join(target, IMAGE),
    }),
  };
}

/** The program with these settings; images come by standard input. */
function resticIn(run: Run, env: Readonly<Record<string, string>>) {
  return (args: readonly string[], stdin?: string): Promise<ProgramResult> =>
    run({ command: 'restic', args: ['-q', ...args], env, limitS: LIMIT_S, ...(stdin === undefined ? {} : { stdin }) });
}

/** Undefined where restic is not installed. */
export async function resticVersion(run: Run): Promise<string | undefined> {
  if (findProgram('restic') === undefined) return undefined;
  const { stdout } = await run({ command: 'restic', args: ['version'], limitS: LIMIT_S });
  return stdout.trim();
}
