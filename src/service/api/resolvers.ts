import type { Resolvers } from '../../generated/resolvers.ts';
import { accountResolvers } from '../accounts/resolvers.ts';
import { adviceResolvers } from '../advice/resolvers.ts';
import { auditResolvers } from '../audit/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { capacityResolvers } from '../capacity/resolvers.ts';
import { chainResolvers } from '../chains/resolvers.ts';
import { copyResolvers } from '../copies/resolvers.ts';
import { datapathResolvers } from '../datapath/resolvers.ts';
import { diskResolvers } from '../disks/resolvers.ts';
import { eventResolvers } from '../events/resolvers.ts';
import { exportResolvers } from '../exports/resolvers.ts';
import { imageResolvers } from '../images/resolvers.ts';
import { instanceResolvers } from '../instances/resolvers.ts';
import { jobResolvers } from '../jobs/resolvers.ts';
import { leaseResolvers } from '../leases/resolvers.ts';
import { moneyResolvers } from '../money/resolvers.ts';
import { policyResolvers } from '../policies/resolvers.ts';
import { quotaResolvers } from '../quotas/resolvers.ts';
import { reclaimResolvers } from '../reclaim/resolvers.ts';
import { scrubResolvers } from '../scrubs/resolvers.ts';
import type { Service } from '../service.ts';
import { snapshotResolvers } from '../snapshots/resolvers.ts';
import { trashResolvers } from '../trash/resolvers.ts';
import { watchResolvers } from '../watch/resolvers.ts';
import { webhookResolvers } from '../webhooks/resolvers.ts';
import { actionResolvers } from './action-resolvers.ts';
import { audited } from './audited.ts';
import { counted } from './counted-fields.ts';
import { nodeResolvers } from './node-resolvers.ts';
import { guard } from './permissions.ts';
import { DateTime, SafeInt } from './scalars.ts';

export function createResolvers(service: Service): Resolvers<RequestContext> {
  const nouns = [
    nodeResolvers(service),
    accountResolvers(service),
    diskResolvers(service),
    instanceResolvers(service),
    imageResolvers(service),
    snapshotResolvers(service),
    copyResolvers(service),
    exportResolvers(service),
    eventResolvers(service),
    policyResolvers(service),
    chainResolvers(service),
    trashResolvers(service),
    quotaResolvers(service),
    jobResolvers(service),
    datapathResolvers(service),
    leaseResolvers(service),
    scrubResolvers(service),
    reclaimResolvers(service),
    capacityResolvers(service),
    adviceResolvers(service),
    moneyResolvers(service),
    watchResolvers(service),
    auditResolvers(service),
    webhookResolvers(service),
    actionResolvers(service),
  ];
  return { ...counted(audited(guard(mergeFields(nouns)), service.audit)), SafeInt, DateTime };
}

/** The fields of each type, from all the nouns that resolve some of them. */
function mergeFields(nouns: readonly Resolvers<RequestContext>[]): Resolvers<RequestContext> {
  const types: Record<string, Record<string, unknown>> = {};
  for (const [type, fields] of nouns.flatMap((noun) => Object.entries(noun))) {
    for (const [field, resolve] of Object.entries(fields as object)) {
      const known = types[type] ?? {};
      if (field in known) throw new Error(`${type}.${field} has two resolvers`);
      types[type] = { ...known, [field]: resolve };
    }
  }
  return types as Resolvers<RequestContext>;
}
