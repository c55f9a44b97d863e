import { connect } from 'node:net';
import type { Ending } from '../ending.ts';
import { type ServerProcess, startServer } from '../process/server.ts';

/** What serves a local file over NBD, as a ceiling for everything that has to fetch its blocks. */
export const LOCAL_SERVERS = ['nbdkit', 'qemu-nbd'] as const;
export type LocalServer = (typeof LOCAL_SERVERS)[number];

export interface ServedFile extends ServerProcess {
  readonly uri: string;
}

export async function serveFile(
  which: LocalServer,
  { image, socket, ending }: { readonly image: string; readonly socket: string; readonly ending: Ending },
): Promise<ServedFile> {
  const args = {
    nbdkit: ['--foreground', '--unix', socket, 'file', image],
    'qemu-nbd': ['--persistent', '--shared=8', '--format=raw', `--socket=${socket}`, image],
  }[which];
  const server = await startServer({ command: which, args, ending, ready: () => answers(socket) });
  return { ...server, uri: `nbd+unix:///?socket=${socket}` };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
  });
}
