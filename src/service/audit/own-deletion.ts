import type { DeletionReason } from '../../generated/schema.ts';
import type { Act } from '../act.ts';

/** Something that the service deletes by itself, as the audit tells it. */
export function ownDeletion({
  accountId,
  action,
  subject,
  reason,
}: {
  readonly accountId: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: DeletionReason;
}): Act {
  return { accountId, actorKind: 'SERVICE', actor: 'service', action, subjects: [subject], reason };
}
