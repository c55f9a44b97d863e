import { createHash, timingSafeEqual } from 'node:crypto';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type ApiKeyRow, apiKeyEntity } from '../model/accounts/rows.ts';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const KEY_PATTERN = /^vk_([0-9a-f]{16})_([0-9a-f]{64})$/;
const ID_PATTERN = /^[0-9a-f]{16}$/;

export interface Secret {
  readonly id: string;
  readonly secretHash: string;
  /** The whole key, as it is sent. Never in the catalogue. */
  readonly text: string;
}

export function createSecret(random: (bytes: number) => Uint8Array): Secret {
  const id = Buffer.from(random(ID_BYTES)).toString('hex');
  const secret = Buffer.from(random(SECRET_BYTES)).toString('hex');
  return { id, secretHash: hashSecret(secret), text: `vk_${id}_${secret}` };
}

export function parseKey(text: string): Secret | undefined {
  const [, id, secret] = KEY_PATTERN.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secretHash: hashSecret(secret), text };
}

export function isApiKeyId(text: string): boolean {
  return ID_PATTERN.test(text);
}

/**
 * The caller behind an `Authorization` header. Every way in which it is not good gets the same
 * answer.
 */
export async function authenticate(
  deps: { readonly catalogue: Catalogue; readonly clock: Clock },
  authorization: string | undefined,
): Promise<Caller> {
  const [, text = ''] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  const key = parseKey(text);
  if (key === undefined) throw unauthenticated();
  const row = await deps.catalogue.get(apiKeyEntity, { id: key.id });
  const caller = row && isSame(row, key) ? callerOfKey(row, isoTime(deps.clock.now())) : undefined;
  if (caller === undefined) throw unauthenticated();
  return caller;
}

/** Whom a key stands for that somebody has shown to have; undefined if it is not good any more. */
export function callerOfKey(row: ApiKeyRow | undefined, now: string): Caller | undefined {
  if (row === undefined || !isLive(row, now)) return undefined;
  return {
    accountId: row.accountId,
    apiKeyId: row.id,
    role: row.role,
    ...(row.regions === undefined ? {} : { regions: row.regions }),
  };
}

function isSame(row: ApiKeyRow, key: Secret): boolean {
  return timingSafeEqual(Buffer.from(row.secretHash, 'hex'), Buffer.from(key.secretHash, 'hex'));
}

/** Neither revoked nor past its end. */
export function isLive(row: ApiKeyRow, now: string): boolean {
  return row.revokedAt === undefined && (row.expiresAt === undefined || now < row.expiresAt);
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function unauthenticated(): VarveError {
  return new VarveError('Unauthenticated', 'Send a valid API key as `Authorization: Bearer vk_…`.');
}
