import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface GuestWork {
  /**
   * A folder of the host's for the guest's first program; the guest sees the host's files as they
   * are.
   */
  readonly folder: string;
  /** Of the host's loopback: the guest reaches them at its own. */
  readonly ports: readonly number[];
  readonly environment: Readonly<Record<string, string>>;
  /** Bash, run by root. Ends with the first command that fails. */
  readonly script: string;
}

const LIMIT_MS = 300_000;
const MEMORY = '2000M';
const FORWARD = join(import.meta.dirname, 'forward.mjs');
const WELL = 'all commands succeeded';
const TEMPORARY = '/dev/shm'; // sockets and locks do not work on the host's files

/**
 * Boots a kernel of its own with the NBD driver (User Mode Linux: a program like any other, no
 * virtual machine). Runs the script there as root. Returns its output, or throws its complaints.
 * Linux, root; Debian's packages user-mode-linux, slirp, kmod, nbd-client.
 */
export async function runInGuest({ folder, ports, environment, script }: GuestWork): Promise<string> {
  const init = join(folder, 'init.sh');
  const [said, complaints] = [join(folder, 'said'), join(folder, 'complaints')];
  await writeFile(init, firstProgram({ ports, environment, script }, said, complaints), { mode: 0o700 });
  const disks = ['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw'];
  const consoles = ['con0=null,fd:1', 'con=null', 'quiet'];
  const args = [`mem=${MEMORY}`, ...disks, ...consoles, 'eth0=slirp,,/usr/bin/slirp-fullbolt', `init=${init}`];
  // In a group of its own, which ends as one: the kernel runs its processes as processes of the
  // host.
  const kernel = spawn('linux.uml', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const limit = setTimeout(() => process.kill(-(kernel.pid as number), 'SIGKILL'), LIMIT_MS);
  const [messages] = await Promise.all([text(kernel.stdout), text(kernel.stderr), once(kernel, 'exit')]);
  clearTimeout(limit);
  if (messages.includes(WELL)) return readFile(said, 'utf8');
  const why = await readFile(complaints, 'utf8').catch(() => '');
  throw new Error(`the guest did not come to the end of its work:\n${messages}\n${why}`);
}

function firstProgram(
  { ports, environment, script }: Omit<GuestWork, 'folder'>,
  said: string,
  complaints: string,
): string {
  const exports = Object.entries({
    ...environment,
    PATH: `${dirname(process.execPath)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: TEMPORARY,
    VARVE_STATE_DIR: `${TEMPORARY}/state`,
    VARVE_CACHE_DIR: `${TEMPORARY}/cache`,
    LC_ALL: 'C',
  }).map(([name, value]) => `export ${name}='${value}'`);
  return `#!/bin/bash
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /run
mkdir -p ${TEMPORARY} && mount -t tmpfs tmp ${TEMPORARY}
ip link set lo up
ip addr add 10.0.2.15/24 dev eth0 && ip link set eth0 up && ip route add default via 10.0.2.2
insmod /usr/lib/uml/modules/$(uname -r)/kernel/drivers/block/nbd.ko
${exports.join('\n')}
node ${FORWARD} ${ports.join(' ')} &
(set -eo pipefail; cd ${TEMPORARY}
${script}) > ${said} 2> ${complaints} && echo ${WELL}
sync
poweroff -f
`;
}
