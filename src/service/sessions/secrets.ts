import { createHash, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const PATTERN = /^(v[sl])_([0-9a-f]{16})_[0-9a-f]{64}$/;

/** `vs`: a session, in a cookie. `vl`: a link that opens one. */
type Kind = 'vs' | 'vl';

export interface SessionSecret {
  readonly id: string;
  readonly secretHash: string;
  /** The whole of it, as it is sent. Never in the catalogue, and never in a log. */
  readonly text: string;
}

export function makeSecret(kind: Kind, random: (bytes: number) => Uint8Array): SessionSecret {
  const hex = (bytes: number) => Buffer.from(random(bytes)).toString('hex');
  return secretOf(`${kind}_${hex(ID_BYTES)}_${hex(SECRET_BYTES)}`);
}

export function readSecret(kind: Kind, text: string): SessionSecret | undefined {
  return PATTERN.exec(text)?.[1] === kind ? secretOf(text) : undefined;
}

export function isSecretOf(row: { readonly secretHash: string }, given: SessionSecret): boolean {
  return timingSafeEqual(Buffer.from(row.secretHash, 'hex'), Buffer.from(given.secretHash, 'hex'));
}

function secretOf(text: string): SessionSecret {
  const [, , id = ''] = PATTERN.exec(text) ?? [];
  return { id, secretHash: createHash('sha256').update(text).digest('hex'), text };
}
