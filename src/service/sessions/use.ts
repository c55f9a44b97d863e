import { type Catalogue, patch } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { callerOfKey } from '../accounts/credentials.ts';
import type { Caller } from '../calls/caller.ts';
import { apiKeyEntity } from '../model/accounts/rows.ts';
import { IDLE_MS, NOTED_MS, type SessionRow, sessionEntity } from '../model/sessions/rows.ts';
import { isSecretOf, readSecret } from './secrets.ts';

export interface SessionDeps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

/**
 * The caller behind a session's cookie: its API key, which is read each time, so a key that is
 * revoked ends its sessions at once. `peer` is whose program sends it, where that is known. Every
 * way in which it is not good gets the same answer.
 */
export async function callerOfSession(deps: SessionDeps, cookie: string, peer: string | undefined): Promise<Caller> {
  const { catalogue, clock } = deps;
  const secret = readSecret('vs', cookie);
  const row = secret && (await catalogue.get(sessionEntity, { id: secret.id }));
  const now = clock.now();
  if (secret === undefined || row === undefined || !isSecretOf(row, secret)) throw signedOut();
  if (row.peer !== peer || !isOpen(row, now)) throw signedOut();
  const caller = callerOfKey(await catalogue.get(apiKeyEntity, { id: row.apiKeyId }), isoTime(now));
  if (caller === undefined) throw signedOut();
  await noteUse(deps, row);
  return { ...caller, sessionId: row.id };
}

/** Where the clock was set back, what is noted lies ahead of it: that ends nothing. */
function isOpen({ usedAt, endsAt }: SessionRow, now: number): boolean {
  return now < Date.parse(endsAt) && now - Date.parse(usedAt) < IDLE_MS;
}

/** That a use is not noted does no harm for hours. The catalogue may take no changes just now. */
async function noteUse({ catalogue, clock }: SessionDeps, { id, usedAt }: SessionRow): Promise<void> {
  const now = clock.now();
  if (now - Date.parse(usedAt) < NOTED_MS) return;
  const write = patch(sessionEntity, { id }, { set: { usedAt: isoTime(now) } });
  await catalogue.tryWrite(write).catch((error: unknown) => {
    if (!(error instanceof VarveError)) throw error;
  });
}

export function signedOut(): VarveError {
  return new VarveError('Unauthenticated', 'Nobody is signed in, or the session has ended. Sign in.');
}
