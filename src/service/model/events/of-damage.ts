import type { TellDamage } from '../../../engine/deps.ts';
import { type EventDeps, recordEvent } from './record.ts';

/** What the engine has told of the objects that it finds damaged, or good again. */
export function damageTeller(deps: EventDeps): TellDamage {
  return ({ accountId, regionId: region, domainId, objectId: id, reason, isPage }, change) => {
    const of = { accountId, region, subject: { kind: 'object', id } } as const;
    return change === 'FOUND'
      ? [recordEvent(deps, { ...of, type: 'damage.found', data: { domainId, reason, isPage } })]
      : [recordEvent(deps, { ...of, type: 'damage.healed', data: { domainId, how: change } })];
  };
}
