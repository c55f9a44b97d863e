import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Device } from '../../src/nbd/device.ts';
import { createNbdServer, type NbdServer, type NbdServerOptions } from '../../src/nbd/server.ts';
import { collectLog } from './nbd-session.ts';

/** A folder that goes when the test is over. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'varve-nbd-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface ServedDevices extends NbdServer {
  readonly log: ReturnType<typeof collectLog>;
}

/** Serves until the test is over; on a unix socket where nothing else is said. */
export async function serve(
  devices: readonly Device[],
  options: Partial<Omit<NbdServerOptions, 'exports' | 'log'>> = {},
): Promise<ServedDevices> {
  const log = collectLog();
  const listen = options.listen ?? { socket: join(await testFolder(), 'nbd.sock') };
  const server = await createNbdServer({ ...options, exports: devices, listen, log });
  onTestFinished(() => server.close());
  return Object.assign(server, { log });
}
