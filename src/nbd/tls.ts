import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createSecureContext, createServer, type TlsOptions } from 'node:tls';
import { invalid } from '../platform/errors.ts';
import { parsePskFile } from './psk-file.ts';

/**
 * What a server shows of itself and asks of its clients: certificates, or keys that both sides
 * know.
 */
export type TlsFiles =
  | {
      readonly certFile: string;
      readonly keyFile: string;
      /** Clients must have a certificate that this authority signed. */
      readonly clientCaFile?: string;
    }
  | {
      /** A line `user:hexkey` for each client, as psktool writes them. */
      readonly pskFile: string;
    };

/**
 * What `clientCaFile` or `pskFile` ask of a client, at the server's side of TLS. Rejects if it is
 * not let in.
 */
export type Secure = (socket: Socket) => Promise<Socket>;

const COMMON = { minVersion: 'TLSv1.2', allowHalfOpen: true } as const satisfies TlsOptions & {
  allowHalfOpen: boolean;
};
/**
 * Forward secret ones first; the plain one for clients that have no others. With TLS 1.3 all are
 * forward secret.
 */
const PSK_CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-PSK-CHACHA20-POLY1305',
  'DHE-PSK-AES256-GCM-SHA384',
  'DHE-PSK-CHACHA20-POLY1305',
  'DHE-PSK-AES128-GCM-SHA256',
  'PSK-AES256-GCM-SHA384',
  'PSK-AES128-GCM-SHA256',
].join(':');

/** Reads the files once. Throws `InvalidParameter` where they are not what they should be. */
export async function loadTls(files: TlsFiles, handshakeLimitMs: number): Promise<Secure> {
  const options = { ...COMMON, handshakeTimeout: handshakeLimitMs, ...(await settings(files)) };
  return (socket) => accept(socket, options);
}

async function settings(files: TlsFiles): Promise<TlsOptions> {
  if ('pskFile' in files) {
    const keys = parsePskFile(await contents('tls.pskFile', files.pskFile));
    return { ciphers: PSK_CIPHERS, pskCallback: (_socket, identity) => keys.get(identity) ?? null };
  }
  const cert = await contents('tls.certFile', files.certFile);
  const key = await contents('tls.keyFile', files.keyFile);
  const ca = files.clientCaFile === undefined ? undefined : await contents('tls.clientCaFile', files.clientCaFile);
  check('tls.certFile', { cert });
  check('tls.keyFile', { cert, key });
  if (ca === undefined) return { cert, key };
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw invalid('tls.clientCaFile', 'is no certificate in PEM form');
  check('tls.clientCaFile', { ca });
  return { cert, key, ca, requestCert: true, rejectUnauthorized: true };
}

async function contents(field: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw invalid(field, `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function check(field: string, options: TlsOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    throw invalid(field, `cannot be used (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
}

/**
 * One TLS server for each connection, which never listens: only a server looks at the certificates
 * of clients.
 */
function accept(socket: Socket, options: TlsOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const server = createServer(options, resolve);
    server.on('tlsClientError', reject);
    socket.on('close', () => reject(new Error('The client left during the TLS handshake.')));
    server.emit('connection', socket);
  });
}
