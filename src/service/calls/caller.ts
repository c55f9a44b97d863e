import type { Role } from '../../generated/schema.ts';

/** Whom a request stands for. Made from its credential alone, never from an argument. */
export interface Caller {
  readonly accountId: string;
  readonly apiKeyId: string;
  readonly role: Role;
  /** The only regions it may see; absent for all. */
  readonly regions?: readonly string[];
  /** The console session by which the key acts; absent where it was sent itself. */
  readonly sessionId?: string;
}

const RANK: Readonly<Record<Role, number>> = { VIEWER: 0, OPERATOR: 1, ADMIN: 2 };

export function isAllowed(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}

/** What lies in a region outside the credential's scope does not exist for it. */
export function seesRegion(caller: Caller, region: string): boolean {
  return caller.regions === undefined || caller.regions.includes(region);
}

/** The service itself, at work for an account when no call is under way. */
export function serviceCaller(accountId: string): Caller {
  return { accountId, apiKeyId: 'service', role: 'ADMIN' };
}
