import { absent, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { SESSION_MS, type SessionRow, sessionEntity, signInLinkEntity } from '../model/sessions/rows.ts';
import type { Service } from '../service.ts';
import { type From, sessionAct } from './act.ts';
import { refuseSecond } from './links.ts';
import { isSecretOf, makeSecret, readSecret } from './secrets.ts';

export interface SignIn {
  readonly caller: Caller;
  /** The link that is used up by it. */
  readonly linkId?: string;
  /** Whose programs may use the session, where that is known. */
  readonly peer?: string | undefined;
  readonly from: From;
}

/** The text of the cookie. */
export async function signIn(service: Service, { caller, linkId, peer, from }: SignIn): Promise<string> {
  const { id, secretHash, text } = makeSecret('vs', service.random);
  const now = service.clock.now();
  const { accountId, apiKeyId } = caller;
  const row: SessionRow = {
    id,
    secretHash,
    accountId,
    apiKeyId,
    createdAt: isoTime(now),
    usedAt: isoTime(now),
    endsAt: isoTime(now + SESSION_MS),
    ...(peer !== undefined && { peer }),
    forgetAt: Math.ceil((now + SESSION_MS) / 1000),
  };
  const subjects = linkId === undefined ? [id] : [id, linkId];
  const done = await service.audit.run(sessionAct('console.signIn', caller, subjects, from), () =>
    service.catalogue.transact([put(sessionEntity, row), ...usedUp(linkId, id)]),
  );
  if (done.ok) return text;
  // Somebody was faster with the same link.
  const link = await service.catalogue.get(signInLinkEntity, { id: linkId ?? '' });
  if (link === undefined) throw new Error('a link is gone before its time');
  return refuseSecond(service, link, from);
}

function usedUp(linkId: string | undefined, sessionId: string): readonly Write[] {
  if (linkId === undefined) return [];
  return [patch(signInLinkEntity, { id: linkId }, { set: { sessionId }, when: [absent('sessionId')] })];
}

/** Ends the session of a cookie, whoever sends it: nobody else has its secret. */
export async function signOut(service: Service, cookie: string, from: From): Promise<void> {
  const secret = readSecret('vs', cookie);
  const row = secret && (await service.catalogue.get(sessionEntity, { id: secret.id }));
  if (secret === undefined || row === undefined || !isSecretOf(row, secret)) return;
  await service.audit.run(sessionAct('console.signOut', row, [row.id], from), () =>
    service.catalogue.tryWrite(remove(sessionEntity, { id: row.id })),
  );
}
