import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** The ends of a connection, as the server has them. */
export type Ends = {
  readonly [Name in 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort']?: Socket[Name] | undefined;
};

/**
 * Whose program is at the other end of a connection over the loopback address: `uid 1000`. Linux
 * lists the owner of each socket. Undefined where that is not known.
 *
 * Browsers send cookies to every port of a host. So a page that another user of the machine serves
 * at a port of his own is sent the console's cookie. This tells that user's programs from the
 * browser that signed in.
 */
export function peerOf(ends: Ends, readTable: () => string = readLinuxTable): string | undefined {
  const [local, remote] = [placeOf(ends.localAddress, ends.localPort), placeOf(ends.remoteAddress, ends.remotePort)];
  if (local === undefined || remote === undefined) return undefined;
  for (const line of readTable().split('\n')) {
    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …
    const [, from, to, , , , , uid] = line.trim().split(/\s+/);
    if (from === remote && to === local && uid !== undefined) return `uid ${uid}`;
  }
  return undefined;
}

function readLinuxTable(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    return '';
  }
}

/** As the table has it: the four bytes in the order of the machine, then the port, in hex. */
function placeOf(address: string | undefined, port: number | undefined): string | undefined {
  const [, ...bytes] = /^(127)\.(\d+)\.(\d+)\.(\d+)$/.exec(address ?? '') ?? [];
  if (bytes.length !== 4 || port === undefined) return undefined;
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  const ordered = isLittleEndian() ? bytes.toReversed() : bytes;
  return `${ordered.map((byte) => hex(Number(byte), 2)).join('')}:${hex(port, 4)}`;
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}
