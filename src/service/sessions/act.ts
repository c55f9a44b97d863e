import type { Act } from '../act.ts';
import type { Caller } from '../calls/caller.ts';

/** Where a request comes from, as the audit has it. */
export type From = Pick<Act, 'address' | 'userAgent' | 'requestId'>;

/** What a key does to its sessions, as the audit has it. */
export function sessionAct(
  action: 'console.signIn' | 'console.signOut',
  { accountId, apiKeyId }: Pick<Caller, 'accountId' | 'apiKeyId'>,
  subjects: readonly string[],
  from: From,
): Act {
  return { accountId, actorKind: 'KEY', actor: apiKeyId, action, subjects, ...from };
}
