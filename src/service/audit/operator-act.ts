import type { Act } from '../act.ts';
import { INSTALLATION } from '../model/audit/rows.ts';

/** What the operator does, to an account or to the installation as a whole. */
export function operatorAct(account: unknown, action: string): Act {
  const isId = typeof account === 'string' && /^[a-z][a-z0-9-]{1,62}$/.test(account);
  return {
    accountId: isId ? account : INSTALLATION,
    actorKind: 'OPERATOR',
    actor: 'operator',
    action: `operator.${action}`,
    subjects: [],
  };
}
