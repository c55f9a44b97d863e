import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface WireService {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Answer = (asked: { readonly target: string; readonly body: Readonly<Record<string, unknown>> }) => object;

/** A service of AWS's that no engine stands in for: as much of its wire form as our calls need. */
async function startWireService(answer: Answer): Promise<WireService> {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = JSON.parse(await text(incoming)) as Record<string, unknown>;
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    outgoing.end(JSON.stringify(answer({ target: targetOf(incoming), body })));
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy()); // a request that was cut on its way
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const targetOf = ({ headers, url }: IncomingMessage): string => String(headers['x-amz-target'] ?? url);

export const KMS_KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Wraps a key by remembering it. */
export function startKms(): Promise<WireService> {
  const plain = new Map<string, string>();
  return startWireService(({ target, body }) => {
    if (target === 'TrentService.Decrypt') return { KeyId: KMS_KEY, Plaintext: plain.get(String(body.CiphertextBlob)) };
    const [wrapped, key] = [randomBytes(48).toString('base64'), randomBytes(32).toString('base64')];
    plain.set(wrapped, key);
    return { KeyId: KMS_KEY, CiphertextBlob: wrapped };
  });
}

/** Every function answers the event that it was called with. */
export function startLambda(): Promise<WireService> {
  return startWireService(({ body }) => body);
}
