import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 24;

/** As Standard Webhooks has them: `whsec_` and base64. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return PREFIX + Buffer.from(random(SECRET_BYTES)).toString('base64');
}

export interface Signed {
  readonly id: string;
  readonly body: string;
  /** Of this try. */
  readonly nowMs: number;
  /** The newest first. While a secret is replaced, both sign. */
  readonly secrets: readonly string[];
}

/**
 * The headers of Standard Webhooks 1.0.0: HMAC-SHA256 over id, timestamp and body, joined by dots.
 */
export function signedHeaders({ id, body, nowMs, secrets }: Signed): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signatures = secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signature(secret: string, text: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(text).digest('base64');
}
