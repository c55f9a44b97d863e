import { put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { callerOfKey } from '../accounts/credentials.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { apiKeyEntity } from '../model/accounts/rows.ts';
import {
  LINK_KEPT_MS,
  MOST_LINK_SECONDS,
  type SignInLinkRow,
  sessionEntity,
  signInLinkEntity,
} from '../model/sessions/rows.ts';
import type { Service } from '../service.ts';
import { type From, sessionAct } from './act.ts';
import { isSecretOf, makeSecret, readSecret } from './secrets.ts';

/** Whoever opens the link first acts by the key that made it. */
export interface NewLink {
  /** What the link carries. It is shown only this once. */
  readonly secret: string;
  readonly expiresAt: string;
}

/**
 * A session cannot make its own successor: it would never end. A key can, and is there at all
 * times.
 */
export async function createLink(service: Service, caller: Caller, seconds: number): Promise<NewLink> {
  if (caller.sessionId !== undefined)
    throw new VarveError('Forbidden', 'A console session makes no sign-in links: call with an API key.');
  const lastsMs = parseWhole('seconds', seconds, { min: 1, max: MOST_LINK_SECONDS }) * 1000;
  const { id, secretHash, text } = makeSecret('vl', service.random);
  const now = service.clock.now();
  const row: SignInLinkRow = {
    id,
    secretHash,
    accountId: caller.accountId,
    apiKeyId: caller.apiKeyId,
    createdAt: isoTime(now),
    endsAt: isoTime(now + lastsMs),
    forgetAt: Math.ceil((now + LINK_KEPT_MS) / 1000),
  };
  await service.catalogue.transact([put(signInLinkEntity, row)]);
  return { secret: text, expiresAt: row.endsAt };
}

export interface CallerOfLink extends Caller {
  readonly linkId: string;
}

/**
 * Whom a link stands for. It is not used up by that. Refuses a second use as {@link refuseSecond}.
 */
export async function callerOfLink(service: Service, text: string, from: From): Promise<CallerOfLink> {
  const { catalogue, clock } = service;
  const secret = readSecret('vl', text);
  const row = secret && (await catalogue.get(signInLinkEntity, { id: secret.id }));
  if (secret === undefined || row === undefined || !isSecretOf(row, secret)) throw noLink();
  if (row.sessionId !== undefined) return refuseSecond(service, row, from);
  const now = isoTime(clock.now());
  const caller = callerOfKey(await catalogue.get(apiKeyEntity, { id: row.apiKeyId }), now);
  if (now >= row.endsAt || caller === undefined) throw noLink();
  return { ...caller, linkId: row.id };
}

/**
 * Two have had the secret, and nobody knows which one is the thief. While the link would still be
 * good, the session that it opened ends too. The audit has both.
 */
export async function refuseSecond(service: Service, row: SignInLinkRow, from: From): Promise<never> {
  const { id, endsAt, sessionId } = row;
  const subjects = sessionId === undefined ? [id] : [id, sessionId];
  if (sessionId !== undefined && isoTime(service.clock.now()) < endsAt)
    await service.audit.run(sessionAct('console.signOut', row, subjects, from), () =>
      service.catalogue.tryWrite(remove(sessionEntity, { id: sessionId })),
    );
  return service.audit.run(sessionAct('console.signIn', row, subjects, from), async () => {
    throw new VarveError(
      'Unauthenticated',
      'This link was used before. If that was not you, somebody else has had it: the audit says from where.',
      { linkUsed: true },
    );
  });
}

function noLink(): VarveError {
  return new VarveError('Unauthenticated', 'The link is not valid any more. Open the console again: varve console');
}
