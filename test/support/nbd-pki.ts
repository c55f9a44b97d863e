import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellSync } from './programs.ts';

/** Files as libnbd and qemu look for them in a folder, and the server's own. */
export interface Pki {
  /** With a certificate of the client's. */
  readonly client: string;
  /** Knows the authority, and has no certificate. */
  readonly stranger: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

const TEMPLATES = {
  ca: 'cn = "Varve test authority"\nca\ncert_signing_key\nexpiration_days = 2\n',
  server: 'cn = "localhost"\ndns_name = "localhost"\nip_address = "127.0.0.1"\ntls_www_server\nsigning_key\n',
  client: 'cn = "client"\ntls_www_client\nsigning_key\n',
} as const;

/**
 * An authority, a server's and a client's certificate by GnuTLS's certtool, with its commands as
 * docs/nbd.md has them.
 */
export function createPki(folder: string): Pki {
  const client = join(folder, 'client');
  const stranger = join(folder, 'stranger');
  for (const each of [client, stranger]) mkdirSync(each, { recursive: true });
  const key = (name: string) => join(client, `${name}-key.pem`);
  const cert = (name: string) => join(client, `${name}-cert.pem`);
  for (const [name, template] of Object.entries(TEMPLATES)) {
    const info = join(folder, `${name}.info`);
    writeFileSync(info, template);
    tellSync('certtool', '--generate-privkey', '--key-type=ecdsa', '--curve=secp256r1', '--outfile', key(name));
    const signed =
      name === 'ca'
        ? ['--generate-self-signed']
        : ['--generate-certificate', '--load-ca-certificate', cert('ca'), '--load-ca-privkey', key('ca')];
    tellSync('certtool', ...signed, '--load-privkey', key(name), '--template', info, '--outfile', cert(name));
  }
  tellSync('cp', cert('ca'), stranger);
  return { client, stranger, certFile: cert('server'), keyFile: key('server'), caFile: cert('ca') };
}
