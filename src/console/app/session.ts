import { createContext, useContext } from 'react';
import type { SessionQuery } from '../../generated/console-operations.ts';
import { MUTATION_ROLES, QUERY_ROLES, type Role } from '../../generated/console-permissions.ts';

/** Who is signed in, and what there is. */
export type Session = SessionQuery;
export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('A page belongs below the shell.');
  return session;
}

const RANKS = { VIEWER: 0, OPERATOR: 1, ADMIN: 2 } as const satisfies Record<Role, number>;

export type Operation = keyof typeof MUTATION_ROLES | keyof typeof QUERY_ROLES;

/** Whether the role allows an operation of the API. What it does not allow is not shown. */
export function useCan(): (operation: Operation) => boolean {
  const { viewer } = useSession();
  return (operation) => RANKS[viewer.role] >= RANKS[roleFor(operation)];
}

function roleFor(operation: Operation): Role {
  return operation in MUTATION_ROLES
    ? MUTATION_ROLES[operation as keyof typeof MUTATION_ROLES]
    : QUERY_ROLES[operation as keyof typeof QUERY_ROLES];
}
