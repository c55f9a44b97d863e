import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { findProgram } from '../process/find-program.ts';
import type { Run } from '../process/program.ts';
import type { LocalPeer } from './local-peer.ts';

const LIMIT_S = 900;
const IMAGE = 'disk.img';
/** As Varve cuts a disk. */
const CHUNKER = `fixed,${BLOCK_BYTES}`;

/**
 * borg on a repository in a folder, without encryption, by blocks of Varve's size and its fast
 * compression. Images come by a pipe, so that no file's time tells that nothing has changed.
 */
export async function startLocalBorg(folder: string, run: Run): Promise<LocalPeer | undefined> {
  if (findProgram('borg') === undefined) return undefined;
  const repository = join(folder, 'repository');
  mkdirSync(folder, { recursive: true });
  const env = {
    BORG_BASE_DIR: join(folder, 'base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  };
  const borg = (args: readonly string[], stdin?: string) =>
    run({ command: 'borg', args, env, limitS: LIMIT_S, ...(stdin === undefined ? {} : { stdin }) });
  await borg(['init', '--encryption', 'none', repository]);
  const create = [
    'create',
    '--chunker-params',
    CHUNKER,
    '--compression',
    'lz4',
    '--files-cache',
    'disabled',
    '--stdin-name',
    IMAGE,
  ];
  return {
    name: 'borg',
    repository,
    backup: (image, name) => borg([...create, `${repository}::${name}`, '-'], image),
    restore: async (name, target) => ({
      ...(await run({
        command: 'sh',
        // It extracts into the folder where it is started.
        args: ['-c', 'mkdir "$1" && cd "$1" && exec borg extract "$0"', `${repository}::${name}`, target],
        env,
        limitS: LIMIT_S,
      })),
      path: join(target, IMAGE),
    }),
  };
}
