import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { listAudit } from './list.ts';

export function auditResolvers({ catalogue }: Service): Resolvers<RequestContext> {
  return {
    Query: {
      audit: (_, args, { caller }) => listAudit(catalogue, caller, args),
    },
    AuditRecord: {
      session: ({ session }) => session ?? null,
      code: ({ code }) => code ?? null,
      reason: ({ reason }) => reason ?? null,
      address: ({ address }) => address ?? null,
      userAgent: ({ userAgent }) => userAgent ?? null,
      requestId: ({ requestId }) => requestId ?? null,
    },
  };
}
