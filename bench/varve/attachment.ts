import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ending } from '../ending.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { ROOT } from './build-cli.ts';

export interface AttachSpec {
  /** Of the installation. */
  readonly dataDir: string;
  readonly source: string;
  /** For its socket, journal and cache; removed when it ends. */
  readonly folder: string;
  readonly mode: 'read-only' | 'remote' | 'local';
  readonly ending: Ending;
}

export interface Attachment extends ServerProcess {
  readonly uri: string;
}

/** `varve attach` as its users have it, with nothing in its cache at first. */
export async function attach({ dataDir, source, folder, mode, ending }: AttachSpec): Promise<Attachment> {
  const how = mode === 'read-only' ? ['--read-only'] : ['--durability', mode];
  const args = ['attach', source, '--socket', join(folder, 'nbd.sock'), ...how, '--data', dataDir, '--json', '--quiet'];
  const server = await startServer({
    command: join(ROOT, 'src/cli/varve.mjs'),
    args,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      VARVE_STATE_DIR: join(folder, 'state'),
      VARVE_CACHE_DIR: join(folder, 'cache'),
    },
    ending,
    ready: (stdout) => stdout.includes('\n'),
  });
  const { uri } = JSON.parse(server.stdout) as { readonly uri: string };
  return {
    ...server,
    uri,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    kill: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
