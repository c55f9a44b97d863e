import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const PATIENCE_MS = 5_000;

/**
 * Tells systemd, where it started this process and waits to hear, what is so now (sd_notify(3)).
 * Node has no datagram sockets of this machine, so systemd's own program sends it.
 */
export async function notifySystemd(
  { NOTIFY_SOCKET }: Readonly<Record<string, string | undefined>>,
  state: 'READY=1' | 'STOPPING=1',
): Promise<void> {
  if (!NOTIFY_SOCKET) return;
  // Where the program is missing, systemd says so itself: the start is over its time.
  await promisify(execFile)('systemd-notify', [state], { timeout: PATIENCE_MS }).catch(() => undefined);
}
